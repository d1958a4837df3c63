import Domain

/// How a map fills one column of a dataset table from the cells of a source row.
///
/// The steps, in this order: take the text (``source``), replace words (``values``), put the default where it is blank
/// (``defaultText``), read it as what the column holds (numbers with the file's decimal sign, instants by
/// ``patterns``), convert the unit (``unit``), reckon (``operations``), hold it against what is expected
/// (``bounds``).
struct ColumnExpression: Sendable {
    /// Where the text comes from.
    enum Source: Sendable {
        /// A cell of the source row or of a joined one.
        case column(String)
        /// The same text in every row.
        case constant(String)
        /// Text around cells.
        case template([TemplatePart])
        /// The number of the record, from 1.
        case rowNumber
    }

    /// A part of a template.
    enum TemplatePart: Sendable, Hashable {
        case text(String)
        case column(String)
    }

    /// What is done to a number or an instant after it is read.
    struct Operation: Sendable {
        enum Kind: String, Sendable, CaseIterable {
            case times, dividedBy = "divided_by", plus, minus
        }
        let kind: Kind
        let operand: ColumnExpression
    }

    /// How values of the rows that share a key become one.
    enum Combination: String, Sendable, CaseIterable {
        case first, sum, mean, min, max, list, count
    }

    /// Bounds on a number; a value outside is reported.
    struct Bounds: Sendable, Hashable {
        var above: Double?
        var atLeast: Double?
        var below: Double?
        var atMost: Double?

        var isEmpty: Bool { above == nil && atLeast == nil && below == nil && atMost == nil }

        /// Whether a number is inside.
        func contains(_ value: Double) -> Bool {
            value > above ?? -.infinity && value >= atLeast ?? -.infinity && value < below ?? .infinity
                && value <= atMost ?? .infinity
        }

        /// The bounds in words.
        var words: String {
            var words: [String] = []
            if let above { words.append("above \(above.shortText)") }
            if let atLeast { words.append("at least \(atLeast.shortText)") }
            if let below { words.append("below \(below.shortText)") }
            if let atMost { words.append("at most \(atMost.shortText)") }
            return words.joined(separator: " and ")
        }
    }

    var source: Source
    var unit: MeasurementUnit?
    var patterns: [TimestampPattern] = []
    var values: [String: String] = [:]
    /// What a word missing from ``values`` becomes: nil keeps it.
    var otherwise: String?
    var defaultText: String?
    var operations: [Operation] = []
    var bounds = Bounds()
    var combination: Combination?
    /// What separates the entries of a list in the source.
    var listSeparator: String?
    /// Where the expression stands in the map.
    var location: SourceLocation

    init(source: Source, location: SourceLocation) {
        self.source = source
        self.location = location
    }

    /// The source columns that the expression reads, operands included.
    var columnNames: [String] {
        var names: [String] = []
        switch source {
        case .column(let name): names.append(name)
        case .template(let parts):
            for case .column(let name) in parts { names.append(name) }
        case .constant, .rowNumber: break
        }
        return names + operations.flatMap(\.operand.columnNames)
    }
}
