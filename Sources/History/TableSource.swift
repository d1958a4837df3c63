import Domain
import Sampling
import Storage

/// One table's file being read: its columns by name, the cells of the current row as values, its rows counted.
///
/// Exact duplicates of an earlier row are set aside here, for every table alike.
final class TableSource {
    let table: DatasetTable
    /// The file's name in the dataset folder.
    let file: String
    let reader: CSVReader
    let log: QualityLog
    private let positions: [String: Int]
    private var instants: InstantParser
    private var seen: Set<UInt128> = []
    private var keys: Set<String> = []

    /// Opens a table's file and checks its columns.
    ///
    /// - Throws: `InputError` when the file is unreadable or a required column is missing.
    init(
        _ table: DatasetTable, folder: String, file: String, log: QualityLog, instants: InstantParser
    ) throws(InputError) {
        self.table = table
        self.file = file
        self.log = log
        self.instants = instants
        reader = try CSVReader(path: folder + "/" + file)
        positions = Dictionary(reader.header.enumerated().map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
        for column in table.requiredColumns where positions[column] == nil {
            throw InputError(
                at: SourceLocation(file: reader.path, line: 1),
                found: "the columns " + reader.header.joined(separator: ", "), expected: "a column '\(column)'")
        }
        let known = table.requiredColumns + table.optionalColumns
        for (position, name) in reader.header.enumerated() where !known.contains(name) && !table.takesFurtherColumns {
            let hint = nearestWord(to: name, among: known).map { "; did you mean '\($0)'?" } ?? ""
            let location = reader.location(of: position)
            log.count("unknown_column", in: table, "columns that no table has", severity: .warning) {
                "\(self.place(location)): unknown column '\(name)'\(hint)"
            }
        }
    }

    /// After so many rows a guess at their number is worth making: some megabytes, well beyond what is read ahead.
    static let rowsBeforeEstimate = 65_536

    /// About how many rows the table has, a little more rather than less, from how far in its file the reader is.
    var estimatedRowCount: Int { Self.estimatedRowCount(reader) }

    /// The same of the table that a reader reads.
    static func estimatedRowCount(_ reader: CSVReader) -> Int {
        let fraction = max(reader.fractionRead, 1e-6)
        return Int(1.02 * Double(reader.rowCount) / fraction) + 1024
    }

    /// Records read so far.
    var rowsRead: Int { reader.rowCount }

    /// Goes to the next row that is no exact duplicate of an earlier one; false at the end.
    func next() throws(InputError) -> Bool {
        while try reader.nextRow() {
            if seen.insert(reader.recordFingerprint).inserted { return true }
            setAsideDuplicate()
        }
        return false
    }

    /// The position of a column, if the file has it.
    func column(_ name: String) -> Int? { positions[name] }

    // MARK: Findings

    /// Counts the current row as kept although something about it is odd.
    func note(_ code: String, _ message: String, at column: Int? = nil) {
        log.count(code, in: table, message) { self.example(column) }
    }

    /// Counts the current row as repaired.
    func repaired(_ code: String, _ message: String, at column: Int? = nil) {
        log.count(code, in: table, message, treatment: .repaired) { self.example(column) }
    }

    /// Counts the current row as set aside.
    func setAside(
        _ code: String, _ message: String, severity: QualityReport.Severity = .warning, at column: Int? = nil
    ) {
        log.count(code, in: table, message, severity: severity, treatment: .setAside) { self.example(column) }
    }

    /// Counts the current row as set aside because it repeats an earlier one.
    func setAsideDuplicate() {
        setAside("duplicate_row", "rows that repeat an earlier one exactly")
    }

    /// The current row, or one of its cells, as an example.
    private func example(_ column: Int?) -> String {
        guard let column else { return "\(file):\(reader.line)" }
        return "\(place(reader.location(of: column))): \(reader.quoted(column))"
    }

    /// A position with the file's name in place of its path.
    private func place(_ location: SourceLocation) -> String {
        SourceLocation(file: file, line: location.line, column: location.column).description
    }

    // MARK: Errors

    /// The error of a value out of range, at its cell.
    func error(_ problem: RangeProblem) -> InputError {
        guard let column = positions[problem.column] else {
            return InputError(
                at: rowLocation, found: "\(problem.column) \(problem.value)", expected: problem.expected)
        }
        return reader.error(column, expected: problem.expected)
    }

    /// Throws if there is a problem.
    func check(_ problem: RangeProblem?) throws(InputError) {
        if let problem { throw error(problem) }
    }

    /// Throws if the same key came before in this table; `column` is where it stands, `what` names it.
    func unique(_ key: String, at column: Int?, _ what: @autoclosure () -> String) throws(InputError) {
        if keys.insert(key).inserted { return }
        throw InputError(
            at: column.map { reader.location(of: $0) } ?? rowLocation, found: "\(what()) twice",
            expected: "each once")
    }

    /// A key of several ids; they hold no line breaks.
    static func key(_ ids: String...) -> String { ids.joined(separator: "\n") }

    /// The current row as a position.
    var rowLocation: SourceLocation { SourceLocation(file: reader.path, line: reader.line) }

    // MARK: Cells

    /// Whether a cell holds nothing, or the file lacks the column.
    func isBlank(_ column: Int?) -> Bool {
        column.map { reader.isBlank($0) } ?? true
    }

    /// A cell as text, nil where blank.
    func text(_ column: Int?) throws(InputError) -> String? {
        guard let column, !reader.isBlank(column) else { return nil }
        return try reader.text(column)
    }

    /// A cell that must hold an id or another text.
    func required(_ column: Int?, expected: String = "a value") throws(InputError) -> String {
        guard let text = try text(column) else { throw blank(column, expected) }
        return text
    }

    /// A cell as a number, nil where blank.
    func number(_ column: Int?) throws(InputError) -> Double? {
        guard let column, !reader.isBlank(column) else { return nil }
        return try reader.double(column)
    }

    /// A cell that must hold a number.
    func requiredNumber(_ column: Int?) throws(InputError) -> Double {
        guard let number = try number(column) else { throw blank(column, "a number") }
        return number
    }

    /// A cell as a whole number, nil where blank.
    func count(_ column: Int?) throws(InputError) -> Int? {
        guard let column, !reader.isBlank(column) else { return nil }
        return try reader.integer(column)
    }

    /// A cell that must hold a whole number.
    func requiredCount(_ column: Int?) throws(InputError) -> Int {
        if let column, let count = reader.withField(column, { NumberParsing.integer($0) }) { return count }
        guard let count = try count(column) else { throw blank(column, "a whole number") }
        return count
    }

    /// A cell as `true` or `false`, nil where blank.
    func flag(_ column: Int?) throws(InputError) -> Bool? {
        guard let column, !reader.isBlank(column) else { return nil }
        if let flag = reader.withField(column, { Self.flag($0) }) { return flag }
        _ = try reader.text(column)
        throw reader.error(column, expected: "true or false")
    }

    /// A flag from its bytes.
    private static func flag(_ bytes: Span<UInt8>) -> Bool? {
        switch bytes.count {
        // t r u e
        case 4 where bytes[0] == 0x74 && bytes[1] == 0x72 && bytes[2] == 0x75 && bytes[3] == 0x65: true
        // f a l s e
        case 5 where bytes[0] == 0x66 && bytes[1] == 0x61 && bytes[2] == 0x6C && bytes[3] == 0x73 && bytes[4] == 0x65:
            false
        default: nil
        }
    }

    /// A cell's texts between semicolons, blanks at their ends left out.
    func list(_ column: Int?) throws(InputError) -> [String] {
        guard let text = try text(column) else { return [] }
        return Self.items(of: text)
    }

    /// The texts between semicolons, blanks at their ends left out.
    static func items(of text: String) -> [String] {
        text.split(separator: ";").map(\.trimmed).filter { !$0.isEmpty }
    }

    /// Counts a place at the origin of the sphere, which mostly is a missing one.
    func notePlace(_ place: Place, _ system: CoordinateSystem) {
        if system == .geographic, place.x == 0, place.y == 0 {
            note("place_zero", "places at longitude 0, latitude 0", at: column("x"))
        }
    }

    /// A cell as seconds from the start, nil where blank.
    func instant(_ column: Int?) throws(InputError) -> Double? { try instant(column, &instants) }

    /// A cell as seconds from the start, nil where blank; read by a parser that the caller keeps.
    func instant(_ column: Int?, _ instants: inout InstantParser) throws(InputError) -> Double? {
        guard let column, !reader.isBlank(column) else { return nil }
        guard let seconds = reader.withField(column, { instants.seconds($0) }) else {
            throw reader.error(column, expected: InstantParser.expectation)
        }
        return seconds
    }

    /// A cell that must hold an instant.
    func requiredInstant(_ column: Int?) throws(InputError) -> Double {
        guard let seconds = try instant(column) else { throw blank(column, "an instant") }
        return seconds
    }

    /// A cell as a distribution, deterministic where blank.
    func distribution(_ column: Int?) throws(InputError) -> UnitDistribution {
        guard let column, let text = try text(column) else { return .deterministic }
        return try UnitDistribution(parsing: text, at: reader.location(of: column))
    }

    /// A cell as one of some words.
    func word<Word>(_ column: Int?, _ words: [(String, Word)]) throws(InputError) -> Word? {
        guard let column, let text = try text(column) else { return nil }
        if let match = words.first(where: { $0.0 == text }) { return match.1 }
        throw reader.error(
            column, expected: "one of " + words.map(\.0).joined(separator: ", "),
            suggestion: nearestWord(to: text, among: words.map(\.0)))
    }

    /// A cell that must hold an id of another table.
    func reference(_ column: Int?, to known: KnownIds) throws(InputError) -> String {
        let id = try required(column, expected: "the id of a \(known.kind)")
        try check(id, at: column, isIn: known)
        return id
    }

    /// A cell that may hold an id of another table.
    func optionalReference(_ column: Int?, to known: KnownIds) throws(InputError) -> String? {
        guard let id = try text(column) else { return nil }
        try check(id, at: column, isIn: known)
        return id
    }

    /// Throws if an id that stands in a cell is not known.
    func check(_ id: String, at column: Int?, isIn known: KnownIds) throws(InputError) {
        if known.contains(id) { return }
        throw InputError(
            at: column.map { reader.location(of: $0) } ?? rowLocation, found: "unknown \(known.kind) '\(id)'",
            expected: "the id of a \(known.kind)", suggestion: known.nearest(to: id))
    }

    /// The error of a cell that holds nothing.
    private func blank(_ column: Int?, _ expected: String) -> InputError {
        guard let column else { return InputError(at: rowLocation, found: "no value", expected: expected) }
        return reader.error(column, expected: expected)
    }
}

/// The ids of a table read before, for checking references to it.
struct KnownIds {
    let kind: String
    private var ids: Set<String> = []

    init(kind: String) {
        self.kind = kind
    }

    mutating func insert(_ id: String) { ids.insert(id) }
    func contains(_ id: String) -> Bool { ids.contains(id) }
    var isEmpty: Bool { ids.isEmpty }
    var count: Int { ids.count }

    /// The nearest id, the first in order among equals.
    func nearest(to id: String) -> String? {
        nearestWord(to: id, among: ids.sorted(by: identifierPrecedes))
    }
}
