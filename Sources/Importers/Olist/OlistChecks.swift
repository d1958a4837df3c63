import Domain

/// What can be odd about one order of the Olist tables.
enum OlistChecks {
    /// Reports the oddities of an order's status and times; none of them changes the order.
    static func check(_ order: OlistBook.Order, at place: SourceLocation, log: inout FindingLog) {
        if order.approved == nil {
            log.add("blank_approved", .kept, "no time of approval; the order counts as approved when placed", at: place)
        }
        if order.shipped == nil {
            log.add("blank_carrier", .kept, "no time of hand-over to the carrier; never shipped", at: place)
        }
        if order.delivered == nil {
            log.add("blank_delivered", .kept, "no time of delivery; never delivered", at: place)
        }
        checkOrderOfTimes(order, at: place, log: &log)
        if order.status == "delivered", order.delivered == nil {
            log.add("delivered_without_date", .kept, "status 'delivered' without a time of delivery; kept", at: place)
        }
        if order.status == "delivered", order.shipped == nil {
            log.add("delivered_without_carrier", .kept, "status 'delivered' without a hand-over; kept", at: place)
        }
        if order.status == "canceled", order.delivered != nil {
            log.add("cancelled_with_delivery", .kept, "status 'canceled' with a time of delivery; both kept", at: place)
        }
        if !["delivered", "canceled"].contains(order.status) {
            log.add(
                "unfinished_order", .kept, "order neither delivered nor cancelled; kept as history without an end",
                at: place, detail: "status \(order.status)")
        }
        if order.promised == nil {
            log.add("blank_promise", .kept, "no estimated delivery date; no promise", at: place)
        }
    }

    private static func checkOrderOfTimes(
        _ order: OlistBook.Order, at place: SourceLocation, log: inout FindingLog
    ) {
        func precedes(_ early: CivilTime?, _ late: CivilTime?) -> Bool {
            guard let early, let late else { return false }
            return early.wallSeconds < late.wallSeconds
        }
        func detail(_ early: CivilTime?, _ late: CivilTime?) -> String {
            "\(early?.text ?? "") before \(late?.text ?? "")"
        }
        if precedes(order.shipped, order.approved) {
            log.add(
                "carrier_before_approved", .kept,
                "handed to the carrier before approval; kept, left out of the pick fit",
                at: place, detail: detail(order.shipped, order.approved))
        }
        if precedes(order.shipped, order.placed) {
            log.add(
                "carrier_before_purchase", .kept, "handed to the carrier before the purchase; kept", at: place,
                detail: detail(order.shipped, order.placed))
        }
        if precedes(order.delivered, order.shipped) {
            log.add(
                "delivered_before_carrier", .kept,
                "delivered before handed to the carrier; kept, left out of the transit fit", at: place,
                detail: detail(order.delivered, order.shipped))
        }
        if let shipped = order.shipped, let delivered = order.delivered,
            (0..<OlistObservations.shortestTransitSeconds).contains(delivered.wallSeconds - shipped.wallSeconds)
        {
            log.add(
                "delivered_within_an_hour", .kept,
                "delivered within an hour of the hand-over; kept, left out of the transit fit", at: place,
                detail: detail(shipped, delivered))
        }
        if precedes(order.delivered, order.placed) {
            log.add(
                "delivered_before_purchase", .kept, "delivered before the purchase; kept", at: place,
                detail: detail(order.delivered, order.placed))
        }
    }
}
