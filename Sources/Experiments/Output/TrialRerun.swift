import Domain
import History
import Replay
import Storage

/// One trial of a run, replayed again with everything that happened in it written down.
public struct TrialRerun {
    private let experiment: Experiment
    private let strategy: Int
    private let replication: Int

    /// A trial of an experiment.
    public init(experiment: Experiment, strategy: Int, replication: Int) {
        self.experiment = experiment
        self.strategy = strategy
        self.replication = replication
    }

    /// Columns that say what became of the order; every row has them.
    static let orderColumns = [
        "order", "copy", "zone", "status", "filled", "on_time", "measured", "back_ordered", "reviewed",
    ]
    /// Instants of the order; each a column of local time and one of seconds.
    static let orderInstants = ["placed", "promised", "decided", "delivered", "cancelled"]
    /// Figures of the order, in its first row only, so that a column's sum counts each order once.
    static let orderFigures = [
        "lateness_hours", "items_unserved", "compensation", "unserved_cost", "complaint_probability",
    ]
    /// Columns of the shipment, blank where the order has none.
    static let shipmentColumns = ["shipment", "node", "service", "lines", "void"]
    /// Instants of the shipment.
    static let shipmentInstants = ["assigned", "pick_started", "pick_ended", "handed_over", "arrived"]
    /// Figures of the shipment. A void one costs nothing.
    static let shipmentFigures = [
        "kilometres", "freight", "handling", "carbon_kg", "service_seconds",
    ]

    /// Names of the columns.
    public static var header: [String] {
        func both(_ names: [String]) -> [String] { names.flatMap { [$0 + "_at", $0 + "_seconds"] } }
        return orderColumns + both(orderInstants) + orderFigures + shipmentColumns + both(shipmentInstants)
            + shipmentFigures
    }

    /// Replays the trial and writes a row per shipment, one for an order without any, by visit.
    ///
    /// - Returns: The trial's figures, to be compared with those of the run.
    /// - Throws: ``OperationError`` with path and reason, such as a full disk; nothing half-written remains.
    public func write(to path: String) throws -> TrialRow {
        let world = try experiment.world(replication: replication)
        let rows = try ShipmentRows(path: path, dataset: world.book?.dataset ?? experiment.dataset)
        let outcomes = experiment.plan.replay(world: world, strategies: strategy..<(strategy + 1)) { _, outcome in
            rows.add(outcome)
        }
        try rows.finish()
        guard let outcome = outcomes.first else { throw OperationError("the trial has no outcome") }
        return experiment.row(of: outcome, strategy: strategy)
    }
}

/// Writes the rows of orders and their shipments, keeping the first error for the end.
private final class ShipmentRows {
    private let writer: CSVWriter
    private let dataset: Dataset
    private let local: LocalTime
    private var failure: OperationError?

    init(path: String, dataset: Dataset) throws(OperationError) {
        writer = try CSVWriter(path: path, header: TrialRerun.header)
        self.dataset = dataset
        do {
            local = try LocalTime(timeZone: dataset.description.timeZone)
        } catch {
            throw OperationError(error.description)
        }
    }

    func add(_ outcome: OrderOutcome) {
        guard failure == nil else { return }
        do {
            for index in 0..<max(1, outcome.shipments.count) {
                addOrder(outcome, isFirst: index == 0)
                if index < outcome.shipments.count {
                    addShipment(outcome.shipments[index], of: outcome)
                } else {
                    let blanks =
                        TrialRerun.shipmentColumns.count + 2 * TrialRerun.shipmentInstants.count
                        + TrialRerun.shipmentFigures.count
                    for _ in 0..<blanks { writer.blank() }
                }
                try writer.endRow()
            }
        } catch {
            failure = error
        }
    }

    func finish() throws(OperationError) {
        if let failure { throw failure }
        try writer.finish()
    }

    private func addOrder(_ outcome: OrderOutcome, isFirst: Bool) {
        let orders = dataset.orders
        writer.field(orders.ids[outcome.order])
        writer.field(outcome.copy)
        writer.field(dataset.zones[Int(orders.zones[outcome.order])].id)
        writer.field(outcome.status.word)
        for flag in [
            outcome.isFilled, outcome.isOnTime, outcome.isMeasured, outcome.wasBackOrdered, outcome.wasReviewed,
        ] {
            addFlag(flag)
        }
        for instant in [
            orders.placedAt[outcome.order], orders.promisedAt[outcome.order], outcome.decidedAt, outcome.deliveredAt,
            outcome.cancelledAt,
        ] {
            addInstant(instant)
        }
        for figure in [
            outcome.latenessHours, Double(outcome.itemsUnserved), outcome.compensation, outcome.unservedCost,
            outcome.complaintProbability,
        ] {
            writer.field(isFirst ? figure : .nan)
        }
    }

    private func addShipment(_ shipment: ShipmentOutcome, of outcome: OrderOutcome) {
        let firstLine = dataset.orders.lines(of: outcome.order).lowerBound
        writer.field(shipment.ordinal)
        writer.field(dataset.nodes[shipment.node].id)
        writer.field(dataset.services[shipment.service].id)
        writer.field(
            shipment.lines.map { line in
                let product = dataset.products.ids[Int(dataset.orders.lineProducts[firstLine + line.line])]
                return "\(line.quantity) x \(product)"
            }.joined(separator: "; "))
        addFlag(shipment.isVoid)
        for instant in [
            shipment.assignedAt, shipment.pickStart, shipment.pickEnd, shipment.handedOverAt, shipment.arrivedAt,
        ] {
            addInstant(instant)
        }
        for figure in [
            shipment.kilometres, shipment.freight, shipment.handling, shipment.carbonKilograms,
            shipment.serviceSeconds,
        ] {
            writer.field(figure)
        }
    }

    private func addFlag(_ flag: Bool) { writer.field(flag ? "true" : "false") }

    /// Local time and seconds from the dataset's start; blank for what never happens.
    private func addInstant(_ instant: Double) {
        guard instant.isFinite else {
            writer.blank()
            writer.blank()
            return
        }
        writer.field(local.text(of: dataset.description.start + instant))
        writer.field(instant)
    }
}
