import Domain
import History
import Scoring
import Storage

/// The part of every strategy's exogenous score that the lane decides, alone or with the hour: computed once a world, or
/// once an hour for the zones that have orders in it, and not once an order.
struct LaneScores {
    /// Strategy column x lane.
    let scores: Buffer<Double>
    private let plan: FeaturePlan
    private let laneCount: Int
    private let zoneCount: Int
    /// The part of the lane alone, where the hour adds another; strategy column x lane.
    private let still: Buffer<Double>
    /// Bounds of the absolute sums behind the scores, strategy column x zone: of both parts, and of the lane's alone.
    private let magnitudes: Buffer<Double>
    private let stillMagnitudes: Buffer<Double>
    /// The hour for which a zone's scores hold.
    private let hours: Buffer<Int>
    private let features: Buffer<Double>
    private let products: Buffer<Double>
    /// What the node adds in the hour `nodeHour`, node column x node, and bounds of it by node column.
    private let nodeScores: Buffer<Double>
    private let nodeMagnitudes: Buffer<Double>
    private let nodeFeatures: Buffer<Double>
    private let nodeHour: Buffer<Int>
    /// Whether any feature depends on the hour.
    let changesByHour: Bool
    /// Products of a feature and a weight so far: of the lane's features, of lane and hour, of node and hour.
    private let productCounts: Buffer<Int>

    init(plan: FeaturePlan, context: ReplayContext, arena: Arena) {
        self.plan = plan
        laneCount = context.dataset.lanes.count
        zoneCount = context.dataset.zones.count
        changesByHour = !plan.hourPart.features.isEmpty || !plan.nodePart.features.isEmpty
        scores = arena.buffer(repeating: 0, count: plan.columns * laneCount)
        still = changesByHour ? arena.buffer(repeating: 0, count: plan.columns * laneCount) : scores
        magnitudes = arena.buffer(repeating: 0, count: plan.columns * zoneCount)
        stillMagnitudes = changesByHour ? arena.buffer(repeating: 0, count: plan.columns * zoneCount) : magnitudes
        hours = arena.buffer(repeating: .min, count: zoneCount)
        let widest = max(plan.lanePart.features.count, plan.hourPart.features.count)
        features = arena.buffer(repeating: 0, count: widest * context.tables.largestZone)
        products = arena.buffer(repeating: 0, count: plan.columns * context.tables.largestZone)
        let nodeCount = context.tables.nodes.count
        nodeScores = arena.buffer(repeating: 0, count: plan.nodePart.columns.count * nodeCount)
        nodeMagnitudes = arena.buffer(repeating: 0, count: plan.nodePart.columns.count)
        nodeFeatures = arena.buffer(repeating: 0, count: plan.nodePart.features.count * nodeCount)
        nodeHour = arena.buffer(repeating: .min, count: 1)
        productCounts = arena.buffer(repeating: 0, count: 3)
        guard !plan.lanePart.features.isEmpty else { return }
        for zone in 0..<zoneCount {
            add(plan.lanePart, zone: zone, time: context.settings.from, context: context, to: still, stillMagnitudes)
            productCounts[0] += plan.lanePart.products(rows: context.dataset.lanes.rows(ofZone: zone).count)
        }
    }

    /// How many products of a feature and a weight have been summed so far, by what the features depend on.
    var counts: (lane: Int, laneAndHour: Int, nodeAndHour: Int) {
        (productCounts[0], productCounts[1], productCounts[2])
    }

    /// Where a strategy's score of a lane stands.
    @inline(__always)
    func position(_ column: Int, lane: Int) -> Int { column * laneCount + lane }

    /// The largest absolute sum behind any of a strategy's scores in a zone.
    @inline(__always)
    func magnitude(_ column: Int, zone: Int) -> Double { magnitudes[column * zoneCount + zone] }

    /// Makes a zone's scores those of the hour of an instant.
    func prepare(zone: Int, time: Double, context: ReplayContext) {
        guard changesByHour else { return }
        let hour = (time / 3_600).floored
        guard hours[zone] != hour else { return }
        hours[zone] = hour
        let lanes = context.dataset.lanes.rows(ofZone: zone)
        for column in 0..<plan.columns {
            for lane in lanes { scores[position(column, lane: lane)] = still[position(column, lane: lane)] }
            magnitudes[column * zoneCount + zone] = stillMagnitudes[column * zoneCount + zone]
        }
        if !plan.hourPart.features.isEmpty {
            add(plan.hourPart, zone: zone, time: time, context: context, to: scores, magnitudes)
            productCounts[1] += plan.hourPart.products(rows: lanes.count)
        }
        addNodePart(zone: zone, lanes: lanes, hour: hour, time: time, context: context)
    }

    /// Adds what the nodes add in an hour, which is computed once for all zones.
    private func addNodePart(zone: Int, lanes: Range<Int>, hour: Int, time: Double, context: ReplayContext) {
        guard !plan.nodePart.features.isEmpty else { return }
        if nodeHour[0] != hour {
            nodeHour[0] = hour
            scoreNodes(time: time, context: context)
        }
        let (nodes, nodeCount) = (context.tables.laneNodes, context.tables.nodes.count)
        for (number, column) in plan.nodePart.columns.enumerated() {
            for lane in lanes {
                scores[position(column, lane: lane)] += nodeScores[number * nodeCount + Int(nodes[lane])]
            }
            magnitudes[column * zoneCount + zone] += nodeMagnitudes[number]
        }
    }

    /// Computes features of the nodes in the hour of an instant and their products with the weights.
    private func scoreNodes(time: Double, context: ReplayContext) {
        let part = plan.nodePart
        let nodeCount = context.tables.nodes.count
        var facts = context.emptyFacts
        facts.time = time
        var largest: [Double] = []
        for (number, feature) in part.features.enumerated() {
            for node in 0..<nodeCount {
                let lane = LaneFacts(lane: 0, node: node, service: 0, kilometres: 0, baseHours: 0, tariff: 0)
                nodeFeatures[number * nodeCount + node] = feature.rating.value(order: facts, lane: lane, in: context)
            }
            largest.append(
                nodeFeatures.largestMagnitude(in: (number * nodeCount)..<((number + 1) * nodeCount))
                    + feature.largestOffset)
        }
        multiply(
            features: nodeFeatures, rows: nodeCount, featureCount: part.features.count, weights: part.weights,
            strategies: part.columns.count, into: nodeScores)
        productCounts[2] += part.products(rows: nodeCount)
        for column in part.columns.indices {
            var sum = 0.0
            for (feature, bound) in largest.enumerated() {
                sum += abs(part.weights[column * part.features.count + feature]) * bound
            }
            nodeMagnitudes[column] = sum
        }
    }

    /// Adds the products of a part of the features in a zone.
    private func add(
        _ part: FeaturePlan.Part, zone: Int, time: Double, context: ReplayContext, to scores: Buffer<Double>,
        _ magnitudes: Buffer<Double>
    ) {
        let lanes = context.dataset.lanes.rows(ofZone: zone)
        guard !lanes.isEmpty else { return }
        var facts = context.emptyFacts
        facts.zone = zone
        facts.region = context.dataset.zones[zone].region
        facts.place = context.dataset.zones[zone].place
        facts.time = time
        var largest: [Double] = []
        for (number, feature) in part.features.enumerated() {
            feature.rating.fill(
                order: facts, lanes: lanes, in: context, offset: 0, scale: 1, into: features,
                at: number * lanes.count)
            largest.append(
                features.largestMagnitude(in: (number * lanes.count)..<((number + 1) * lanes.count))
                    + feature.largestOffset)
        }
        multiply(
            features: features, rows: lanes.count, featureCount: part.features.count, weights: part.weights,
            strategies: part.columns.count, into: products)
        for (number, column) in part.columns.enumerated() {
            for offset in 0..<lanes.count {
                scores[position(column, lane: lanes.lowerBound + offset)] += products[number * lanes.count + offset]
            }
            for (feature, bound) in largest.enumerated() {
                magnitudes[column * zoneCount + zone] +=
                    abs(part.weights[number * part.features.count + feature]) * bound
            }
        }
    }
}

extension Buffer<Double> {
    /// The largest absolute value in a range; 0 in an empty one, NaN passed over.
    ///
    /// Eight at a time: one after the other, each waits for the comparison before.
    func largestMagnitude(in range: Range<Int>) -> Double {
        let values = from(range.lowerBound)
        let groups = range.count / 8
        var bounds = SIMD8<Double>()
        for group in 0..<groups {
            let eight = values[eight: group]
            let magnitudes = eight.replacing(with: -eight, where: eight .< 0)
            bounds.replace(with: magnitudes, where: magnitudes .> bounds)
        }
        var bound = bounds.max()
        for index in (range.lowerBound + 8 * groups)..<range.upperBound {
            let magnitude = abs(self[index])
            bound = magnitude > bound ? magnitude : bound
        }
        return bound
    }
}
