import Domain
import Storage

/// Hourly weather as Open-Meteo's archive and forecast interfaces answer: an object, or a list of objects for several places, with
/// `hourly.time` and, of `precipitation`, `temperature_2m`, `wind_speed_10m` and `visibility`, those that were asked for.
///
/// `hourly_units` is checked and converted: mm or inch; °C or °F; km/h, m/s, mp/h (also mph) or kn; m or ft. null is missing.
/// Times are the file's own clock (`timezone=auto` for the local one), hour by hour, each once. A place is called by its
/// latitude and longitude.
struct OpenMeteoReader: SeriesReader {
    let name = "open_meteo"
    let summary = "JSON of Open-Meteo's hourly archive"

    /// Keys of what is read, and what one of their units is in ours: value x factor + offset.
    private static let variables: [(key: String, quantity: SeriesQuantity, units: [(String, Double, Double)])] = [
        ("precipitation", .precipitation, [("mm", 1, 0), ("inch", 25.4, 0)]),
        ("temperature_2m", .temperature, [("°C", 1, 0), ("°F", 1 / 1.8, -32 / 1.8)]),
        (
            "wind_speed_10m", .wind,
            [("km/h", 1 / 3.6, 0), ("m/s", 1, 0), ("mp/h", 0.447_04, 0), ("mph", 0.447_04, 0), ("kn", 1.852 / 3.6, 0)]
        ),
        ("visibility", .visibility, [("m", 0.001, 0), ("ft", 0.000_304_8, 0)]),
    ]

    func recognises(_ opening: SeriesOpening) -> Bool {
        opening.line.hasPrefix("{") || opening.line.hasPrefix("[")
    }

    func read(_ path: String, options: ReadingOptions) throws(InputError) -> SeriesContent {
        var parser = JSONParser(file: path, bytes: try ByteSource(path: path).readAll())
        let document = try parser.document()
        var places: [PlaceRecord] = []
        for answer in document.elements ?? [document] {
            let record = try record(answer, parser)
            guard !places.contains(where: { $0.place == record.place }) else {
                throw parser.error(answer, expected: "each place once, and \(record.place) was there")
            }
            places.append(record)
        }
        return SeriesContent(places: places)
    }

    /// The record of one place.
    private func record(_ answer: JSONTree, _ parser: JSONParser) throws(InputError) -> PlaceRecord {
        guard let hourly = answer["hourly"], let time = hourly["time"], let times = time.elements else {
            throw parser.error(answer, expected: "an answer of Open-Meteo with 'hourly' and its 'time'")
        }
        guard let latitude = answer["latitude"]?.number, let longitude = answer["longitude"]?.number else {
            throw parser.error(answer, expected: "an answer with 'latitude' and 'longitude'")
        }
        let place = "\(plainNumber(latitude)),\(plainNumber(longitude))"
        var hours: [Int] = []
        var seen: Set<Int> = []
        for time in times {
            guard let text = time.text, let (step, index) = TimeColumns.step(text), step == .hour else {
                throw parser.error(time, expected: "an hour such as 2020-01-01T00:00")
            }
            guard seen.insert(index).inserted else { throw parser.error(time, expected: "each hour once") }
            hours.append(index)
        }
        guard !hours.isEmpty else { throw parser.error(time, expected: "one hour at least") }
        var builder = RecordBuilder(step: .hour)
        var isEmpty = true
        for (key, quantity, units) in Self.variables {
            guard let given = hourly[key] else { continue }
            isEmpty = false
            let (factor, offset) = try conversion(key, units, of: answer, parser)
            guard let values = given.elements, values.count == hours.count else {
                throw InputError(
                    at: parser.location(of: given.offset),
                    found: given.elements.map { "\($0.count) values for \(key)" } ?? given.found,
                    expected: "a list of \(hours.count) values, one for each of its times")
            }
            for (hour, value) in zip(hours, values) {
                if case .null = value.content {
                    builder.add(.nan, quantity, place: place, at: hour)
                } else if let number = value.number {
                    builder.add(number * factor + offset, quantity, place: place, at: hour)
                } else {
                    throw parser.error(value, expected: "a number or null for \(key)")
                }
            }
        }
        guard !isEmpty, let record = builder.records().first else {
            throw InputError(
                at: parser.location(of: hourly.offset), found: "hours without a series that is read",
                expected: "one of " + Self.variables.map(\.key).joined(separator: ", "))
        }
        return record
    }

    /// How a variable's unit becomes ours.
    private func conversion(
        _ key: String, _ units: [(String, Double, Double)], of answer: JSONTree, _ parser: JSONParser
    ) throws(InputError) -> (factor: Double, offset: Double) {
        guard let unit = answer["hourly_units"]?[key] else {
            throw parser.error(answer["hourly_units"] ?? answer, expected: "'hourly_units' with the unit of \(key)")
        }
        guard let known = units.first(where: { $0.0 == unit.text }) else {
            throw parser.error(
                unit, expected: "a unit of \(key): " + units.map(\.0).joined(separator: ", "),
                suggestion: unit.text.flatMap { nearestWord(to: $0, among: units.map(\.0)) })
        }
        return (known.1, known.2)
    }
}
