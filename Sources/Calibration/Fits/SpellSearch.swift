import DeterministicMath
import Domain
import Worlds

/// Seeks constants of time under which generated rain comes, goes and lasts as on record.
///
/// Minimises the sum of ((generated - recorded) / standard error)^2 over P(dry to wet), P(wet to wet) and the shares of spells of
/// one hour and of twelve and more, by a ``SimplexSearch`` over the logarithms of the showers' two constants and the logit of the
/// fronts' share, from the standard ones; the fronts' constant stays: the facts tell it from their share only dimly. Then the
/// time constant of the intensity, by bisection, for P(heavy to heavy). Forty years are generated for each try, with the same
/// chance, so that tries differ by their constants alone.
struct SpellSearch {
    /// What is to be met.
    let recorded: RainFacts
    /// How precisely.
    let errors: RecordErrors

    private static let years = 40
    private static let trials = 90
    /// Indices, in ``RainFacts/names``, of what the constants of wet hours decide.
    private static let spells = [1, 2, 5, 6]
    /// That of what the constant of the intensity decides.
    private static let heavy = 4

    /// Names of the facts that some other facts miss by more than twice the standard error; nil where none is, or none is known.
    func missed(by facts: RainFacts) -> String? {
        let missed = (Self.spells + [Self.heavy]).sorted().filter { index in
            deviation(facts, index).map { abs($0) > 2 } ?? false
        }
        return missed.isEmpty ? nil : missed.map { RainFacts.names[$0] }.joined(separator: ", ")
    }

    /// How many standard errors a fact is off; nil where the record does not tell.
    private func deviation(_ facts: RainFacts, _ index: Int) -> Double? {
        guard let error = errors[index], error > 0 else { return nil }
        let difference = facts.values[index] - recorded.values[index]
        return difference.isNaN ? nil : difference / error
    }

    /// The model with better constants of time.
    func improved(_ model: WeatherModel) -> WeatherModel {
        let years = GeneratedYears(Self.years, replication: 1)
        var model = model
        func facts() -> RainFacts { RainFacts(millimetres: years.millimetres(model, years.fields(model))) }
        if Self.spells.contains(where: { index in deviation(facts(), index).map { abs($0) > 2 } ?? false }) {
            model.wet = wetShape(model, years)
        }
        if let off = deviation(facts(), Self.heavy), abs(off) > 2 { model.heavyHours = heavyHours(model, years) }
        return model
    }

    private func wetShape(_ model: WeatherModel, _ years: GeneratedYears) -> RegionField.Shape {
        let thresholds = GeneratedYears.thresholds(model.wetShares)
        func loss(_ point: [Double]) -> Double {
            let field = years.field(Self.shape(point, model.wet.longHours), .weatherWet)
            let facts = RainFacts(
                millimetres: zip(field, years.months).map { $0 > thresholds[$1] ? 1 : 0 })
            return Self.spells.reduce(0) { sum, index in
                guard let error = errors[index], error > 0 else { return sum }
                // Constants under which it never rains have no spells: as bad as can be.
                let off = (facts.values[index] - recorded.values[index]) / error
                return sum + (off.isNaN ? 1e6 : off * off)
            }
        }
        let share = model.wet.longShare
        let start = [
            DeterministicMath.log(model.wet.shortHours), DeterministicMath.log(max(0.05, model.wet.smoothingHours)),
            DeterministicMath.log(share / (1 - share)),
        ]
        let search = SimplexSearch(
            from: start, step: 0.4, trialsMax: Self.trials, isGoodEnough: { $0 < 0.5 }, loss)
        return Self.shape(search.best, model.wet.longHours)
    }

    /// The shape of a point of the search.
    private static func shape(_ point: [Double], _ longHours: Double) -> RegionField.Shape {
        func rounded(_ value: Double) -> Double { DeterministicMath.rounded(value, significantDigits: 3) }
        return RegionField.Shape(
            shortHours: rounded(DeterministicMath.exp(point[0])),
            smoothingHours: rounded(DeterministicMath.exp(point[1])),
            longHours: longHours, longShare: rounded(1 / (1 + DeterministicMath.exp(-point[2]))))
    }

    private func heavyHours(_ model: WeatherModel, _ years: GeneratedYears) -> Double {
        let hours = bisected(low: 0.2, high: 100) { hours in
            var tried = model
            tried.heavyHours = hours
            return RainFacts(millimetres: years.millimetres(tried, years.fields(tried))).heavyToHeavy
        } reaches: {
            $0 >= recorded.heavyToHeavy
        }
        return DeterministicMath.rounded(hours, significantDigits: 3)
    }
}

/// Where a rising function of a positive number first reaches what is wanted: ten halvings of its logarithm, to 1 % of a
/// hundredfold range.
func bisected(
    low: Double, high: Double, _ value: (Double) -> Double, reaches: (Double) -> Bool
) -> Double {
    var (low, high) = (DeterministicMath.log(low), DeterministicMath.log(high))
    for _ in 0..<10 {
        let middle = (low + high) / 2
        if reaches(value(DeterministicMath.exp(middle))) { high = middle } else { low = middle }
    }
    return DeterministicMath.exp((low + high) / 2)
}
