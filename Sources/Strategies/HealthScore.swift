import Domain
import History
import Replay

/// The healthiest node first: a score of how full its day is, how long its queue, how thin its stock, how bad weather and
/// roads are at its door; cost decides among nodes that are as well.
///
/// Score = utilisation + queue / 20 orders a station + stock depth + storm level / 5 + (congestion - 1), each at weight 1, and
/// `cost` x cost / mean freight of the lanes.
enum HealthScore {
    /// Its line in the catalogue.
    static let entry = MemberEntry<StrategySpecification>(
        name: "health_score", summary: "The node in the best health: workload, queue, stock, weather, roads",
        parameters: [
            ParameterDeclaration(
                "cost", .number(.nonNegative), default: 0.25, summary: "weight of cost / mean freight of the lanes")
        ]
    ) { (parameters, dataset) throws(InputError) -> StrategySpecification in
        let atNode = [ParameterField("at", "node")]
        return StrategyDefaults.scored(
            "health_score",
            [
                try StrategyDefaults.rating("utilisation", scale: 1, dataset: dataset),
                try StrategyDefaults.rating("queue_per_station", scale: 20, dataset: dataset),
                try StrategyDefaults.rating("stock_depth", scale: 1, dataset: dataset),
                try StrategyDefaults.rating("weather_storm_level", atNode, scale: 5, dataset: dataset),
                try StrategyDefaults.rating("congestion", atNode, scale: 1, dataset: dataset),
                try StrategyDefaults.rating(
                    "cost", weight: parameters.number("cost"), scale: LaneReference(dataset: dataset).freight,
                    dataset: dataset),
            ])
    }
}
