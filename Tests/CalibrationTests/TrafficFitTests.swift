import DeterministicMath
import Sampling
import Testing

@testable import Calibration

@Suite struct TrafficFitTests {
    @Test("A fit of generated traffic finds the profile, spread and persistence it was made with")
    func found() throws {
        let draws = Draws(seed: 3, replication: 0)
        let records = (0..<6).map { road in
            var level = 0.0
            let values = (0..<(24 * 7 * 30)).map { hour -> Double in
                let uniform = draws.uniform(.test, entity: UInt64(road), draw: hour)
                level = 0.6 * level + 0.8 * 0.1 * DeterministicMath.normalQuantile(uniform)
                return 30 * (hour % 24 == 8 ? 1.4 : 1) * DeterministicMath.exp(level)
            }
            return PlaceRecord(place: "\(road)", values: [.travelTime: values])
        }
        let facts = try #require(TrafficFacts(records))
        #expect(abs(facts.deviation - 0.1) < 0.006)
        #expect(abs(facts.persistence - 0.6) < 0.03)
        #expect(abs(facts.crossCorrelation) < 0.05)
        #expect(abs(facts.profile[8] / facts.profile[9] - 1.4) < 0.05)
        // Hour 0 of 1970 was a Thursday's.
        #expect(TrafficFacts.position(0) == 72 && TrafficFacts.position(-73) == 167)
    }

    @Test(
        "Oregon's travel times are met by generated ones: spread, persistence, what roads share, within twice the error"
    )
    func recorded() throws {
        guard let path = sharedSeries("traffic/odot_travel_times_hourly_2022.csv.zst") else { return }
        let series = try SeriesReaderCatalogue.read([path])
        #expect(series.places.count == 6)
        let part = try #require(try TrafficFit().fit(series, options: FitOptions()))
        for row in part.tables[0].rows.prefix(3) {
            let (recorded, error) = (try #require(row.values[0]), try #require(row.values[1]))
            #expect(abs((row.values[2] ?? .nan) - recorded) <= 2 * error, "\(row)")
        }
        // What calibration by hand found: .25 between roads of the corridor, .083 to .163 by road.
        let facts = try #require(TrafficFacts(series.places(.hour, with: .travelTime)))
        #expect(abs(facts.crossCorrelation - 0.25) < 0.01)
        #expect(facts.deviation > 0.083 && facts.deviation < 0.163)
        #expect(facts.persistence > 0.19 && facts.persistence < 0.56)
        let hours = part.tables[0].rows.dropFirst(3).filter { $0.values[0] != nil }
        #expect(hours.count == 5)
        for row in hours {
            #expect(abs((row.values[2] ?? .nan) / (row.values[0] ?? .nan) - 1) < 0.03, "\(row)")
        }
    }

    @Test("Less than two days of every road is refused")
    func short() {
        let record = PlaceRecord(values: [.travelTime: [Double](repeating: 3, count: 40)])
        #expect {
            try TrafficFit().fit(SeriesContent(places: [record]), options: FitOptions())
        } throws: {
            "\($0)".contains("found no road with 48 hours above 0, expected two days of travel times")
        }
    }
}
