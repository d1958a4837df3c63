/// A horizontal axis: where a value lies between two edges, and the round values to mark.
struct PictureAxis: Sendable {
    /// The values at the edges.
    let bounds: ClosedRange<Double>
    /// Where the edges lie, in pixels.
    let edges: ClosedRange<Double>
    /// Round values within the bounds, ascending; at least two.
    let ticks: [Double]
    /// From one tick to the next, in pixels.
    let spacing: Double
    private let decimals: Int

    /// An axis that holds all values with a little room; nil where there is no value.
    init?(_ values: [Double], edges: ClosedRange<Double>) {
        guard let low = values.min(), let high = values.max() else { return nil }
        // Equal values get an axis around them, and so do those that only rounding tells apart.
        let size = max(abs(low), abs(high))
        let room = high - low > size * 1e-9 ? (high - low) * 0.06 : max(size * 0.1, 1e-6)
        bounds = (low - room)...(high + room)
        self.edges = edges
        let step: Double
        (step, decimals) = Self.step(of: bounds)
        let first = (bounds.lowerBound / step).rounded(.up)
        let last = (bounds.upperBound / step).rounded(.down)
        ticks = stride(from: first, through: last, by: 1).map { $0 * step }
        spacing = step / (bounds.upperBound - bounds.lowerBound) * (edges.upperBound - edges.lowerBound)
    }

    /// Where a value lies, in pixels.
    func position(_ value: Double) -> Double {
        let share = (value - bounds.lowerBound) / (bounds.upperBound - bounds.lowerBound)
        return edges.lowerBound + share * (edges.upperBound - edges.lowerBound)
    }

    /// The text of a tick, in the decimals that all ticks need.
    func text(_ tick: Double) -> String { NumberText.fixed(tick, decimals: decimals) }

    /// The largest 1, 2 or 5 times a power of ten that fits twice into the bounds, and its decimals.
    private static func step(of bounds: ClosedRange<Double>) -> (step: Double, decimals: Int) {
        let half = (bounds.upperBound - bounds.lowerBound) / 2
        var power = 1.0
        var decimals = 0
        while power * 10 <= half { power *= 10 }
        while power > half {
            decimals += 1
            power = 1 / Self.powerOfTen(decimals)
        }
        return (([5, 2, 1].first { $0 * power <= half } ?? 1) * power, decimals)
    }

    private static func powerOfTen(_ exponent: Int) -> Double {
        (0..<exponent).reduce(1) { power, _ in power * 10 }
    }
}
