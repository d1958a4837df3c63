import DeterministicMath
import Domain
import Sampling
import Worlds

/// Generated traffic fitted to hourly travel times of roads: profile, spread, persistence, what roads share.
///
/// Each value is divided by the road's 15th percentile, which stands for free flow; the profile is the mean of an hour over
/// roads; residuals are logarithms less the road's own median at the hour, for a road that is slow every morning is not
/// jammed. Hours are told apart by weekday and weekend, by the day of the week where the record is of half a year.
struct TrafficFit: WorldFit {
    let name = "traffic"
    let summary = "congestion by hour of the week, its spread, persistence and likeness between roads"
    let kind = CalibrationKind.traffic
    let needs = "hourly travel times of two days at least"

    func fit(_ series: SeriesContent, options: FitOptions) throws(InputError) -> FittedPart? {
        let roads = series.places(.hour, with: .travelTime)
        guard !roads.isEmpty else { return nil }
        guard let recorded = TrafficFacts(roads) else {
            throw InputError(found: "no road with 48 hours above 0", expected: "two days of travel times")
        }
        func rounded(_ value: Double) -> Double { DeterministicMath.rounded(value, significantDigits: 3) }
        // A scenario takes 0.05 to 20: no travel time is beyond, counts at night may be.
        let profile = recorded.profile.map { min(20, max(0.05, rounded($0))) }
        let model = TrafficModel(
            sigma: rounded(recorded.deviation), persistence: rounded(max(0, recorded.persistence)),
            sharedShare: rounded(max(0, recorded.crossCorrelation)))
        let generated = Self.generated(model, profile: profile, like: roads)
        let errors = recorded.standardErrors
        var rows = TrafficFacts.names.enumerated().map { index, name in
            FactTable.Row(name, [recorded.values[index], errors[index], generated?.values[index]])
        }
        for hour in stride(from: 0, to: 24, by: 3) {
            let text = (hour < 10 ? "0" : "") + "\(hour):00"
            rows.append(
                FactTable.Row(
                    "Monday \(text), of the week's mean",
                    [recorded.relative(hour), nil, generated?.relative(hour)]))
        }
        return FittedPart(
            fit: name, perturbation: "generated_traffic",
            fields: [
                FittedField("sigma", .number(model.sigma)), FittedField("persistence", .number(model.persistence)),
                FittedField("shared_share", .number(model.sharedShare)), FittedField("profile", .numbers(profile)),
            ],
            tables: [FactTable(title: "Traffic", columns: FactTable.recordAndFit, rows: rows, decimals: 3)],
            notes: [
                "\(recorded.roads) \(recorded.roads == 1 ? "road" : "roads"), \(recorded.hours) hours; hours of the week "
                    + "without a record are 1. Volumes say when roads are full, not how slow they are: give travel times.",
                "Standard errors from the spread between weeks; the model's residuals are normal, jams of records have a "
                    + "heavier tail.",
            ])
    }

    /// Facts of generated roads, known in the hours in which the recorded ones are.
    private static func generated(
        _ model: TrafficModel, profile: [Double], like roads: [PlaceRecord]
    ) -> TrafficFacts? {
        let names = roads.indices.map { "calibration \($0)" }
        // Ten times over, so that its own chance does not blur the comparison.
        let sets = (0..<10).flatMap { replication -> [PlaceRecord] in
            let first = roads.map(\.first).min() ?? 0
            let hours = (roads.map { $0.first + $0.count }.max() ?? 0) - first
            let field = model.variation(
                names, hours: hours, draws: Draws(seed: 1, replication: UInt32(replication)))
            return roads.enumerated().map { index, road in
                let known = road[.travelTime] ?? []
                let values = known.indices.map { position -> Double in
                    guard !known[position].isNaN else { return .nan }
                    let hour = road.first + position
                    return field[index * hours + hour - first] * profile[TrafficFacts.position(hour)]
                }
                return PlaceRecord(place: "\(replication)", first: road.first, values: [.travelTime: values])
            }
        }
        return TrafficFacts(sets)
    }
}
