import Domain
import History
import Lanes
import Sampling
import Statistics
import Storage

/// A dataset as the fused loop reads it; there is none where orders need not be in one shipment whose course is known as they
/// are decided.
final class FusedTables: Sendable {
    /// Numbers of nodes without the layout of their stations' free times, which depends on the members.
    private let serviceFixed, servicePerItem, handlingFixed, handlingPerItem, labourPerHour: Buffer<Double>
    private let inverseStations: Buffer<Double>
    private let regions, serviceNoises: Buffer<Int>
    /// Pick stations by node.
    let stations: [Int]
    private let lanes: FusedNetwork.Lanes
    private let tariffs: FusedNetwork.Tariffs
    private let bins: FusedBins
    /// Base hours are fixed + km / speed by lane, where orders have places of their own.
    let laneFixedHours, laneSpeeds: Buffer<Double>
    /// Whether every service's base hours rise straight with the kilometres.
    let areHoursStraight: Bool
    /// The largest mean service seconds of an order without its units, and of each unit.
    let largestService: (fixed: Double, perItem: Double)
    private let arena = Arena()

    /// Lanes a zone may have: scanning more costs more than looking at near ones first.
    static let mostLanes = 128

    /// The tables of a dataset in one of its ``ReplayTables``; nil where the loop cannot replay it.
    init?(_ tables: ReplayTables) {
        let dataset = tables.dataset
        guard Self.isPlain(tables) else { return nil }
        let nodes = dataset.nodes
        serviceFixed = arena.buffer(nodes.map { $0.serviceSecondsPerOrder + $0.serviceSecondsPerLine })
        servicePerItem = arena.buffer(nodes.map(\.serviceSecondsPerItem))
        handlingFixed = arena.buffer(nodes.map { $0.handlingCostPerOrder + $0.handlingCostPerLine })
        handlingPerItem = arena.buffer(nodes.map(\.handlingCostPerItem))
        labourPerHour = arena.buffer(nodes.map(\.labourCostPerHour))
        inverseStations = arena.buffer(nodes.map { 1 / Double($0.stations) })
        regions = arena.buffer(nodes.map(\.region))
        serviceNoises = arena.buffer(nodes.indices.map { tables.nodes[$0].serviceNoise })
        stations = nodes.map(\.stations)
        largestService = (serviceFixed.array.max() ?? 0, servicePerItem.array.max() ?? 0)
        let services = dataset.services
        let laneServices = tables.laneServices.array.map { Int($0) }
        let nothing = dataset.tariffs.count
        lanes = FusedNetwork.Lanes(
            nodes: arena.buffer(tables.laneNodes.array.map { Int($0) }),
            tariffs: arena.buffer(tables.laneTariffs.array.map { Int($0) }),
            emissions: arena.buffer(laneServices.map { services[$0].emission ?? nothing }),
            transitNoises: arena.buffer(laneServices.map { tables.services[$0].transitNoise }),
            hasHistory: tables.laneHasHistory.isEmpty
                ? nil : arena.buffer(tables.laneHasHistory.map { $0 ? UInt8(1) : 0 }))
        laneFixedHours = arena.buffer(laneServices.map { services[$0].fixedHours })
        laneSpeeds = arena.buffer(laneServices.map { services[$0].kilometresPerHour })
        areHoursStraight = services.allSatisfy { $0.distanceExponent == 1 }
        tariffs = Self.tariffs(of: dataset, in: arena)
        let source = Measures.leadTimeBins
        bins = FusedBins(
            beginnings: arena.buffer(source.beginnings), firsts: arena.buffer(source.firsts), low: source.low,
            high: source.high, origin: source.origin, shift: LogarithmicBins.lowerBits)
    }

    /// The network of a world for groups of a width; `arena` keeps what is the world's own.
    func network(of context: ReplayContext, trees: StationTrees, arena: Arena) -> FusedNetwork {
        let world = context.world
        let rules = context.settings.money
        var money = FusedNetwork.Money()
        money.unservedPerOrder = rules.unservedPerOrder
        money.unservedPerItem = rules.unservedPerItem
        money.latePerOrder = rules.latePerOrder
        money.latePerHour = rules.latePerHour
        money.compensationCap = rules.compensationCap
        money.complaintOnTime = rules.complaintOnTime
        money.complaintLate = rules.complaintLate
        money.complaintPerHourLate = rules.complaintPerHourLate
        money.complaintUnserved = rules.complaintUnserved
        return FusedNetwork(
            nodes: FusedNetwork.Nodes(
                serviceFixed: serviceFixed, servicePerItem: servicePerItem, handlingFixed: handlingFixed,
                handlingPerItem: handlingPerItem, labourPerHour: labourPerHour, inverseStations: inverseStations,
                regions: regions, serviceNoises: serviceNoises, trees: trees),
            lanes: lanes, tariffs: tariffs,
            hours: FusedNetwork.Hours(
                slownessCount: world.slowness.hourCount, multiplierCount: world.serviceMultiplier.hourCount,
                slowness: arena.buffer(world.slowness.values), multipliers: arena.buffer(world.serviceMultiplier.values),
                progress: arena.buffer(world.slowness.progress),
                isNeutral: arena.buffer(world.slowness.isNeutral.map { $0 ? UInt8(1) : 0 }),
                isAlongTheWay: context.settings.transitEffect == .alongTheWay),
            money: money, isLateAtDeadline: context.dataset.description.promiseBy == .day, end: context.settings.end,
            bins: bins)
    }

    /// Whether every order is one line that leaves in one shipment, is decided as it is placed, picked at any time and collected at any
    /// time.
    private static func isPlain(_ tables: ReplayTables) -> Bool {
        let dataset = tables.dataset
        guard tables.largestZone <= mostLanes, tables.settings.screening.isEmpty, dataset.openOrders.isEmpty,
            !tables.hasDailyLimits, dataset.nodes.allSatisfy({ $0.openingHours.spans == nil && $0.stations >= 1 }),
            dataset.services.allSatisfy({ $0.cutOffMinutes.isEmpty && $0.dailyCapacity == nil }),
            dataset.tariffs.allSatisfy({ $0.bands.count == 1 }),
            dataset.products.temperatureClasses.allSatisfy({ $0 == .ambient })
        else { return false }
        let orders = tables.orders
        for order in orders.placedAt.indices {
            let lines = orders.lines(of: order)
            guard lines.count == 1, orders.lineQuantities[lines.lowerBound] > 0,
                !(orders.approvedAt[order] > orders.placedAt[order])
            else { return false }
        }
        return true
    }

    /// The tariffs' terms, and one of nothing at the end.
    private static func tariffs(of dataset: Dataset, in arena: Arena) -> FusedNetwork.Tariffs {
        var terms: [Double] = []
        for tariff in dataset.tariffs {
            let own = tariff.bands[0].terms
            terms += [
                own.perShipment, own.perItem, own.perKilogram, own.perKilometre, own.perItemKilometre,
                own.perKilogramKilometre, 0, 0,
            ]
        }
        terms += [Double](repeating: 0, count: 8)
        func used(_ tariffs: some Sequence<Int>) -> UInt32 {
            var bits: UInt32 = 0
            for tariff in tariffs {
                for term in 0..<6 where terms[8 * tariff + term] != 0 { bits |= 1 << UInt32(term) }
            }
            return bits
        }
        return FusedNetwork.Tariffs(
            terms: arena.buffer(terms), freight: used(Set(dataset.lanes.tariffs.map { Int($0) })),
            emissions: used(Set(dataset.services.compactMap(\.emission))))
    }
}

extension ReplayPlan {
    /// Whether the fused loop can replay a strategy where it can replay the dataset.
    func isFusable(_ strategy: StrategySpecification) -> Bool {
        guard CompiledStrategy.decidesAtOnce(strategy), case .cancel = strategy.unmet,
            case .scored(let ruleSets) = strategy.assignment, ruleSets.count == 1, let rules = ruleSets.first
        else { return false }
        let endogenous = rules.ratings.filter { $0.rating is any EndogenousRating }
        return rules.constraints.isEmpty && !rules.usesSafetyStock
            && !(rules.split.dividesLines && rules.split.maximumSplits > 0)
            && endogenous.allSatisfy { $0.rating is any FusedRating }
            && Set(endogenous.filter { $0.rating is any RampRating }.map(\.rating.key)).count <= FusedLoop.mostRamps
    }

    /// The tables that the fused loop replays a world by; nil where it cannot.
    func fusedTables(_ world: World) -> FusedTables? {
        guard let book = world.book else { return fused }
        return book.fused
    }

    /// Whether nothing in a world comes between an order's decision and its course.
    func isFusable(_ world: World) -> Bool {
        cuts.isEmpty && fusedTables(world) != nil && world.outages.allSatisfy(\.isEmpty) && world.bans.isEmpty && world.stationLosses.allSatisfy(\.isEmpty)
            && world.suspensions.allSatisfy(\.isEmpty) && world.freightMultiplier.hourCount == 0
            && world.cancellationHazardPerHour == 0 && world.missingUnits.allSatisfy { $0 == 0 }
            && !(world.replaysRecordedCancellations && (world.book?.tables ?? tables).hasRecordedCancellations)
    }
}
