import Domain
import History
import Sampling
import Testing

@testable import Generation

@Suite("Recorded weather, traffic and signals")
struct SeriesTests {
    private func seriesNetwork(_ section: String, days: Int = 2) throws -> Network {
        try makeNetwork(minimalSpec(("stock:", section + "\nstock:"), ("days: 2", "days: \(days)")))
    }

    @Test("A random field is standard normal over names, with the stated correlation in place and time")
    func field() throws {
        let specification = try FieldSpecification(nil, lengthKilometres: 100, hours: 5)
        let draws = Draws(seed: 1, replication: 0)
        let here = Place(x: 120, y: 30)
        // 100 km to the north.
        let there = Place(x: 120, y: 30 + 100 / ZonePlacement.kilometresPerDegree)
        var sums = (square: 0.0, apart: 0.0, later: 0.0, mean: 0.0)
        let count = 2000
        for number in 0..<count {
            let field = RandomField(name: "field \(number)", field: specification, draws: draws)
            let value = field.value(at: here, hour: 10)
            sums.mean += value
            sums.square += value * value
            sums.apart += value * field.value(at: there, hour: 10)
            sums.later += value * field.value(at: here, hour: 15)
        }
        let n = Double(count)
        // Standard errors of such means are at most sqrt(2 / n) = .032.
        #expect(abs(sums.mean / n) < 4 * 0.0224)
        #expect(abs(sums.square / n - 1) < 4 * 0.032)
        #expect(abs(sums.apart / n - 0.6065) < 4 * 0.032)
        #expect(abs(sums.later / n - 0.3679) < 4 * 0.032)
    }

    @Test("Over a year the wet share, the heavy share and the light range are as stated")
    func wetShare() throws {
        let network = try seriesNetwork("weather: {wet_share: 0.2, heavy_share: 0.25}", days: 366)
        let weather = try #require(RecordedSeries(network).weather)
        let hours = weather.classes.count
        let wet = weather.classes.indices.filter { weather.classes[$0] != .clear }
        // Two regions x 8,784 hours with a correlation time of 4 hours: a standard error of about .012.
        #expect(abs(Double(wet.count) / Double(hours) - 0.2) < 0.05)
        let heavy = wet.filter { weather.classes[$0] == .heavyRain }
        #expect(abs(Double(heavy.count) / Double(wet.count) - 0.25) < 0.1)
        #expect(wet.allSatisfy { (0.1...60).contains(weather.intensities[$0]) })
        #expect(heavy.allSatisfy { weather.intensities[$0] >= 2.5 })
        let spells = zip(weather.classes, weather.classes.dropFirst()).count { $0.0 == .clear && $0.1 != .clear }
        // Rough in time: spells last a few hours on average.
        #expect((1.5...8).contains(Double(wet.count) / Double(spells)))
    }

    @Test("It snows where it is cold, at night more than by day")
    func snow() throws {
        let temperature =
            "temperature: {mean_celsius: 1, reference_latitude: 52, daily_amplitude: 4, spread: 1, "
            + "snow_below_celsius: 0.5}"
        let network = try seriesNetwork("weather: {wet_share: 1, \(temperature)}", days: 100)
        let weather = try #require(RecordedSeries(network).weather)
        var snow = (night: 0, day: 0)
        for hour in 0..<network.specification.clock.hourCount where weather.classes[hour] == .snow {
            if (0..<6).contains(hour % 24) { snow.night += 1 }
            if (12..<18).contains(hour % 24) { snow.day += 1 }
        }
        #expect(snow.night > 500 && snow.day < 100)
    }

    @Test("A storm ramps up to its level in its regions only, and its hours have its class")
    func storm() throws {
        let network = try seriesNetwork(
            """
            weather:
              wet_share: 0
              storms:
                - {regions: [south], from: 2026-01-12T06:00:00, to: 2026-01-12T14:00:00, ramp_hours: 2, level: 4, intensity: 3}
            """)
        let weather = try #require(RecordedSeries(network).weather)
        #expect((0..<48).allSatisfy { weather.classes[$0] == .clear && weather.stormLevels[$0] == 0 })
        let south = (48..<96).map { weather.stormLevels[$0] }
        // Taken at half past: ramps of 1, 3 of 4 levels at 6:30 and 7:30.
        #expect(Array(south[5..<15]) == [0, 1, 3, 4, 4, 4, 4, 3, 1, 0])
        #expect(Array(weather.classes[(48 + 5)..<(48 + 9)]) == [.clear, .ice, .ice, .ice])
        #expect(weather.intensities[48 + 9] == 3)
    }

    @Test("Congestion without spread is the profile of the local hour; with it, the mean stays")
    func traffic() throws {
        let profile = (0..<24).map { "\(1 + Double($0) / 100)" }.joined(separator: ", ")
        let plain = try #require(RecordedSeries(seriesNetwork("traffic: {hours: [\(profile)]}")).traffic)
        #expect((0..<48).allSatisfy { abs(plain.values[$0] - (1 + Double($0 % 24) / 100)) < 1e-9 })
        let ones = [String](repeating: "1", count: 24).joined(separator: ", ")
        let noisy = try #require(
            RecordedSeries(seriesNetwork("traffic: {hours: [\(ones)], spread: 0.2}", days: 366)).traffic)
        let mean = noisy.values.reduce(0, +) / Double(noisy.values.count)
        #expect(abs(mean - 1) < 0.02)
        #expect(Set(noisy.values).count > 100)
    }

    @Test("A signal is its base plus its events")
    func signals() throws {
        let network = try seriesNetwork(
            """
            signals:
              premium:
                base: 0.1
                events:
                  - {regions: [east], from: 2026-01-12T06:00:00, to: 2026-01-12T10:00:00, ramp_hours: 1, add: 0.4}
            """)
        let signals = RecordedSeries(network).signals
        #expect(signals.map(\.name) == ["premium"])
        #expect(Array(signals[0].series.values[5..<11]) == [0.1, 0.3, 0.5, 0.5, 0.3, 0.1])
        #expect((48..<96).allSatisfy { signals[0].series.values[$0] == 0.1 })
    }
}
