/// The numbers a parameter may take: bounds, each included or not.
public struct NumberRange: Sendable, Hashable, CustomStringConvertible {
    /// Lower bound, -infinity if none.
    public let lower: Double
    /// Upper bound, +infinity if none.
    public let upper: Double
    /// Whether the lower bound itself is out.
    public let excludesLower: Bool

    /// A range from its bounds.
    public init(lower: Double = -.infinity, upper: Double = .infinity, excludesLower: Bool = false) {
        precondition(lower <= upper, "bounds are in order")
        self.lower = lower
        self.upper = upper
        self.excludesLower = excludesLower
    }

    /// Any finite number.
    public static let any = NumberRange()
    /// 0 and above.
    public static let nonNegative = NumberRange(lower: 0)
    /// Above 0.
    public static let positive = NumberRange(lower: 0, excludesLower: true)
    /// 0 to 1, both included.
    public static let share = NumberRange(lower: 0, upper: 1)

    /// `lower` and above.
    public static func atLeast(_ lower: Double) -> NumberRange { NumberRange(lower: lower) }

    /// `lower` to `upper`, both included.
    public static func from(_ lower: Double, to upper: Double) -> NumberRange {
        NumberRange(lower: lower, upper: upper)
    }

    /// Whether a number is finite and within the bounds.
    public func contains(_ value: Double) -> Bool {
        value.isFinite && value <= upper && (excludesLower ? value > lower : value >= lower)
    }

    /// `at least 0`, `above 0`, `from 0 to 1`, `above 0, at most 5`, `at most 3`; blank for any number.
    public var description: String {
        let low = plainNumber(lower)
        let high = plainNumber(upper)
        switch (lower.isFinite, upper.isFinite) {
        case (false, false): return ""
        case (true, false): return excludesLower ? "above \(low)" : "at least \(low)"
        case (false, true): return "at most \(high)"
        case (true, true): return excludesLower ? "above \(low), at most \(high)" : "from \(low) to \(high)"
        }
    }
}

/// The shortest decimal text that reads back as the same number, whole numbers without a point.
///
/// `0.1`, `400`, `1e-07`; -0 is written `0`, infinities `inf` and `-inf`.
public func plainNumber(_ value: Double) -> String {
    if value == 0 { return "0" }
    let text = "\(value)"
    return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
}
