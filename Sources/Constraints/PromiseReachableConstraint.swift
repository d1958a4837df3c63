import Domain
import History
import Replay

/// The order is expected at the customer no later than its promise + some days of tolerance; by the day the promise ends
/// with its local day. An order without a promise may go anywhere.
///
/// Expected is the next opening, the work in the queue, mean service, the next collection and transit at the weather and
/// traffic of now; with `with_queue: false` the queue counts as empty, and the rule is the same for all strategies.
enum PromiseReachableConstraint {
    /// Its line in the catalogue.
    static let entry = MemberEntry<any Constraint>(
        name: declaration.name, summary: declaration.summary,
        parameters: [
            ParameterDeclaration(
                "tolerance_days", .number(.nonNegative), unit: "days", default: 0, summary: "how late is still allowed"),
            ParameterDeclaration("with_queue", .flag, default: true, summary: "whether the node's queue counts"),
        ]
    ) { (parameters, _) throws(InputError) -> any Constraint in
        let tolerance = try parameters.number("tolerance_days") * 86_400
        let key = declaration.name + parameters.key
        return try parameters.flag("with_queue")
            ? QueueingPromiseConstraint(toleranceSeconds: tolerance, key: key)
            : IdealPromiseConstraint(toleranceSeconds: tolerance, key: key)
    }
    static let declaration = ConstraintDeclaration(
        name: "promise_reachable", summary: "Expected at the customer by the promise, within some days of tolerance")

    /// Whether an order is expected in time.
    static func isReachable(
        _ order: OrderFacts, _ lane: LaneFacts, _ context: ReplayContext, waiting: Double, toleranceSeconds: Double
    ) -> Bool {
        guard order.promisedAt < .infinity else { return true }
        let arrival = context.expectedArrival(order: order, lane: lane, waiting: waiting)
        let deadline = context.deadline(of: order.promisedAt) + toleranceSeconds
        return context.dataset.description.promiseBy == .day ? arrival < deadline : arrival <= deadline
    }
}

/// The rule with the queue as it is.
struct QueueingPromiseConstraint: EndogenousConstraint {
    /// How late is still allowed, seconds.
    let toleranceSeconds: Double
    let key: String
    var declaration: ConstraintDeclaration { PromiseReachableConstraint.declaration }

    func allows(
        order: OrderFacts, lane: LaneFacts, in context: ReplayContext, state: NetworkState
    ) -> Bool {
        PromiseReachableConstraint.isReachable(
            order, lane, context, waiting: Double(state.waiting[lane.node]), toleranceSeconds: toleranceSeconds)
    }
}

/// The rule with an empty queue.
struct IdealPromiseConstraint: ExogenousConstraint {
    /// How late is still allowed, seconds.
    let toleranceSeconds: Double
    let key: String
    var declaration: ConstraintDeclaration { PromiseReachableConstraint.declaration }

    func allows(order: OrderFacts, lane: LaneFacts, in context: ReplayContext) -> Bool {
        PromiseReachableConstraint.isReachable(order, lane, context, waiting: 0, toleranceSeconds: toleranceSeconds)
    }
}
