import Testing

@testable import Calibration

@Suite struct OpenMeteoReaderTests {
    /// An answer of the archive for two hours and a gap, with pieces to replace.
    private static let answer = """
        {
          "latitude": 30.25, "longitude": 120.125, "utc_offset_seconds": 28800, "timezone": "Asia/Shanghai",
          "hourly_units": {"time": "iso8601", "precipitation": "mm", "temperature_2m": "°C", "wind_speed_10m": "km/h"},
          "hourly": {
            "time": ["2020-01-01T00:00", "2020-01-01T01:00", "2020-01-01T02:00"],
            "precipitation": [0.1, null, 2.5],
            "temperature_2m": [-0.5, 1.25, null],
            "wind_speed_10m": [36, 18.0, 0]
          }
        }
        """

    private func message(replacing old: String, by new: String) throws -> String {
        #expect(Self.answer.contains(old))
        return try TextFile(Self.answer.replacing(old, with: new), named: "json").message() ?? "read"
    }

    @Test("Hours are read in millimetres, Celsius and metres a second, null is missing, the place is its coordinates")
    func reading() throws {
        let place = try #require(try TextFile(Self.answer, named: "json").content().places.first)
        #expect(place.place == "30.25,120.125" && place.step == .hour && place.count == 3)
        #expect(place.clock(0).year == 2_020 && place.clock(0).secondOfDay == 0)
        let rain = try #require(place[.precipitation])
        #expect(rain[0] == 0.1 && rain[1].isNaN && rain[2] == 2.5)
        #expect(place[.temperature]?[1] == 1.25 && place[.temperature]?[2].isNaN == true)
        #expect(abs((place[.wind]?[0] ?? 0) - 10) < 1e-12 && abs((place[.wind]?[1] ?? 0) - 5) < 1e-12)
    }

    @Test("Other units of the interface are converted")
    func units() throws {
        let text = Self.answer.replacing("\"mm\"", with: "\"inch\"").replacing("°C", with: "°F")
            .replacing("km/h", with: "kn")
        let place = try TextFile(text, named: "json").content().places[0]
        #expect(place[.precipitation]?[2] == 63.5)
        #expect(abs((place[.temperature]?[0] ?? 0) + 18.055_555_555_555_557) < 1e-9)
        #expect(abs((place[.wind]?[0] ?? 0) - 18.52) < 1e-9)
    }

    @Test("A list of answers is a place each")
    func severalPlaces() throws {
        let text = "[" + Self.answer + "," + Self.answer.replacing("30.25", with: "31") + "]"
        #expect(try TextFile(text, named: "json").content().places.map(\.place) == ["30.25,120.125", "31,120.125"])
        let twice = try TextFile("[\(Self.answer), \(Self.answer)]", named: "json").message()
        #expect(twice?.contains("expected each place once") == true)
    }

    @Test("A file that ends too early is told where it ends")
    func truncated() throws {
        let text = String(Self.answer.prefix(while: { $0 != "[" })) + "[\"2020-01-01T00:00\", \"2020"
        let message = try TextFile(text, named: "json").message() ?? "read"
        #expect(message == "file:5:39: found the end of the file, expected the closing quote of a text", "\(message)")
        let open = try TextFile("{\"hourly\": {\"time\": [1, 2", named: "json").message()
        #expect(open == "file:1:26: found the end of the file, expected ',' or ']'")
    }

    @Test("Lists of different lengths, hours that come twice and what is no hour are told with line and column")
    func malformedHours() throws {
        #expect(
            try message(replacing: "[0.1, null, 2.5]", by: "[0.1, null]")
                == "file:6:22: found 2 values for precipitation, expected a list of 3 values, one for each of its times"
        )
        #expect(
            try message(replacing: "2020-01-01T02:00", by: "2020-01-01T01:00")
                == "file:5:54: found '2020-01-01T01:00', expected each hour once")
        #expect(
            try message(replacing: "\"2020-01-01T02:00\"", by: "1577836800")
                == "file:5:54: found 1577836800, expected an hour such as 2020-01-01T00:00")
        #expect(try message(replacing: "2020-01-01T02:00", by: "2020-02-30T02:00").contains("found '2020-02-30T02:00'"))
    }

    @Test("A wrong unit and a value that is no number are told with line and column, and a unit with the nearest")
    func malformedValues() throws {
        #expect(
            try message(replacing: "\"km/h\"", by: "\"km/s\"")
                == "file:3:104: found 'km/s', expected a unit of wind_speed_10m: km/h, m/s, mp/h, mph, kn; "
                + "did you mean 'km/h'?")
        #expect(
            try message(replacing: "\"precipitation\": \"mm\", ", by: "").contains(
                "expected 'hourly_units' with the unit of precipitation"))
        #expect(
            try message(replacing: "2.5]", by: "\"2.5\"]")
                == "file:6:34: found '2.5', expected a number or null for precipitation")
        #expect(try message(replacing: "2.5]", by: "2,5x]") == "file:6:36: found '5x]', expected a value")
        #expect(try message(replacing: "2.5]", by: "NaN]").contains("file:6:34: found 'NaN]', expected a value"))
        let empty = Self.answer.replacing("\"precipitation\": [", with: "\"rain\": [")
            .replacing("\"temperature_2m\": [", with: "\"dew\": [").replacing(
                "\"wind_speed_10m\": [", with: "\"gusts\": [")
        let none = try TextFile(empty, named: "json").message() ?? "read"
        #expect(none.contains("file:4:13: found hours without a series that is read, expected one of precipitation"))
    }

    @Test("JSON of any kind is read as it stands, and broken JSON told where it breaks")
    func json() throws {
        func tree(_ text: String) throws -> JSONTree {
            var parser = JSONParser(file: "file", bytes: Array(text.utf8))
            return try parser.document()
        }
        let value = try tree(#" {"a": [1e3, -2.5, true, null], "b": {"c": "x\n\u00e9\ud83d\ude00"}} "#)
        #expect(value["a"]?.elements?.count == 4 && value["a"]?.elements?[0].number == 1_000)
        #expect(value["b"]?["c"]?.text == "x\né😀")
        for (text, message) in [
            ("{\"a\" 1}", "file:1:6: found '1}', expected ':' after the key 'a'"),
            ("{\"a\": 1, \"a\": 2}", "file:1:10: found the key 'a' more than once, expected each key once"),
            ("[1] 2", "file:1:5: found text after the end of the document, expected nothing more"),
            ("[1 2]", "file:1:4: found '2]', expected ',' or ']'"),
            ("[\"a\nb\"]", "file:1:4: found a line break within a text, expected its closing quote"),
            ("\n{é}", "file:2:2: found 'é}', expected a key in quotes"),
            ("", "file:1:1: found the end of the file, expected a value"),
        ] {
            #expect { try tree(text) } throws: {
                let found = "\($0)"
                if found != message { print(found) }
                return found == message
            }
        }
        let deep = String(repeating: "[", count: 10_000)
        #expect { try tree(deep) } throws: { "\($0)".contains("nesting without end") }
    }
}
