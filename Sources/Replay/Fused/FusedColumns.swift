import History
import Lanes
import Storage

/// Bounds of some visits' facts.
struct FusedBounds {
    /// Units of the largest order, the mass of the heaviest, the longest way of any candidate.
    var units = 0.0
    var kilograms = 0.0
    var kilometres = 0.0
    /// By ramp: the largest slope, and what the largest intercept is made of.
    var ramps: [(slope: Double, intercept: Double)]
}

/// Writes what no strategy influences about visits into the columns of the fused loop: facts of the orders, lanes to their places,
/// ramps.
struct FusedColumns {
    private let context: ReplayContext
    private let tables: FusedTables
    /// The ratings behind the visits' ramps.
    private let ramps: [any RampRating]
    /// Bounds of the visits written since they were forgotten.
    private(set) var bounds: FusedBounds

    init(ramps: [any RampRating], context: ReplayContext, tables: FusedTables) {
        self.context = context
        self.tables = tables
        self.ramps = ramps
        bounds = FusedBounds(ramps: ramps.map { _ in (0, 0) })
        forgetBounds()
    }

    /// Begins with other visits.
    mutating func forgetBounds() {
        bounds.units = 0
        bounds.kilograms = 0
        bounds.kilometres = context.tables.hasOrderPlaces ? 0 : tables.longestLane
        for ramp in ramps.indices { bounds.ramps[ramp] = (0, 0) }
    }

    /// Takes over the bounds of visits that contain all that are to be written.
    mutating func adopt(_ others: FusedBounds, ramps: Bool) {
        bounds.units = others.units
        bounds.kilograms = others.kilograms
        bounds.kilometres = others.kilometres
        if ramps { bounds.ramps = others.ramps }
    }

    /// Writes a visit's facts, and the lanes to its place from row `rows` on where orders have places.
    mutating func write(_ facts: inout OrderFacts, lanes: Range<Int>, rows: Int, to visits: FusedVisits, at index: Int)
    {
        let orders = context.tables.orders
        let parcel = facts.parcel
        bounds.units = max(bounds.units, parcel.items)
        bounds.kilograms = max(bounds.kilograms, parcel.massKilograms)
        visits.times[index] = facts.placedAt
        visits.units[index] = parcel.items
        visits.masses[index] = parcel.massKilograms
        visits.values[index] = parcel.value
        visits.goodsCosts[index] = parcel.goodsCost
        visits.weights[index] = context.isMeasured(placedAt: facts.placedAt) ? orders.weights[facts.order] : 0
        visits.deadlines[index] = context.deadline(of: facts.promisedAt)
        visits.products[index] = Int(orders.lineProducts[orders.lines(of: facts.order).lowerBound])
        visits.firstLanes[index] = lanes.lowerBound
        visits.laneCounts[index] = lanes.count
        visits.zoneRegions[index] = facts.region
        visits.rampOffsets[index] = rows
        visits.ownOffsets[index] = context.tables.hasOrderPlaces ? rows : lanes.lowerBound
        if context.tables.hasOrderPlaces {
            facts.ownLanes = tables.workOutLanes(
                for: facts, kilometres: visits.kilometres.from(rows), baseHours: visits.baseHours.from(rows),
                in: context)
            let own = rows..<(rows + lanes.count)
            bounds.kilometres = max(bounds.kilometres, visits.kilometres.largestMagnitude(in: own))
        }
    }

    /// Writes a visit's ramps, from its ramp offset on.
    mutating func writeRamps(_ facts: OrderFacts, lanes: Range<Int>, to visits: FusedVisits, at index: Int) {
        for (number, ramp) in ramps.enumerated() {
            let bound = ramp.fillRamp(
                order: facts, lanes: lanes, in: context, slopes: visits.rampSlopes, intercepts: visits.rampIntercepts,
                at: number * visits.rampStride + visits.rampOffsets[index])
            bounds.ramps[number].slope = max(bounds.ramps[number].slope, bound.slope)
            bounds.ramps[number].intercept = max(bounds.ramps[number].intercept, bound.intercept)
        }
    }
}

/// What neither a strategy nor a world changes about the visits of a plan, written once for all its worlds.
final class FusedBook: Sendable {
    /// The columns, visit by visit; without features and noise.
    let visits: FusedVisits
    /// By visit: what its draws are for.
    let entities: Buffer<UInt64>
    /// Bounds of all visits.
    let bounds: FusedBounds
    /// Whether the ramps are written, too: no world changes them.
    let hasRamps: Bool
    /// The order of the first visit.
    let firstOrder: Int
    private let arena = Arena()

    /// The most candidates of all visits together that are kept: some 200 MB.
    static let mostRows = 8_000_000

    /// The columns of a run of orders, with those of the ramps where no world changes any of them.
    init(orders: Range<Int>, ramps: [any RampRating], context: ReplayContext, tables: FusedTables) {
        hasRamps = !ramps.contains { $0.followsWorld }
        let kept = hasRamps ? ramps : []
        firstOrder = orders.lowerBound
        let zones = context.tables.orders.zones
        let rowsOf = context.dataset.lanes
        var rowCount = 0
        for order in orders { rowCount += rowsOf.rows(ofZone: Int(zones[order])).count }
        let hasOwnLanes = context.tables.hasOrderPlaces
        let visits = FusedVisits(
            visits: orders.count, rows: kept.isEmpty ? 0 : rowCount, features: 0, ramps: kept.count, serviceNoises: 0,
            transitNoises: 0,
            kilometres: hasOwnLanes ? arena.buffer(repeating: 0, count: rowCount) : context.tables.laneKilometres,
            baseHours: hasOwnLanes ? arena.buffer(repeating: 0, count: rowCount) : context.tables.laneBaseHours,
            dayFactors: nil, in: arena)
        let entities = arena.buffer(repeating: UInt64(0), count: orders.count)
        var columns = FusedColumns(ramps: kept, context: context, tables: tables)
        var rows = 0
        for order in orders {
            let index = order - orders.lowerBound
            var facts = context.facts(ofOrder: order, visit: index)
            let lanes = rowsOf.rows(ofZone: facts.zone)
            entities[index] = facts.entity
            columns.write(&facts, lanes: lanes, rows: rows, to: visits, at: index)
            columns.writeRamps(facts, lanes: lanes, to: visits, at: index)
            rows += lanes.count
        }
        self.visits = visits
        self.entities = entities
        bounds = columns.bounds
    }
}
