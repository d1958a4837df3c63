import Domain
import History
import Lanes
import Sampling
import Scoring
import Storage

/// A run of consecutive visits of a world, filled for the fused loop once for all strategies: facts, noise, exogenous scores.
struct FusedBlock {
    /// An order of the block.
    private struct Entry: BitwiseCopyable {
        var order: Int
        var visit: Int
    }
    /// The visits.
    private(set) var visits: FusedVisits
    /// How many there are.
    private(set) var count = 0
    private let context: ReplayContext
    /// What no world changes, where it is kept.
    private let book: FusedBook?
    /// Writes what is not.
    private var columns: FusedColumns
    private let plan: FeaturePlan
    private let laneScores: LaneScores
    /// Where the groups keep what else is in their scores, and of which columns.
    private var bases: [(base: Buffer<Double>, lines: FusedLines, columns: [Int], width: Int)] = []
    /// Bounds of what is behind base scores and features: by column, feature.
    private let laneMagnitudes, featureMagnitudes: Buffer<Double>
    /// The hour and the place in the bases of each zone's scores, where they change by the hour; the next free place.
    private let zoneHours, zonePlaces: Buffer<Int>
    private var nextPlace = 0
    /// Features that BLAS multiplies, where there are more than the loop adds; feature x row.
    private let matrix: Buffer<Double>
    private let entries: Buffer<Entry>
    private var entities: [UInt64]
    private var uniforms: [Double]
    private let arena = Arena()

    /// Visits in a block at most: their columns, some kilobytes a visit, stay in the second-level cache beside the state of a group.
    private static let mostVisits = 1_024
    /// Rows in a block at most.
    private static let mostRows = 32_768
    /// Values of features that BLAS multiplies in a block at most: one megabyte, so that every group finds them in the second-level cache.
    private static let mostMatrixValues = 131_072
    /// Places for base scores that change by the hour.
    private static let mostPlaces = 8_192

    init(
        plan: FeaturePlan, ramps: [any RampRating], context: ReplayContext, tables: FusedTables, book: FusedBook?,
        visitCount: Int, weighsDay: Bool
    ) {
        self.plan = plan
        self.context = context
        self.book = book
        columns = FusedColumns(ramps: ramps, context: context, tables: tables)
        let replayTables = context.tables
        let lanes = max(1, replayTables.largestZone)
        let features = plan.orderPart.features.count
        let isMatrix = features > FusedLoop.mostFeatures
        let rows = isMatrix ? min(Self.mostRows, Self.mostMatrixValues / features) : Self.mostRows
        let room = max(1, min(Self.mostVisits, rows / lanes, visitCount))
        laneScores = LaneScores(plan: plan, context: context, arena: arena)
        let hasOwnLanes = replayTables.hasOrderPlaces && book == nil
        visits = FusedVisits(
            visits: room, rows: room * lanes, features: isMatrix ? 0 : features, ramps: ramps.count,
            serviceNoises: replayTables.serviceNoises.count, transitNoises: replayTables.transitNoises.count,
            kilometres: hasOwnLanes ? arena.buffer(repeating: 0, count: room * lanes) : replayTables.laneKilometres,
            baseHours: hasOwnLanes ? arena.buffer(repeating: 0, count: room * lanes) : replayTables.laneBaseHours,
            dayFactors: weighsDay ? arena.buffer(repeating: 0, count: replayTables.nodes.count) : nil, in: arena)
        matrix = arena.buffer(repeating: 0, count: isMatrix ? features * room * lanes : 0)
        laneMagnitudes = arena.buffer(repeating: 0, count: plan.columns)
        featureMagnitudes = arena.buffer(repeating: 0, count: features)
        zoneHours = arena.buffer(repeating: .min, count: context.dataset.zones.count)
        zonePlaces = arena.buffer(repeating: 0, count: context.dataset.zones.count)
        entries = arena.buffer(repeating: Entry(order: -1, visit: -1), count: room)
        entities = [UInt64](repeating: 0, count: room)
        uniforms = [Double](repeating: 0, count: room)
    }

    /// Bounds of the visits' facts.
    var bounds: FusedBounds { columns.bounds }
    /// Whether base scores are a visit's own: BLAS has multiplied the order's features.
    private var isMatrix: Bool { matrix.count > 0 }
    /// Places that a group's base needs.
    var baseCount: Int {
        if isMatrix { return visits.rowCapacity }
        return laneScores.changesByHour
            ? max(Self.mostPlaces, 2 * context.tables.largestZone) : context.dataset.lanes.count
    }
    /// Features that the loop adds.
    var features: [FeaturePlan.Feature] { plan.orderPart.features }
    /// Number of features that the loop adds itself.
    var addedFeatures: Int { visits.featureCount }

    /// Adds a group's base; its members' columns are those of the plan.
    mutating func addBase(_ base: Buffer<Double>, lines: FusedLines, columns: [Int], width: Int) {
        bases.append((base, lines, columns, width))
        guard !isMatrix, !laneScores.changesByHour else { return }
        for lane in 0..<context.dataset.lanes.count { spread(lane: lane, to: lane, group: bases.count - 1) }
        for zone in context.dataset.zones.indices { noteMagnitudes(zone: zone, group: bases.count - 1) }
    }

    /// Takes a zone's scores into account in the bounds of a group's columns.
    private func noteMagnitudes(zone: Int, group: Int) {
        for column in bases[group].columns {
            laneMagnitudes[column] = max(laneMagnitudes[column], laneScores.magnitude(column, zone: zone))
        }
    }

    /// Writes a lane's scores into a place of a group's base.
    private func spread(lane: Int, to place: Int, group: Int) {
        let (base, lines, columns, width) = bases[group]
        for (member, column) in columns.enumerated() {
            base[place * width + member] =
                laneScores.scores[laneScores.position(column, lane: lane)] + lines.fixed[lane * width + member]
        }
    }

    /// The bound of the absolute sum behind a column's exogenous scores of the block.
    func magnitude(_ column: Int) -> Double {
        var sum = laneMagnitudes[column]
        let part = plan.orderPart
        let position = part.position[column]
        guard position >= 0 else { return sum }
        for feature in part.features.indices {
            sum += abs(part.weights[position * part.features.count + feature]) * featureMagnitudes[feature]
        }
        return sum
    }

    /// A visit's order, with the lanes to its place, for which there has to be room.
    func facts(_ index: Int, kilometres: Buffer<Double>, baseHours: Buffer<Double>) -> OrderFacts {
        var facts = context.facts(ofOrder: entries[index].order, visit: entries[index].visit)
        if context.tables.hasOrderPlaces {
            facts.ownLanes = context.workOutLanes(for: facts, kilometres: kilometres, baseHours: baseHours)
        }
        return facts
    }

    /// Fills the block with the first of some orders; as many as there is room for.
    mutating func fill(orders: Range<Int>, firstVisit: Int) {
        let placedAt = context.tables.orders.placedAt
        count = 0
        columns.forgetBounds()
        if let book {
            columns.adopt(book.bounds, ramps: book.hasRamps)
            visits.takeFacts(of: book.visits, from: orders.lowerBound - book.firstOrder, ramps: book.hasRamps)
        }
        var rows = 0
        if laneScores.changesByHour, nextPlace + context.tables.largestZone > baseCount / 2 { forgetHours() }
        featureMagnitudes.fill(0)
        let room = min(orders.count, entries.count)
        while count < room {
            let order = orders.lowerBound + count
            let zone = Int(context.tables.orders.zones[order])
            let lanes = context.dataset.lanes.rows(ofZone: zone)
            if !isMatrix, laneScores.changesByHour, !hasScores(zone: zone, time: placedAt[order], lanes: lanes) {
                break
            }
            entries[count] = Entry(order: order, visit: firstVisit + count)
            setVisit(count, lanes: lanes, zone: zone, rows: rows)
            rows += lanes.count
            count += 1
        }
        for feature in features.indices { featureMagnitudes[feature] += features[feature].largestOffset }
        drawNoise()
        if isMatrix { multiplyFeatures(rows: rows) }
    }

    /// Takes all places of base scores back.
    private mutating func forgetHours() {
        nextPlace = 0
        zoneHours.fill(.min)
        laneMagnitudes.fill(0)
    }

    /// Makes sure that a zone's base scores of an hour are there; false where there is no place for them.
    private mutating func hasScores(zone: Int, time: Double, lanes: Range<Int>) -> Bool {
        let hour = (time / 3_600).floored
        guard zoneHours[zone] != hour else { return true }
        guard nextPlace + lanes.count <= baseCount else { return false }
        laneScores.prepare(zone: zone, time: time, context: context)
        zoneHours[zone] = hour
        zonePlaces[zone] = nextPlace
        for group in bases.indices {
            for lane in lanes { spread(lane: lane, to: nextPlace + lane - lanes.lowerBound, group: group) }
            noteMagnitudes(zone: zone, group: group)
        }
        nextPlace += lanes.count
        return true
    }

    /// Sets the columns of a visit whose rows begin at `rows`.
    private mutating func setVisit(_ index: Int, lanes: Range<Int>, zone: Int, rows: Int) {
        visits.rowOffsets[index] = rows
        visits.baseOffsets[index] =
            isMatrix ? rows : laneScores.changesByHour ? zonePlaces[zone] : lanes.lowerBound
        if let book {
            entities[index] = book.entities[entries[index].order - book.firstOrder]
            if book.hasRamps, features.isEmpty { return }
        }
        var facts = context.facts(ofOrder: entries[index].order, visit: entries[index].visit)
        if book == nil {
            entities[index] = facts.entity
            columns.write(&facts, lanes: lanes, rows: rows, to: visits, at: index)
        } else if context.tables.hasOrderPlaces {
            let start = visits.ownOffsets[index]
            facts.ownLanes = OwnLanes(
                kilometres: visits.kilometres.from(start), baseHours: visits.baseHours.from(start),
                firstRow: lanes.lowerBound)
        }
        setFeatures(facts, lanes: lanes, rows: rows)
        if book?.hasRamps != true {
            visits.rampOffsets[index] = rows
            columns.writeRamps(facts, lanes: lanes, to: visits, at: index)
        }
    }

    /// Sets features of a visit.
    private func setFeatures(_ facts: OrderFacts, lanes: Range<Int>, rows: Int) {
        let target = isMatrix ? matrix : visits.features
        for (number, feature) in features.enumerated() {
            let start = number * visits.rowCapacity + rows
            feature.rating.fill(
                order: facts, lanes: lanes, in: context, offset: 0, scale: 1, into: target, at: start)
            featureMagnitudes[number] = max(
                featureMagnitudes[number], target.largestMagnitude(in: start..<(start + lanes.count)))
        }
        if isMatrix {
            laneScores.prepare(zone: facts.zone, time: facts.placedAt, context: context)
            for group in bases.indices {
                for lane in lanes { spread(lane: lane, to: rows + lane - lanes.lowerBound, group: group) }
                noteMagnitudes(zone: facts.zone, group: group)
            }
        }
    }

    /// Adds the products of features and weights to the bases.
    private func multiplyFeatures(rows: Int) {
        let part = plan.orderPart
        let featureCount = part.features.count
        for (base, _, columns, width) in bases {
            var weights = [Double](repeating: 0, count: featureCount * width)
            for (member, column) in columns.enumerated() where part.position[column] >= 0 {
                for feature in 0..<featureCount {
                    weights[feature * width + member] = part.weights[part.position[column] * featureCount + feature]
                }
            }
            addProducts(
                features: matrix, rows: rows, stride: visits.rowCapacity, featureCount: featureCount, weights: weights,
                columns: width, to: base)
        }
    }

    /// Draws service and transit factors, or looks up recorded ones.
    private mutating func drawNoise() {
        let world = context.world
        guard world.hasNoise else { return }
        let noises = [
            (visits.serviceFactors, context.tables.serviceNoises, DrawPurpose.service, world.hasServiceNoise),
            (visits.transitFactors, context.tables.transitNoises, DrawPurpose.transit, world.hasTransitNoise),
        ]
        for (factors, distributions, purpose, isDrawn) in noises {
            let width = distributions.count
            if world.recordedNoise != nil {
                for (number, distribution) in distributions.enumerated() {
                    for index in 0..<count {
                        factors[index * width + number] =
                            purpose == .service
                            ? world.serviceFactor(distribution, entity: entities[index], shipment: 0)
                            : world.transitFactor(distribution, entity: entities[index], shipment: 0)
                    }
                }
            } else if isDrawn {
                world.draws.fillUniforms(&uniforms, purpose, entities: entities)
                for (number, distribution) in distributions.enumerated() {
                    distribution.fill(factors, from: uniforms, count: count, stride: width, at: number)
                }
            }
        }
    }
}

extension UnitDistribution {
    /// Sets every `stride`-th value from `start` on to the quantiles at some draws.
    fileprivate func fill(_ values: Buffer<Double>, from uniforms: [Double], count: Int, stride: Int, at start: Int) {
        for index in 0..<count { values[index * stride + start] = value(uniform: uniforms[index]) }
    }
}
