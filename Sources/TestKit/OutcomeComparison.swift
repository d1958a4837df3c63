import History
import Replay

/// What two replays of the same case say differently.
///
/// Assignments, instants of decision and cancellation, statuses and counts must be equal. Instants of picks, hand-overs
/// and arrivals may differ by ``toleranceSeconds`` (suspended picks and slow transit are sums taken in another order),
/// money by 1e-9 of itself.
public enum OutcomeComparison {
    /// How far apart two instants may lie, seconds.
    public static let toleranceSeconds = 1e-6

    /// The differences in words, at most one an order; empty when the replays agree.
    public static func differences(
        between left: [OrderOutcome], and right: [OrderOutcome], dataset: Dataset
    ) -> [String] {
        guard left.count == right.count else { return ["\(left.count) orders against \(right.count)"] }
        return zip(left, right).compactMap { left, right in
            difference(left, right, promisedAt: dataset.orders.promisedAt[right.order]).map {
                "visit \(right.visit): \($0)\n    \(left)\n    \(right)"
            }
        }
    }

    private static func difference(_ left: OrderOutcome, _ right: OrderOutcome, promisedAt: Double) -> String? {
        if (left.visit, left.order, left.copy) != (right.visit, right.order, right.copy) { return "another order" }
        if left.decidedAt != right.decidedAt { return "decided at \(left.decidedAt) or \(right.decidedAt)" }
        if left.shipments.count != right.shipments.count {
            return "\(left.shipments.count) or \(right.shipments.count) shipments"
        }
        for (left, right) in zip(left.shipments, right.shipments) {
            if let difference = difference(left, right) { return "shipment \(right.ordinal): \(difference)" }
        }
        if left.status != right.status { return "\(left.status) or \(right.status)" }
        if left.cancelledAt != right.cancelledAt { return "cancelled at \(left.cancelledAt) or \(right.cancelledAt)" }
        if !areNear(left.deliveredAt, right.deliveredAt) { return "delivered at another time" }
        if left.isFilled != right.isFilled { return "filled or not" }
        if left.itemsUnserved != right.itemsUnserved { return "items unserved" }
        if left.wasBackOrdered != right.wasBackOrdered { return "back-ordered or not" }
        if left.wasReviewed != right.wasReviewed { return "reviewed or not" }
        if left.isMeasured != right.isMeasured { return "measured or not" }
        if !areEqualMoney(left.unservedCost, right.unservedCost) { return "penalty" }
        // An arrival at the promise to the last bit may count either way where sums differ in it.
        if left.deliveredAt != right.deliveredAt, areNear(right.deliveredAt, promisedAt) { return nil }
        if left.isOnTime != right.isOnTime { return "on time or not" }
        if abs(left.latenessHours - right.latenessHours) > 1e-9 { return "lateness" }
        if abs(left.compensation - right.compensation) > 1e-9 { return "compensation" }
        if abs(left.complaintProbability - right.complaintProbability) > 1e-9 { return "complaint" }
        return nil
    }

    private static func difference(_ left: ShipmentOutcome, _ right: ShipmentOutcome) -> String? {
        if left.ordinal != right.ordinal { return "ordinal" }
        if (left.node, left.service) != (right.node, right.service) { return "node and service" }
        if left.lines != right.lines { return "lines" }
        if left.assignedAt != right.assignedAt { return "assigned at another time" }
        if left.isVoid != right.isVoid { return "void or not" }
        if !areNear(left.pickStart, right.pickStart) { return "pick started at another time" }
        if !areNear(left.pickEnd, right.pickEnd) { return "pick ended at another time" }
        if !areNear(left.handedOverAt, right.handedOverAt) { return "handed over at another time" }
        if !areNear(left.arrivedAt, right.arrivedAt) { return "arrived at another time" }
        if !areEqualMoney(left.freight, right.freight) { return "freight" }
        if !areEqualMoney(left.handling, right.handling) { return "handling" }
        if !areEqualMoney(left.carbonKilograms, right.carbonKilograms) { return "carbon" }
        if !left.isVoid, !areEqualMoney(left.kilometres, right.kilometres) { return "kilometres" }
        if !areEqualMoney(left.serviceSeconds, right.serviceSeconds) { return "service seconds" }
        return nil
    }

    private static func areNear(_ left: Double, _ right: Double) -> Bool {
        left == right || abs(left - right) <= toleranceSeconds
    }

    private static func areEqualMoney(_ left: Double, _ right: Double) -> Bool {
        abs(left - right) <= 1e-9 * max(1, abs(left))
    }
}
