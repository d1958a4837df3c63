import DeterministicMath
import Domain
import History
import Replay
import Sampling

/// Weather drawn anew in each world, with the spells, seasons and likeness of near regions that records show.
///
/// An hour is wet where a ``RegionField`` exceeds the quantile of 1 - its month's wet share. A second field V gives the
/// intensity of wet hours: heavy (2.5 mm/h and more) where V's probability u exceeds 1 - heavy share h, with
/// `2.5 (h / (1 - u))^0.6` mm/h, at most 60; else `0.1 x 25^(u / (1 - h))`. Wet hours at or below `snow_below` degrees are snow;
/// the temperature is a mean, a cosine of the day with its height at 15:00 and a third field. The storm level of an hour
/// is log2(mm/h / 2.5), 0 to 5: 5 mm/h is level 1, 40 mm/h level 4 (assumed); that of its wind (``WindModel``; calm unless a
/// scenario says otherwise) where it is higher.
///
/// The standard parameters reproduce hourly records of Beijing and Shanghai 2010 to 2015 and of New York JFK 2013 within
/// twice the standard error of their yearly means: share of wet hours, of wet after wet, of spells of one hour and of
/// twelve and more. The correlation between regions, `exp(-distance / 400 km)`, is measured up to 60 km (Beijing's sites,
/// New York's airports) and assumed beyond.
struct GeneratedWeather: Perturbation {
    /// Its line in the catalogue.
    static let entry = MemberEntry(
        standard, parameters: WeatherModel.parameters
    ) { (parameters, dataset) throws(InputError) -> any Perturbation in
        let model = try WeatherModel(parameters)
        return GeneratedWeather(
            model: model, key: parameters.key,
            factor: try RegionField.factor(of: dataset, kilometres: model.correlationKilometres))
    }
    private static let standard = PerturbationDeclaration(
        name: "generated_weather", summary: "Weather drawn hour by hour, with real spells and seasons", group: .weather)

    let model: WeatherModel
    private let key: String
    private let factor: [Double]
    var declaration: PerturbationDeclaration { Self.standard }

    init(model: WeatherModel, key: String, factor: [Double]) {
        self.model = model
        self.key = key
        self.factor = factor
    }

    func key(in dataset: Dataset) -> String? { declaration.name + key }

    var assumptions: [String] {
        [
            "generated weather: regions alike by exp(-distance / \(plainNumber(model.correlationKilometres)) km), "
                + "measured up to 60 km (assumed beyond)",
            "generated weather: storm level = log2(mm/h / 2.5) (assumed)",
        ] + (model.wind.isCalm ? [] : ["generated weather: storms of wind come whether it rains or not (assumed)"])
    }

    func apply(to world: inout World, dataset: Dataset, settings: ReplaySettings) throws(InputError) {
        let hours = max(0, Int((settings.end / 3_600).rounded(.up)))
        let clock = try HourClock(dataset: dataset, hours: hours)
        world.weather = model.sample(
            regions: dataset.regions, factor: factor, clock: clock, draws: world.draws)
    }
}
