import Domain
import History
import Replay

/// Congestion as the dataset records it: transit in a region takes that many times as long, hour by hour, beside what the
/// weather does. Strategies see the congestion of the hour.
///
/// Congestion that was measured in bad weather already holds what the weather did to the roads; with both recorded,
/// weigh whether the weather's transit effect should stay (`recorded_weather`, `transit`).
struct RecordedTraffic: Perturbation {
    /// Its line in the catalogue.
    static let entry = MemberEntry(
        standard, parameters: [.enabled("whether recorded traffic happens; false: free roads")]
    ) { (parameters, _) throws(InputError) -> any Perturbation in
        RecordedTraffic(isEnabled: try parameters.flag("enabled"))
    }
    private static let standard = PerturbationDeclaration(
        name: "recorded_traffic", summary: "Road congestion as the dataset records it", group: .traffic)

    /// Whether recorded traffic happens.
    var isEnabled = true
    var declaration: PerturbationDeclaration { Self.standard }

    func key(in dataset: Dataset) -> String? {
        dataset.traffic == nil ? nil : key([ParameterField("enabled", ParameterValue(.flag(isEnabled)))])
    }

    func apply(to world: inout World, dataset: Dataset, settings: ReplaySettings) {
        guard isEnabled, let traffic = dataset.traffic else { return }
        world.congestion = traffic
        world.slowTransit(by: traffic, regionCount: dataset.regions.count)
    }
}
