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
}
