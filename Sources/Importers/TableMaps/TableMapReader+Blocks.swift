import Documents
import Domain

/// Tables, joins and conditions of a map.
extension TableMapReader {
    /// What fills a table: a block with `from`, or `rows` written out.
    static func content(
        _ value: DocumentValue, table: String, columns: [TargetColumn]
    ) throws(InputError) -> TableMap.Content {
        let fields = try value.fields(
            "'from' and 'columns', or 'rows'", among: ["from", "join", "where", "key", "columns", "rows"])
        if let rows = fields["rows"] {
            guard fields.count == 1 else { throw value.error(expected: "'rows' alone, without other keys") }
            return .rows(try literalRows(rows, table: table, columns: columns))
        }
        let from = try value.required("from", in: fields)
        let mapped = try value.required("columns", in: fields)
        var block = TableMap.Block(table: table, file: try from.name("a file name"), location: value.location)
        for entry in fields["join"]?.oneOrMore ?? [] { block.joins.append(try join(entry)) }
        for entry in fields["where"]?.oneOrMore ?? [] { block.conditions.append(try condition(entry)) }
        for entry in try mapped.pairs("columns of table '\(table)'") {
            let column = try targetColumn(entry.key, table: table, columns: columns, at: entry.location)
            block.columns.append((entry.key, try expression(entry.value, for: column)))
        }
        for entry in fields["key"]?.oneOrMore ?? [] {
            let name = try entry.name("a column of table '\(table)'")
            guard block.columns.contains(where: { $0.name == name }) else {
                throw InputError(
                    at: entry.location, unknown: "key column", word: name, among: block.columns.map(\.name))
            }
            block.key.append(name)
        }
        let isUncombined = block.key.isEmpty
        if isUncombined, let column = block.columns.first(where: { $0.expression.combination != nil }) {
            throw InputError(
                at: column.expression.location, found: "'combine' without a key",
                expected: "'key: [...]' in the table, naming the columns whose rows become one")
        }
        for column in columns where column.isRequired && !block.columns.contains(where: { $0.name == column.name }) {
            throw InputError(
                at: mapped.location, found: "no column '\(column.name)'",
                expected: "it, as table '\(table)' requires it")
        }
        return .block(block)
    }

    /// The column of a dataset table; `signals` takes any further numeric column.
    private static func targetColumn(
        _ name: String, table: String, columns: [TargetColumn], at location: SourceLocation
    ) throws(InputError) -> TargetColumn {
        if let column = columns.first(where: { $0.name == name }) { return column }
        if table == "signals" {
            return TargetColumn(name: name, kind: .number, isRequired: false, quantity: nil, perStoredUnit: 1)
        }
        throw InputError(at: location, unknown: "column of '\(table)'", word: name, among: columns.map(\.name))
    }

    private static func literalRows(
        _ value: DocumentValue, table: String, columns: [TargetColumn]
    ) throws(InputError) -> TableMap.LiteralRows {
        var rows: [[(name: String, text: String)]] = []
        for mapping in value.oneOrMore {
            var row: [(name: String, text: String)] = []
            for entry in try mapping.pairs("columns of table '\(table)'") {
                let column = try targetColumn(entry.key, table: table, columns: columns, at: entry.location)
                row.append((column.name, try entry.value.cell("a value")))
            }
            for column in columns where column.isRequired && !row.contains(where: { $0.name == column.name }) {
                throw InputError(
                    at: mapping.location, found: "no column '\(column.name)'",
                    expected: "it, as table '\(table)' requires it")
            }
            rows.append(row)
        }
        return TableMap.LiteralRows(table: table, rows: rows, location: value.location)
    }

    private static func join(_ value: DocumentValue) throws(InputError) -> TableMap.Join {
        let fields = try value.fields("a join", among: ["file", "on", "match"])
        let file = try value.required("file", in: fields)
        let on = try value.required("on", in: fields)
        var join = TableMap.Join(file: try file.name("a file name"), keys: try keys(on), location: value.location)
        if let match = fields["match"] { join.matching = try match.word("match", of: TableMap.Join.Matching.self) }
        return join
    }

    private static func condition(_ value: DocumentValue) throws(InputError) -> TableMap.Condition {
        let fields = try value.fields(
            "a condition", among: ["column", "is", "is_not", "blank", "above", "at_least", "below", "at_most"])
        let column = try value.required("column", in: fields)
        let name = try column.name("a column")
        var condition = TableMap.Condition(column: name, words: name, location: value.location)
        var words: [String] = []
        if let field = fields["is"] {
            let allowed = try texts(field)
            condition.allowed = Set(allowed)
            words.append("is " + allowed.joined(separator: " or "))
        }
        if let field = fields["is_not"] {
            let refused = try texts(field)
            condition.refused = Set(refused)
            words.append("is not " + refused.joined(separator: " or "))
        }
        if let field = fields["blank"] {
            let isBlank = try field.truth()
            condition.isBlank = isBlank
            words.append(isBlank ? "is blank" : "is not blank")
        }
        condition.bounds = try bounds(fields)
        if !condition.bounds.isEmpty { words.append("is " + condition.bounds.words) }
        guard !words.isEmpty else { throw value.error(expected: "what the column is or is not") }
        condition.words = name + " " + words.joined(separator: " and ")
        return condition
    }

    private static func texts(_ value: DocumentValue) throws(InputError) -> [String] {
        var texts: [String] = []
        for entry in value.oneOrMore { texts.append(try entry.cell("a text")) }
        return texts
    }

    /// The bounds among the fields of a condition or expectation.
    static func bounds(_ fields: [String: DocumentValue]) throws(InputError) -> ColumnExpression.Bounds {
        var bounds = ColumnExpression.Bounds()
        bounds.above = try number(fields["above"])
        bounds.atLeast = try number(fields["at_least"])
        bounds.below = try number(fields["below"])
        bounds.atMost = try number(fields["at_most"])
        return bounds
    }

    private static func number(_ value: DocumentValue?) throws(InputError) -> Double? {
        guard let value else { return nil }
        return try value.number()
    }
}
