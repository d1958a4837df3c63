import Domain
import History
import Replay
import Storage

/// Reads the files of a world, each CSV, plain, `.gz` or `.zst`; one of them at least is there.
///
/// `noise.csv`: `order` (id, required), `shipment` (ordinal of the order's shipment, 0), `service_factor`,
/// `transit_factor` (numbers >= 0; how many times its mean the time took; blank = drawn). `traffic.csv`: `region`, `at`
/// (instant; the hour it falls in), `congestion` (> 0), all required, `hours` (1; how many hours from `at` on it holds).
/// An hour that is not listed is 1.
struct WorldFileReader {
    let dataset: Dataset

    /// Hours that traffic may reach beyond the dataset's end: as long as a replay may drain.
    private static let hoursBeyondEnd = 24 * 3_650

    /// Reads a folder.
    ///
    /// - Throws: ``InputError`` for a folder without either file, and at the place of what is wrong in one.
    func read(folder: String, named location: SourceLocation?) throws(InputError) -> WorldFile {
        let hash = SHA256()
        let noise = try open("noise.csv", in: folder)
        let traffic = try open("traffic.csv", in: folder)
        guard noise != nil || traffic != nil else {
            throw InputError(
                at: location, found: "no noise.csv and no traffic.csv in '\(folder)'",
                expected: "a folder with one of them, or both")
        }
        var factors: RecordedNoise?
        var congestion: HourlySeries?
        if let noise { factors = try readNoise(noise, into: hash) }
        if let traffic { congestion = try readTraffic(traffic, into: hash) }
        return WorldFile(noise: factors, traffic: congestion, contentHash: hash.finish())
    }

    /// A reader of a file, plain or compressed; nil if there is none.
    private func open(_ name: String, in folder: String) throws(InputError) -> CSVReader? {
        let present = Compression.Format.allCases.map { "\(folder)/\(name)\($0.suffix)" }.filter(FileSystem.exists)
        guard let path = present.first else { return nil }
        guard present.count == 1 else {
            throw InputError(
                at: SourceLocation(file: present[1]), found: "\(name) a second time", expected: "one file of it")
        }
        return try CSVReader(path: path)
    }

    /// The positions of columns by name; throws for one that is missing or unknown.
    private func columns(
        of reader: CSVReader, required: [String], optional: [String]
    ) throws(InputError) -> [String: Int] {
        var positions: [String: Int] = [:]
        let header = SourceLocation(file: reader.path, line: 1)
        for (position, name) in reader.header.enumerated() {
            guard (required + optional).contains(name) else {
                throw InputError(at: header, unknown: "column", word: name, among: required + optional)
            }
            positions[name] = position
        }
        for name in required where positions[name] == nil {
            throw InputError(
                at: header, found: "the columns " + reader.header.joined(separator: ", "),
                expected: "a column '\(name)'")
        }
        return positions
    }

    private func readNoise(_ reader: CSVReader, into hash: SHA256) throws(InputError) -> RecordedNoise {
        let columns = try columns(
            of: reader, required: ["order"], optional: ["shipment", "service_factor", "transit_factor"])
        let orders = Set((0..<dataset.orders.count).map { dataset.orders.idHashes[$0] })
        let order = columns["order"] ?? 0
        var noise = RecordedNoise()
        var rows: [(entity: UInt64, shipment: UInt64, service: UInt64, transit: UInt64)] = []
        while try reader.nextRow() {
            let entity = reader.withField(order) { StableHash.of($0) }
            guard orders.contains(entity) else { throw reader.error(order, expected: "the id of an order") }
            let shipment = try wholeNumber(reader, columns["shipment"], from: 0, to: 65_535) ?? 0
            let service = try factor(reader, columns["service_factor"])
            let transit = try factor(reader, columns["transit_factor"])
            guard noise.add(entity: entity, shipment: shipment, service: service, transit: transit) else {
                throw InputError(
                    at: reader.location(of: order),
                    found: "shipment \(shipment) of order \(reader.quoted(order)) twice", expected: "each once")
            }
            rows.append(
                (entity, UInt64(shipment), (service ?? .nan).bitPattern, (transit ?? .nan).bitPattern))
        }
        hash.update("noise")
        for row in rows.sorted(by: { ($0.entity, $0.shipment) < ($1.entity, $1.shipment) }) {
            for number in [row.entity, row.shipment, row.service, row.transit] { hash.update(number) }
        }
        return noise
    }

    private func readTraffic(_ reader: CSVReader, into hash: SHA256) throws(InputError) -> HourlySeries {
        let columns = try columns(of: reader, required: ["region", "at", "congestion"], optional: ["hours"])
        let limit = Int((dataset.description.end / 3_600).rounded(.up)) + Self.hoursBeyondEnd
        var instants = InstantParser(
            localTime: try LocalTime(timeZone: dataset.description.timeZone), start: dataset.description.start)
        var rows = [[Double]](repeating: [], count: dataset.regions.count)
        while try reader.nextRow() {
            let region = try region(reader, columns["region"] ?? 0)
            let first = try hour(reader, columns["at"] ?? 0, &instants, below: limit)
            let hours = try wholeNumber(reader, columns["hours"], from: 1, to: limit - first) ?? 1
            let column = columns["congestion"] ?? 0
            let congestion = try reader.double(column)
            guard congestion > 0, congestion <= 1e6 else { throw reader.error(column, expected: "a number above 0") }
            if rows[region].count < first + hours {
                rows[region] += [Double](repeating: .nan, count: first + hours - rows[region].count)
            }
            for hour in first..<(first + hours) {
                guard rows[region][hour].isNaN else {
                    throw InputError(
                        at: reader.location(of: columns["at"] ?? 0),
                        found: "hour \(hour) of region '\(dataset.regions[region])' twice", expected: "each once")
                }
                rows[region][hour] = congestion
            }
        }
        let series = series(of: rows)
        hash.update("traffic")
        for value in series.values { hash.update(value.bitPattern) }
        return series
    }

    /// Rows of regions as a series; hours that are not listed are neutral.
    private func series(of rows: [[Double]]) -> HourlySeries {
        let hourCount = rows.map(\.count).max() ?? 0
        var series = HourlySeries(regionCount: rows.count, hourCount: hourCount, neutral: 1)
        for (region, row) in rows.enumerated() {
            for (hour, value) in row.enumerated() where !value.isNaN {
                series.values[region * hourCount + hour] = value
            }
        }
        return series
    }

    /// A cell as a factor of a time, nil where blank or without a column.
    private func factor(_ reader: CSVReader, _ column: Int?) throws(InputError) -> Double? {
        guard let column, !reader.isBlank(column) else { return nil }
        let factor = try reader.double(column)
        guard factor >= 0, factor <= 1e6 else { throw reader.error(column, expected: "a number from 0 to 1000000") }
        return factor
    }

    /// A cell as a whole number in a range, nil where blank or without a column.
    private func wholeNumber(
        _ reader: CSVReader, _ column: Int?, from lower: Int, to upper: Int
    ) throws(InputError) -> Int? {
        guard let column, !reader.isBlank(column) else { return nil }
        let number = try reader.integer(column)
        guard number >= lower, number <= upper else {
            throw reader.error(column, expected: "a whole number from \(lower) to \(upper)")
        }
        return number
    }

    /// A cell as a region of the dataset.
    private func region(_ reader: CSVReader, _ column: Int) throws(InputError) -> Int {
        let name = try reader.text(column)
        guard let region = dataset.regions.firstIndex(of: name) else {
            throw InputError(
                at: reader.location(of: column), unknown: "region", word: name, among: dataset.regions)
        }
        return region
    }

    /// A cell as an instant's hour from the dataset's start on.
    private func hour(
        _ reader: CSVReader, _ column: Int, _ instants: inout InstantParser, below limit: Int
    ) throws(InputError) -> Int {
        guard let seconds = reader.withField(column, { instants.seconds($0) }), seconds.isFinite else {
            throw reader.error(column, expected: InstantParser.expectation)
        }
        guard seconds >= 0, seconds < 3_600 * Double(limit) else {
            throw reader.error(column, expected: "an instant from the dataset's start to ten years beyond its end")
        }
        return Int((seconds / 3_600).rounded(.down))
    }
}
