import CLanes
import Storage

/// What of eight sequences of sums is smallest.
public struct LaneMinima: Sendable, BitwiseCopyable {
    /// The smallest of each; +infinity of none.
    public var smallest = SIMD8<Double>(repeating: .infinity)
    /// The next: equal to the smallest where that occurs twice.
    public var second = SIMD8<Double>(repeating: .infinity)
    /// The run in which the smallest lies, the first one of several; -1 without one.
    public var run = SIMD8<Double>(repeating: -1)

    /// Those of no sums.
    @inlinable
    public init() {}
}

/// The loops over candidates of up to eight strategies that are scored side by side: all numbers come in eights, one for
/// each.
///
/// The Swift form is the definition; that of a wider ``VectorUnit`` gives the same bits, since products and sums are rounded
/// one by one in both. What is not a number is passed over by minima and maxima.
public struct LaneLoops: Sendable {
    /// What they are run with.
    public let unit: VectorUnit

    /// The loops on a unit that is supported.
    public init(_ unit: VectorUnit) {
        precondition(unit.isSupported, "a vector unit of this processor")
        self.unit = unit
    }

    /// Adds `factors x values` to the first `count` eights of `sums`; returns the largest squares of the values, which take
    /// fewer steps than magnitudes.
    public func accumulate(
        _ values: Buffer<Double>, factors: SIMD8<Double>, count: Int, into sums: Buffer<Double>
    ) -> SIMD8<Double> {
        precondition(8 * count <= min(values.count, sums.count), "eights of values and sums")
        var largest = SIMD8<Double>()
        switch unit {
        case .portable:
            for place in 0..<count {
                let value = values[eight: place]
                sums[eight: place] += factors * value
                let square = value * value
                largest.replace(with: square, where: square .> largest)
            }
        case .avx2, .avx512:
            let run = unit == .avx2 ? clanes_accumulate_avx2 : clanes_accumulate_avx512
            withUnsafePointer(to: factors) { factors in
                withUnsafeMutablePointer(to: &largest) { largest in
                    run(
                        sums.unsafeMemory, values.unsafeMemory,
                        UnsafeRawPointer(factors).assumingMemoryBound(to: Double.self),
                        UnsafeMutableRawPointer(largest).assumingMemoryBound(to: Double.self), count)
                }
            }
        }
        return largest
    }

    /// Finds the minima of `scores[i] + shared[run]` over the eights i of all runs, the first from 0 on, each to where it
    /// `ends`: run by run, since a minimum takes fewer steps than its place.
    public func findMinima(
        of scores: Buffer<Double>, plus shared: Buffer<Double>, ends: Buffer<Int>, runs: Int
    ) -> LaneMinima {
        precondition(runs <= ends.count && 8 * runs <= shared.count, "an end and a sum for each run")
        precondition(runs == 0 || 8 * ends[runs - 1] <= scores.count, "scores up to the end")
        var minima = LaneMinima()
        switch unit {
        case .portable:
            var position = 0
            for run in 0..<runs {
                let common = shared[eight: run]
                var lowest = SIMD8<Double>(repeating: .infinity)
                var next = lowest
                while position < ends[run] {
                    let score = scores[eight: position] + common
                    let loser = score.replacing(with: lowest, where: score .< lowest)
                    next.replace(with: loser, where: loser .< next)
                    lowest.replace(with: score, where: score .< lowest)
                    position &+= 1
                }
                let isBetter = lowest .< minima.smallest
                let loser = lowest.replacing(with: minima.smallest, where: isBetter)
                minima.second.replace(with: loser, where: loser .< minima.second)
                minima.second.replace(with: next, where: next .< minima.second)
                minima.smallest.replace(with: lowest, where: isBetter)
                minima.run.replace(with: Double(run), where: isBetter)
            }
        case .avx2, .avx512:
            let find = unit == .avx2 ? clanes_find_minima_avx2 : clanes_find_minima_avx512
            withUnsafeMutablePointer(to: &minima) { minima in
                find(
                    scores.unsafeMemory, shared.unsafeMemory, ends.unsafeMemory, runs,
                    UnsafeMutableRawPointer(minima).assumingMemoryBound(to: clanes_minima.self))
            }
        }
        return minima
    }
}
