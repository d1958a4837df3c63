import Domain
import Storage

/// How files are to be read.
public struct ReadingOptions: Sendable {
    /// Units of files that do not name them.
    public var units = SeriesUnits.metric
    /// Columns that have no usual name.
    public var columns: [SeriesQuantity: String] = [:]
    /// Only this place of the files.
    public var place: String?

    /// Everything as usual.
    public init() {}
}

/// How a file begins: enough to tell formats apart.
public struct SeriesOpening: Sendable {
    /// Its first line, at most 4,096 bytes of it.
    public let line: String
    /// The fields of that line, trimmed, without quotes, in lower case.
    public let fields: [String]

    /// The opening of a text.
    public init(_ text: String) {
        let beginning = text.drop { $0.isWhitespace || $0 == "\u{FEFF}" }
        line = String(beginning.prefix { !$0.isNewline }.prefix(4_096))
        fields = line.split(separator: ",", omittingEmptySubsequences: false).map {
            $0.filter { $0 != "\"" && !$0.isWhitespace }.lowercased()
        }
    }

    /// The opening of a file, plain, `.gz` or `.zst`.
    public init(path: String) throws(InputError) {
        self.init(String(decoding: try ByteSource(path: path).readAll(upTo: 4_096).prefix(4_096), as: UTF8.self))
    }
}

/// Turns a file of some format into records.
///
/// Extension point: one file a member, one line in ``SeriesReaderCatalogue``; the recipe is in <doc:Calibrating>.
public protocol SeriesReader: Sendable {
    /// Its name on the command line.
    var name: String { get }

    /// What it reads, in one line.
    var summary: String { get }

    /// Whether a file that begins like this has its format.
    func recognises(_ opening: SeriesOpening) -> Bool

    /// Reads a file, plain, `.gz` or `.zst`.
    ///
    /// - Throws: ``InputError`` with line and column at the first thing that is not as the format says.
    func read(_ path: String, options: ReadingOptions) throws(InputError) -> SeriesContent
}

/// Every reader of series, one line each. The first that recognises a file reads it.
public enum SeriesReaderCatalogue {
    /// The members, in the order in which they are asked.
    public static let members: [any SeriesReader] = [
        OpenMeteoReader(),
        ClimateRowsReader(),
        ClimateColumnsReader(),
        DelayReader(),
        ColumnReader(),
    ]

    /// The reader of a name.
    ///
    /// - Throws: ``InputError`` for an unknown name, with the nearest.
    public static func reader(named name: String) throws(InputError) -> any SeriesReader {
        guard let member = members.first(where: { $0.name == name }) else {
            throw InputError(unknown: "reader", word: name, among: members.map(\.name))
        }
        return member
    }

    /// What some files hold, each read by the named reader, else by the first that recognises it.
    ///
    /// - Throws: ``InputError`` for a file that is not as its format says, or of no format known.
    public static func read(
        _ paths: [String], reader: String? = nil, options: ReadingOptions = ReadingOptions()
    ) throws(InputError) -> SeriesContent {
        var content = SeriesContent()
        let named = try reader.map { name throws(InputError) in try Self.reader(named: name) }
        for path in paths {
            // Columns take every CSV there is, and say what they miss.
            let opening = try SeriesOpening(path: path)
            let member = named ?? members.first { $0.recognises(opening) } ?? ColumnReader()
            content.append(try member.read(path, options: options))
        }
        return content
    }
}
