import Domain
import Storage

/// The exogenous scores of a world by themselves: what a replay does block by block before strategies decide, by the
/// same code, with its time and its products counted. For measuring and for tests.
package struct ScoringPass {
    /// What a pass has come to so far.
    package struct Figures: Sendable {
        /// Orders scored.
        package var orders = 0
        /// Candidates of all of them.
        package var candidates = 0
        /// Products of a feature and a weight, by what the features depend on; those of the lane as the pass begins.
        package var laneProducts = 0
        /// Of lane and hour.
        package var laneAndHourProducts = 0
        /// Of node and hour.
        package var nodeAndHourProducts = 0
        /// Of the order.
        package var orderProducts = 0
        /// Seconds for facts, screening and cancellation times, which scores or no scores take.
        package var factSeconds = 0.0
        /// Seconds for all that lanes, nodes and hours decide: features, products, sums.
        package var laneSeconds = 0.0
        /// Seconds for the values of the features that depend on the order.
        package var featureSeconds = 0.0
        /// Seconds for their products with the weights.
        package var productSeconds = 0.0

        /// Products of all kinds.
        package var products: Int { laneProducts + laneAndHourProducts + nodeAndHourProducts + orderProducts }
        /// Seconds for scores, without the facts.
        package var scoringSeconds: Double { laneSeconds + featureSeconds + productSeconds }
    }

    /// What the pass has come to.
    package private(set) var figures = Figures()
    /// Strategies scored.
    package let strategies: Int
    /// Features that depend on the order.
    package let orderFeatures: Int
    /// Distinct features of all kinds.
    package let features: Int
    /// Orders in a block at most: times the candidates of each, the rows of one product.
    package var blockOrders: Int { block.capacity }
    private let context: ReplayContext
    private let plan: FeaturePlan
    private var block: VisitBlock
    private let scratch: (isPossible: Buffer<Int32>, rows: Buffer<Int32>, scores: Buffer<Double>)
    private let arena = Arena()
    /// Seconds since whenever: the engine itself knows no clock.
    private let clock: () -> Double

    /// A pass over a world for all strategies of a plan that decide as an order is placed, timed by a clock in seconds.
    ///
    /// Without `hoists` every feature is taken for one of the order: what scoring costs if nothing is kept.
    package init(
        plan replayPlan: ReplayPlan, world: World, hoists: Bool = true, clock: @escaping () -> Double = { 0 }
    ) {
        self.clock = clock
        context = ReplayContext(tables: world.book?.tables ?? replayPlan.tables, world: world)
        let served = replayPlan.strategies.filter { CompiledStrategy.decidesAtOnce($0) }
        let compiled = served.enumerated().map { CompiledStrategy($1, column: $0) }
        plan = FeaturePlan(strategies: compiled, hasOrderPlaces: context.tables.hasOrderPlaces, hoists: hoists)
        strategies = served.count
        orderFeatures = plan.orderPart.features.count
        features = [plan.lanePart, plan.hourPart, plan.nodePart, plan.orderPart].map(\.features.count).reduce(0, +)
        let start = clock()
        block = VisitBlock(plan: plan, context: context)
        figures.laneSeconds = clock() - start
        let lanes = context.tables.largestZone
        scratch = (
            arena.buffer(repeating: 1, count: context.tables.nodes.count), arena.buffer(repeating: 0, count: lanes + 1),
            arena.buffer(repeating: 0, count: lanes + 1)
        )
        takeCounts()
    }

    /// Scores some orders of the world, in rising order from call to call.
    ///
    /// `body`, if given, is called once a block, which is timed without it: with the number of the first order and, by
    /// order and strategy, the scores of the lanes to its zone.
    package mutating func score(
        orders: Range<Int>, _ body: ((_ firstOrder: Int, _ scores: [[[Double]]]) -> Void)? = nil
    ) {
        var next = orders.lowerBound
        while next < orders.upperBound {
            let end = block.end(from: next, upTo: orders.upperBound, context: context)
            scoreBlock(next..<end)
            figures.orders += end - next
            figures.orderProducts += block.orderProducts
            for index in 0..<block.count { figures.candidates += lanes(of: index).count }
            if let body {
                body(next, (0..<block.count).map { visit in (0..<strategies).map { scores(of: visit, column: $0) } })
            }
            next = end
        }
        takeCounts()
    }

    /// Scores the orders of a block, step by step.
    private mutating func scoreBlock(_ orders: Range<Int>) {
        var last = clock()
        func lap() -> Double {
            let now = clock()
            defer { last = now }
            return now - last
        }
        block.setVisits(orders: orders, firstVisit: orders.lowerBound, context: context)
        figures.factSeconds += lap()
        block.prepareLanes(context: context)
        figures.laneSeconds += lap()
        block.fillFeatures(context: context)
        figures.featureSeconds += lap()
        block.multiplyFeatures()
        figures.productSeconds += lap()
    }

    /// The lanes to a visit's zone.
    private func lanes(of visit: Int) -> Range<Int> { context.dataset.lanes.rows(ofZone: block.facts[visit].zone) }

    /// A strategy's scores of a visit's lanes, without the terms that no other strategy shares.
    private func scores(of visit: Int, column: Int) -> [Double] {
        let lanes = lanes(of: visit)
        _ = block.gather(
            column, visit: visit, lanes: lanes, isPossible: scratch.isPossible, nodes: context.tables.laneNodes,
            rows: scratch.rows, scores: scratch.scores)
        return (0..<lanes.count).map { scratch.scores[$0] }
    }

    /// Takes over the products that the block has counted.
    private mutating func takeCounts() {
        let counts = block.laneScores.counts
        figures.laneProducts = counts.lane
        figures.laneAndHourProducts = counts.laneAndHour
        figures.nodeAndHourProducts = counts.nodeAndHour
    }
}
