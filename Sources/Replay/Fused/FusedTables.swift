import Domain
import History
import Lanes
import Sampling
import Storage
import Synchronization

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
    private let bins: FusedBins
    /// Where each lane begins, and what its base hours are: fixed + km / speed.
    private let laneX, laneY, laneFixedHours, laneSpeeds: Buffer<Double>
    /// Whether places lie in a plane and base hours rise straight with the kilometres.
    private let areLanesStraight: Bool
    /// The largest mean service seconds of an order without its units, and of each unit.
    let largestService: (fixed: Double, perItem: Double)
    /// The longest way of any lane.
    let longestLane: Double
    /// Whether there are several worlds, so that what none of them changes is worth keeping.
    private let keepsBook: Bool
    /// What is kept, by the ramps it has.
    private let books = Mutex<[String: FusedBook]>([:])
    private let arena = Arena()

    /// Lanes a zone may have: scanning more costs more than looking at near ones first.
    static let mostLanes = 128

    /// The tables of a dataset in one of its ``ReplayTables``; nil where the loop cannot replay it. With `keepsBook` they keep what no
    /// world changes.
    init?(_ tables: ReplayTables, keepsBook: Bool = false) {
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
        let terms = dataset.tariffs.map { Self.terms(of: $0) }
        let nothing = [Double](repeating: 0, count: 6)
        guard
            let lanes = FusedNetwork.Lanes(
                nodes: arena.buffer(tables.laneNodes.array.map { Int($0) }),
                transitNoises: arena.buffer(laneServices.map { tables.services[$0].transitNoise }),
                freight: tables.laneTariffs.array.map { terms[Int($0)] },
                emissions: laneServices.map { service in services[service].emission.map { terms[$0] } ?? nothing },
                hasHistory: tables.laneHasHistory.isEmpty
                    ? nil : arena.buffer(tables.laneHasHistory.map { $0 ? UInt8(1) : 0 }),
                in: arena)
        else { return nil }
        self.lanes = lanes
        laneFixedHours = arena.buffer(laneServices.map { services[$0].fixedHours })
        laneSpeeds = arena.buffer(laneServices.map { services[$0].kilometresPerHour })
        laneX = arena.buffer(tables.laneNodes.array.map { nodes[Int($0)].place.x })
        laneY = arena.buffer(tables.laneNodes.array.map { nodes[Int($0)].place.y })
        areLanesStraight =
            dataset.description.coordinates == .plane && services.allSatisfy { $0.distanceExponent == 1 }
        bins = FusedBins(beginnings: Measures.leadTimeBins.beginnings, in: arena)
        longestLane = tables.laneKilometres.largestMagnitude(in: tables.laneKilometres.indices)
        self.keepsBook = keepsBook
    }

    /// What no world changes about some orders; nil where it is not kept.
    func book(orders: Range<Int>, ramps: [any RampRating], context: ReplayContext) -> FusedBook? {
        guard keepsBook, orders.count * context.tables.largestZone <= FusedBook.mostRows else { return nil }
        // Whoever comes first writes it, all others wait for it.
        return books.withLock { books in
            let key = ramps.map(\.key).joined(separator: "\n")
            if let book = books[key] { return book }
            let book = FusedBook(orders: orders, ramps: ramps, context: context, tables: self)
            books[key] = book
            return book
        }
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
                regions: regions, serviceNoises: serviceNoises, hours: world.slowness.hourCount, trees: trees, in: arena
            ),
            lanes: lanes,
            hours: FusedNetwork.Hours(
                slownessCount: world.slowness.hourCount, multiplierCount: world.serviceMultiplier.hourCount,
                slowness: arena.buffer(world.slowness.values),
                multipliers: arena.buffer(world.serviceMultiplier.values),
                progress: arena.buffer(world.slowness.progress),
                isNeutral: arena.buffer(world.slowness.isNeutral.map { $0 ? UInt8(1) : 0 }),
                isAlongTheWay: context.settings.transitEffect == .alongTheWay),
            money: money, isLateAtDeadline: context.dataset.description.promiseBy == .day, end: context.settings.end,
            bins: bins)
    }

    /// ``ReplayContext/workOutLanes(for:kilometres:baseHours:)``, with the same bits.
    func workOutLanes(
        for order: OrderFacts, kilometres: Buffer<Double>, baseHours: Buffer<Double>, in context: ReplayContext
    ) -> OwnLanes {
        guard areLanesStraight, order.place != context.dataset.zones[order.zone].place else {
            return context.workOutLanes(for: order, kilometres: kilometres, baseHours: baseHours)
        }
        let rows = context.dataset.lanes.rows(ofZone: order.zone)
        for offset in 0..<rows.count {
            let row = rows.lowerBound + offset
            let (x, y) = (laneX[row] - order.place.x, laneY[row] - order.place.y)
            let distance = (x * x + y * y).squareRoot()
            kilometres[offset] = distance
            baseHours[offset] = laneFixedHours[row] + distance / laneSpeeds[row]
        }
        return OwnLanes(kilometres: kilometres, baseHours: baseHours, firstRow: rows.lowerBound)
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

    /// The six terms of a tariff of one mass band.
    private static func terms(of tariff: Tariff) -> [Double] {
        let terms = tariff.bands[0].terms
        return [
            terms.perShipment, terms.perItem, terms.perKilogram, terms.perKilometre, terms.perItemKilometre,
            terms.perKilogramKilometre,
        ]
    }
}

extension ReplayPlan {
    /// Whether the fused loop replays a strategy where it replays the world.
    func isFusable(_ strategy: StrategySpecification) -> Bool { fusionObstacle(of: strategy) == nil }

    /// Whether it replays a world.
    func isFusable(_ world: World) -> Bool { fusionObstacle(in: world) == nil }

    /// What keeps a strategy from the fused loop, in the words of a clause; nil for nothing.
    func fusionObstacle(of strategy: StrategySpecification) -> String? {
        guard CompiledStrategy.decidesAtOnce(strategy), case .scored(let ruleSets) = strategy.assignment,
            let rules = ruleSets.first
        else { return "it does not decide as orders are placed" }
        if ruleSets.count > 1 { return "it has several rule sets" }
        if case .wait = strategy.unmet { return "unmet orders wait" }
        if !rules.constraints.isEmpty { return "it has constraints" }
        if rules.usesSafetyStock { return "it uses safety stock" }
        if rules.split.dividesLines, rules.split.maximumSplits > 0 { return "it divides lines" }
        let endogenous = rules.ratings.filter { $0.rating is any EndogenousRating }
        if let other = endogenous.first(where: { !($0.rating is any FusedRating) }) {
            return "\(other.rating.declaration.name) is not kept by node"
        }
        let ramps = Set(endogenous.filter { $0.rating is any RampRating }.map(\.rating.key))
        return ramps.count > FusedLoop.mostRamps ? "it weighs more than \(FusedLoop.mostRamps) expectations" : nil
    }

    /// The tables that the fused loop replays a world by; nil where it cannot.
    func fusedTables(_ world: World) -> FusedTables? {
        guard let book = world.book else { return fused }
        return fused == nil ? nil : book.fused
    }

    /// What keeps a world, or the dataset, from the fused loop; nil for nothing.
    func fusionObstacle(in world: World) -> String? {
        if !cuts.isEmpty { return "outcomes are cut" }
        if fusedTables(world) == nil {
            return "the dataset has several lines an order, opening hours, limits or cut-offs"
        }
        let isQuiet =
            world.outages.allSatisfy(\.isEmpty) && world.bans.isEmpty && world.stationLosses.allSatisfy(\.isEmpty)
            && world.suspensions.allSatisfy(\.isEmpty) && world.freightMultiplier.hourCount == 0
            && world.cancellationHazardPerHour == 0 && world.missingUnits.allSatisfy { $0 == 0 }
            && !(world.replaysRecordedCancellations && (world.book?.tables ?? tables).hasRecordedCancellations)
        return isQuiet ? nil : "outages, cancellations, bans or premiums may come between"
    }
}
