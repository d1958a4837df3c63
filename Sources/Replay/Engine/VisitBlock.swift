import Domain
import History
import Sampling
import Scoring
import Storage

/// A run of consecutive visits of a world with all that strategies share: facts, screening, cancellation times, noise, and
/// the exogenous scores of every strategy for every lane.
///
/// A strategy's score of a lane is the sum of a part that lane and hour alone decide, kept in ``LaneScores``, and a part
/// that the order decides too, summed for the whole block.
struct VisitBlock {
    /// Visits in a block: the more, the longer a strategy stays at work and finds its own state at hand; as few as
    /// features and scores need to stay in the second-level cache.
    private static let (fewestVisits, mostVisits, largestScores) = (32, 128, 1 << 20)
    /// Visits whose stock is fetched ahead: that of all would push out what they look at first.
    static let fetchedVisits = 32
    /// Below this many features most weights are 0, and a matrix product costs more to set up than it saves.
    static let fewFeatures = 8

    /// What a replay reads of every visit.
    struct Visit: BitwiseCopyable {
        var order: Int
        var visit: Int
        var entity: UInt64
        var placedAt: Double
        /// When it may be decided at the earliest.
        var readyAt: Double
        /// When it is cancelled unless picked before.
        var cancellationTime: Double
        /// Sampling weight.
        var weight: Double
        var region: Int32
        /// Whether a screening rule applied.
        var wasReviewed: Bool
        /// Whether it counts in the measures.
        var isMeasured: Bool
    }

    /// Visits in the block.
    private(set) var count = 0
    let visits: Buffer<Visit>
    /// Facts, `time` = when it may be decided at the earliest.
    let facts: Buffer<OrderFacts>
    /// Scores by lane and hour.
    let laneScores: LaneScores
    /// Service and transit factors of the visits' first shipments, visit x distinct distribution; NaN = not drawn yet.
    let serviceFactors: Buffer<Double>
    let transitFactors: Buffer<Double>

    /// What the visits' orders ask for, and where each visit's needs begin.
    private var needs: GrowingBuffer<Need>
    private let firstNeeds: Buffer<Int>
    /// Room for the visits' own lanes, where orders have places of their own.
    private let ownKilometres, ownBaseHours: Buffer<Double>
    private let plan: FeaturePlan
    /// First row of each visit in features and scores of the order's part.
    private let firstRows: Buffer<Int>
    /// First lane of each visit's zone.
    private let firstLanes: Buffer<Int>
    private var features: Buffer<Double>
    /// Scores of the order's part: row x column of the plan's order part, column-major.
    private var scores: Buffer<Double>
    private var rowCount = 0
    /// Bound of the absolute sum behind any score of the order's part, by column of it.
    private let magnitudes: Buffer<Double>
    private let largest: Buffer<Double>
    private let arena: Arena
    /// Visits there is room for.
    let capacity: Int

    init(plan: FeaturePlan, context: ReplayContext) {
        self.plan = plan
        let scoreSize =
            context.tables.largestZone * (plan.orderPart.features.count + plan.orderPart.columns.count)
            * MemoryLayout<Double>.stride
        capacity = max(Self.fewestVisits, min(Self.mostVisits, Self.largestScores / max(1, scoreSize)))
        let arena = Arena()
        self.arena = arena
        laneScores = LaneScores(plan: plan, context: context, arena: arena)
        visits = arena.buffer(
            repeating: Visit(
                order: 0, visit: 0, entity: 0, placedAt: 0, readyAt: 0, cancellationTime: 0, weight: 0, region: 0,
                wasReviewed: false, isMeasured: false), count: capacity)
        facts = arena.buffer(repeating: context.emptyFacts, count: capacity)
        let ownLanes = context.tables.hasOrderPlaces ? capacity * context.tables.largestZone : 0
        ownKilometres = arena.buffer(repeating: 0, count: ownLanes)
        ownBaseHours = arena.buffer(repeating: 0, count: ownLanes)
        needs = GrowingBuffer(in: arena)
        firstNeeds = arena.buffer(repeating: 0, count: capacity + 1)
        firstRows = arena.buffer(repeating: 0, count: capacity)
        firstLanes = arena.buffer(repeating: 0, count: capacity)
        serviceFactors = arena.buffer(repeating: .nan, count: capacity * context.tables.serviceNoises.count)
        transitFactors = arena.buffer(repeating: .nan, count: capacity * context.tables.transitNoises.count)
        let rows = plan.orderPart.columns.isEmpty ? 0 : capacity * context.tables.largestZone
        features = arena.buffer(repeating: 0, count: rows * plan.orderPart.features.count)
        scores = arena.buffer(repeating: 0, count: rows * plan.orderPart.columns.count)
        magnitudes = arena.buffer(repeating: 0, count: plan.orderPart.columns.count)
        largest = arena.buffer(repeating: 0, count: plan.orderPart.features.count)
    }

    /// The largest absolute sum behind any of a strategy's scores of a visit; not finite where a feature is not.
    func magnitude(_ column: Int, visit: Int) -> Double {
        let part = plan.orderPart.position[column]
        return laneScores.magnitude(column, zone: facts[visit].zone) + (part >= 0 ? magnitudes[part] : 0)
    }

    /// The same of the part that lane and hour alone decide.
    func laneMagnitude(_ column: Int, visit: Int) -> Double {
        laneScores.magnitude(column, zone: facts[visit].zone)
    }

    /// Reads a value of every cache line of the products of the next visits in some stock, a row a product; the value
    /// means nothing.
    func touch(_ stock: Buffer<Int32>, rowLength: Int, from first: Int, in table: OrderColumns) -> Int32 {
        var touched: Int32 = 0
        for index in first..<min(first + Self.fetchedVisits, count) {
            for line in table.lines(of: visits[index].order) {
                let row = stock.from(Int(table.lineProducts[line]) * rowLength)
                var position = 0
                while position < rowLength {
                    touched ^= row[position]
                    position &+= 16
                }
            }
        }
        return touched
    }

    /// What a visit's order asks for.
    @inline(__always)
    func needs(_ visit: Int) -> OrderNeeds { OrderNeeds(needs, range: firstNeeds[visit]..<firstNeeds[visit + 1]) }

    /// The terms of a strategy that no other shares.
    func ownTerms(_ column: Int) -> [CompiledRuleSet.ExogenousTerm] { plan.ownTerms[column] }

    /// Gathers a strategy's scores of those of a visit's lanes whose nodes are possible; returns how many there are.
    ///
    /// Every lane is written, and only counted if it is one of them: no branch to guess wrong.
    @inline(__always)
    func gather(
        _ column: Int, visit: Int, lanes: Range<Int>, isPossible: Buffer<Int32>, nodes: Buffer<Int32>,
        rows: Buffer<Int32>, scores target: Buffer<Double>
    ) -> Int {
        let base = laneScores.scores.from(laneScores.position(column, lane: lanes.lowerBound))
        let nodes = nodes.from(lanes.lowerBound)
        let part = plan.orderPart.position[column]
        var count = 0
        if part >= 0 {
            // A strategy with one such feature takes it as it is; several are one product.
            let single = plan.orderPart.single[part]
            let weight = single >= 0 ? plan.orderPart.weights[part * plan.orderPart.features.count + single] : 1
            let values = (single >= 0 ? features : scores)
                .from((single >= 0 ? single : part) * rowCount + firstRows[visit])
            for offset in 0..<lanes.count {
                rows[count] = Int32(truncatingIfNeeded: lanes.lowerBound &+ offset)
                target[count] = base[offset] + weight * values[offset]
                count &+= Int(isPossible[Int(nodes[offset])])
            }
        } else {
            for offset in 0..<lanes.count {
                rows[count] = Int32(truncatingIfNeeded: lanes.lowerBound &+ offset)
                target[count] = base[offset]
                count &+= Int(isPossible[Int(nodes[offset])])
            }
        }
        return count
    }

    /// Writes a strategy's scores of some of a visit's lanes into every eighth place from `start` on.
    func spread(_ column: Int, visit: Int, candidates: CandidateRows, into target: Buffer<Double>, from start: Int) {
        let base = laneScores.scores.from(laneScores.position(column, lane: 0))
        let part = plan.orderPart.position[column]
        guard part >= 0 else {
            for index in 0..<candidates.count { target[8 &* index &+ start] = base[candidates[index]] }
            return
        }
        let single = plan.orderPart.single[part]
        let weight = single >= 0 ? plan.orderPart.weights[part * plan.orderPart.features.count + single] : 1
        let values = (single >= 0 ? features : scores)
            .from((single >= 0 ? single : part) * rowCount + firstRows[visit])
        let first = firstLanes[visit]
        for index in 0..<candidates.count {
            let row = candidates[index]
            target[8 &* index &+ start] = base[row] + weight * values[row &- first]
        }
    }

    /// Adds the part of a strategy's scores that lane and hour alone decide to every eighth place from `start` on.
    func addLaneScores(_ column: Int, candidates: CandidateRows, to target: Buffer<Double>, from start: Int) {
        let base = laneScores.scores.from(laneScores.position(column, lane: 0))
        for index in 0..<candidates.count { target[8 &* index &+ start] += base[candidates[index]] }
    }

    /// Where a block that begins with an order ends: full, or, where scores change by the hour, at the end of the hour.
    func end(from first: Int, upTo limit: Int, context: ReplayContext) -> Int {
        let end = min(first + capacity, limit)
        guard laneScores.changesByHour else { return end }
        let placedAt = context.tables.orders.placedAt
        let hour = (placedAt[first] / 3_600).floored
        var next = first + 1
        while next < end, (placedAt[next] / 3_600).floored == hour { next += 1 }
        return next
    }

    /// Fills the block with the orders `orders` of the dataset, visited as recorded; without scores, or without those
    /// that the order decides, where nobody looks at them.
    mutating func fill(
        orders: Range<Int>, firstVisit: Int, context: ReplayContext, isScored: Bool, takesOrderScores: Bool
    ) {
        setVisits(orders: orders, firstVisit: firstVisit, context: context)
        guard isScored, !plan.isEmpty else { return }
        prepareLanes(context: context)
        guard takesOrderScores else { return }
        fillFeatures(context: context)
        multiplyFeatures()
    }

    /// Sets the visits of the orders, without scores.
    mutating func setVisits(orders: Range<Int>, firstVisit: Int, context: ReplayContext) {
        count = orders.count
        needs.removeAll()
        for index in 0..<count { setVisit(index, order: orders.lowerBound + index, visit: firstVisit + index, context) }
        if context.world.hasNoise {
            serviceFactors.fill(.nan)
            transitFactors.fill(.nan)
        }
    }

    /// Makes the scores by lane and hour those of the visits' hours.
    func prepareLanes(context: ReplayContext) {
        // By the time placed: an order that is decided later does not take the block's scores.
        for index in 0..<count {
            laneScores.prepare(zone: facts[index].zone, time: facts[index].placedAt, context: context)
        }
    }

    /// Computes the features that depend on the order; a feature is one run of values.
    mutating func fillFeatures(context: ReplayContext) {
        let part = plan.orderPart
        guard !part.columns.isEmpty else { return }
        rowCount = 0
        for index in 0..<count {
            firstRows[index] = rowCount
            firstLanes[index] = context.dataset.lanes.rows(ofZone: facts[index].zone).lowerBound
            rowCount += context.dataset.lanes.rows(ofZone: facts[index].zone).count
        }
        for (column, feature) in part.features.enumerated() {
            for index in 0..<count {
                feature.rating.fill(
                    order: facts[index], lanes: context.dataset.lanes.rows(ofZone: facts[index].zone), in: context,
                    offset: 0, scale: 1, into: features,
                    at: column * rowCount + firstRows[index])
            }
            largest[column] =
                features.largestMagnitude(in: (column * rowCount)..<((column + 1) * rowCount)) + feature.largestOffset
        }
    }

    /// Multiplies these features by the weights that use them.
    func multiplyFeatures() {
        let part = plan.orderPart
        guard !part.columns.isEmpty else { return }
        if part.features.count < Self.fewFeatures {
            for column in part.columns.indices where part.single[column] < 0 { sumFeatures(column) }
        } else {
            multiply(
                features: features, rows: rowCount, featureCount: part.features.count, weights: part.weights,
                strategies: part.columns.count, into: scores)
        }
        for column in part.columns.indices {
            var sum = 0.0
            for feature in part.features.indices {
                sum += abs(part.weights[column * part.features.count + feature]) * largest[feature]
            }
            magnitudes[column] = sum
        }
    }

    /// Products that the features of the order take, see ``FeaturePlan/Part/products(rows:)``.
    var orderProducts: Int { plan.orderPart.products(rows: rowCount) }

    /// A column's products, feature by feature.
    private func sumFeatures(_ column: Int) {
        let part = plan.orderPart
        let target = scores.from(column * rowCount)
        for row in 0..<rowCount { target[row] = 0 }
        for feature in part.features.indices {
            let weight = part.weights[column * part.features.count + feature]
            if weight == 0 { continue }
            let values = features.from(feature * rowCount)
            for row in 0..<rowCount { target[row] += weight * values[row] }
        }
    }

    /// Works out the lanes to a visit's own place, once for all strategies and ratings.
    private func workOutLanes(_ index: Int, _ fact: OrderFacts, _ context: ReplayContext) -> OwnLanes {
        let start = index * context.tables.largestZone
        return context.workOutLanes(
            for: fact, kilometres: ownKilometres.from(start), baseHours: ownBaseHours.from(start))
    }

    /// Sets one visit.
    private mutating func setVisit(_ index: Int, order: Int, visit: Int, _ context: ReplayContext) {
        let orders = context.tables.orders
        var fact = context.facts(ofOrder: order, visit: visit)
        let (ready, reviewed) = context.screen(fact, approvedAt: orders.approvedAt[order])
        fact.time = ready
        if context.tables.hasOrderPlaces { fact.ownLanes = workOutLanes(index, fact, context) }
        facts[index] = fact
        let lines = orders.lines(of: order)
        for line in lines {
            let units = orders.unitsNeeded(atLine: line, of: lines)
            needs.append(Need(product: Int(orders.lineProducts[line]), units: units), in: arena)
        }
        firstNeeds[index + 1] = needs.count
        var cancellation = context.world.cancellationTime(
            entity: fact.entity, placedAt: fact.placedAt, region: fact.region)
        if context.world.replaysRecordedCancellations, context.tables.hasRecordedCancellations {
            cancellation = min(cancellation, context.tables.recordedCancellations[order])
        }
        visits[index] = Visit(
            order: order, visit: visit, entity: fact.entity, placedAt: fact.placedAt, readyAt: ready,
            cancellationTime: cancellation, weight: orders.weights[order], region: Int32(fact.region),
            wasReviewed: reviewed, isMeasured: context.isMeasured(placedAt: fact.placedAt))
    }
}

/// The noise of one visit of a block, drawn once for all strategies.
struct VisitNoise: BitwiseCopyable {
    private let serviceFactors: Buffer<Double>
    private let transitFactors: Buffer<Double>
    private let index: Int

    init(block: VisitBlock, index: Int) {
        serviceFactors = block.serviceFactors
        transitFactors = block.transitFactors
        self.index = index
    }

    /// The factors of the visit's first shipment at a node by a service.
    func factors(
        node: Int, service: Int, entity: UInt64, context: ReplayContext
    ) -> (service: Double, transit: Double) {
        guard context.world.hasNoise else { return (1, 1) }
        let tables = context.tables
        let servicePosition = index * tables.serviceNoises.count + tables.nodes[node].serviceNoise
        if serviceFactors[servicePosition].isNaN {
            serviceFactors[servicePosition] = context.world.serviceFactor(
                tables.nodes[node].serviceDistribution, entity: entity, shipment: 0)
        }
        let transitPosition = index * tables.transitNoises.count + tables.services[service].transitNoise
        if transitFactors[transitPosition].isNaN {
            transitFactors[transitPosition] = context.world.transitFactor(
                tables.services[service].transitDistribution, entity: entity, shipment: 0)
        }
        return (serviceFactors[servicePosition], transitFactors[transitPosition])
    }
}
