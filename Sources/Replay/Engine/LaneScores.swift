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
    /// Whether any feature depends on the hour.
    let changesByHour: Bool

    init(plan: FeaturePlan, context: ReplayContext, arena: Arena) {
        self.plan = plan
        laneCount = context.dataset.lanes.count
        zoneCount = context.dataset.zones.count
        changesByHour = !plan.hourPart.features.isEmpty
        scores = arena.buffer(repeating: 0, count: plan.columns * laneCount)
        still = changesByHour ? arena.buffer(repeating: 0, count: plan.columns * laneCount) : scores
        magnitudes = arena.buffer(repeating: 0, count: plan.columns * zoneCount)
        stillMagnitudes = changesByHour ? arena.buffer(repeating: 0, count: plan.columns * zoneCount) : magnitudes
        hours = arena.buffer(repeating: .min, count: zoneCount)
        let widest = max(plan.lanePart.features.count, plan.hourPart.features.count)
        features = arena.buffer(repeating: 0, count: widest * context.tables.largestZone)
        products = arena.buffer(repeating: 0, count: plan.columns * context.tables.largestZone)
        guard !plan.lanePart.features.isEmpty else { return }
        for zone in 0..<zoneCount {
            add(plan.lanePart, zone: zone, time: context.settings.from, context: context, to: still, stillMagnitudes)
        }
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
        add(plan.hourPart, zone: zone, time: time, context: context, to: scores, magnitudes)
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
    func largestMagnitude(in range: Range<Int>) -> Double {
        var bound = 0.0
        for index in range {
            let magnitude = abs(self[index])
            bound = magnitude > bound ? magnitude : bound
        }
        return bound
    }
}
