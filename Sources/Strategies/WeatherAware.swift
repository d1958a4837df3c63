import Domain
import History
import Replay

/// The weighted sum of cost, speed and lateness, and what the roads will be like: storm warnings for the hours ahead, the
/// storm of now, congestion, each at the worse end of the way. See ``Weighted`` for the other references.
enum WeatherAware {
    /// Its line in the catalogue.
    static let entry = MemberEntry<StrategySpecification>(
        name: "weather_aware", summary: "Cost, speed and lateness, and around storm warnings, storms and jams",
        parameters: [
            ParameterDeclaration(
                "warning", .number(.nonNegative), unit: "mean freights", default: 0.15,
                summary: "what a level of warning is worth"),
            ParameterDeclaration(
                "storm", .number(.nonNegative), unit: "mean freights", default: 0.1,
                summary: "what a storm level of now is worth"),
            ParameterDeclaration(
                "congestion", .number(.nonNegative), unit: "mean freights", default: 0.2,
                summary: "what ways twice as long are worth"),
            ParameterDeclaration(
                "ahead_hours", .integer(NumberRange(lower: 0, upper: 240)), unit: "h", default: 12,
                summary: "how far ahead warnings count"),
        ]
    ) { (parameters, dataset) throws(InputError) -> StrategySpecification in
        let reference = LaneReference(dataset: dataset)
        let ahead = [ParameterField("to_hours", ParameterValue(.number(try parameters.number("ahead_hours"))))]
        return StrategyDefaults.scored(
            "weather_aware",
            [
                try StrategyDefaults.rating("cost", weight: 0.4, scale: reference.freight, dataset: dataset),
                try StrategyDefaults.rating("expected_delivery_hours", weight: 0.2, scale: 24, dataset: dataset),
                try StrategyDefaults.rating("expected_lateness_hours", weight: 0.3, scale: 24, dataset: dataset),
                try StrategyDefaults.rating(
                    "storm_warning", ahead, weight: parameters.number("warning"), dataset: dataset),
                try StrategyDefaults.rating(
                    "weather_storm_level", weight: parameters.number("storm"), dataset: dataset),
                try StrategyDefaults.rating("congestion", weight: parameters.number("congestion"), dataset: dataset),
            ])
    }
}
