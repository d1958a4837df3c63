import Replay

/// The perturbations a scenario can put into its worlds, in the order they are listed and applied. One line a member.
public enum PerturbationCatalogue {
    /// All perturbations.
    public static let members: MemberCatalogue<any Perturbation> = MemberCatalogue(
        kind: "perturbation",
        entries: [
            RecordedWeather.entry,
            BootstrapWeather.entry,
            GeneratedWeather.entry,
            WorldFile.entry,
            WeatherEvents.entry,
            WeatherForecast.entry,
            WeatherEffectTable.entry,
            RecordedTraffic.entry,
            GeneratedTraffic.entry,
            Demand.entry,
            Outages.entry,
            RandomOutages.entry,
            PickStationLoss.entry,
            Lockdown.entry,
            ProductBan.entry,
            ColdChainExcursion.entry,
            RosterGap.entry,
            CarrierSuspension.entry,
            CarrierCapacity.entry,
            CarrierPremium.entry,
            LateReplenishment.entry,
            InventoryError.entry,
            Cancellation.entry,
            ServiceNoise.entry,
            TransitNoise.entry,
        ])
}
