import DeterministicMath
import Domain
import Sampling

/// How generated congestion moves around its profile: see ``GeneratedTraffic``.
public struct TrafficModel: Sendable, Hashable {
    /// Standard deviation of the logarithm.
    public var sigma: Double
    /// Correlation from step to step.
    public var persistence: Double
    /// Hours of a step.
    public var stepHours: Int
    /// Share of the variance of e that all regions share.
    public var sharedShare: Double

    /// A model from its parts.
    public init(sigma: Double, persistence: Double, stepHours: Int = 1, sharedShare: Double = 0) {
        precondition(stepHours > 0, "a step takes an hour at least")
        self.sigma = sigma
        self.persistence = persistence
        self.stepHours = stepHours
        self.sharedShare = sharedShare
    }

    /// exp(sigma Y - sigma^2 / 2), region by region, hour by hour.
    public func variation(_ regions: [String], hours: Int, draws: Draws) -> [Double] {
        var values = [Double](repeating: 1, count: regions.count * hours)
        let innovation = (1 - persistence * persistence).squareRoot()
        let shares = ((1 - sharedShare).squareRoot(), sharedShare.squareRoot())
        for (region, name) in regions.enumerated() {
            var level = 0.0
            for first in stride(from: 0, to: hours, by: stepHours) {
                let step = StableHash.of(first)
                func normal(_ name: String) -> Double {
                    DeterministicMath.normalQuantile(
                        draws.uniform(.traffic, entity: StableHash.combine(StableHash.of(name), step)))
                }
                var drawn = normal(name)
                if sharedShare > 0 { drawn = shares.0 * drawn + shares.1 * normal(Self.everywhere) }
                level = first == 0 ? drawn : persistence * level + innovation * drawn
                let value = DeterministicMath.exp(sigma * level - 0.5 * sigma * sigma)
                for hour in first..<min(first + stepHours, hours) { values[region * hours + hour] = value }
            }
        }
        return values
    }

    /// What the shared part is drawn under: no region is called so.
    private static let everywhere = "\u{0}everywhere"
}
