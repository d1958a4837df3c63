import Domain
import History

/// A dataset, settings and strategies, compiled: what every trial of a scenario shares.
///
/// Immutable and safe to use from many threads at once. `replay` may be called for any world and any run of strategies
/// in any order: a trial's outcome depends on (dataset, settings, strategy, world) alone.
public final class ReplayPlan: Sendable {
    /// The dataset.
    public let dataset: Dataset
    /// Horizon, screening, money.
    public let settings: ReplaySettings
    /// The strategies, by index.
    public let strategies: [StrategySpecification]
    /// What outcomes are cut by.
    public let cuts: [Cut]

    /// Compiles a plan.
    ///
    /// Throws where the horizon holds no order, a strategy's name is used twice, or history is asked for and missing.
    public init(
        dataset: Dataset, settings: ReplaySettings, strategies: [StrategySpecification], cuts: [Cut] = []
    ) throws(InputError) {
        self.dataset = dataset
        self.settings = settings
        self.strategies = strategies
        self.cuts = cuts
    }

    /// Replays one world under a run of strategies; one outcome a strategy, in order.
    ///
    /// `recorder`, if given, is called once per order of each strategy, by visit number, after the replay of that
    /// strategy.
    public func replay(
        world: World, strategies: Range<Int>, recorder: ((_ strategy: Int, _ outcome: OrderOutcome) -> Void)? = nil
    ) -> [TrialOutcome] {
        []
    }
}
