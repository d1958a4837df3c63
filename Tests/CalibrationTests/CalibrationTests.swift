import DeterministicMath
import Foundation
import Sampling
import Testing

@testable import Calibration

@Suite struct CalibrationTests {
    /// A file with some text, removed with the value.
    private final class TextFile {
        let path = FileManager.default.temporaryDirectory.appending(path: "series-\(UUID().uuidString).csv").path

        init(_ text: String) throws { try Data(text.utf8).write(to: URL(filePath: path)) }
        deinit { try? FileManager.default.removeItem(atPath: path) }
    }

    @Test("Hours are found by date columns or a timestamp, gaps stay gaps, and rows of one hour are averaged")
    func reading() throws {
        let parts = try TextFile(
            "year,month,day,hour,RAIN,station\n2013,3,1,0,1.5,A\n2013,3,1,2,NA,A\n2013,3,1,3,0,A\n2013,3,1,0,2,B\n")
        let places = try HourlyRecord.read(parts.path, .precipitation)
        #expect(places.map(\.place) == ["A", "B"])
        let first = places[0].record
        #expect(first.values.count == 4 && first.values[0] == 1.5 && first.values[1].isNaN && first.values[2].isNaN)
        #expect(first.values[3] == 0)
        #expect(
            HourlyRecord.clock(ofHour: first.hours[0]).month == 3
                && HourlyRecord.clock(ofHour: first.hours[0]).year == 2_013)
        // 1 March 2013 was a Friday.
        #expect(
            HourlyRecord.clock(ofHour: first.hours[0]).weekday == 4
                && HourlyRecord.clock(ofHour: first.hours[3]).secondOfDay == 10_800)
        let stamped = try TextFile("timestamp,travel_time,id\n2022-09-02 06:00:00,20,7\n2022-09-02 06:15:00,30,7\n")
        let road = try HourlyRecord.read(stamped.path, .traffic)
        #expect(road.map(\.place) == ["7"] && road[0].record.values == [25])
    }

    @Test("A file without the columns, and a cell that is no number, are refused at their place")
    func refused() throws {
        let none = try TextFile("a,b\n1,2\n")
        #expect(throws: (any Error).self) { try HourlyRecord.read(none.path, .precipitation) }
        let bad = try TextFile("year,month,day,hour,rain\n2013,3,1,0,wet\n")
        #expect { try HourlyRecord.read(bad.path, .precipitation) } throws: { "\($0)".contains(":2:12: found 'wet'") }
    }

    @Test("Facts of rain are counted as defined, and a gap cuts neither pair nor spell")
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
    }

    @Test("A fit of generated traffic finds the profile, spread and persistence it was made with")
    func traffic() throws {
        let draws = Draws(seed: 3, replication: 0)
        let records = (0..<6).map { road in
            var level = 0.0
            let hours = Array(0..<(24 * 7 * 30))
            let values = hours.map { hour -> Double in
                let uniform = draws.uniform(.test, entity: UInt64(road), draw: hour)
                level = 0.6 * level + 0.8 * 0.1 * DeterministicMath.normalQuantile(uniform)
                let profile = HourlyRecord.clock(ofHour: hour).secondOfDay == 28_800 ? 1.4 : 1.0
                return 30 * profile * DeterministicMath.exp(level)
            }
            return HourlyRecord(hours: hours, values: values)
        }
        let fit = try TrafficFit(records)
        #expect(abs(fit.residualDeviation - 0.1) < 0.006)
        #expect(abs(fit.persistence - 0.6) < 0.03)
        #expect(abs((fit.crossCorrelation ?? 1)) < 0.05)
        let ratio = fit.profile[8] / fit.profile[9]
        #expect(abs(ratio - 1.4) < 0.05)
    }

    @Test(
        "Beijing's and Shanghai's hourly rain is met within twice its standard error",
        arguments: ["Beijing", "Shanghai"])
    func recordedRain(_ city: String) throws {
        guard let shared = ProcessInfo.processInfo.environment["SANDTABLE_SHARED"] else {
            print("skipped: the recorded series are not beside the checkout (SANDTABLE_SHARED)")
            return
        }
        let path = shared + "/datasets/weather/\(city)PM20100101_20151231.csv.zst"
        let fit = try RainFit(try #require(try HourlyRecord.read(path, .precipitation).first).record)
        #expect(fit.standardErrors.count == RainFacts.names.count)
        for (index, name) in RainFacts.names.enumerated() {
            let distance = abs(fit.generated.values[index] - fit.recorded.values[index])
            #expect(distance <= 2 * fit.standardErrors[index], "\(name): \(fit)")
        }
    }
}
