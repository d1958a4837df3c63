import Domain
import History
import Replay
import Storage

/// Reads the rows of a part's file, plain, `.gz` or `.zst`; every error says where it is.
struct WorldTableReader {
    let names: WorldNames
    private let csv: CSVReader
    private let positions: [String: Int]
    private var instants: InstantParser
    /// Hours from the dataset's start that a file may reach to.
    let hourLimit: Int

    /// Hours that a world may reach beyond the dataset's end: as long as a replay may drain.
    private static let hoursBeyondEnd = 24 * 3_650

    /// The file of a table in a folder; nil if there is none.
    ///
    /// - Throws: ``InputError`` for a file that is there twice, cannot be read, or has other columns.
    init?(_ table: WorldTable, in folder: String, names: WorldNames) throws(InputError) {
        let present = Compression.Format.allCases.map { "\(folder)/\(table.file)\($0.suffix)" }
            .filter(FileSystem.exists)
        guard let path = present.first else { return nil }
        guard present.count == 1 else {
            throw InputError(
                at: SourceLocation(file: present[1]), found: "\(table.file) a second time", expected: "one file of it")
        }
        csv = try CSVReader(path: path)
        positions = try Self.positions(in: csv, of: table)
        self.names = names
        let description = names.dataset.description
        instants = InstantParser(
            localTime: try LocalTime(timeZone: description.timeZone), start: description.start)
        hourLimit = Int((description.end / 3_600).rounded(.up)) + Self.hoursBeyondEnd
    }

    /// The positions of columns by name; throws for one that is missing or unknown.
    private static func positions(in csv: CSVReader, of table: WorldTable) throws(InputError) -> [String: Int] {
        var positions: [String: Int] = [:]
        let header = SourceLocation(file: csv.path, line: 1)
        let known = table.columns + table.furtherColumns
        for (position, name) in csv.header.enumerated() {
            guard known.contains(name) else {
                throw InputError(at: header, unknown: "column", word: name, among: known)
            }
            positions[name] = position
        }
        for name in table.required where positions[name] == nil {
            throw InputError(
                at: header, found: "the columns " + csv.header.joined(separator: ", "), expected: "a column '\(name)'")
        }
        return positions
    }

    /// The dataset that ids belong to.
    var dataset: Dataset { names.dataset }

    /// Goes to the next row; false at the end.
    func nextRow() throws(InputError) -> Bool { try csv.nextRow() }

    /// Whether a column has nothing in this row, or is not there.
    func isBlank(_ column: String) -> Bool { positions[column].map(csv.isBlank) ?? true }

    /// An error about a field of this row; about the row where the column is not there.
    func error(_ column: String, expected: String) -> InputError {
        guard let position = positions[column] else {
            return InputError(
                at: SourceLocation(file: csv.path, line: csv.line), found: "no '\(column)'", expected: expected)
        }
        return csv.error(position, expected: expected)
    }

    /// An error about this row, at the place of a column.
    func error(_ column: String, found: String, expected: String) -> InputError {
        InputError(
            at: positions[column].map(csv.location) ?? SourceLocation(file: csv.path, line: csv.line), found: found,
            expected: expected)
    }

    /// A number in a range; nil where blank.
    func number(_ column: String, in range: NumberRange) throws(InputError) -> Double? {
        guard let position = positions[column], !csv.isBlank(position) else { return nil }
        let number = try csv.double(position)
        guard range.contains(number) else { throw csv.error(position, expected: "a number \(range)") }
        // -0 would be another number to a hash.
        return number == 0 ? 0 : number
    }

    /// A number in a range.
    func requiredNumber(_ column: String, in range: NumberRange) throws(InputError) -> Double {
        guard let number = try number(column, in: range) else { throw error(column, expected: "a number \(range)") }
        return number
    }

    /// A whole number in a range; nil where blank.
    func integer(_ column: String, in range: ClosedRange<Int>) throws(InputError) -> Int? {
        guard let position = positions[column], !csv.isBlank(position) else { return nil }
        let number = try csv.integer(position)
        guard range.contains(number) else {
            throw csv.error(position, expected: "a whole number from \(range.lowerBound) to \(range.upperBound)")
        }
        return number
    }

    /// The word of one of some values; throws for any other.
    func word<Value>(_ column: String, of kind: String, _ values: [(String, Value)]) throws(InputError) -> Value {
        let word = try text(column)
        guard let value = values.first(where: { $0.0 == word })?.1 else {
            throw unknown(kind, word, at: column, among: values.map(\.0))
        }
        return value
    }

    /// The index of a region, node, zone or product of the dataset.
    func index(_ column: String, of kind: WorldNames.Kind) throws(InputError) -> Int {
        let id = try text(column)
        guard let index = names.index(kind, id) else {
            throw unknown(kind.rawValue, id, at: column, among: names.known(kind))
        }
        return index
    }

    /// The indices of the ids in a field, separated by `;`; nil where blank.
    func indices(_ column: String, of kind: WorldNames.Kind) throws(InputError) -> [Int]? {
        if isBlank(column) { return nil }
        var indices: [Int] = []
        for id in try text(column).split(separator: ";", omittingEmptySubsequences: false) {
            guard let index = names.index(kind, String(id)) else {
                throw unknown(kind.rawValue, String(id), at: column, among: names.known(kind))
            }
            indices.append(index)
        }
        return indices
    }

    /// A span of time, without beginning or end where a column is blank.
    mutating func span() throws(InputError) -> Interval {
        let from = try instant("from") ?? -.infinity
        let to = try instant("to") ?? .infinity
        guard from < to else { throw error("to", expected: "an instant after 'from'") }
        return Interval(from: from, to: to)
    }

    /// The row of a recorded order.
    func order(_ column: String) throws(InputError) -> Int {
        guard let position = positions[column] else { throw error(column, expected: "the id of an order") }
        guard let row = names.order(csv.withField(position) { StableHash.of($0) }) else {
            throw csv.error(position, expected: "the id of an order")
        }
        return row
    }

    /// An instant in seconds from the dataset's start; nil where blank.
    mutating func instant(_ column: String) throws(InputError) -> Double? {
        guard let position = positions[column], !csv.isBlank(position) else { return nil }
        guard let seconds = csv.withField(position, { instants.seconds($0) }), seconds.isFinite else {
            throw csv.error(position, expected: InstantParser.expectation)
        }
        guard abs(seconds) < 3_600 * Double(hourLimit) else {
            throw csv.error(position, expected: "an instant at most ten years before or after the dataset's span")
        }
        return seconds
    }

    /// The hour that an instant falls in, from the dataset's start on.
    mutating func hour(_ column: String) throws(InputError) -> Int {
        guard let seconds = try instant(column) else { throw error(column, expected: InstantParser.expectation) }
        guard seconds >= 0 else {
            throw error(column, expected: "an instant from the dataset's start to ten years beyond its end")
        }
        return Int((seconds / 3_600).rounded(.down))
    }

    /// The text of a field that is there.
    private func text(_ column: String) throws(InputError) -> String {
        guard let position = positions[column], !csv.isBlank(position) else { throw error(column, expected: "a word") }
        return try csv.text(position)
    }

    private func unknown(_ kind: String, _ word: String, at column: String, among known: [String]) -> InputError {
        InputError(at: positions[column].map(csv.location), unknown: kind, word: word, among: known)
    }
}
