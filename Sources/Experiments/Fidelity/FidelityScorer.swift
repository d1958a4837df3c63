import History
import Replay
import Statistics

/// Compares a replay of the as-happened strategy with the record, order by order as the replay tells of them.
///
/// An order takes part if it is measured and its record has an end: all its rows delivered. Orders that the customer
/// cancelled are exogenous to all strategies and stay outside; orders without an end are censored and stay outside.
struct FidelityScorer {
    private let plan: ReplayPlan
    private let history: HistoryTable
    /// The first order by time that is held out.
    private let firstHeldOut: Int
    private var parts = [PartSums(), PartSums()]
    private var cancelledByCustomers = 0.0
    private var censored = 0.0

    /// Sums and samples of one part.
    private struct PartSums {
        var orders = 0.0
        var compared = 0.0
        var missed = 0.0
        var promised = 0.0
        var recordedOnTime = 0.0
        var replayedOnTime = 0.0
        var recordedHours: [Double] = []
        var replayedHours: [Double] = []
        var weights: [Double] = []
        var priced = 0.0
        var recordedFreight = 0.0
        var replayedFreight = 0.0
    }

    /// What history says of an order that it has an end for.
    private struct RecordedOrder {
        var deliveredAt: Double
        /// Nil where any row's freight is not known.
        var freight: Double?
    }

    /// A scorer without orders; nil where the dataset has no history.
    init?(plan: ReplayPlan) {
        guard let history = plan.dataset.history else { return nil }
        self.plan = plan
        self.history = history
        firstHeldOut = Int(FidelityScore.fittedShare * Double(plan.dataset.orders.count))
    }

    /// Takes an order, as the replay left it.
    mutating func take(_ outcome: OrderOutcome) {
        guard outcome.isMeasured, outcome.copy == 0 else { return }
        let orders = plan.dataset.orders
        let weight = orders.weights[outcome.order]
        let rows = history.rows(of: outcome.order)
        if rows.contains(where: { history.cancelled[$0] == 1 }) {
            cancelledByCustomers += weight
            return
        }
        guard let recorded = recordedOrder(rows) else {
            censored += weight
            return
        }
        let part = outcome.order < firstHeldOut ? 0 : 1
        parts[part].orders += weight
        let promise = orders.promisedAt[outcome.order]
        if promise < .infinity {
            parts[part].promised += weight
            if isOnTime(recorded.deliveredAt, promise: promise) { parts[part].recordedOnTime += weight }
            if outcome.isOnTime { parts[part].replayedOnTime += weight }
        }
        guard outcome.status == .delivered else {
            parts[part].missed += weight
            return
        }
        let placed = orders.placedAt[outcome.order]
        parts[part].compared += weight
        parts[part].weights.append(weight)
        parts[part].recordedHours.append((recorded.deliveredAt - placed) / 3_600)
        parts[part].replayedHours.append((outcome.deliveredAt - placed) / 3_600)
        if let freight = recorded.freight {
            parts[part].priced += weight
            parts[part].recordedFreight += weight * freight
            var replayed = 0.0
            for shipment in outcome.shipments where !shipment.isVoid { replayed += shipment.freight }
            parts[part].replayedFreight += weight * replayed
        }
    }

    /// When the last row was delivered and what all cost; nil where a row has no end.
    private func recordedOrder(_ rows: Range<Int>) -> RecordedOrder? {
        guard !rows.isEmpty else { return nil }
        var order = RecordedOrder(deliveredAt: -.infinity, freight: 0)
        for row in rows {
            let delivered = history.deliveredAt[row]
            guard delivered.isFinite else { return nil }
            order.deliveredAt = max(order.deliveredAt, delivered)
            let freight = history.freightPaid[row]
            order.freight = freight.isNaN ? nil : order.freight.map { $0 + freight }
        }
        return order
    }

    /// By the instant or by the local day, as the dataset says.
    private func isOnTime(_ delivered: Double, promise: Double) -> Bool {
        switch plan.dataset.description.promiseBy {
        case .instant: delivered <= promise
        case .day: plan.tables.calendar.day(of: delivered) <= plan.tables.calendar.day(of: promise)
        }
    }

    /// The score of the orders taken.
    func score() -> FidelityScore {
        FidelityScore(
            fitted: Self.part(parts[0]), heldOut: Self.part(parts[1]), cancelledByCustomers: cancelledByCustomers,
            censored: censored)
    }

    private static func part(_ sums: PartSums) -> FidelityScore.Part {
        func rate(_ numerator: Double, _ denominator: Double) -> Double? {
            denominator > 0 ? numerator / denominator : nil
        }
        let recorded = WeightedSample(sums.recordedHours, weights: sums.weights)
        let replayed = WeightedSample(sums.replayedHours, weights: sums.weights)
        return FidelityScore.Part(
            orders: sums.orders, compared: sums.compared, missed: sums.missed,
            recordedOnTimeRate: rate(sums.recordedOnTime, sums.promised),
            replayedOnTimeRate: rate(sums.replayedOnTime, sums.promised), recordedLeadTimeHours: recorded.mean,
            replayedLeadTimeHours: replayed.mean, leadTimeWassersteinHours: recorded.wasserstein(to: replayed),
            leadTimeKolmogorovSmirnov: recorded.kolmogorovSmirnov(to: replayed),
            recordedFreight: rate(sums.recordedFreight, sums.priced),
            replayedFreight: rate(sums.replayedFreight, sums.priced))
    }
}
