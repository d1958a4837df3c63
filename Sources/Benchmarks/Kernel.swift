import Domain
import Lanes
import Sampling
import Storage

/// A small piece of work without BLAS, without chance and without the disk, whose instructions are counted: how a
/// change of the code changes its cost is seen without a clock.
///
/// A further kernel is a case, a function whose name begins with `counted` and is `@inline(never)`, and one call of
/// `Scripts/test` with SANDTABLE_RECORD=1. What it needs is made before the function is entered, since instructions
/// are counted from there to its end. The function holds no closure and calls itself nowhere: a symbol inside that has
/// the function's name in its own would switch the counting off.
enum Kernel: String, CaseIterable {
    /// Service and transit noise: Philox, logarithm, normal quantile, exponential function.
    case noise
    /// Records and fields of a CSV text in memory.
    case scan
    /// Great-circle distances.
    case distances
    /// The portable loops over candidates of strategies in lockstep.
    case lanes
    /// The portable form of the fused loop: the engine, from choice to sums.
    case fused

    /// The kernel that the words of a command line ask for; nil where they do not begin with `kernel`.
    static func name(in words: [String]) throws(UsageError) -> Kernel? {
        guard words.first == "kernel" else { return nil }
        guard words.count == 2, let kernel = Kernel(rawValue: words[1]) else {
            let known = allCases.map(\.rawValue).joined(separator: ", ")
            throw UsageError(
                description: "found 'kernel \(words.dropFirst().joined(separator: " "))', expected one of \(known)")
        }
        return kernel
    }

    /// Runs the kernel; gives a number that depends on all of its work.
    func run() throws -> Double {
        switch self {
        case .noise: countedNoise(draws: Draws(seed: 1, replication: 0), count: 20_000)
        case .scan: try countedScan(ByteSource(name: "memory.csv", bytes: Self.table(rows: 5_000)))
        case .distances: countedDistances(Self.places(count: 100))
        case .fused:
            if var numbers = FusedNumbers() { countedFused(FusedLoop(.portable), &numbers) } else { 0 }
        case .lanes: countedLanes(LaneLoops(.portable), LaneNumbers(nodes: 40, lanesOfNode: 5), rounds: 200)
        }
    }

    private static func table(rows: Int) -> [UInt8] {
        var text = "id,placed_at,zone,x,y,quantity\n"
        for row in 0..<rows {
            let x = Double(row % 977) / 8
            text += "order-\(row),\(row * 37),\"zone \(row % 50)\",\(x),\(48 + x / 16),\(1 + row % 3)\n"
        }
        return Array(text.utf8)
    }

    private static func places(count: Int) -> [Place] {
        (0..<count).map { Place(x: 100 + Double($0 % 13), y: 20 + Double($0 % 17)) }
    }
}

/// What the loops over candidates read and write.
private struct LaneNumbers {
    private let arena = Arena()
    let scores: Buffer<Double>
    let values: Buffer<Double>
    let ofNodes: Buffer<Double>
    let ends: Buffer<Int>

    init(nodes: Int, lanesOfNode: Int) {
        let count = 8 * nodes * lanesOfNode
        scores = arena.buffer((0..<count).map { Double($0 * 7_919 % 1_009) })
        values = arena.buffer((0..<count).map { Double($0 * 104_729 % 997) / 8 })
        ofNodes = arena.buffer((0..<(8 * nodes)).map { Double($0 * 6_007 % 31) })
        ends = arena.buffer((1...nodes).map { $0 * lanesOfNode })
    }
}

@inline(never)
private func countedLanes(_ loops: LaneLoops, _ numbers: LaneNumbers, rounds: Int) -> Double {
    var sum = 0.0
    for round in 0..<rounds {
        let factors = SIMD8(repeating: 1 / Double(round + 1))
        let count = numbers.values.count / 8
        let squares = loops.accumulate(numbers.values, factors: factors, count: count, into: numbers.scores)
        let minima = loops.findMinima(
            of: numbers.scores, plus: numbers.ofNodes, ends: numbers.ends, runs: numbers.ends.count)
        sum += minima.smallest[0] + minima.second[3] + squares[7]
    }
    return sum
}

@inline(never)
private func countedFused(_ loop: FusedLoop, _ numbers: inout FusedNumbers) -> Double {
    var isChosen = false
    while true {
        switch numbers.run(loop, isChosen: isChosen) {
        case .done: return numbers.members.sums[FusedSum.freight.rawValue * 8]
        case .full:
            numbers.makeRoom()
            isChosen = false
        case .unsure: isChosen = true
        }
    }
}

@inline(never)
private func countedNoise(draws: Draws, count: UInt64) -> Double {
    let service = UnitDistribution.exponential
    let transit = UnitDistribution.lognormal(sigma: 0.25)
    var sum = 0.0
    for entity in 0..<count {
        sum += service.value(uniform: draws.uniform(.service, entity: entity))
        sum += transit.value(uniform: draws.uniform(.transit, entity: entity))
    }
    return sum
}

@inline(never)
private func countedScan(_ source: ByteSource) throws(InputError) -> Double {
    let reader = try CSVReader(source: source)
    var sum = 0.0
    while try reader.nextRow() {
        sum += try reader.double(1) + reader.double(3) + reader.double(4)
        sum += Double(try reader.integer(5))
    }
    return sum
}

@inline(never)
private func countedDistances(_ places: [Place]) -> Double {
    var sum = 0.0
    for start in places {
        for end in places { sum += start.distanceKilometres(to: end, in: .geographic) }
    }
    return sum
}
