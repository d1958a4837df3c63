import DeterministicMath
import Domain
import History
import Replay
import Sampling

/// Warnings: for each region, hour and lead the level that a forecast issued so many hours before warns of, 0 to 4 (none,
/// blue, yellow, orange, red).
///
/// The true class of an hour is its storm level rounded down, at most 4. A forecast with lead l sees
/// `class + W(v(l))`, W a random walk from 0 whose variance `v(l) = spread^2 l / (horizon - l)` grows without bound towards the
/// horizon: the observation of every older forecast is that of the newer one plus noise that is independent of it, so that
/// the newest is sufficient and no average of forecasts beats it; at lead 0 it is the truth, at the horizon climatology.
/// The probability of each class given the observation follows by Bayes' rule from the climatology, and the warning is
/// the largest level whose probability of being reached exceeds `cut`. The steps of the walk (purpose `forecast`, entity
/// region, hour and lead) are alike from hour to hour (`persistence`), as errors of forecasts are.
struct WeatherForecast: Perturbation {
    /// Its line in the catalogue.
    static let entry = MemberEntry(
        standard,
        parameters: [
            ParameterDeclaration(
                "horizon_hours", .integer(NumberRange(lower: 1, upper: 240)), unit: "h", default: 48,
                summary: "lead at which a forecast knows no more than climatology"),
            ParameterDeclaration(
                "spread", .number(.positive), unit: "level", default: 1,
                summary: "standard deviation of what is seen at half the horizon"),
            ParameterDeclaration(
                "persistence", .number(NumberRange(lower: 0, upper: 1)), default: 0.9,
                summary: "correlation of errors from one valid hour to the next"),
            ParameterDeclaration(
                "cut", .number(.share), default: 0.3, summary: "probability from which a level is warned of"),
            ParameterDeclaration(
                "climatology", .list(.number(.share)), default: [0.04, 0.02, 0.01, 0.004],
                summary: "share of hours at storm level 1, 2, 3 and 4 or above"),
        ]
    ) { (parameters, _) throws(InputError) -> any Perturbation in
        let shares = try parameters.numbers("climatology")
        guard shares.count == 4, zip(shares, shares.dropFirst()).allSatisfy({ $0 >= $1 }) else {
            throw InputError(
                at: parameters.location(of: "climatology"), found: "climatology that does not fall over four levels",
                expected: "four shares, none larger than the one before")
        }
        return WeatherForecast(
            model: ForecastModel(
                horizonHours: try parameters.integer("horizon_hours"), spread: try parameters.number("spread"),
                persistence: try parameters.number("persistence"), cut: try parameters.number("cut"),
                climatology: shares), key: parameters.key)
    }
    private static let standard = PerturbationDeclaration(
        name: "weather_forecast", summary: "Storm warnings whose skill falls with lead time", group: .weather,
        replacesRecorded: false)

    let model: ForecastModel
    /// Its parameters as text.
    let key: String
    var declaration: PerturbationDeclaration { Self.standard }

    func key(in dataset: Dataset) -> String? { declaration.name + key }

    var assumptions: [String] {
        [
            "storm warnings: error of one level at half of \(model.horizonHours) h ahead, spread "
                + "\(plainNumber(model.spread)); climatology as stated (assumed)"
        ]
    }

    func apply(to world: inout World, dataset: Dataset, settings: ReplaySettings) {
        let hours = max(0, Int((settings.end / 3_600).rounded(.up)))
        world.warnings = model.warnings(
            of: world.weather, regions: dataset.regions, hours: hours, draws: world.draws)
    }
}
