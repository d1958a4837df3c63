import DeterministicMath
import Domain
import LinearAlgebra
import Worlds

/// What weather does to transit, fitted to delays under measured weather: minutes that rain, heavy rain and snow add, over the
/// mean minutes under way.
///
/// Least squares of the delay on the class of weather in the hour and place in which it should have left, with a mean for each
/// hour of the day: what is late every evening is no effect of rain. Wet is 0.1 mm and more, heavy 2.5 mm and more; what falls at
/// 34 degrees Fahrenheit and below is snow. Dry hours of low visibility (below 3 miles) have a class of their own, so that
/// fog does not pass for clear weather; no class of generated weather stands for it. What never left has no delay and does not
/// count. The multiplier of a class is 1 + minutes / mean minutes under way.
///
/// Departures of an hour are late together and hours of a day as well: standard errors are given as if all were independent
/// (but for their spread), and by day (``CellRegression``); the latter is the one to trust.
struct DelayFit: WorldFit {
    let name = "delay"
    let summary = "transit multipliers of weather from delays and the weather they met"
    let kind = CalibrationKind.effects
    let needs = "delays with minutes under way, and hourly precipitation of the same places and hours"

    /// Three miles, less what a conversion may lose.
    private static let lowVisibilityKilometres = 4.828
    /// Departures that a class needs for an effect.
    private static let leastCount = 30

    /// Classes of weather apart from clear.
    private enum Kind: Int, CaseIterable {
        case rain, heavyRain, snow, lowVisibility

        var name: String {
            switch self {
            case .rain: "rain"
            case .heavyRain: "heavy_rain"
            case .snow: "snow"
            case .lowVisibility: "low visibility"
            }
        }
    }

    func fit(_ series: SeriesContent, options: FitOptions) throws(InputError) -> FittedPart? {
        guard !series.delays.isEmpty else { return nil }
        let weather = series.places(.hour, with: .precipitation)
        guard !weather.isEmpty else {
            throw InputError(found: "delays without hourly precipitation", expected: "a file of the weather they met")
        }
        let book = try Book(series.delays, weather: weather)
        guard book.underWay > 0 else {
            throw InputError(found: "delays of nothing that was under way", expected: "minutes under way above 0")
        }
        let counts = Kind.allCases.map { kind in book.total(kind.rawValue) }
        let kinds = Kind.allCases.filter { counts[$0.rawValue].count >= Double(Self.leastCount) }
        let hours = Set(book.cells.map { $0.columns[0] }).sorted()
        // Columns: the hours that occur, then the classes that occur often enough; others are left out.
        let cells = book.cells.compactMap { cell -> CellRegression.Cell? in
            guard let hour = hours.firstIndex(of: cell.columns[0]) else { return nil }
            var kept = cell
            kept.columns = [hour]
            if let kind = cell.columns.dropFirst().first {
                guard let column = kinds.firstIndex(where: { $0.rawValue == kind }) else { return nil }
                kept.columns.append(hours.count + column)
            }
            return kept
        }
        let regression: CellRegression
        do {
            regression = try CellRegression(cells, columns: hours.count + kinds.count)
        } catch {
            throw InputError(
                found: "delays that tell no effect (\(error))", expected: "more of them, in dry and in wet hours")
        }
        return try part(regression, book: book, kinds: kinds, hours: hours.count)
    }

    private func part(
        _ regression: CellRegression, book: Book, kinds: [Kind], hours: Int
    ) throws(InputError) -> FittedPart {
        let clear = book.total(nil)
        var rows = [
            FactTable.Row(
                "clear",
                [clear.count, clear.mean, 0, nil, nil, 1, nil, WeatherEffects.standard.value(.transit, "clear")])
        ]
        var fields: [FittedField] = []
        for (index, kind) in kinds.enumerated() {
            let column = hours + index
            let minutes = regression.coefficients[column]
            let multiplier = DeterministicMath.rounded(1 + minutes / book.underWay, significantDigits: 4)
            let all = book.total(kind.rawValue)
            let isClass = kind != .lowVisibility
            rows.append(
                FactTable.Row(
                    kind.name,
                    [
                        all.count, all.mean, minutes, regression.robustErrors[column], regression.groupErrors[column],
                        multiplier, regression.groupErrors[column] / book.underWay,
                        isClass ? WeatherEffects.standard.value(.transit, kind.name) : nil,
                    ]))
            guard isClass else { continue }
            guard multiplier > 0 else {
                throw InputError(
                    found: "\(kind.name) that saves more than the minutes under way", expected: "delays in minutes")
            }
            fields.append(FittedField(kind.name, .number(multiplier)))
        }
        func text(_ value: Double, _ digits: Int = 4) -> String {
            plainNumber(DeterministicMath.rounded(value, significantDigits: digits))
        }
        return FittedPart(
            fit: name, perturbation: "weather_effects",
            fields: fields.isEmpty ? [] : [FittedField("transit", .record(fields))],
            tables: [
                FactTable(
                    title: "Delay by weather: minutes on record, and added at the same hour of the day",
                    columns: [
                        "departures", "mean delay", "added", "standard error", "by day", "multiplier", "its error",
                        "standard table",
                    ], rows: rows, countColumns: 1, decimals: 3)
            ],
            notes: [
                "\(regression.count) departures, \(text(book.underWay)) minutes under way on average; \(book.cancelled) "
                    + "that never left and \(book.unmatched) without the weather of their hour are left out; R² "
                    + "\(text(regression.rSquared, 3)).",
                "The standard error takes departures for independent, the one by day does not: they are late together. "
                    + "Ice and storm levels are not in the record, and keep the standard table's values.",
            ])
    }

    /// Delays by hour of the day, class of weather and day.
    private struct Book {
        /// Cells in a fixed order; columns are the hour, then the class unless clear.
        var cells: [CellRegression.Cell] = []
        /// Mean minutes under way.
        var underWay = 0.0
        /// Departures that never left.
        var cancelled = 0
        /// Departures without weather.
        var unmatched = 0

        init(_ delays: [DelayRecord], weather: [PlaceRecord]) throws(InputError) {
            var known: [[Int]: CellRegression.Cell] = [:]
            var (travelled, travellers) = (0.0, 0)
            for record in delays {
                let classes = HourClasses(try Self.weather(of: record, among: weather))
                for (position, hour) in record.hours.enumerated() {
                    if !record.underWay[position].isNaN {
                        travelled += record.underWay[position]
                        travellers += 1
                    }
                    guard let kind = classes.kind(at: hour) else {
                        unmatched += 1
                        continue
                    }
                    guard !record.minutes[position].isNaN else {
                        cancelled += 1
                        continue
                    }
                    let (day, hourOfDay) = (hour / 24, hour % 24)
                    let columns = [hourOfDay] + (kind.map { [$0.rawValue] } ?? [])
                    known[[day] + columns, default: CellRegression.Cell(group: day, columns: columns)]
                        .add(record.minutes[position])
                }
            }
            cells = known.keys.sorted { $0.lexicographicallyPrecedes($1) }.compactMap { known[$0] }
            underWay = travellers > 0 ? travelled / Double(travellers) : 0
        }

        /// The weather of a place: that of its name, or the only one there is.
        private static func weather(
            of delays: DelayRecord, among places: [PlaceRecord]
        ) throws(InputError) -> PlaceRecord {
            if let named = places.first(where: { $0.place == delays.place }) { return named }
            if places.count == 1 { return places[0] }
            throw InputError(
                unknown: "place of weather", word: delays.place, among: places.map(\.place))
        }

        /// Number and mean delay of a class over all hours; nil = clear.
        func total(_ kind: Int?) -> (count: Double, mean: Double) {
            var (count, sum) = (0.0, 0.0)
            for cell in cells where cell.columns.dropFirst().first == kind {
                count += cell.count
                sum += cell.sum
            }
            return (count, count == 0 ? .nan : sum / count)
        }
    }

    /// The class of weather of each hour of a place.
    private struct HourClasses {
        private let first: Int
        private let rain: [Double]
        private let celsius: [Double]?
        private let visibility: [Double]?

        init(_ record: PlaceRecord) {
            first = record.first
            rain = record[.precipitation] ?? []
            celsius = record[.temperature]
            visibility = record[.visibility]
        }

        /// nil where the hour is not known, `.some(nil)` where it is clear.
        func kind(at hour: Int) -> Kind?? {
            let position = hour - first
            guard rain.indices.contains(position), !rain[position].isNaN else { return nil }
            guard rain[position] >= 0.1 else {
                let isLow = visibility.map { $0[position] < lowVisibilityKilometres } ?? false
                return .some(isLow ? .lowVisibility : nil)
            }
            if let celsius, celsius[position] <= TemperatureFit.snowBelowCelsius { return .snow }
            return rain[position] >= 2.5 ? .heavyRain : .rain
        }
    }
}
