import Domain
import Testing

@testable import Generation

@Suite("Errors in a generation spec")
struct SpecificationErrorTests {
    /// The message for a spec's text; nil if it is fine.
    private func message(_ text: String) -> String? {
        do {
            _ = try GenerationSpecification(yaml: text, file: "spec.yaml")
            return nil
        } catch {
            return error.description
        }
    }

    @Test("The article's minimal spec is fine")
    func minimal() throws {
        #expect(message(try minimalSpec()) == nil)
    }

    /// A wrong spec: what is replaced, by what; the words at which the error stands; the rest of the message.
    struct Case: Sendable, CustomTestStringConvertible {
        var old: String
        var new: String
        var place: String
        var expected: String
        var testDescription: String { expected }
    }

    @Test(
        "What is wrong is named with file, line and column, what was expected, and the nearest right word",
        arguments: [
            Case(
                old: "currency: EUR", new: "curency: EUR", place: "curency",
                expected: "found unknown key 'curency', expected one of basket, catchments, categories, channels, "
                    + "cities, currency, customers, days, demand, history, licence, name, node_types, nodes, open_orders, "
                    + "orders, origin, promise_by, promises, replenishments, sandtable_generation, seed, segments, "
                    + "services, signals, start, stock, tariffs, time_zone, traffic, transfers, weather, zones; "
                    + "did you mean 'currency'?"),
            Case(
                old: "currency: EUR\n", new: "", place: "sandtable_generation",
                expected: "found no 'currency', expected this key"),
            Case(
                old: "days: 2", new: "days: two", place: "two\n",
                expected: "found 'two' for days, expected a whole number from 1 to 366"),
            Case(
                old: "orders: 200", new: "orders: 0", place: "0\ncities",
                expected: "found '0' for orders, expected a whole number at least 1"),
            Case(
                old: "zones: 3}", new: "zonse: 3}", place: "zonse",
                expected: "found unknown key 'zonse', expected one of attractiveness, core_km, core_tags, "
                    + "density_km, id, lat, lon, name, population_millions, region, spacing_km, tags, zones; "
                    + "did you mean 'zones'?"),
            Case(
                old: "lat: 52.52", new: "lat: north", place: "north,",
                expected: "found 'north' for cities[0].lat, expected a number from -85 to 85"),
            Case(
                old: "id: leipzig,", new: "id: berlin,", place: "berlin, lon: 12",
                expected: "found 'berlin' for cities[1].id, expected an id that is not used yet"),
            Case(
                old: "city: leipzig", new: "city: leipzg", place: "leipzg",
                expected: "found unknown city 'leipzg' for nodes[1].city, expected one of berlin, leipzig; "
                    + "did you mean 'leipzig'?"),
            Case(
                old: "9, 9, 7, 4, 2]", new: "9, 9, 7, 4]", place: "[1, 1",
                expected: "found 23 entries for demand.hours, expected 24 entries"),
            Case(
                old: "time_zone: Europe/Berlin", new: "time_zone: Europe/Berlim", place: "Europe/Berlim",
                expected: "found unknown time zone 'Europe/Berlim', expected an IANA name such as Asia/Shanghai; "
                    + "did you mean 'Europe/Berlin'?"),
            Case(
                old: "start: 2026-01-12T00:00:00", new: "start: 2026-01-12T00:30:00", place: "2026-01-12T00:30",
                expected: "found '2026-01-12T00:30:00' for start, expected a local full hour such as "
                    + "2026-01-12T00:00:00"),
            Case(
                old: "tariff: parcel, fixed", new: "tariff: parsel, fixed", place: "parsel",
                expected: "found unknown tariff 'parsel' for services[0].tariff, expected one of parcel; "
                    + "did you mean 'parcel'?"),
            Case(
                old: "\"18:00\"", new: "\"18.00\"", place: "\"18.00",
                expected: "found '18.00' for services[0].cut_offs[1], expected a local time HH:MM"),
            Case(
                old: "price: 79", new: "price: [79]", place: "[79]",
                expected: "found a list for categories[1].price, expected keys and values"),
            Case(
                old: "stock: {cover_days: 3}", new: "stock: {cover_days: -3}", place: "-3}",
                expected: "found '-3' for stock.cover_days, expected a number from 0 to 10000"),
        ])
    func wrong(wrong: Case) throws {
        try check(wrong)
    }

    @Test(
        "Sections that the minimal spec leaves out are checked as closely",
        arguments: [
            Case(
                old: "stock:", new: "promises:\n  - {id: fast, share: 1}\nstock:", place: "{id: fast",
                expected: "found a promise without a time, expected 'within_hours', or 'days' and 'by'"),
            Case(
                old: "stock:",
                new: "promises:\n  - {id: fast, share: 1, within_hours: 3, by: \"10:00\"}\nstock:",
                place: "\"10:00\"", expected: "found 'by' beside 'within_hours', expected one of the two"),
            Case(
                old: "stock:", new: "segments:\n  - {id: all, share: 1, categories: {boks: 2}}\nstock:", place: "boks",
                expected: "found unknown category 'boks', expected one of books, lamps; did you mean 'books'?"),
            Case(
                old: "stock:",
                new: "weather:\n  wet_share: 0.1\n  storms:\n"
                    + "    - {from: 2026-01-13T18:00:00, to: 2026-01-13T06:00:00, level: 3}\nstock:",
                place: "2026-01-13T06",
                expected: "found '2026-01-13T06:00:00' for weather.storms[0].to, expected a time after 'from'"),
            Case(
                old: "stock:",
                new: "weather:\n  wet_share: 0.1\n  storms:\n"
                    + "    - {from: 2026-01-13T18:00:00, to: 2026-01-14T06:00:00, level: 3, regions: [est]}\nstock:",
                place: "est]",
                expected: "found unknown region 'est' for weather.storms[0].regions[0], expected one of east, "
                    + "south; did you mean 'east'?"),
            Case(
                old: "stock:", new: "history: {rule: nearest}\nstock:", place: "nearest",
                expected: "found unknown history rule 'nearest' for history.rule, expected one of "
                    + "city_warehouse_first"),
            Case(
                old: "stock:", new: "transfers:\n  - {from: [berlin], to: [leipzig-east], km_per_hour: 50}\nstock:",
                place: "berlin], to",
                expected: "found unknown node or node type 'berlin' for transfers[0].from[0], expected one of "
                    + "berlin-south, leipzig-east"),
            Case(
                old: "stock:", new: "basket: {lines: [0, 0]}\nstock:", place: "[0, 0]",
                expected: "found a list for basket.lines, expected at least one entry above 0"),
        ])
    func furtherSections(wrong: Case) throws {
        try check(wrong)
    }

    @Test("What is wrong in several sections and entries is told at once, and what builds upon them is left out")
    func severalErrors() throws {
        let text = try minimalSpec(
            ("currency: EUR", "currency: [EUR]"), ("lat: 52.52", "lat: north"), ("id: leipzig,", "id: 'leip zig',"),
            ("price: 79", "price: [79]"), ("orders: 200", "orders: 0"))
        let lines = try #require(message(text)).split(separator: "\n").map(String.init)
        #expect(
            lines.map { $0.drop { $0 != " " } } == [
                " found a list for currency, expected a text",
                " found '0' for orders, expected a whole number at least 1",
                " found 'north' for cities[0].lat, expected a number from -85 to 85",
                " found 'leip zig' for cities[1].id, expected an id of letters, digits, '-', '_' and '.'",
                " found a list for categories[1].price, expected keys and values",
            ])
        #expect(lines.allSatisfy { $0.contains(/^spec\.yaml:[0-9]+:[0-9]+:/) })
        let keys = try minimalSpec(("currency: EUR", "curency: EUR"), ("days: 2", "dais: 2"))
        #expect(message(keys)?.split(separator: "\n").count == 2)
    }

    @Test("Opening hours and distributions are read as in a dataset, with their place")
    func textForms() throws {
        let hours = try minimalSpec(("stations: 2", "stations: 2, opening_hours: Mo-Fr 8-20"))
        #expect(message(hours)?.hasPrefix("spec.yaml:20:81: found ") == true)
        let noise = try minimalSpec(("stations: 2", "stations: 2, service_distribution: lognormale:0.3"))
        #expect(
            message(noise)?.hasPrefix("spec.yaml:20:88: found unknown distribution 'lognormale:0.3'") == true)
        let broken = try minimalSpec(("stock: {cover_days: 3}", "stock: {cover_days: 3"))
        #expect(message(broken)?.hasPrefix("spec.yaml:27:1: found broken YAML") == true)
    }

    /// Holds the message of a wrong spec against its place and words.
    private func check(_ wrong: Case) throws {
        let text = try minimalSpec((wrong.old, wrong.new))
        let start = try #require(text.firstRange(of: wrong.place)).lowerBound
        let before = text[..<start]
        let line = before.count { $0 == "\n" } + 1
        let column = before.reversed().prefix { $0 != "\n" }.count + 1
        #expect(message(text) == "spec.yaml:\(line):\(column): \(wrong.expected)")
    }

    @Test("A spec whose hours of demand all fall outside the horizon is refused")
    func noDemand() throws {
        let text = try minimalSpec(("demand:\n", "demand:\n  weekdays: [0, 0, 0, 0, 0, 1, 1]\n"))
        let specification = try GenerationSpecification(yaml: text, file: "spec.yaml")
        #expect(
            throws: InputError(
                found: "no demand in any hour of the horizon", expected: "a city, an hour and a weekday above 0")
        ) {
            try Generator(specification)
        }
    }

    @Test("More tags than a dataset can have are refused")
    func tags() throws {
        let tags = (0..<128).map { "t\($0)" }.joined(separator: ", ")
        let text = try minimalSpec(("zones: 3}", "zones: 3, tags: [\(tags)]}"))
        #expect(message(text) == "spec.yaml: found 130 different tags, expected at most 128")
    }
}
