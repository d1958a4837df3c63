/// A half-open span of time, `[from, to)`, in seconds.
public struct Interval: Sendable, Hashable {
    /// First instant.
    public var from: Double
    /// End, exclusive.
    public var to: Double

    /// A span; `from < to`.
    @inlinable
    public init(from: Double, to: Double) {
        self.from = from
        self.to = to
    }

    /// Sorted, disjoint and non-empty spans that cover the same instants.
    public static func union(_ spans: [Interval]) -> [Interval] {
        var merged: [Interval] = []
        for span in spans.filter({ $0.from < $0.to }).sorted(by: { ($0.from, $0.to) < ($1.from, $1.to) }) {
            if let last = merged.last, span.from <= last.to {
                merged[merged.count - 1].to = max(last.to, span.to)
            } else {
                merged.append(span)
            }
        }
        return merged
    }
}
