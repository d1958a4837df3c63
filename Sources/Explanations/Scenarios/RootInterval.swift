import Statistics

/// Where the expected difference of two strategies is 0, between a value at which the first is better and one at which
/// the second is, with a confidence interval.
///
/// The interval is the set of values at which the paired t test does not reject a difference of 0: as the test at the
/// true root errs with probability alpha and no other value matters for coverage, it holds the root with probability
/// 1 - alpha whatever the shape of the curve (for a line in every world these are the limits of Fieller 1954, Journal of
/// the Royal Statistical Society B 16:175). All values meet the same worlds, so that the mean difference is one curve in
/// the input, and its ends are found by bisection. Where the set is not connected, what is given is its hull as far as
/// evaluated values show it.
struct RootInterval: Sendable {
    /// Where the mean difference changes its sign.
    let estimate: Double
    /// The ends.
    let interval: Interval
    /// Values evaluated.
    let evaluations: Int

    /// How finely values are told apart.
    struct Resolution: Sendable {
        /// The ends are found to this share of the interval's width, outwards: 1 % hardly adds to the coverage.
        static let shareOfWidth = 0.01
        /// Values nearer than this are not told apart.
        var least: Double
        /// Values are multiples of this from `origin`; nil = any value.
        var step: Double?
        /// Where steps are counted from.
        var origin: Double

        /// The value to try next between two; nil where none is left.
        func between(_ low: Double, _ high: Double) -> Double? {
            var middle = low + (high - low) / 2
            if let step { middle = origin + step * ((middle - origin) / step).rounded() }
            return middle > low && middle < high ? middle : nil
        }
    }

    /// Evaluations after which the search ends with what it has; bisection of a range to 1e-5 at three places takes
    /// fewer.
    static let evaluationsMax = 80

    /// Searches between the first of the points, where the first strategy is better, and the last, where the second is.
    ///
    /// - Parameters:
    ///   - points: what is known, by value; at least two.
    ///   - criticalValue: of the interval.
    ///   - resolution: how finely values are told apart.
    ///   - evaluate: gives another point.
    /// - Throws: what `evaluate` throws.
    init(
        points: [PairedPoint], criticalValue: Double, resolution: Resolution,
        evaluate: (Double) throws -> PairedPoint
    ) throws {
        var brackets = Brackets(points: points, criticalValue: criticalValue)
        var count = 0
        while count < Self.evaluationsMax, let value = brackets.next(resolution) {
            brackets.enter(try evaluate(value))
            count += 1
        }
        interval = Interval(low: brackets.low.outer, high: brackets.high.outer)
        estimate = min(max(brackets.crossing, interval.low), interval.high)
        evaluations = count
    }

    /// What is known, and the three places that matter in it: both ends and the change of sign.
    private struct Brackets {
        /// Neighbouring values between which something changes.
        struct Gap {
            var inner: Double
            var outer: Double
            var width: Double { abs(inner - outer) }
        }
        private var points: [PairedPoint]
        private let criticalValue: Double
        private(set) var low = Gap(inner: 0, outer: 0)
        private(set) var high = Gap(inner: 0, outer: 0)
        private var root = Gap(inner: 0, outer: 0)
        private(set) var crossing = 0.0

        init(points: [PairedPoint], criticalValue: Double) {
            precondition(points.count > 1, "two sides")
            self.points = points
            self.criticalValue = criticalValue
            find()
        }

        mutating func enter(_ point: PairedPoint) {
            let position = points.firstIndex { $0.value > point.value } ?? points.endIndex
            points.insert(point, at: position)
            find()
        }

        private mutating func find() {
            let sides = points.map { $0.side(criticalValue: criticalValue) }
            let last = points.count - 1
            let left = max(1, sides.firstIndex { $0 != .first } ?? last)
            low = Gap(inner: points[left].value, outer: points[left - 1].value)
            let right = min(last - 1, sides.lastIndex { $0 != .second } ?? 0)
            high = Gap(inner: points[right].value, outer: points[right + 1].value)
            let change = max(1, points.firstIndex { $0.mean <= 0 } ?? last)
            let (before, after) = (points[change - 1], points[change])
            root = Gap(inner: before.value, outer: after.value)
            let drop = before.mean - after.mean
            let share = drop > 0 ? min(1, max(0, before.mean / drop)) : 0.5
            crossing = before.value + share * (after.value - before.value)
        }

        /// The middle of the widest gap that is still too wide; nil where all are narrow.
        func next(_ resolution: Resolution) -> Double? {
            let width = abs(high.outer - low.outer)
            let wanted = max(resolution.least, Resolution.shareOfWidth * width)
            for gap in [low, high, root].sorted(by: { $0.width > $1.width }) where gap.width > wanted {
                if let value = resolution.between(min(gap.inner, gap.outer), max(gap.inner, gap.outer)) { return value }
            }
            return nil
        }
    }
}
