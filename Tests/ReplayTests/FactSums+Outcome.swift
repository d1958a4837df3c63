import History
import Replay

extension FactSums {
    /// What an order adds to every fact but `ineffective`, worked out from its outcome by the facts' definitions.
    init(of order: OrderOutcome, in dataset: Dataset) {
        self.init()
        let live = order.shipments.filter { !$0.isVoid }
        let isDelivered = order.status == .delivered
        self[.orders] = 1
        for row in dataset.orders.lines(of: order.order) {
            self[.lines] += 1
            self[.items] += Double(dataset.orders.lineQuantities[row])
            self[.orderedValue] += dataset.orders.linePrices[row] * Double(dataset.orders.lineQuantities[row])
        }
        self[.delivered] = isDelivered ? 1 : 0
        self[.filled] = order.isFilled ? 1 : 0
        self[.onTime] = order.isOnTime ? 1 : 0
        self[.latenessHours] = order.isFilled ? order.latenessHours : 0
        let placedAt = dataset.orders.placedAt[order.order]
        self[.leadTimeHours] = order.isFilled ? (order.deliveredAt - placedAt) / 3_600 : 0
        self[.cancelled] = order.status == .cancelled ? 1 : 0
        self[.unserved] = order.status == .unserved ? 1 : 0
        self[.open] = order.status == .open ? 1 : 0
        self[.itemsUnserved] = Double(order.itemsUnserved)
        self[.backOrdered] = order.wasBackOrdered ? 1 : 0
        self[.split] = live.count > 1 ? 1 : 0
        self[.reviewed] = order.wasReviewed ? 1 : 0
        self[.compensation] = order.compensation
        self[.unservedCost] = order.unservedCost
        self[.complaints] = order.complaintProbability
        for shipment in live { add(shipment, of: order.order, isDelivered: isDelivered, in: dataset) }
    }

    private mutating func add(_ shipment: ShipmentOutcome, of order: Int, isDelivered: Bool, in dataset: Dataset) {
        self[.shipments] += 1
        if shipment.pickStart < .infinity {
            self[.picks] += 1
            self[.pickWaitHours] += (shipment.pickStart - shipment.assignedAt) / 3_600
        }
        self[.freight] += shipment.freight
        self[.handling] += shipment.handling
        self[.kilometres] += shipment.kilometres
        self[.carbonKilograms] += shipment.carbonKilograms
        self[.serviceHours] += shipment.serviceSeconds / 3_600
        guard isDelivered else { return }
        for part in shipment.lines {
            let row = dataset.orders.lines(of: order).lowerBound + part.line
            let units = Double(part.quantity)
            self[.itemsDelivered] += units
            self[.deliveredValue] += units * dataset.orders.linePrices[row]
            self[.goodsCost] += units * dataset.products.unitCosts[Int(dataset.orders.lineProducts[row])]
        }
    }
}
