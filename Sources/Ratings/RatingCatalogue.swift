import Replay

/// The ratings a scenario can give a weight, in the order they are listed. One line a member.
public enum RatingCatalogue {
    /// All ratings.
    public static let members = MemberCatalogue<any Rating>(
        kind: "rating",
        entries: [
            // Lane and calendar.
            DistanceRating.entry,
            TransitHoursRating.entry,
            IdealDeliveryHoursRating.entry,
            ProcessingHoursRating.entry,
            // Money and carbon.
            FreightRating.entry,
            HandlingCostRating.entry,
            HandlingCostPerItemRating.entry,
            CostRating.entry,
            MarginRating.entry,
            CarbonRating.entry,
            CarbonPerItemRating.entry,
            OrderValueRating.entry,
            // Preferences.
            NodeRankRating.entry,
            NodeTagRating.entry,
            NodeKindRating.entry,
            ServiceTagRating.entry,
            PreferenceFitRating.entry,
            SameRegionRating.entry,
            RandomRating.entry,
            // Surroundings.
            WeatherStormLevelRating.entry,
            StormWarningRating.entry,
            WeatherWetRating.entry,
            CongestionRating.entry,
            SignalRating.entry,
            // What the strategy did before.
            ExpectedDeliveryHoursRating.entry,
            ExpectedLatenessHoursRating.entry,
            NominalLatenessHoursRating.entry,
            QueuePerStationRating.entry,
            UtilisationRating.entry,
            AssignedTodayRating.entry,
            RemainingCarrierCapacityRating.entry,
            StockDepthRating.entry,
            StockBalanceRating.entry,
            // Of others.
            ProductRating.entry,
        ])
}
