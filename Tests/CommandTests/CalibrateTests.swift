import Foundation
import Storage
import Testing

/// `sandtable calibrate` from a file to a scenario that runs.
struct CalibrateTests {
    /// A year of hours: rain every fourth day for three hours, snow in January, wind on the first of each month.
    private static func weather() -> String {
        var text = "timestamp,precipitation,temperature,wind_speed\n"
        for day in 0..<365 {
            let date = Date(timeIntervalSince1970: Double(day) * 86_400).formatted(.iso8601.year().month().day())
            for hour in 0..<24 {
                let isWet = day % 4 == 0 && (6..<9).contains(hour)
                let celsius = (date.contains("-01-") ? -3 : 12) + (hour % 5)
                let metres = date.hasSuffix("-01") && hour < 8 ? 12 : 4
                text +=
                    "\(date) \(hour < 10 ? "0" : "")\(hour):00,\(isWet ? (hour == 7 ? 4 : 1) : 0),\(celsius),\(metres)\n"
            }
        }
        return text
    }

    /// The fixture scenario with another world.
    private static func scenario(_ block: String, in folder: ScratchFolder) throws {
        let scenario = try folder.text("corners.yaml")
        let start = try #require(scenario.range(of: "world:\n"))
        let end = try #require(scenario.range(of: "outage_detection_minutes"))
        try AtomicFile.write(
            scenario.replacingCharacters(in: start.lowerBound..<end.lowerBound, with: block),
            to: folder.path + "/fitted.yaml")
    }

    @Test("The block of a fit to weather, with its comments, is a world that check accepts and run replays")
    func weatherBlock() throws {
        let folder = try ScratchFolder()
        try AtomicFile.write(Self.weather(), to: folder.path + "/weather.csv")
        let fit = try SandtableProcess.run(["calibrate", "weather.csv"], in: folder)
        #expect(fit.code == 0, "\(fit.notes)")
        for key in [
            "wet_share_by_month", "heavy_share_by_month", "mean_celsius_by_month", "snow_below",
            "wind_storm_share_by_month", "wind_rise_share", "wind_hours",
        ] {
            #expect(fit.output.contains("\n    \(key): "), "\(key)")
        }
        #expect(fit.output.contains("# P(wet to wet)") && fit.output.contains("# storm share"))
        try Self.scenario(fit.output, in: folder)
        let check = try SandtableProcess.run(["check", "fitted.yaml"], in: folder)
        #expect(check.code == 0, "\(check.notes)")
        let run = try SandtableProcess.run(
            ["run", "fitted.yaml", "--replications", "2", "--output", "out"], in: folder)
        #expect(run.code == 0 || run.code == 3, "\(run.notes)")
    }

    @Test("Blocks of traffic and of the effects of weather are accepted too, all in one world")
    func otherBlocks() throws {
        let folder = try ScratchFolder()
        try AtomicFile.write(Self.weather(), to: folder.path + "/weather.csv")
        var roads = "timestamp,id,travel_time\n"
        var delays = "timestamp,delay,under_way\n"
        for day in 1...28 {
            for hour in 0..<24 {
                let stamp = "1970-02-\(day < 10 ? "0" : "")\(day) \(hour < 10 ? "0" : "")\(hour):00"
                roads += "\(stamp),a,\(20 + (hour * day) % 7)\n\(stamp),b,\(30 + (hour + day) % 5)\n"
                for number in 0..<3 {
                    delays += "\(stamp),\((day * 24 + hour) % 6 + number + ((5..<9).contains(hour) ? 9 : 0)),60\n"
                }
            }
        }
        try AtomicFile.write(roads, to: folder.path + "/roads.csv")
        try AtomicFile.write(delays, to: folder.path + "/delays.csv")
        let traffic = try SandtableProcess.run(["calibrate", "--kind", "traffic", "roads.csv"], in: folder)
        let effects = try SandtableProcess.run(
            ["calibrate", "--kind", "effects", "weather.csv", "delays.csv"], in: folder)
        #expect(traffic.code == 0 && effects.code == 0, "\(traffic.notes)\(effects.notes)")
        #expect(effects.output.contains("  weather_effects:\n    transit: {rain: "), "\(effects.output)")
        func block(_ output: String) -> Substring {
            output.dropFirst(
                output.firstRange(of: "world:\n").map { output.distance(from: output.startIndex, to: $0.upperBound) }
                    ?? 0)
        }
        try Self.scenario("world:\n" + block(traffic.output) + block(effects.output), in: folder)
        let check = try SandtableProcess.run(["check", "fitted.yaml"], in: folder)
        #expect(check.code == 0, "\(check.notes)")
    }

    @Test("As JSON the same values stand under world, and the facts with their standard errors in tables")
    func json() throws {
        let folder = try ScratchFolder()
        try AtomicFile.write(Self.weather(), to: folder.path + "/weather.csv")
        let text = try SandtableProcess.run(["calibrate", "weather.csv"], in: folder).output
        let process = try SandtableProcess.run(["calibrate", "weather.csv", "--json"], in: folder)
        let object = try #require(
            try JSONSerialization.jsonObject(with: Data(process.output.utf8)) as? [String: Any])
        let world = try #require((object["world"] as? [String: Any])?["generated_weather"] as? [String: Any])
        let hours = try #require(world["wind_hours"] as? Double)
        #expect(text.contains("wind_hours: \(hours)\n") || text.contains("wind_hours: \(Int(hours))\n"))
        let parts = try #require(object["parts"] as? [[String: Any]])
        #expect(parts.map { $0["fit"] as? String } == ["rain", "temperature", "wind"])
        let table = try #require((parts[0]["tables"] as? [[String: Any]])?.first)
        #expect(table["columns"] as? [String] == ["record", "standard error", "generated"])
        let row = try #require((table["rows"] as? [[String: Any]])?.first)
        #expect((row["values"] as? [Double])?.count == 3 && row["name"] as? String == "wet share")
    }

    @Test("A broken file, a file without the columns and an unknown place end with exit code 2 and their place")
    func refused() throws {
        let folder = try ScratchFolder()
        try AtomicFile.write("{\"latitude\": 1, \"hourly\": {\"time\": [\"2020", to: folder.path + "/broken.json")
        let broken = try SandtableProcess.run(["calibrate", "broken.json"], in: folder)
        #expect(broken.code == 2 && broken.output.isEmpty)
        #expect(broken.notes.contains("broken.json:1:42: found the end of the file"), "\(broken.notes)")
        try AtomicFile.write("a,b\n1,2\n", to: folder.path + "/none.csv")
        let none = try SandtableProcess.run(["calibrate", "none.csv"], in: folder)
        #expect(none.code == 2 && none.notes.contains("none.csv:1: found the columns a, b"), "\(none.notes)")
        try AtomicFile.write("time,city,rain\n2020-01-01 00:00,Hangzhou,1\n", to: folder.path + "/city.csv")
        let place = try SandtableProcess.run(["calibrate", "city.csv", "--place", "Hangzou"], in: folder)
        #expect(place.code == 2 && place.notes.contains("did you mean 'Hangzhou'?"), "\(place.notes)")
        let roads = try SandtableProcess.run(["calibrate", "city.csv", "--kind", "traffic"], in: folder)
        #expect(roads.code == 2 && roads.notes.contains("expected hourly travel times"), "\(roads.notes)")
        let reader = try SandtableProcess.run(["calibrate", "city.csv", "--reader", "colums"], in: folder)
        #expect(reader.code == 2 && reader.notes.contains("did you mean 'columns'?"), "\(reader.notes)")
    }
}
