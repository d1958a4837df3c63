import Domain
import Replay

/// References of an objective worked out from a value of the metric, for an author who has none yet.
///
/// A starting point to be thought over, never a default: what a point of the composite is worth is the author's to say.
public struct ReferenceSuggestion: Sendable, Hashable {
    /// The value worth 0.
    public let from: Double
    /// The value worth 1.
    public let to: Double
    /// The smallest difference that matters.
    public let practicalDifference: Double

    /// References around `value`: worse and better by a quarter of it, or by ten points for a share; the practical
    /// difference is a fortieth of the distance between them.
    ///
    /// Shares stay within 0 to 1, and an amount that is not negative does not become so. References are rounded to a
    /// digit that tells them apart, the practical difference to one digit. Around 0 an amount goes up to a quarter.
    public init(around value: Double, of metric: MetricDeclaration) {
        let isShare = Self.isShare(metric)
        let half = isShare ? 0.1 : max(abs(value), value == 0 ? 1 : 0) / 4
        let low = isShare ? max(0, value - half) : value >= 0 ? max(0, value - half) : value - half
        let high = isShare ? min(1, value + half) : value + half
        let lower = Self.rounded(low, step: half / 5)
        let upper = Self.rounded(high, step: half / 5)
        from = metric.direction == .higher ? lower : upper
        to = metric.direction == .higher ? upper : lower
        practicalDifference = Self.rounded(abs(upper - lower) / 40, step: abs(upper - lower) / 40)
    }

    /// As it stands in a scenario: `from: 0.8, to: 1, practical_difference: 0.005`.
    public var text: String {
        "from: \(plainNumber(from)), to: \(plainNumber(to)), practical_difference: \(plainNumber(practicalDifference))"
    }

    /// Whether the metric is a share of orders, between 0 and 1.
    static func isShare(_ metric: MetricDeclaration) -> Bool {
        metric.key.hasSuffix("_rate") || metric.key.hasSuffix("_share") || metric.unit == "share"
    }

    /// The multiple of a power of ten nearest to `value`; the power is the largest that is at most `step`.
    static func rounded(_ value: Double, step: Double) -> Double {
        guard step > 0, step.isFinite, value.isFinite else { return value }
        var exponent = 0
        var power = 1.0
        while power > step, exponent > -300 {
            power /= 10
            exponent -= 1
        }
        while power * 10 <= step, exponent < 300 {
            power *= 10
            exponent += 1
        }
        let multiple = (value / power).rounded()
        guard abs(multiple) < 1e15 else { return value }
        // Written out and read back, so that 0.15 is 0.15 and not 0.15000000000000002.
        return Double("\(Int(multiple))e\(exponent)") ?? value
    }
}
