import Sampling
import Storage
import Testing

@testable import Lanes

/// The fused loop on every unit of this processor, against its definition in plain numbers.
struct FusedLoopTests {
    private static let units = VectorUnit.allCases.filter { $0.isSupported && $0 != .portable }

    /// Random numbers, one after the other.
    private struct Dice {
        private let draws: Draws
        private var next: UInt64 = 0

        init(_ seed: Int) { draws = Draws(seed: UInt64(seed), replication: 7) }

        mutating func number(_ low: Double, _ high: Double) -> Double {
            next += 1
            return low + (high - low) * draws.uniform(.service, entity: next)
        }

        mutating func whole(_ count: Int) -> Int { Int(number(0, Double(count))) }
    }

    /// A network, visits and members by chance.
    private struct Case {
        let arena = Arena()
        let network: FusedNetwork
        let visits: FusedVisits
        let stations: [Int]
        let trees: StationTrees
        let width: Int
        let count: Int
        let visitCount: Int
        private let number: Int
        private let productCount = 5

        init(_ number: Int) throws {
            self.number = number
            var dice = Dice(number)
            width = FusedLoop.widths[dice.whole(FusedLoop.widths.count)]
            count = 1 + dice.whole(width)
            let nodeCount = 1 + dice.whole(6)
            let services = 1 + dice.whole(2)
            let sizes = [1, 2, 3, 8, 9, 70, 600]
            stations = (0..<nodeCount).map { _ in sizes[dice.whole(sizes.count)] }
            trees = StationTrees(stations: stations, width: width, in: arena)
            network = try Self.network(
                stations: stations, services: services, trees: trees, number: number, arena: arena, dice: &dice)
            visitCount = 400
            visits = Self.visits(
                visitCount, lanes: nodeCount * services, nodes: nodeCount, number: number, arena: arena, dice: &dice)
        }

        private static func network(
            stations: [Int], services: Int, trees: StationTrees, number: Int, arena: Arena, dice: inout Dice
        ) throws -> FusedNetwork {
            func numbers(_ low: Double, _ high: Double) -> Buffer<Double> {
                arena.buffer(stations.map { _ in dice.number(low, high) })
            }
            let hours = number % 3 == 0 ? 0 : 60
            let slowness = (0..<(2 * hours)).map { $0 < hours && number % 4 == 1 ? 1 : dice.number(0.5, 3) }
            var progress: [Double] = []
            for region in 0..<2 {
                var sum = 0.0
                progress.append(sum)
                for hour in 0..<hours {
                    sum += 1 / slowness[region * hours + hour]
                    progress.append(sum)
                }
            }
            var money = FusedNetwork.Money()
            money.unservedPerOrder = 5
            money.unservedPerItem = 0.3
            money.latePerOrder = 2
            money.latePerHour = 0.1
            money.compensationCap = number % 5 == 0 ? 3 : .infinity
            money.complaintOnTime = 0.01
            money.complaintLate = 0.1
            money.complaintPerHourLate = 0.07
            money.complaintUnserved = 0.4
            let lanes = try #require(Self.lanes(stations.count, services, number: number, arena: arena, dice: &dice))
            let beginnings = [-.infinity] + (0..<1_200).map { Self.beginning($0) }
            return FusedNetwork(
                nodes: FusedNetwork.Nodes(
                    serviceFixed: numbers(50, 900), servicePerItem: numbers(0, 60), handlingFixed: numbers(0, 3),
                    handlingPerItem: numbers(0, 1), labourPerHour: numbers(0, 30),
                    inverseStations: arena.buffer(stations.map { 1 / Double($0) }),
                    regions: arena.buffer(stations.indices.map { $0 % 2 }),
                    serviceNoises: arena.buffer(stations.indices.map { $0 % 2 }), hours: hours, trees: trees, in: arena),
                lanes: lanes,
                hours: FusedNetwork.Hours(
                    slownessCount: hours, multiplierCount: number % 2 == 0 ? hours : 0,
                    slowness: arena.buffer(slowness), multipliers: arena.buffer(slowness),
                    progress: arena.buffer(progress),
                    isNeutral: arena.buffer([UInt8(number % 4 == 1 ? 1 : 0), 0]), isAlongTheWay: number % 2 == 1),
                money: money, isLateAtDeadline: number % 3 == 1, end: 180_000,
                bins: FusedBins(beginnings: beginnings, in: arena))
        }

        /// Where a bin begins: 60 to a power of two.
        private static func beginning(_ bin: Int) -> Double {
            let share: Double = 1 + Double(bin % 60) / 60
            return 0.01 * Double(sign: .plus, exponent: bin / 60, significand: share)
        }

        private static func lanes(
            _ nodes: Int, _ services: Int, number: Int, arena: Arena, dice: inout Dice
        ) -> FusedNetwork.Lanes? {
            var freight: [[Double]] = []
            var emissions: [[Double]] = []
            var owners: [Int] = []
            for lane in 0..<(nodes * services) {
                let mass: Double = number % 2 == 0 ? 0.3 : 0
                let clean: Double = number % 3 == 0 ? 0 : dice.number(0, 0.01)
                freight.append([dice.number(1, 5), 0.2, mass, dice.number(0, 0.1), 0, 0])
                emissions.append([0, 0, 0, 0, clean, 0])
                owners.append(lane / services)
            }
            let history = number % 2 == 0 ? nil : arena.buffer(owners.indices.map { UInt8($0 % 2) })
            return FusedNetwork.Lanes(
                nodes: arena.buffer(owners), transitNoises: arena.buffer(owners.indices.map { $0 % services % 2 }),
                freight: freight, emissions: emissions, hasHistory: history, in: arena)
        }

        private static func visits(
            _ count: Int, lanes: Int, nodes: Int, number: Int, arena: Arena, dice: inout Dice
        ) -> FusedVisits {
            let rows = count * lanes
            let ways = (0..<rows).map { _ in dice.number(1, 500) }
            let visits = FusedVisits(
                visits: count, rows: rows, features: number % 5, ramps: number % 4, serviceNoises: 2, transitNoises: 2,
                kilometres: arena.buffer(ways), baseHours: arena.buffer(ways.map { 2 + $0 / 60 }),
                dayFactors: number % 2 == 0 ? nil : arena.buffer((0..<nodes).map { _ in dice.number(0, 1e-5) }),
                in: arena)
            var time = 0.0
            for visit in 0..<count {
                time += dice.number(0, 700)
                visits.times[visit] = visit % 7 == 0 ? time.rounded() : time
                visits.units[visit] = Double(1 + dice.whole(3))
                visits.masses[visit] = dice.number(0, 9)
                visits.values[visit] = dice.number(1, 90)
                visits.goodsCosts[visit] = dice.number(1, 50)
                visits.weights[visit] = visit < 20 ? 0 : 1 + Double(visit % 2) / 2
                visits.deadlines[visit] = visit % 5 == 0 ? .infinity : time + dice.number(0, 90_000)
                visits.products[visit] = dice.whole(5)
                visits.laneCounts[visit] = lanes
                visits.zoneRegions[visit] = visit % 2
                visits.rowOffsets[visit] = visit * lanes
                visits.rampOffsets[visit] = visit * lanes
                visits.ownOffsets[visit] = visit * lanes
                for noise in 0..<2 {
                    visits.serviceFactors[2 * visit + noise] = dice.number(0, 3)
                    visits.transitFactors[2 * visit + noise] = dice.number(0.5, 2)
                }
            }
            for row in 0..<(rows * visits.featureCount) { visits.features[row] = dice.number(-1, 1) }
            for row in 0..<(rows * visits.rampCount) {
                visits.rampSlopes[row] = dice.number(0, 0.3)
                visits.rampIntercepts[row] = dice.number(-5, 5)
            }
            return visits
        }

        /// The members at their start.
        func members() -> FusedMembers {
            var dice = Dice(number + 10_000)
            let lanes = network.lanes.nodes.count
            let slopes = number % 3 == 0 ? nil : arena.buffer((0..<(lanes * width)).map { _ in dice.number(0, 0.01) })
            let members = FusedMembers(
                width: width, count: count, stations: stations, trees: trees, from: 0,
                stockCount: productCount * stations.count,
                base: arena.buffer((0..<(lanes * width)).map { _ in dice.number(0, 1) }), slopes: slopes,
                features: visits.featureCount,
                ramps: (0..<visits.rampCount).map { ($0 == 1 ? -.infinity : 0, $0 == 2 ? 2 : .infinity) },
                binCount: network.bins.count, in: arena)
            for place in members.featureWeights.indices { members.featureWeights[place] = dice.number(-1, 1) }
            for place in members.rampWeights.indices { members.rampWeights[place] = dice.number(0, 1) }
            for member in 0..<count {
                members.queueWeights[member] = dice.number(0, 0.2)
                members.depthWeights[member] = dice.number(0, 2)
                members.dayWeights[member] = dice.number(0, 2)
                // Wide, so that choices are uncertain now and then.
                members.slack[member] = 5e-3
                for place in 0..<(productCount * stations.count) {
                    let units = dice.whole(120)
                    members.inverseStock[place * width + member] = units > 0 ? 1 / Double(units) : .infinity
                }
            }
            return members
        }
    }

    /// What a run comes to: all that members did, bit by bit, and how often it stopped and why.
    private struct Outcome: Equatable {
        var bits: [UInt64] = []
        var unsure: [[Int]] = []
        var choices: [Int] = []
        var full = 0
    }

    private func run(_ one: Case, unit: VectorUnit, choosing: (Int, FusedMembers) -> Int = { $1.choices[$0] })
        -> Outcome
    {
        var members = one.members()
        var outcome = Outcome()
        var isChosen = false
        let loop = FusedLoop(unit)
        while true {
            let end = loop.run(
                &members, visits: one.visits, network: one.network, upTo: one.visitCount, isChosen: isChosen)
            isChosen = false
            switch end {
            case .done:
                for buffer in [
                    members.sums, members.waiting, members.nextStarts, members.earliest, members.committed,
                    members.busyHours, members.trees, members.inverseStock, members.bins, members.peaks,
                ] {
                    // Places beyond the members mean nothing.
                    for (place, value) in buffer.array.enumerated()
                    where buffer.count == members.trees.count || buffer.count == members.bins.count
                        || place % one.width < one.count
                    {
                        outcome.bits.append(value.bitPattern)
                    }
                }
                return outcome
            case .full:
                outcome.full += 1
                members.growFullRings()
            case .unsure:
                outcome.unsure.append([members.visit, Int(members.unsure)])
                outcome.choices += (0..<one.count).map { members.choices[$0] }
                isChosen = true
            }
        }
    }

    @Test("Every unit leaves the same bits behind as the plain numbers, visit by visit", arguments: units)
    func sameBits(unit: VectorUnit) throws {
        var (unsure, full, late) = (0, 0, 0)
        for number in 0..<90 {
            let one = try Case(number)
            let plain = run(one, unit: .portable)
            #expect(run(one, unit: unit) == plain, "case \(number)")
            unsure += plain.unsure.count
            full += plain.full
            if plain.choices.contains(where: { $0 > 1 }) { late += 1 }
        }
        // The comparison meets what is rare: uncertain choices, rings that grow.
        #expect(unsure > 100)
        #expect(full > 20)
        #expect(late > 10)
    }

    @Test("A tree of stations tells when the next one is free, like a sorted list")
    func stationsAreTakenInTurn() {
        var dice = Dice(3)
        for count in [1, 2, 7, 8, 9, 64, 65, 600] {
            let arena = Arena()
            let trees = StationTrees(stations: [3, count], width: 4, in: arena)
            let tree = trees.free(stations: [3, count], from: 10, width: 4, in: arena)
                .from(trees.offsets[1] + 2 * trees.sizes[1])
            var list = [Double](repeating: 10, count: count)
            var earliest = 10.0
            var leaf = trees.firstLeaf(ofNode: 1)
            var time = 10.0
            // Now more come than can be served, now fewer.
            for number in 0..<(6 * count) {
                time += dice.number(0, (number / count % 2 == 0 ? 20 : 90) / Double(count))
                let end = max(time, list[0]) + dice.number(0, 50).rounded()
                earliest = StationTrees.occupy(
                    tree, levels: trees.levels[1], leaf: &leaf, earliest: earliest, until: end)
                list[0] = end
                list.sort()
                #expect(earliest == list[0])
            }
        }
    }
}
