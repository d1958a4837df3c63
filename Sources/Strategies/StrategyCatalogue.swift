import Replay

/// The strategies a scenario can send into its worlds, in the order they are listed. One line a member.
public enum StrategyCatalogue {
    /// All strategies.
    public static let members: MemberCatalogue<StrategySpecification> = MemberCatalogue(
        kind: "strategy",
        entries: [
            AsHappened.entry,
            RandomChoice.entry,
            Nearest.entry,
            RankedList.entry,
            Cheapest.entry,
            Fastest.entry,
            LeastCarbon.entry,
            FewestSplits.entry,
            Weighted.entry,
            CapacityMatched.entry,
            StockBalanced.entry,
            BestMargin.entry,
            KindFirst.warehouses,
            KindFirst.stores,
            WorkloadBalanced.entry,
            StockOutGuard.entry,
            LowCarbonWait.entry,
            WeatherAware.entry,
            CrossCity.entry,
            HealthScore.entry,
            Custom.entry,
        ])
}
