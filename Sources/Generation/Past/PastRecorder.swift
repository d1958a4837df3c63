import DeterministicMath
import Domain
import Sampling

/// A row of `history`.
struct PastRow: Sendable, Hashable {
    /// Order of the batch.
    var order: Int
    /// Product index; nil = all lines of the order.
    var product: Int?
    /// Node index; nil = nobody had it.
    var node: Int?
    /// Service index; nil likewise.
    var service: Int?
    /// Seconds, nil = never.
    var shippedAt: Double?
    /// Seconds, nil = never.
    var deliveredAt: Double?
    /// Seconds, nil = not cancelled.
    var cancelledAt: Double?
    /// Money, nil = nothing shipped.
    var freightPaid: Double?
    /// Whether the customer complained; nil = nothing to complain about.
    var complaint: Bool?
}

/// Routes and delivers the orders as the past did, order by order, and says what is on record of it.
struct PastRecorder {
    private let network: Network
    private let past: HistorySpecification
    private let tariffs: [Tariff]
    private var routing: PastRouting
    private var operations: PastOperations

    /// A recorder at the start of the horizon.
    init(_ network: Network, past: HistorySpecification, stock: StockPlan, series: RecordedSeries) {
        self.network = network
        self.past = past
        routing = PastRouting(network, past: past, stock: stock)
        operations = PastOperations(network, past: past, series: series)
        let carriers = network.specification.carriers
        tariffs = carriers.services.map { service in
            Tariff(
                bands: carriers.bands.filter { $0.id == service.tariff }
                    .map { (fromKilograms: $0.fromKilograms, terms: $0.terms) })
        }
    }

    /// The rows of the orders of a batch; batches come in time order.
    mutating func rows(of batch: OrderBatch) -> [PastRow] {
        var rows: [PastRow] = []
        for order in 0..<batch.count { record(order, of: batch, into: &rows) }
        return rows
    }

    /// Draws 0 cancellation and its time, 1 complaint, from 8 on four a shipment (8 pick, 9 transit, 10 freight).
    private mutating func record(_ order: Int, of batch: OrderBatch, into rows: inout [PastRow]) {
        routing.advance(to: batch.placedAt[order])
        let entity = Entity.past(order: batch.entities[order])
        let shipments = routing.route(order, of: batch)
        let cancelledAt = cancellation(shipments, of: batch, order: order, entity: entity)
        var done: [PastRow] = []
        for (ordinal, shipment) in shipments.enumerated() {
            var new = blankRows(shipment, of: batch, order: order, isWhole: shipments.count == 1)
            if let cancelledAt {
                if shipment.node >= 0 { routing.giveBack(shipment, of: batch) }
                for index in new.indices { new[index].cancelledAt = cancelledAt }
            } else if shipment.node >= 0 {
                deliver(shipment, of: batch, order: order, ordinal: ordinal, into: &new)
            }
            done += new
        }
        if cancelledAt == nil { complain(batch, order: order, entity: entity, rows: &done) }
        rows += done
    }

    /// When the customer cancelled, if that was before the first pick started.
    private func cancellation(
        _ shipments: [PastRouting.Shipment], of batch: OrderBatch, order: Int, entity: UInt64
    ) -> Double? {
        let (cancels, when) = network.draws.uniformPair(.generation, entity: entity)
        guard cancels < past.cancelledShare else { return nil }
        let time = (batch.placedAt[order] + when * past.cancelledWithinHours * 3600).rounded(.down)
        for (ordinal, shipment) in shipments.enumerated() where shipment.node >= 0 {
            if operations.pick(shipment, of: batch, order: order, ordinal: ordinal).start <= time { return nil }
        }
        return time
    }

    /// The rows of a shipment before anything happened: one for a whole order, else one a line.
    private func blankRows(
        _ shipment: PastRouting.Shipment, of batch: OrderBatch, order: Int, isWhole: Bool
    ) -> [PastRow] {
        let node = shipment.node < 0 ? nil : shipment.node
        let service = shipment.service < 0 ? nil : shipment.service
        if isWhole { return [PastRow(order: order, node: node, service: service)] }
        return shipment.lines.map {
            PastRow(order: order, product: Int(batch.lineProducts[$0]), node: node, service: service)
        }
    }

    /// Picks, hands over and delivers a shipment; whole seconds are recorded.
    private mutating func deliver(
        _ shipment: PastRouting.Shipment, of batch: OrderBatch, order: Int, ordinal: Int, into rows: inout [PastRow]
    ) {
        let pick = operations.pick(shipment, of: batch, order: order, ordinal: ordinal)
        operations.occupy(node: shipment.node, station: pick.station, until: pick.end)
        let leaves = operations.handOver(shipment, packedAt: pick.end)
        guard leaves < .infinity else { return }
        let arrives = operations.arrival(shipment, of: batch, order: order, ordinal: ordinal, leavesAt: leaves)
        let load = Load(
            items: shipment.lines.reduce(0) { $0 + Double(batch.lineQuantities[$1]) },
            massKilograms: shipment.lines.reduce(0) {
                $0 + Double(batch.lineQuantities[$1])
                    * network.catalogue.products[Int(batch.lineProducts[$1])].massKilograms
            })
        let u = network.draws.uniform(
            .generation, entity: Entity.past(order: batch.entities[order]), draw: 10 + 4 * ordinal)
        let price = tariffs[shipment.service].price(for: load, kilometres: shipment.kilometres)
        let paid = rounded(price * StockPlan.lognormal(past.freightSpread, u), decimals: 2)
        // Rows of one shipment share its freight alike, the last taking what rounding leaves.
        let share = rounded(paid / Double(rows.count), decimals: 2)
        for index in rows.indices {
            rows[index].shippedAt = leaves.rounded(.down)
            rows[index].deliveredAt = arrives.rounded(.down)
            let isLast = index == rows.count - 1
            rows[index].freightPaid = isLast ? rounded(paid - share * Double(index), decimals: 2) : share
        }
    }

    /// Whether the customer complained: by a draw, more often about what came late or never.
    private func complain(_ batch: OrderBatch, order: Int, entity: UInt64, rows: inout [PastRow]) {
        var isLate = false
        for row in rows {
            guard let delivered = row.deliveredAt else {
                isLate = true
                continue
            }
            if delivered > batch.promisedAt[order] { isLate = true }
        }
        let u = network.draws.uniform(.generation, entity: entity, draw: 1)
        let complains = u < (isLate ? past.complaintLate : past.complaintOnTime)
        for index in rows.indices { rows[index].complaint = complains }
    }
}
