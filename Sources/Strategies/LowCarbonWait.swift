import Domain
import History
import Replay

/// Waits, consolidates and ships green: orders are decided together every `wave_minutes`, in as few shipments as can be, by
/// the least emissions among what still keeps the promise (each expected day of lateness weighs as the mean emissions of
/// a lane); of equals the cheapest.
enum LowCarbonWait {
    /// Its line in the catalogue.
    static let entry = MemberEntry<StrategySpecification>(
        name: "low_carbon_wait", summary: "Waits for a wave, then the fewest shipments with the least emissions",
        parameters: [
            ParameterDeclaration(
                "wave_minutes", .number(.positive), unit: "min", default: 60, summary: "time between waves"),
            ParameterDeclaration(
                "lateness", .number(.nonNegative), unit: "mean emissions", default: 1,
                summary: "what an expected day of lateness weighs"),
        ]
    ) { (parameters, dataset) throws(InputError) -> StrategySpecification in
        let ratings = [
            try StrategyDefaults.rating(
                "carbon", scale: LaneReference(dataset: dataset).carbonKilograms, dataset: dataset),
            try StrategyDefaults.rating(
                "expected_lateness_hours", weight: parameters.number("lateness"), scale: 24, dataset: dataset),
            try StrategyDefaults.rating("cost", weight: StrategyDefaults.tieBreak, dataset: dataset),
        ]
        var strategy = StrategyDefaults.scored(
            "low_carbon_wait",
            rules: [RuleSet(ratings: ratings, split: SplitRule(mode: .fewestShipments, maximumSplits: 1))])
        strategy.waveSeconds = 60 * (try parameters.number("wave_minutes"))
        return strategy
    }
}
