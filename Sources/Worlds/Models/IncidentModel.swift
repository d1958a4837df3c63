import DeterministicMath
import Domain
import History
import Replay
import Sampling

/// Incidents on the roads of a region: see ``GeneratedTraffic``.
struct IncidentModel: Sendable, Hashable {
    /// Mean number a region and day.
    let perDay: Double
    /// Median length, hours.
    let medianHours: Double
    /// Standard deviation of the logarithm of the length.
    let sigma: Double
    /// How many times as long ways take.
    let factor: Double

    /// Its parameters where it does anything.
    var fields: [ParameterField] {
        guard perDay > 0, factor > 1 else { return [] }
        return [
            ParameterField("incidents_per_day", ParameterValue(.number(perDay))),
            ParameterField("incident_hours", ParameterValue(.number(medianHours))),
            ParameterField("incident_sigma", ParameterValue(.number(sigma))),
            ParameterField("incident_factor", ParameterValue(.number(factor))),
        ]
    }

    /// The most incidents that begin in an hour; more would be one closure of the whole region.
    private static let hourlyMax = 32

    /// Multiplies the hours of incidents.
    ///
    /// The number that begins in an hour is the Poisson quantile of one uniform number, so that a higher rate keeps every
    /// incident of a lower one.
    func multiply(_ field: inout HourlySeries, regions: [String], draws: Draws) {
        guard perDay > 0, factor > 1 else { return }
        for (region, name) in regions.enumerated() {
            for hour in 0..<field.hourCount {
                let entity = StableHash.combine(StableHash.of(name), StableHash.of(hour))
                let count = min(
                    Self.hourlyMax,
                    Poisson.quantile(mean: perDay / 24, uniform: draws.uniform(.incident, entity: entity, draw: 0)))
                for number in 0..<count {
                    let (start, length) = draws.uniformPair(.incident, entity: entity, draw: 1 + number)
                    let from = Double(hour) + start
                    let hours = medianHours * DeterministicMath.exp(sigma * DeterministicMath.normalQuantile(length))
                    multiply(&field, region: region, from: from, to: from + hours)
                }
            }
        }
    }

    /// Multiplies the hours of a region between two instants, in hours.
    private func multiply(_ field: inout HourlySeries, region: Int, from: Double, to: Double) {
        var hour = Int(from)
        while hour < field.hourCount, Double(hour) < to {
            let share = min(to, Double(hour + 1)) - max(from, Double(hour))
            field.values[region * field.hourCount + hour] *= 1 + (factor - 1) * share
            hour += 1
        }
    }
}
