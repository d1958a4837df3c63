import Domain
import History

/// What a map file says: how somebody's exports become a dataset.
///
/// Written and explained key by key in the article <doc:TableMaps>.
struct TableMap: Sendable {
    /// What goes into `dataset.yaml`.
    struct DatasetFacts: Sendable {
        var name = ""
        var origin = ""
        var licence = ""
        var currency = ""
        var timeZone = ""
        /// Nil: local midnight of the first order's day.
        var start: String?
        /// Nil: local midnight after the last order's day.
        var end: String?
        var promiseBy = DatasetDescription.PromiseBasis.instant
        var coordinates = CoordinateSystem.geographic
    }

    /// How source files are written.
    struct Reading: Sendable {
        var table = SourceTable.Reading()
        var decimalSign: Character = "."
        var thousandsSign: Character?
        var patterns: [TimestampPattern] = [.standard]
    }

    /// Rows of another file put beside those of the first, by equal keys.
    struct Join: Sendable {
        /// How many rows of the other file are taken.
        enum Matching: String, Sendable, CaseIterable {
            /// The first that matches; none leaves its columns blank.
            case first
            /// Each that matches makes a row of its own; none leaves its columns blank.
            case each
            /// The first that matches; a row without one is set aside.
            case required
        }
        var file: String
        /// Column of the rows so far, column of the joined file.
        var keys: [(left: String, right: String)]
        var matching = Matching.first
        var location: SourceLocation
    }

    /// A condition on a source row.
    struct Condition: Sendable {
        var column: String
        /// Texts one of which the cell must be, where given.
        var allowed: Set<String>?
        /// Texts none of which the cell may be.
        var refused: Set<String> = []
        /// Whether the cell must be blank (true) or filled (false), where given.
        var isBlank: Bool?
        /// Bounds that the cell must keep as a number.
        var bounds = ColumnExpression.Bounds()
        /// The condition as written, for the report.
        var words: String
        var location: SourceLocation
    }

    /// One way to fill a table; a table may have several.
    struct Block: Sendable {
        var table: String
        var file: String
        var joins: [Join] = []
        var conditions: [Condition] = []
        /// Target columns whose values name a row; rows that share them become one.
        var key: [String] = []
        var columns: [(name: String, expression: ColumnExpression)] = []
        var location: SourceLocation
    }

    /// Rows written in the map itself.
    struct LiteralRows: Sendable {
        var table: String
        var rows: [[(name: String, text: String)]]
        var location: SourceLocation
    }

    /// A question about the source files that the report answers.
    enum Check: Sendable {
        /// How many rows of a file find none, one or several rows of another.
        case lookup(Lookup)
        /// How many rows share a key, against a limit.
        case capacity(Capacity)
    }

    /// Rows of a file looked up in another by equal keys, and by numbers within a range.
    struct Lookup: Sendable {
        var title: String
        var rows: String
        var table: String
        var keys: [(left: String, right: String)]
        /// Column of the rows, and the columns of the lower and upper bound (both inclusive).
        var ranges: [(value: String, low: String, high: String)]
        var location: SourceLocation
    }

    /// Rows of a file counted by key, against a limit in another file.
    struct Capacity: Sendable {
        var title: String
        var rows: String
        /// Columns whose values form the key; the first is looked up in the limits.
        var per: [String]
        var limitFile: String
        var limitKey: String
        var limitColumn: String
        var location: SourceLocation
    }

    /// What goes into a table, in file order.
    enum Content: Sendable {
        case block(Block)
        case rows(LiteralRows)

        /// The table's name.
        var table: String {
            switch self {
            case .block(let block): block.table
            case .rows(let rows): rows.table
            }
        }
    }

    var file: String
    var dataset = DatasetFacts()
    var reading = Reading()
    /// Reading rules of single files, by the name in the map.
    var readingByFile: [String: Reading] = [:]
    var contents: [Content] = []
    var checks: [Check] = []
}
