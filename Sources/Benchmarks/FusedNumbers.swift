import Lanes
import Storage

/// What the fused loop reads and writes: a network of 20 nodes, some visits, eight members with weights of their own.
struct FusedNumbers {
    private static let nodeCount = 20
    private static let visitCount = 400
    private static let productCount = 50
    private let arena = Arena()
    let network: FusedNetwork
    let visits: FusedVisits
    private(set) var members: FusedMembers
    /// Visits there are.
    var visitCount: Int { Self.visitCount }

    /// The numbers; nil where lanes have too many terms, which these have not.
    init?() {
        let nodes = 0..<Self.nodeCount
        let stations = nodes.map { 1 + $0 % 3 }
        let trees = StationTrees(stations: stations, width: 8, in: arena)
        let arena = arena
        func numbers(_ value: (Int) -> Double) -> Buffer<Double> { arena.buffer(nodes.map(value)) }
        guard
            let lanes = FusedNetwork.Lanes(
                nodes: arena.buffer(Array(nodes)), transitNoises: arena.buffer(nodes.map { _ in 0 }),
                freight: nodes.map { [4 + Double($0 % 5), 0, 0, 0.01 * Double(1 + $0 % 3), 0, 0] },
                emissions: nodes.map { _ in [0, 0, 0, 0, 0.001, 0] }, hasHistory: nil, in: arena)
        else { return nil }
        network = FusedNetwork(
            nodes: FusedNetwork.Nodes(
                serviceFixed: numbers { 300 + 20 * Double($0) }, servicePerItem: numbers { _ in 60 },
                handlingFixed: numbers { _ in 0 }, handlingPerItem: numbers { 1 + Double($0 % 4) / 4 },
                labourPerHour: numbers { _ in 24 }, inverseStations: numbers { 1 / Double(stations[$0]) },
                regions: arena.buffer(nodes.map { $0 % 2 }), serviceNoises: arena.buffer(nodes.map { _ in 0 }),
                hours: 0,
                trees: trees, in: arena),
            lanes: lanes,
            hours: FusedNetwork.Hours(
                slownessCount: 0, multiplierCount: 0, slowness: arena.buffer([]), multipliers: arena.buffer([]),
                progress: arena.buffer([0, 0]), isNeutral: arena.buffer([1, 1]), isAlongTheWay: false),
            money: FusedNetwork.Money(), isLateAtDeadline: false, end: 1e9,
            bins: FusedBins(beginnings: Self.beginnings, in: arena))
        visits = Self.visits(in: arena)
        members = FusedMembers(
            width: 8, count: 8, stations: stations, trees: trees, from: 0,
            stockCount: Self.productCount * Self.nodeCount,
            base: arena.buffer((0..<(8 * Self.nodeCount)).map { Double($0 * 7_919 % 101) / 200 }),
            slopes: arena.buffer((0..<(8 * Self.nodeCount)).map { Double($0 * 104_729 % 97) / 40_000 }), features: 0,
            ramps: [(floor: 0, cap: .infinity)], binCount: network.bins.count, in: arena)
        for member in 0..<8 {
            members.queueWeights[member] = Double(member) / 40
            members.depthWeights[member] = Double(7 - member) / 10
            members.rampWeights[member] = 0.1
        }
        for place in members.inverseStock.indices { members.inverseStock[place] = 1 / Double(20 + place % 60) }
    }

    /// Replays the visits that are left.
    mutating func run(_ loop: FusedLoop, isChosen: Bool) -> FusedLoop.End {
        loop.run(&members, visits: visits, network: network, upTo: visitCount, isChosen: isChosen)
    }

    /// Gives full rings more room.
    mutating func makeRoom() { members.growFullRings() }

    /// Bins of 2 % from half an hour on.
    private static var beginnings: [Double] {
        var beginnings = [-Double.infinity, 0.5]
        while beginnings.count < 400 { beginnings.append(beginnings[beginnings.count - 1] * 1.02) }
        return beginnings
    }

    private static func visits(in arena: Arena) -> FusedVisits {
        let rows = visitCount * nodeCount
        let ways = (0..<rows).map { Double(1 + $0 * 6_007 % 499) }
        let visits = FusedVisits(
            visits: visitCount, rows: rows, features: 0, ramps: 1, serviceNoises: 1, transitNoises: 1,
            kilometres: arena.buffer(ways), baseHours: arena.buffer(ways.map { 6 + $0 / 60 }), dayFactors: nil,
            in: arena)
        for visit in 0..<visitCount {
            visits.times[visit] = 12 * Double(visit)
            visits.units[visit] = Double(1 + visit % 3)
            visits.weights[visit] = 1
            visits.deadlines[visit] = 12 * Double(visit) + 40_000
            visits.products[visit] = visit * 31 % productCount
            visits.laneCounts[visit] = nodeCount
            visits.rowOffsets[visit] = visit * nodeCount
            visits.rampOffsets[visit] = visit * nodeCount
            visits.ownOffsets[visit] = visit * nodeCount
            visits.serviceFactors[visit] = Double(visit % 9) / 4
        }
        for row in 0..<rows {
            visits.rampSlopes[row] = 0.1
            visits.rampIntercepts[row] = Double(row % 13) - 8
        }
        return visits
    }
}
