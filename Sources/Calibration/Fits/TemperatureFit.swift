import DeterministicMath
import Domain
import Worlds

/// Temperature of generated weather, which tells snow from rain and nothing else: so it is fitted to the hours in which it rains
/// or snows.
///
/// Least squares of the temperature on a mean for each month and a cosine of the day with its height at 15:00 (of days: on the
/// months alone, the amplitude being half the mean difference of the day's highest and lowest); the spread is the residual
/// standard deviation. Wet hours are milder than others in winter and cooler in summer, and alike by day and night: in Shanghai
/// 6 % of January's wet hours are snow, where all hours together would have 16 % of them be so. A month with fewer than thirty
/// wet hours (ten wet days) has the mean of all its hours. In a month in which part of what falls is snow, the mean is then moved
/// to where the model's share of snow is the recorded one, for wet hours near freezing are no normal sample: that share is what
/// the temperature is for.
struct TemperatureFit: WorldFit {
    let name = "temperature"
    let summary = "temperature of wet hours by month, which decides what falls as snow"
    let kind = CalibrationKind.weather
    let needs = "hourly or daily temperature with precipitation"

    /// 34 degrees Fahrenheit: what falls at or below it is snow in the measurements of delay, and so it is here.
    static let snowBelowCelsius = 10.0 / 9
    private static let years = 40

    func fit(_ series: SeriesContent, options: FitOptions) throws(InputError) -> FittedPart? {
        let candidates = series.places.filter { $0[.precipitation] != nil && Self.celsius($0) != nil }
        guard let record = candidates.first(where: { $0.step == .hour }) ?? candidates.first,
            let rain = record[.precipitation], let celsius = Self.celsius(record)
        else { return nil }
        let wet = rain.indices.map { Self.isWet(rain[$0], record.step) && !celsius[$0].isNaN }
        guard wet.contains(true) else { return nil }
        let fitted = try FittedTemperature(record, celsius: celsius, wet: wet)
        return FittedPart(
            fit: name, perturbation: "generated_weather",
            fields: [
                FittedField("mean_celsius_by_month", .numbers(fitted.means)),
                FittedField("daily_amplitude", .number(fitted.amplitude)),
                FittedField("celsius_spread", .number(fitted.spread)),
                FittedField(
                    "snow_below", .number(DeterministicMath.rounded(Self.snowBelowCelsius, significantDigits: 3))),
            ],
            tables: [Self.table(record, celsius: celsius, wet: wet, fitted: fitted)],
            notes: [
                "Snow is what falls at 34 degrees Fahrenheit (1.11 Celsius) and below. Temperatures decide that alone: they are "
                    + "those of wet \(record.step.rawValue)s, moved in months of rain and snow to where the shares agree."
            ] + [record.setAsideNote(.temperature)].compactMap { $0 } + fitted.notes)
    }

    /// The temperature of the steps of a record: as measured, else the middle of a day's highest and lowest.
    static func celsius(_ record: PlaceRecord) -> [Double]? {
        if let measured = record[.temperature] { return measured }
        guard let highest = record[.highest], let lowest = record[.lowest] else { return nil }
        return zip(highest, lowest).map { ($0 + $1) / 2 }
    }

    /// Whether a step is wet: an hour of 0.1 mm, a day of 1 mm and more.
    static func isWet(_ millimetres: Double, _ step: PlaceRecord.Step) -> Bool {
        millimetres >= (step == .hour ? 0.1 : 1)
    }

    /// Shares of snow by month, on record and generated.
    private static func table(
        _ record: PlaceRecord, celsius: [Double], wet: [Bool], fitted: FittedTemperature
    ) -> FactTable {
        let months = record.months
        func shares(_ positions: [Int?]) -> [Double] {
            var (snow, all) = ([Double](repeating: 0, count: 13), [Double](repeating: 0, count: 13))
            for position in positions {
                guard let position, wet[position] else { continue }
                for row in [months[position], 12] {
                    all[row] += 1
                    snow[row] += celsius[position] <= snowBelowCelsius ? 1 : 0
                }
            }
            return zip(snow, all).map { $1 == 0 ? .nan : $0 / $1 }
        }
        let recorded = shares(record.months.indices.map { $0 })
        let errors = RecordErrors(record, .precipitation, facts: shares)
        let generated = Self.generated(fitted)
        let counts = (0..<12).map { month in months.indices.count { months[$0] == month && wet[$0] } }
        let total = Double(max(1, counts.reduce(0, +)))
        // A year's share is that of its months by how often it rains in each.
        let year = zip(generated, counts).reduce(0.0) { $0 + $1.0 * Double($1.1) } / total
        var rows = MonthlyShares.names.enumerated().map { month, name in
            FactTable.Row(
                name,
                [
                    Double(counts[month]), fitted.measured[month], recorded[month],
                    errors.isByYear ? errors[month] : nil, generated[month],
                ])
        }
        rows.append(FactTable.Row("year", [total, nil, recorded[12], errors[12], year]))
        return FactTable(
            title: "Snow: share of wet \(record.step.rawValue)s",
            columns: ["wet \(record.step.rawValue)s", "mean C"] + FactTable.recordAndFit,
            rows: rows, countColumns: 1, decimals: 3)
    }

    /// Share of snow by month, were every hour wet.
    private static func generated(_ fitted: FittedTemperature) -> [Double] {
        var model = WeatherModel(
            wetShares: [Double](repeating: 1, count: 12), heavyShares: [Double](repeating: 0, count: 12))
        model.celsius = fitted.means
        model.dailyAmplitude = fitted.amplitude
        model.celsiusSpread = fitted.spread
        model.snowBelow = snowBelowCelsius
        let years = GeneratedYears(Self.years)
        let series = model.series(of: years.fields(model), regionCount: 1, clock: years.clock)
        return MonthlyShares.of(years.months) { series.classes[$0] == .snow }
    }
}
