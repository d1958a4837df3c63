import Documents
import Domain

/// Column expressions and checks of a map.
extension TableMapReader {
    private static let expressionKeys = [
        "column", "value", "template", "row_number", "unit", "format", "values", "otherwise", "default", "times",
        "divided_by", "plus", "minus", "expect", "combine", "separator",
    ]

    /// How a column is filled: a source column's name, or a mapping that says more.
    static func expression(_ value: DocumentValue, for column: TargetColumn) throws(InputError) -> ColumnExpression {
        if value.isScalar {
            return ColumnExpression(source: .column(try value.name("a column")), location: value.location)
        }
        let fields = try value.fields("a source column, or how to make the value", among: expressionKeys)
        var expression = ColumnExpression(source: try source(fields, in: value), location: value.location)
        expression.unit = try unit(fields["unit"], for: column)
        if let field = fields["format"] {
            guard column.kind == .instant else {
                throw field.error(expected: "no date pattern, as '\(column.name)' is no instant")
            }
            expression.patterns = try patterns(field)
        }
        if let field = fields["values"] {
            for entry in try field.pairs("words and what they become") {
                expression.values[entry.key] = try entry.value.cell("a text")
            }
        }
        expression.otherwise = try fields["otherwise"].map { field throws(InputError) in try field.cell("a text") }
        expression.defaultText = try fields["default"].map { field throws(InputError) in try field.cell("a text") }
        expression.operations = try operations(value, for: column)
        if let field = fields["expect"] {
            let keys = ["above", "at_least", "below", "at_most"]
            expression.bounds = try bounds(field.fields("bounds on the number", among: keys))
            guard column.kind == .number || column.kind == .integer, !expression.bounds.isEmpty else {
                throw field.error(expected: "bounds on a number: \(keys.joined(separator: ", "))")
            }
        }
        if let field = fields["combine"] {
            expression.combination = try combination(field, for: column)
        }
        if let field = fields["separator"] {
            guard column.kind == .list else {
                throw field.error(expected: "no separator, as '\(column.name)' is no list")
            }
            expression.listSeparator = try field.cell("what separates the entries")
        }
        return expression
    }

    private static func source(
        _ fields: [String: DocumentValue], in value: DocumentValue
    ) throws(InputError) -> ColumnExpression.Source {
        let sources = ["column", "value", "template", "row_number"].filter { fields[$0] != nil }
        guard sources.count == 1, let field = fields[sources[0]] else {
            throw value.error(expected: "exactly one of column, value, template, row_number")
        }
        switch sources[0] {
        case "column": return .column(try field.name("a column"))
        case "value": return .constant(try field.cell("a value"))
        case "template": return .template(try template(field))
        default:
            guard try field.truth() else { throw field.error(expected: "true") }
            return .rowNumber
        }
    }

    /// Text with cells in braces: `{Carrier}-{Mode}`.
    private static func template(_ value: DocumentValue) throws(InputError) -> [ColumnExpression.TemplatePart] {
        var parts: [ColumnExpression.TemplatePart] = []
        var rest = Substring(try value.cell("text with columns in braces"))
        while let open = rest.firstIndex(of: "{") {
            if open > rest.startIndex { parts.append(.text(String(rest[..<open]))) }
            guard let close = rest[open...].firstIndex(of: "}") else {
                throw value.error(expected: "a '}' after each '{'")
            }
            parts.append(.column(String(rest[rest.index(after: open)..<close])))
            rest = rest[rest.index(after: close)...]
        }
        if !rest.isEmpty { parts.append(.text(String(rest))) }
        return parts
    }

    private static func unit(
        _ value: DocumentValue?, for column: TargetColumn
    ) throws(InputError) -> MeasurementUnit? {
        guard let value else { return nil }
        let unit = try MeasurementUnit.named(try value.name("a unit"), at: value.location)
        guard let quantity = column.quantity else {
            throw value.error(expected: "no unit, as '\(column.name)' is a plain number")
        }
        guard unit.quantity == quantity else {
            throw value.error(
                expected: "a unit of \(quantity.rawValue): "
                    + MeasurementUnit.all.filter { $0.quantity == quantity }.map(\.name).joined(separator: ", "))
        }
        return unit
    }

    /// `times`, `divided_by`, `plus` and `minus` in file order.
    private static func operations(
        _ value: DocumentValue, for column: TargetColumn
    ) throws(InputError) -> [ColumnExpression.Operation] {
        var operations: [ColumnExpression.Operation] = []
        for entry in try value.pairs("an expression") {
            guard let kind = ColumnExpression.Operation.Kind(rawValue: entry.key) else { continue }
            let isShift = kind == .plus || kind == .minus
            guard column.kind == .number || column.kind == .integer || (column.kind == .instant && isShift) else {
                throw entry.value.error(
                    expected: column.kind == .instant
                        ? "plus or minus, as '\(column.name)' is an instant"
                        : "no reckoning, as '\(column.name)' is no number")
            }
            operations.append(.init(kind: kind, operand: try operand(entry.value, of: column)))
        }
        return operations
    }

    /// A number, a source column, or an expression of either; shifts of an instant are durations in seconds.
    private static func operand(_ value: DocumentValue, of column: TargetColumn) throws(InputError) -> ColumnExpression
    {
        let isShift = column.kind == .instant
        let target = TargetColumn(
            name: column.name, kind: .number, isRequired: false, quantity: isShift ? .duration : column.quantity,
            perStoredUnit: isShift ? 1 : column.perStoredUnit)
        if case .scalar(let number, isQuoted: false) = value.content, Double(number) != nil {
            return ColumnExpression(source: .constant(number), location: value.location)
        }
        return try expression(value, for: target)
    }

    private static func combination(
        _ value: DocumentValue, for column: TargetColumn
    ) throws(InputError) -> ColumnExpression.Combination {
        let combination = try value.word("combine", of: ColumnExpression.Combination.self)
        let isNumber = column.kind == .number || column.kind == .integer
        switch combination {
        case .first: break
        case .sum, .count: guard isNumber else { throw value.error(expected: "first, min, max or list here") }
        case .mean:
            guard column.kind == .number else { throw value.error(expected: "a number, as a mean is none whole") }
        case .min, .max:
            guard isNumber || column.kind == .instant else { throw value.error(expected: "first or list here") }
        case .list: guard column.kind == .list else { throw value.error(expected: "a column that holds a list") }
        }
        return combination
    }

    /// A check: `lookup` or `capacity`.
    static func check(_ value: DocumentValue) throws(InputError) -> TableMap.Check {
        let known = ["lookup", "capacity", "rows", "in", "on", "within", "per", "limit"]
        let fields = try value.fields("a check", among: known)
        let rows = try value.required("rows", in: fields)
        let rowsFile = try rows.name("a file name")
        if let title = fields["lookup"] {
            let table = try value.required("in", in: fields)
            let on = try value.required("on", in: fields)
            var ranges: [(value: String, low: String, high: String)] = []
            for entry in try fields["within"]?.pairs("columns with their bounds") ?? [] {
                let ends = entry.value.oneOrMore
                guard ends.count == 2 else { throw entry.value.error(expected: "[lower column, upper column]") }
                ranges.append((entry.key, try ends[0].name("a column"), try ends[1].name("a column")))
            }
            return .lookup(
                TableMap.Lookup(
                    title: try title.name("a title"), rows: rowsFile, table: try table.name("a file name"),
                    keys: try keys(on), ranges: ranges, location: value.location))
        }
        guard let title = fields["capacity"] else {
            throw value.error(expected: "'lookup: TITLE' or 'capacity: TITLE'")
        }
        let per = try value.required("per", in: fields)
        let limit = try value.required("limit", in: fields)
        let limits = try limit.fields("where the limits stand", among: ["file", "key", "column"])
        let file = try limit.required("file", in: limits)
        let key = try limit.required("key", in: limits)
        let column = try limit.required("column", in: limits)
        var columns: [String] = []
        for entry in per.oneOrMore { columns.append(try entry.name("a column")) }
        return .capacity(
            TableMap.Capacity(
                title: try title.name("a title"), rows: rowsFile, per: columns, limitFile: try file.name("a file name"),
                limitKey: try key.name("a column"), limitColumn: try column.name("a column"),
                location: value.location))
    }
}
