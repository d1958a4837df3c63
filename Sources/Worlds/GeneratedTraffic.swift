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
///
/// On top come a profile by hour of the day (24 values) or of the week (168, Monday first), a part of e that all regions
/// share (`shared_share` of its variance) and incidents: in each hour of a region Poisson many begin, at any instant of it,
/// last a lognormal time and make ways `incident_factor` times as long, as often as they overlap (purpose `incident`); an
/// hour that an incident covers in part is slowed in part.
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
            ParameterDeclaration(
                "shared_share", .number(.share), default: 0, summary: "share of the variance that all regions share"),
            ParameterDeclaration(
                "profile", .list(.number(NumberRange(lower: 0.05, upper: 20))), default: [],
                summary: "congestion by hour of the day (24) or of the week (168, Monday first); none: 1"),
            ParameterDeclaration(
                "incidents_per_day", .number(NumberRange(lower: 0, upper: 240)), default: 0,
                summary: "incidents a region and day"),
            ParameterDeclaration(
                "incident_hours", .number(.positive), unit: "h", default: 1.5, summary: "median length of an incident"),
            ParameterDeclaration(
                "incident_sigma", .number(NumberRange(lower: 0, upper: 3)), default: 0.6,
                summary: "standard deviation of the logarithm of that length"),
            ParameterDeclaration(
                "incident_factor", .number(NumberRange(lower: 1, upper: 20)), default: 1.5,
                summary: "how many times as long ways take in an incident"),
        ]
    ) { (parameters, _) throws(InputError) -> any Perturbation in
        let profile = try parameters.numbers("profile")
        guard [0, 24, 168].contains(profile.count) else {
            throw InputError(
                at: parameters.location(of: "profile"), found: "a profile of \(profile.count) hours",
                expected: "24 values, or 168 from Monday on")
        }
        return GeneratedTraffic(
            model: TrafficModel(
                sigma: try parameters.number("sigma"), persistence: try parameters.number("persistence"),
                stepHours: try parameters.integer("step_hours"), sharedShare: try parameters.number("shared_share")),
            profile: profile,
            incidents: IncidentModel(
                perDay: try parameters.number("incidents_per_day"),
                medianHours: try parameters.number("incident_hours"),
                sigma: try parameters.number("incident_sigma"), factor: try parameters.number("incident_factor")))
    }
    private static let standard = PerturbationDeclaration(
        name: "generated_traffic", summary: "Road congestion drawn region by region, step by step", group: .traffic)

    /// How congestion moves.
    let model: TrafficModel
    /// Congestion by hour of the day or week; empty = 1.
    let profile: [Double]
    /// Incidents.
    let incidents: IncidentModel
    var declaration: PerturbationDeclaration { Self.standard }

    func key(in dataset: Dataset) -> String? {
        var fields = [ParameterField("sigma", ParameterValue(.number(model.sigma)))]
        if model.sigma > 0 {
            fields.append(ParameterField("persistence", ParameterValue(.number(model.persistence))))
            fields.append(ParameterField("step_hours", ParameterValue(.number(Double(model.stepHours)))))
            if model.sharedShare > 0 {
                fields.append(ParameterField("shared_share", ParameterValue(.number(model.sharedShare))))
            }
        }
        if profile.contains(where: { $0 != 1 }) {
            fields.append(ParameterField("profile", ParameterValue(.list(profile.map { ParameterValue(.number($0)) }))))
        }
        fields += incidents.fields
        // Without anything it is free roads, which only a record differs from.
        if model.sigma == 0, fields.count == 1, dataset.traffic == nil { return nil }
        return key(fields)
    }

    var assumptions: [String] {
        [
            "generated traffic: sigma \(plainNumber(model.sigma)), persistence \(plainNumber(model.persistence)) a step of "
                + "\(model.stepHours) h, \(plainNumber(model.sharedShare)) of the variance shared by all regions (assumed)"
        ]
    }

    func apply(to world: inout World, dataset: Dataset, settings: ReplaySettings) throws(InputError) {
        let regions = dataset.regions.count
        let hours = max(0, Int((settings.end / 3_600).rounded(.up)))
        var field = HourlySeries(regionCount: regions, hourCount: hours, neutral: 1)
        field.values = model.variation(dataset.regions, hours: hours, draws: world.draws)
        if !profile.isEmpty { try multiplyProfile(&field, dataset: dataset) }
        incidents.multiply(&field, regions: dataset.regions, draws: world.draws)
        world.congestion = world.congestion.multiplied(by: field, regionCount: regions)
        world.slowTransit(by: field, regionCount: regions)
    }

    private func multiplyProfile(_ field: inout HourlySeries, dataset: Dataset) throws(InputError) {
        let local = try LocalTime(timeZone: dataset.description.timeZone)
        for hour in 0..<field.hourCount {
            let time = local.calendarTime(of: dataset.description.start + 3_600 * Double(hour) + 1_800)
            let position = (profile.count == 168 ? 24 * time.weekday : 0) + Int(time.secondOfDay / 3_600)
            for region in dataset.regions.indices { field.values[region * field.hourCount + hour] *= profile[position] }
        }
    }
}
