import Domain
import History
import Replay

/// A weighted sum of five objectives, each divided by a fixed reference: cost by the mean freight of the dataset's lanes
/// (see ``LaneReference``), expected delivery and expected lateness by a day, carbon by the mean emissions of the lanes,
/// utilisation by 1.
///
/// The default weights 0.4, 0.2, 0.3, 0.05, 0.05 mean: a day of lateness is worth three quarters of a mean freight, a
/// day of waiting half of one. They are a starting point, not a finding: set them to what your customers are worth.
enum Weighted {
    /// Its line in the catalogue.
    static let entry = MemberEntry<StrategySpecification>(
        name: "weighted", summary: "A weighted sum of cost, speed, lateness, carbon and workload",
        parameters: [
            weight("cost", 0.4, "of cost / mean freight of the lanes"),
            weight("speed", 0.2, "of expected delivery, in days"),
            weight("lateness", 0.3, "of expected lateness, in days"),
            weight("carbon", 0.05, "of emissions / mean emissions of the lanes"),
            weight("workload", 0.05, "of the utilisation of the node"),
        ]
    ) { (parameters, dataset) throws(InputError) -> StrategySpecification in
        let reference = LaneReference(dataset: dataset)
        let objectives: [(weight: String, rating: String, scale: Double)] = [
            ("cost", "cost", reference.freight), ("speed", "expected_delivery_hours", 24),
            ("lateness", "expected_lateness_hours", 24), ("carbon", "carbon", reference.carbonKilograms),
            ("workload", "utilisation", 1),
        ]
        var ratings: [WeightedRating] = []
        for objective in objectives {
            let weight = try parameters.number(objective.weight)
            if weight == 0 { continue }
            ratings.append(
                try StrategyDefaults.rating(
                    objective.rating, weight: weight, scale: objective.scale, dataset: dataset))
        }
        return StrategyDefaults.scored("weighted", ratings)
    }

    /// The parameter for a weight.
    private static func weight(_ name: String, _ standard: Double, _ what: String) -> ParameterDeclaration {
        ParameterDeclaration(
            name, .number(.nonNegative), default: ParameterValue(.number(standard)), summary: "weight \(what)")
    }
}
