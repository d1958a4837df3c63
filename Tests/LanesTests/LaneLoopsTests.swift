import Domain
import Sampling
import Storage
import Testing

@testable import Lanes

/// The loops on every unit of this processor, against plain ones and against each other.
struct LaneLoopsTests {
    private static let units = VectorUnit.allCases.filter(\.isSupported)

    /// Numbers of all sizes and signs, zeros, ties, infinities, and what is not a number.
    private func numbers(_ count: Int, seed: UInt64) -> [Double] {
        let draws = Draws(seed: seed, replication: 0)
        return (0..<count).map { position in
            let (kind, size) = draws.uniformPair(.service, entity: UInt64(position))
            return switch Int(kind * 12) {
            case 0: 0
            case 1: -0.0
            case 2: .infinity
            case 3: seed % 3 == 0 ? .nan : 7
            case 4: 7
            case 5: 1e-200 * size
            case 6: -1e180 * size
            default: size * 20 - 10
            }
        }
    }

    private func bits(_ values: SIMD8<Double>) -> [UInt64] { (0..<8).map { values[$0].bitPattern } }

    @Test("Every unit adds the same terms to the last bit, and reports the largest squares", arguments: units)
    func accumulates(unit: VectorUnit) {
        for number in 0..<200 {
            let arena = Arena()
            let count = number % 23
            let values = arena.buffer(numbers(8 * count, seed: UInt64(number)))
            let start = numbers(8 * count + 8, seed: UInt64(number + 1_000))
            let factors = SIMD8<Double>(numbers(8, seed: UInt64(number + 2_000)).map { $0.isFinite ? $0 : 3 })
            let sums = arena.buffer(start)
            let largest = LaneLoops(unit).accumulate(values, factors: factors, count: count, into: sums)
            for lane in 0..<8 {
                var square = 0.0
                for place in 0..<count {
                    let position = 8 * place + lane
                    let expected = start[position] + factors[lane] * values[position]
                    // Which of several NaN a sum is nobody asks.
                    #expect(
                        sums[position].bitPattern == expected.bitPattern || (sums[position].isNaN && expected.isNaN))
                    if values[position] * values[position] > square { square = values[position] * values[position] }
                }
                #expect(largest[lane] == square)
                #expect(sums[8 * count + lane].bitPattern == start[8 * count + lane].bitPattern)
            }
        }
    }

    @Test("Every unit finds the smallest sum, the next and the run of the first, NaN passed over", arguments: units)
    func findsMinima(unit: VectorUnit) {
        var ties = 0
        for number in 0..<300 {
            let arena = Arena()
            let draws = Draws(seed: UInt64(number), replication: 1)
            let lengths = (0..<(number % 9)).map { Int(draws.uniform(.service, entity: UInt64($0)) * 5) }
            let ends = lengths.indices.map { lengths[...$0].reduce(0, +) }
            let scores = numbers(8 * (ends.last ?? 0), seed: UInt64(number))
            let shared = numbers(8 * lengths.count, seed: UInt64(number + 3_000)).map { abs($0) }
            let found = LaneLoops(unit).findMinima(
                of: arena.buffer(scores), plus: arena.buffer(shared), ends: arena.buffer(ends), runs: ends.count)
            for lane in 0..<8 {
                var sums: [(sum: Double, run: Int)] = []
                for (run, end) in ends.enumerated() {
                    for place in (end - lengths[run])..<end {
                        let sum = scores[8 * place + lane] + shared[8 * run + lane]
                        if sum < .infinity { sums.append((sum, run)) }
                    }
                }
                sums.sort { $0.sum == $1.sum ? $0.run < $1.run : $0.sum < $1.sum }
                #expect(found.smallest[lane] == sums.first?.sum ?? .infinity)
                #expect(found.second[lane] == (sums.count > 1 ? sums[1].sum : .infinity))
                #expect(found.run[lane] == Double(sums.first?.run ?? -1))
                if sums.count > 1, sums[0].sum == sums[1].sum { ties += 1 }
            }
            let reference = LaneLoops(.portable).findMinima(
                of: arena.buffer(scores), plus: arena.buffer(shared), ends: arena.buffer(ends), runs: ends.count)
            #expect(bits(found.second) == bits(reference.second))
        }
        #expect(ties > 50)
    }

    @Test("The widest unit is taken unless the environment asks for another; what is not there is refused by name")
    func requests() throws {
        #expect(try VectorUnit.requested(in: [:]) == .widest)
        #expect(try VectorUnit.requested(in: [VectorUnit.variable: "portable"]) == .portable)
        for unit in VectorUnit.allCases where unit.isSupported {
            #expect(try VectorUnit.requested(in: [VectorUnit.variable: unit.rawValue]) == unit)
        }
        let error = #expect(throws: InputError.self) { try VectorUnit.requested(in: [VectorUnit.variable: "sse9"]) }
        #expect(error.map { "\($0)" }?.contains("sse9") == true)
        #expect(error.map { "\($0)" }?.contains("portable") == true)
        for unit in VectorUnit.allCases where !unit.isSupported {
            #expect(throws: InputError.self) { try VectorUnit.requested(in: [VectorUnit.variable: unit.rawValue]) }
        }
    }
}
