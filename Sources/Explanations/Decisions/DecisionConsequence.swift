import Domain
import History
import Replay

/// The same world under the same strategy with one decision changed: what it did to this order and to all others.
public struct DecisionConsequence: Codable, Sendable, Hashable {
    /// What became of the order.
    public struct Outcome: Codable, Sendable, Hashable {
        /// `delivered`, `cancelled`, `unserved` or `open`.
        public var status: String
        /// Nodes of its shipments that are not void.
        public var nodes: [String]
        /// Local time of the delivery; nil if it was not delivered.
        public var deliveredAt: String?
        /// Hours from placed to delivered; nil if it was not delivered.
        public var leadTimeHours: Double?
        /// Whether it is filled and by its promise.
        public var isOnTime: Bool
        /// Freight, handling and labour, compensation and the penalty of unserved lines, money.
        public var cost: Double

        init(_ outcome: OrderOutcome, dataset: Dataset, local: LocalTime) {
            status = outcome.status.word
            nodes = outcome.shipments.filter { !$0.isVoid }.map { dataset.nodes[$0.node].id }
            let placedAt = dataset.orders.placedAt[outcome.order]
            let isDelivered = outcome.deliveredAt < .infinity
            deliveredAt = isDelivered ? local.text(of: dataset.description.start + outcome.deliveredAt) : nil
            leadTimeHours = isDelivered ? (outcome.deliveredAt - placedAt) / 3_600 : nil
            isOnTime = outcome.isOnTime
            cost = outcome.cost
        }
    }
    /// Where the first shipment that differs went instead.
    public var node: String
    /// By which service.
    public var service: String
    /// Why the replay could not be made; nil if it could. Then all figures are 0 and the outcomes are equal.
    public var obstacle: String?
    /// The order as it was.
    public var before: Outcome
    /// The order then.
    public var after: Outcome
    /// Other orders whose shipments go to another node or service.
    public var otherChoices: Int
    /// Other orders that keep their nodes and services, of which a time or a cost differs.
    public var otherTimes: Int
    /// All other orders: cost then less cost as it was, money.
    public var otherCost: Double
    /// All other orders: on-time orders then less those as it was.
    public var otherOnTime: Int
    /// All other orders delivered both times: hours to delivery then less those as it was.
    public var otherHours: Double
    /// Of the others that differ, the first by visit, at most ten.
    public var examples: [String]

    /// Compares two replays of a trial, order by order.
    init(
        alternative: (node: String, service: String), order: Int, before: [OrderOutcome], after: [OrderOutcome],
        dataset: Dataset, local: LocalTime
    ) {
        (node, service) = alternative
        var own: (before: OrderOutcome, after: OrderOutcome)?
        (otherChoices, otherTimes, otherCost, otherOnTime, otherHours) = (0, 0, 0, 0, 0)
        examples = []
        for (left, right) in zip(before, after) {
            if left.order == order, own == nil {
                own = (left, right)
                continue
            }
            guard left != right else { continue }
            if left.course == right.course { otherTimes += 1 } else { otherChoices += 1 }
            otherCost += right.cost - left.cost
            otherOnTime += (right.isOnTime ? 1 : 0) - (left.isOnTime ? 1 : 0)
            if left.deliveredAt < .infinity, right.deliveredAt < .infinity {
                otherHours += (right.deliveredAt - left.deliveredAt) / 3_600
            }
            if examples.count < 10 { examples.append(dataset.orders.ids[left.order]) }
        }
        let none = OrderOutcome(visit: 0, order: order, copy: 0)
        self.before = Outcome(own?.before ?? none, dataset: dataset, local: local)
        self.after = Outcome(own?.after ?? none, dataset: dataset, local: local)
    }
}

extension OrderOutcome {
    /// Freight, handling and labour of its shipments, compensation, penalty of unserved lines; money.
    var cost: Double { shipments.reduce(compensation + unservedCost) { $0 + ($1.freight + $1.handling) } }

    /// Where its shipments went and what became of it, whatever the times.
    fileprivate var course: [Int] {
        shipments.flatMap { [$0.node, $0.service, $0.isVoid ? 1 : 0] } + [Int(status.rawValue)]
    }
}
