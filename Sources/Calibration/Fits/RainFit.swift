import DeterministicMath
import Domain
import Sampling
import Worlds

/// Rain of generated weather, fitted to hourly precipitation: shares by month, and the constants of time where the standard
/// ones miss the record.
struct RainFit: WorldFit {
    let name = "rain"
    let summary = "wet and heavy share by month from hourly precipitation, constants of time from its spells"
    let kind = CalibrationKind.weather
    let needs = "hourly precipitation"

    func fit(_ series: SeriesContent, options: FitOptions) throws(InputError) -> FittedPart? {
        guard let record = series.places(.hour, with: .precipitation).first else { return nil }
        let fitted = FittedRain(record, constants: options.constants)
        var fields = [
            FittedField("wet_share_by_month", .numbers(fitted.model.wetShares)),
            FittedField("heavy_share_by_month", .numbers(fitted.model.heavyShares)),
        ]
        if fitted.model.wet != WeatherModel.standardWet {
            fields.append(FittedField("short_hours", .number(fitted.model.wet.shortHours)))
            fields.append(FittedField("smoothing_hours", .number(fitted.model.wet.smoothingHours)))
            fields.append(FittedField("long_share", .number(fitted.model.wet.longShare)))
        }
        if fitted.model.heavyHours != WeatherModel.standardHeavyHours {
            fields.append(FittedField("heavy_hours", .number(fitted.model.heavyHours)))
        }
        let rows = RainFacts.names.enumerated().map { index, name in
            FactTable.Row(
                name, [fitted.recorded.values[index], fitted.errors[index], fitted.generated.values[index]])
        }
        return FittedPart(
            fit: name, perturbation: "generated_weather", fields: fields,
            tables: [
                FactTable(
                    title: "Rain: hours of 0.1 mm and more are wet, of 2.5 mm and more heavy",
                    columns: FactTable.recordAndFit,
                    rows: rows)
            ],
            notes: ["Rain of \(fitted.hours) known hours\(record.place.isEmpty ? "" : " at \(record.place)")."]
                + [record.setAsideNote(.precipitation)].compactMap { $0 } + [fitted.errors.note, fitted.note])
    }
}

/// Hourly rain and the model fitted to it, with the facts of both.
struct FittedRain {
    /// The model.
    let model: WeatherModel
    /// Facts of the record.
    let recorded: RainFacts
    /// Their standard errors.
    let errors: RecordErrors
    /// Facts of eighty generated years.
    let generated: RainFacts
    /// Hours of the record that are known.
    let hours: Int
    /// Where the constants of time come from.
    let note: String

    /// Years that are held beside a record: their own error is far below a record's.
    private static let years = 80

    /// The fit of a record with precipitation.
    init(_ record: PlaceRecord, constants: FitOptions.Constants) {
        let values = record[.precipitation] ?? []
        let months = record.months
        let wet = MonthlyShares.of(months) { values[$0].isNaN ? nil : values[$0] >= 0.1 }
        let heavy = MonthlyShares.of(months) { values[$0] >= 0.1 ? values[$0] >= 2.5 : nil }
        recorded = RainFacts(millimetres: values)
        errors = RecordErrors(record, .precipitation) { positions in
            RainFacts(millimetres: positions.map { $0.map { values[$0] } ?? .nan }).values
        }
        hours = values.count { !$0.isNaN }
        var model = WeatherModel(wetShares: MonthlyShares.filled(wet), heavyShares: MonthlyShares.filled(heavy))
        // Another draw than the one that constants are sought on, so that they cannot fit its chance.
        let years = GeneratedYears(Self.years)
        var generated = RainFacts(millimetres: years.millimetres(model, years.fields(model)))
        let search = SpellSearch(recorded: recorded, errors: errors)
        if constants == .standard {
            note = "Constants of time are the standard ones, as asked."
        } else if let missed = search.missed(by: generated) {
            model = search.improved(model)
            generated = RainFacts(millimetres: years.millimetres(model, years.fields(model)))
            let left = search.missed(by: generated).map { "; still \(twiceText): \($0)" } ?? ""
            note = "Constants of time were sought, for the standard ones miss \(missed)\(left)."
        } else {
            note =
                errors.values.isEmpty
                ? "Constants of time are the standard ones: nothing tells whether they miss the record."
                : "Constants of time are the standard ones: they meet every fact within twice its standard error."
        }
        self.model = model
        self.generated = generated
    }
}

/// Words of a note.
private let twiceText = "beyond twice the standard error"
