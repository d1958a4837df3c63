import DeterministicMath
import Domain
import Worlds

/// Rain of generated weather, fitted to daily totals, where there are no hours: shares by month such that generated days are as
/// often wet (1 mm and more) and as rich as those on record.
///
/// Days tell how often and how much it rains; not how long a spell of hours lasts, nor how hard an hour's rain is. That comes from
/// the standard constants of time and the standard law of intensities, and so the shares of hours are conclusions, not
/// measurements: the better, the more a place rains as those did that the constants come from. For each month the wet share
/// is bisected until the share of wet days is that of the record, the heavy share until the mean total of a day is.
struct DailyRainFit: WorldFit {
    let name = "daily_rain"
    let summary = "wet and heavy share of hours by month, concluded from daily totals"
    let kind = CalibrationKind.weather
    let needs = "daily precipitation"

    private static let years = 40
    private static let wetDay = 1.0

    func fit(_ series: SeriesContent, options: FitOptions) throws(InputError) -> FittedPart? {
        // Hours tell more.
        guard series.places(.hour, with: .precipitation).isEmpty,
            let record = series.places(.day, with: .precipitation).first, let totals = record[.precipitation]
        else { return nil }
        let months = record.months
        func facts(_ positions: [Int?]) -> [Double] { Self.facts(positions.map { $0.map { totals[$0] } ?? .nan }) }
        let errors = RecordErrors(record, .precipitation, facts: facts)
        let wanted = MonthlyFacts(totals: totals, months: months)
        let years = GeneratedYears(Self.years)
        let model = Self.model(wanted, years)
        let generated = Self.days(model, years)
        let values = (facts(totals.indices.map { $0 }), Self.facts(generated.totals))
        var rows = Self.names.enumerated().map { index, name in
            FactTable.Row(name, [values.0[index], errors[index], values.1[index]])
        }
        let met = MonthlyFacts(totals: generated.totals, months: generated.months)
        for month in 0..<12 {
            rows.append(
                FactTable.Row("wet days, \(MonthlyShares.names[month])", [wanted.wet[month], nil, met.wet[month]]))
        }
        return FittedPart(
            fit: name, perturbation: "generated_weather",
            fields: [
                FittedField("wet_share_by_month", .numbers(model.wetShares)),
                FittedField("heavy_share_by_month", .numbers(model.heavyShares)),
            ],
            tables: [
                FactTable(
                    title: "Days: of 1 mm and more are wet", columns: FactTable.recordAndFit, rows: rows)
            ],
            notes: [
                "Rain of \(totals.count { !$0.isNaN }) known days\(record.place.isEmpty ? "" : " at \(record.place)").",
                "Days tell how often and how much it rains. How long spells of hours last, and how hard it rains within "
                    + "an hour, they do not: the shares of hours follow from the standard constants of time.",
                "Storms of wind cannot be fitted to days.",
            ] + [record.setAsideNote(.precipitation)].compactMap { $0 } + [errors.note])
    }

    /// Names of the facts, in order.
    private static let names = ["share of wet days", "mean mm a day", "P(dry to wet day)", "P(wet to wet day)"]

    /// Facts of daily totals, NaN = missing.
    private static func facts(_ totals: [Double]) -> [Double] {
        let spells = SpellFacts(totals.map { $0.isNaN ? nil : $0 >= wetDay })
        let known = totals.filter { !$0.isNaN }
        let mean = known.isEmpty ? .nan : known.reduce(0, +) / Double(known.count)
        return [spells.share, mean, spells.comes, spells.stays]
    }

    /// Share of wet days and mean total by month.
    private struct MonthlyFacts {
        var wet: [Double]
        var mean: [Double]

        init(totals: [Double], months: [Int]) {
            wet = MonthlyShares.of(months) { totals[$0].isNaN ? nil : totals[$0] >= wetDay }
            mean = (0..<12).map { month in
                let known = months.indices.filter { months[$0] == month && !totals[$0].isNaN }
                return known.isEmpty ? .nan : known.reduce(0) { $0 + totals[$1] } / Double(known.count)
            }
        }
    }

    /// Daily totals of generated years and their months.
    private static func days(_ model: WeatherModel, _ years: GeneratedYears) -> (totals: [Double], months: [Int]) {
        days(years.millimetres(model, years.fields(model)), years)
    }

    private static func days(_ hours: [Double], _ years: GeneratedYears) -> (totals: [Double], months: [Int]) {
        let days = stride(from: 0, to: hours.count, by: 24)
        return (days.map { hours[$0..<$0 + 24].reduce(0, +) }, days.map { years.months[$0] })
    }

    /// The model whose days are as the record's, all months at once.
    private static func model(_ wanted: MonthlyFacts, _ years: GeneratedYears) -> WeatherModel {
        var model = WeatherModel(
            wetShares: [Double](repeating: 0.05, count: 12), heavyShares: [Double](repeating: 0.17, count: 12))
        let fields = years.fields(model)
        func met() -> MonthlyFacts {
            let (totals, months) = days(years.millimetres(model, fields), years)
            return MonthlyFacts(totals: totals, months: months)
        }
        // Wetter hours make more wet days whatever the heavy share is, and heavier ones only slightly more: the two are
        // sought in turn until neither moves.
        for _ in 0..<4 {
            model.wetShares = bisected(wanted.wet, upper: 1) { shares in
                model.wetShares = shares
                return met().wet
            }
            model.heavyShares = bisected(wanted.mean, upper: 0.95) { shares in
                model.heavyShares = shares
                return met().mean
            }
        }
        return model
    }

    /// Shares by month at which rising functions reach what is wanted: twelve bisections at once. A month that wants nothing
    /// known has the mean of the others.
    private static func bisected(
        _ wanted: [Double], upper: Double, _ values: ([Double]) -> [Double]
    ) -> [Double] {
        var low = [Double](repeating: 0, count: 12)
        var high = [Double](repeating: upper, count: 12)
        for _ in 0..<13 {
            let middle = zip(low, high).map { ($0 + $1) / 2 }
            let reached = values(middle)
            for month in 0..<12 {
                if reached[month] >= wanted[month] { high[month] = middle[month] } else { low[month] = middle[month] }
            }
        }
        // A bisection that never went up has found nothing but 0.
        return MonthlyShares.filled(
            (0..<12).map { wanted[$0].isNaN ? .nan : low[$0] <= 0 ? 0 : (low[$0] + high[$0]) / 2 })
    }
}
