import DeterministicMath
import Domain
import Worlds

/// Storms of wind, fitted to hourly wind: the share of hours of storm level 1 and more (10.8 m/s) by month, how often an hour
/// is a level higher, and how long it blows.
///
/// The level of an hour is ``WindModel/stormLevel(metresPerSecond:)``. The share r a level higher is exp(-1 / m), m the mean level
/// above 1 of storm hours: the levels that the model draws are exponential. The time constant is the one under which P(storm
/// after storm) is that of the record. With fewer than twenty storm hours both stay the standard ones.
struct WindFit: WorldFit {
    let name = "wind"
    let summary = "storms of wind: hours of 10.8 m/s and more by month, their level and how long they last"
    let kind = CalibrationKind.weather
    let needs = "hourly wind"

    private static let years = 80
    private static let leastHours = 20

    func fit(_ series: SeriesContent, options: FitOptions) throws(InputError) -> FittedPart? {
        guard let record = series.places(.hour, with: .wind).first, let speeds = record[.wind] else { return nil }
        let levels = speeds.map { $0.isNaN ? .nan : WindModel.stormLevel(metresPerSecond: $0) }
        let storms = levels.filter { $0 >= 1 }
        let recorded = Self.facts(levels)
        let errors = RecordErrors(record, .wind) { positions in
            Self.facts(positions.map { $0.map { levels[$0] } ?? .nan })
        }
        var notes = [
            "Wind of \(levels.count { !$0.isNaN }) known hours; storms of wind and rain come independently (assumed)."
        ]
        notes += [record.setAsideNote(.wind)].compactMap { $0 }
        var model = WindModel(
            shares: MonthlyShares.filled(
                MonthlyShares.of(record.months) { levels[$0].isNaN ? nil : levels[$0] >= 1 }))
        let years = GeneratedYears(Self.years)
        if storms.count >= Self.leastHours {
            let mean = storms.reduce(0) { $0 + $1 - 1 } / Double(storms.count)
            model.riseShare = DeterministicMath.rounded(
                mean > 0 ? DeterministicMath.exp(-1 / mean) : 0, significantDigits: 3)
            model.hours = DeterministicMath.rounded(
                bisected(low: 0.3, high: 300) { hours in
                    var tried = model
                    tried.hours = hours
                    return Self.facts(Self.levels(tried, years))[1]
                } reaches: {
                    $0 >= recorded[1]
                }, significantDigits: 3)
        } else if storms.isEmpty {
            notes.append("No hour of 10.8 m/s: a world without storms of wind.")
        } else {
            notes.append(
                "Fewer than \(Self.leastHours) storm hours: their rise and time constant are the standard ones.")
        }
        let generated = Self.facts(Self.levels(model, years))
        let rows = Self.names.enumerated().map { index, name in
            FactTable.Row(name, [recorded[index], errors[index], generated[index]])
        }
        return FittedPart(
            fit: name, perturbation: "generated_weather",
            fields: model.isCalm
                ? []
                : [
                    FittedField("wind_storm_share_by_month", .numbers(model.shares)),
                    FittedField("wind_rise_share", .number(model.riseShare)),
                    FittedField("wind_hours", .number(model.hours)),
                ],
            tables: [
                FactTable(
                    title: "Wind: storm level 1 from 10.8 m/s, 2 from 17.2 m/s on", columns: FactTable.recordAndFit,
                    rows: rows)
            ], notes: notes)
    }

    /// Names of the facts, in order.
    private static let names = [
        "storm share", "P(storm to storm)", "mean level of storms", "share of level 2 and more", "spells of 1 h",
        "spells of 6 h and more",
    ]

    /// Facts of storm levels by hour, NaN = missing.
    private static func facts(_ levels: [Double]) -> [Double] {
        let spells = SpellFacts(levels.map { $0.isNaN ? nil : $0 >= 1 })
        let storms = levels.filter { $0 >= 1 }
        let known = levels.count { !$0.isNaN }
        return [
            spells.share, spells.stays,
            storms.isEmpty ? .nan : storms.reduce(0, +) / Double(storms.count),
            known == 0 ? .nan : Double(levels.count { $0 >= 2 }) / Double(known),
            spells.share(ofSpells: { $0 == 1 }), spells.share(ofSpells: { $0 >= 6 }),
        ]
    }

    /// Storm levels of generated years.
    private static func levels(_ model: WindModel, _ years: GeneratedYears) -> [Double] {
        zip(years.field(model.shape, .weatherWind), years.months).map { field, month in
            model.stormLevel(share: model.shares[month], field: field)
        }
    }
}
