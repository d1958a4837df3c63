import DeterministicMath
import Domain
import History
import Replay
import Sampling

/// Congestion drawn anew in each world: a lognormal first-order autoregression a region, in steps of some hours.
///
/// In step k a way in region r takes exp(sigma Y(r, k) - sigma^2 / 2) times as long, with Y(r, 0) standard normal and
/// Y(r, k) = p Y(r, k - 1) + sqrt(1 - p^2) e, e standard normal (purpose `traffic`, entity region and first hour of the
/// step): the mean is 1 and the logarithm's standard deviation sigma in every step, its correlation p^j over j steps.
/// Step 0 begins at time 0; regions are independent. Strategies see the congestion of the hour. It takes the place of
/// recorded traffic; where a scenario says `recorded_traffic: on` too, both multiply.
struct GeneratedTraffic: Perturbation {
    /// Its line in the catalogue.
    static let entry = MemberEntry(
        standard,
        parameters: [
            ParameterDeclaration(
                "sigma", .number(NumberRange(lower: 0, upper: 2)), default: 0.2,
                summary: "standard deviation of the logarithm of congestion"),
            ParameterDeclaration(
                "persistence", .number(NumberRange(lower: 0, upper: 1)), default: 0.7,
                summary: "correlation of a step's logarithm with that of the step before"),
            ParameterDeclaration(
                "step_hours", .integer(NumberRange(lower: 1, upper: 8_760)), unit: "h", default: 1,
                summary: "hours that share a value; 24: a value a day"),
        ]
    ) { (parameters, _) throws(InputError) -> any Perturbation in
        GeneratedTraffic(
            sigma: try parameters.number("sigma"), persistence: try parameters.number("persistence"),
            stepHours: try parameters.integer("step_hours"))
    }
    private static let standard = PerturbationDeclaration(
        name: "generated_traffic", summary: "Road congestion drawn region by region, step by step", group: .traffic)

    /// Standard deviation of the logarithm.
    let sigma: Double
    /// Correlation from step to step.
    let persistence: Double
    /// Hours of a step.
    let stepHours: Int
    var declaration: PerturbationDeclaration { Self.standard }

    func key(in dataset: Dataset) -> String? {
        let spread = ParameterField("sigma", ParameterValue(.number(sigma)))
        // Without spread it is free roads, which only a record differs from.
        if sigma == 0 { return dataset.traffic == nil ? nil : key([spread]) }
        return key([
            spread, ParameterField("persistence", ParameterValue(.number(persistence))),
            ParameterField("step_hours", ParameterValue(.number(Double(stepHours)))),
        ])
    }

    var assumptions: [String] {
        [
            "generated traffic: sigma \(plainNumber(sigma)), persistence \(plainNumber(persistence)) a step of "
                + "\(stepHours) h, regions independent (assumed)"
        ]
    }

    func apply(to world: inout World, dataset: Dataset, settings: ReplaySettings) {
        let regions = dataset.regions
        let hours = Int((settings.end / 3_600).rounded(.up))
        var field = HourlySeries(regionCount: regions.count, hourCount: max(0, hours), neutral: 1)
        let innovation = (1 - persistence * persistence).squareRoot()
        for (region, name) in regions.enumerated() {
            var level = 0.0
            for first in stride(from: 0, to: field.hourCount, by: stepHours) {
                let entity = StableHash.combine(StableHash.of(name), StableHash.of(first))
                let normal = DeterministicMath.normalQuantile(world.draws.uniform(.traffic, entity: entity))
                level = first == 0 ? normal : persistence * level + innovation * normal
                let value = DeterministicMath.exp(sigma * level - 0.5 * sigma * sigma)
                for hour in first..<min(first + stepHours, field.hourCount) {
                    field.values[region * field.hourCount + hour] = value
                }
            }
        }
        world.congestion = world.congestion.multiplied(by: field, regionCount: regions.count)
        world.slowTransit(by: field, regionCount: regions.count)
    }
}
