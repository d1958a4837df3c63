import Domain
import History
import Sampling
import Scoring

/// A run of consecutive visits of a world with all that strategies share: facts, screening, cancellation times, and the
/// exogenous scores of every strategy for every lane, from one matrix product.
struct VisitBlock {
    /// Visits in a block. Small enough that features and scores of a block stay in the second-level cache.
    static let capacity = 32

    /// Facts, `time` = when it may be decided at the earliest.
    private(set) var facts: [OrderFacts] = []
    /// Whether a screening rule applied.
    private(set) var wasReviewed: [Bool] = []
    /// When it is cancelled unless picked before.
    private(set) var cancellationTimes: [Double] = []
    /// Sampling weights.
    private(set) var weights: [Double] = []
    /// First row of each visit in features and scores.
    private(set) var firstRows: [Int] = []
    /// Scores, row x strategy column, column-major.
    private(set) var scores: [Double] = []
    /// Rows of this block: the column length in use.
    private(set) var rowCount = 0
    /// Bound of |computed score - exact score| and of the absolute sum behind it, by strategy column.
    private(set) var magnitudes: [Double] = []
    private var features: [Double] = []
    private var largest: [Double] = []

    /// Whether a strategy's scores can be trusted to their bound: every feature is finite.
    func isSound(_ column: Int?) -> Bool { column.map { rowCount > 0 && magnitudes[$0].isFinite } ?? false }

    /// Fills the block with the orders `orders` of the dataset, visited as recorded.
    mutating func fill(orders: Range<Int>, firstVisit: Int, context: ReplayContext, plan: FeaturePlan) {
        facts.removeAll(keepingCapacity: true)
        wasReviewed.removeAll(keepingCapacity: true)
        cancellationTimes.removeAll(keepingCapacity: true)
        weights.removeAll(keepingCapacity: true)
        firstRows.removeAll(keepingCapacity: true)
        rowCount = 0
        for (offset, order) in orders.enumerated() {
            appendVisit(order: order, visit: firstVisit + offset, context: context)
            firstRows.append(rowCount)
            rowCount += context.dataset.lanes.rows(ofZone: facts[offset].zone).count
        }
        score(context: context, plan: plan)
    }

    /// Computes features and their products with all strategies' weights.
    private mutating func score(context: ReplayContext, plan: FeaturePlan) {
        guard plan.columns > 0, rowCount > 0 else { return }
        let needed = rowCount * plan.features.count
        if features.count < needed { features = [Double](repeating: 0, count: needed) }
        if scores.count < rowCount * plan.columns {
            scores = [Double](repeating: 0, count: rowCount * plan.columns)
        }
        for (column, feature) in plan.features.enumerated() {
            for index in facts.indices {
                feature.rating.fill(
                    order: facts[index], lanes: context.dataset.lanes.rows(ofZone: facts[index].zone), in: context,
                    offset: feature.offset, scale: feature.scale, into: &features,
                    at: column * rowCount + firstRows[index])
            }
        }
        multiply(
            features: features, rows: rowCount, featureCount: plan.features.count, weights: plan.weights,
            strategies: plan.columns, into: &scores)
        boundMagnitudes(plan: plan)
    }

    /// The largest sum of |weight x feature| any row can have, by strategy column.
    private mutating func boundMagnitudes(plan: FeaturePlan) {
        largest.removeAll(keepingCapacity: true)
        for column in plan.features.indices {
            var bound = 0.0
            for row in (column * rowCount)..<((column + 1) * rowCount) { bound = max(bound, abs(features[row])) }
            largest.append(bound)
        }
        magnitudes.removeAll(keepingCapacity: true)
        for strategy in 0..<plan.columns {
            var sum = 0.0
            for column in plan.features.indices {
                sum += abs(plan.weights[strategy * plan.features.count + column]) * largest[column]
            }
            magnitudes.append(sum)
        }
    }

    /// Adds one visit.
    private mutating func appendVisit(order: Int, visit: Int, context: ReplayContext) {
        let dataset = context.dataset
        let orders = dataset.orders
        let zone = Int(orders.zones[order])
        let region = dataset.zones[zone].region
        let placedAt = orders.placedAt[order]
        var fact = OrderFacts(
            order: order, copy: 0, visit: visit, entity: orders.idHashes[order], placedAt: placedAt,
            promisedAt: orders.promisedAt[order], time: placedAt, zone: zone, region: region,
            place: Place(x: orders.x[order], y: orders.y[order]), segment: Int(orders.segments[order]),
            channel: Int(orders.channels[order]), tags: orders.tags(of: order),
            parcel: context.parcel(ofOrder: order))
        let (ready, reviewed) = context.screen(fact, approvedAt: orders.approvedAt[order])
        fact.time = ready
        facts.append(fact)
        wasReviewed.append(reviewed)
        var cancellation = context.world.cancellationTime(entity: fact.entity, placedAt: placedAt, region: region)
        if context.world.replaysRecordedCancellations, !context.tables.recordedCancellations.isEmpty {
            cancellation = min(cancellation, context.tables.recordedCancellations[order])
        }
        cancellationTimes.append(cancellation)
        weights.append(orders.weights[order])
    }
}
