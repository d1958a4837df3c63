/// What a metric says of itself.
public struct MetricDeclaration: Sendable, Hashable {
    /// Which way is better.
    public enum Direction: String, Sendable, Hashable, CaseIterable {
        /// Larger is better.
        case higher
        /// Smaller is better.
        case lower
    }
    /// The key in results and scenarios: the field's term in lower case.
    public var key: String
    /// One line for `sandtable list metrics`.
    public var summary: String
    /// Unit of the value.
    public var unit: String
    /// Which way is better.
    public var direction: Direction
    /// What it is divided by, in words.
    public var denominator: String
    /// Whether it is a function of ``Measures/facts`` alone, so that it exists for every cell of a cut; a quantile or a
    /// figure of the network as a whole is not.
    public var isCutByFacts: Bool

    /// A declaration from its parts.
    public init(
        key: String, summary: String, unit: String, direction: Direction, denominator: String,
        isCutByFacts: Bool = true
    ) {
        self.key = key
        self.summary = summary
        self.unit = unit
        self.direction = direction
        self.denominator = denominator
        self.isCutByFacts = isCutByFacts
    }
}

/// A figure of a trial.
public protocol Metric: Sendable {
    /// Key, unit, direction, denominator.
    var declaration: MetricDeclaration { get }

    /// The value; nil where the denominator is 0.
    func value(of measures: Measures) -> Double?

    /// The sums over orders that the value is the quotient of, for a split over parts of the orders that adds up; nil for
    /// a metric that is no such quotient (a quantile, a maximum, a figure of the network as a whole).
    func sums(of facts: FactSums) -> Quotient?
}

extension Metric {
    /// None.
    public func sums(of facts: FactSums) -> Quotient? { nil }
}

/// A figure made of two sums over orders: factor x numerator / denominator, or the numerator alone for a total.
public struct Quotient: Sendable, Hashable {
    /// The sum above the line.
    public var numerator: Double
    /// The sum below it; nil for a total.
    public var denominator: Double?
    /// What the quotient is multiplied by.
    public var factor: Double

    /// A quotient of two sums, or a total.
    public init(_ numerator: Double, per denominator: Double? = nil, times factor: Double = 1) {
        self.numerator = numerator
        self.denominator = denominator
        self.factor = factor
    }

    /// The value; nil where the denominator is 0.
    public var value: Double? {
        guard let denominator else { return factor * numerator }
        return denominator == 0 ? nil : factor * (numerator / denominator)
    }
}
