/// The parts that a world is written as, in the order in which they are read and laid into a world. One line a part.
enum WorldPartCatalogue {
    /// All parts.
    static let parts: [any WorldPart.Type] = [
        WeatherPart.self,
        WarningPart.self,
        TrafficPart.self,
        SlownessPart.self,
        ServiceMultiplierPart.self,
        CancellationMultiplierPart.self,
        OrderPart.self,
        OutagePart.self,
        StationLossPart.self,
        BanPart.self,
        SuspensionPart.self,
        RegionalCapacityPart.self,
        ServiceCapacityPart.self,
        FreightPart.self,
        MissingUnitsPart.self,
        ReplenishmentPart.self,
        NoisePart.self,
    ]

    /// The names of their files.
    static let files = parts.map { $0.table.file }
}
