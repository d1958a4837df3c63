/// A trial with the outcome of every order, some of whose decisions were forced.
public struct ForcedTrial: Sendable {
    /// The trial's figures.
    public var trial: TrialOutcome
    /// What became of every order, by visit number.
    public var orders: [OrderOutcome]
    /// Numbers of the forced decisions that could not be carried out because the stock was not there: they were taken as
    /// ever.
    public var failed: [Int]
}

extension ReplayPlan {
    /// Replays a trial and calls `body` before every decision of an order; what it returns, by decision.
    ///
    /// `order` is a row of the world's orders. An order that waits for stock, or leaves a failed node, is decided again; one
    /// that is cancelled before is never decided. The replay is the ordinary one, every decision asked candidate by
    /// candidate, and nothing that `body` tries out at a ``DecisionMoment`` changes it.
    public func decisions<Result>(
        ofOrder order: Int, world: World, strategy: Int, _ body: @escaping (inout DecisionMoment) -> Result
    ) -> [Result] {
        var results: [Result] = []
        let watch = DecisionWatch(order: order, look: { results.append(body(&$0)) }, forget: { results = [] })
        _ = replays(world: world, strategies: [strategy], isRecording: true, watch: watch)
        return results
    }

    /// Replays a trial in which a decision comes out as given, and everything else follows from it.
    ///
    /// Forced to be what it is anyway, it changes nothing, to the last bit.
    public func replay(world: World, strategy: Int, forcing forced: ForcedDecision) -> ForcedTrial {
        let watch = DecisionWatch(order: forced.order, forced: [forced.number: forced.plan])
        let replay = replays(world: world, strategies: [strategy], isRecording: true, watch: watch)[0]
        return ForcedTrial(
            trial: outcome(of: replay, strategy: strategy),
            orders: recordedOutcomes(of: replay), failed: watch.failed)
    }
}
