/// Whose decisions somebody looks at or forces in a replay.
final class DecisionWatch {
    /// Row in the orders.
    let order: Int
    /// What is forced, by number of the decision.
    let forced: [Int: DecisionPlan]
    /// Called at each decision of the order, before it is taken.
    let look: ((inout DecisionMoment) -> Void)?
    /// Called when all that was seen is void: the trial is replayed in another way.
    let forget: () -> Void
    /// Decisions of the order so far.
    private(set) var count = 0
    /// Numbers of forced decisions for which the stock did not suffice.
    private(set) var failed: [Int] = []

    init(
        order: Int, forced: [Int: DecisionPlan] = [:], look: ((inout DecisionMoment) -> Void)? = nil,
        forget: @escaping () -> Void = {}
    ) {
        self.order = order
        self.forced = forced
        self.look = look
        self.forget = forget
    }

    /// Counts a decision; returns its number.
    func next() -> Int {
        defer { count += 1 }
        return count
    }

    /// Notes that a decision could not be forced.
    func noteFailure(_ number: Int) { failed.append(number) }

    /// Starts again.
    func restart() {
        count = 0
        failed = []
        forget()
    }
}
