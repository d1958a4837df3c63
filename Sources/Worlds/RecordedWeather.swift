import Domain
import History
import Replay

/// Weather as the dataset records it. Strategies see the weather of the hour.
struct RecordedWeather: Perturbation {
    /// Its line in the catalogue.
    static let entry = MemberEntry(
        standard, parameters: [.enabled("whether recorded weather happens; false: always clear")]
    ) { (parameters, _) throws(InputError) -> any Perturbation in
        RecordedWeather(isEnabled: try parameters.flag("enabled"))
    }
    private static let standard = PerturbationDeclaration(
        name: "recorded_weather", summary: "Weather as the dataset records it", group: .weather)

    /// Whether recorded weather happens.
    var isEnabled = true
    var declaration: PerturbationDeclaration { Self.standard }

    func key(in dataset: Dataset) -> String? {
        dataset.weather == nil ? nil : key([ParameterField("enabled", ParameterValue(.flag(isEnabled)))])
    }

    func apply(to world: inout World, dataset: Dataset, settings: ReplaySettings) {
        guard isEnabled, let weather = dataset.weather else { return }
        world.weather = weather
    }
}
