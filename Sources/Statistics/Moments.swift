/// Count, mean and variance of numbers added one at a time, in a fixed order.
///
/// Welford 1962 (doi:10.1080/00401706.1962.10490022): no cancellation, whatever the mean. The same numbers in the same
/// order give the same bits.
public struct Moments: Sendable, Hashable {
    /// How many numbers.
    public private(set) var count = 0
    /// Their mean; 0 without any.
    public private(set) var mean = 0.0
    /// Sum of squared deviations from the mean.
    public private(set) var squaredDeviations = 0.0

    /// No numbers yet.
    public init() {}

    /// The moments of a sequence, in its order.
    public init(_ values: some Sequence<Double>) {
        for value in values { add(value) }
    }

    /// Adds a number.
    public mutating func add(_ value: Double) {
        count += 1
        let deviation = value - mean
        mean += deviation / Double(count)
        squaredDeviations += deviation * (value - mean)
    }

    /// Unbiased variance, over count - 1; nil below two numbers.
    public var variance: Double? {
        count > 1 ? squaredDeviations / Double(count - 1) : nil
    }

    /// Standard error of the mean; nil below two numbers.
    public var standardError: Double? {
        variance.map { ($0 / Double(count)).squareRoot() }
    }
}
