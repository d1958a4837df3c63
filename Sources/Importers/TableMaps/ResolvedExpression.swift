import Domain
import Storage

/// A column expression with its columns found and its reading rules fixed: evaluated once a row.
struct ResolvedExpression: Sendable {
    private enum Source: Sendable {
        case cell(RowScope.Position)
        case constant(String)
        case template([Part])
        case rowNumber
    }

    private enum Part: Sendable {
        case text(String)
        case cell(RowScope.Position)
    }

    private struct Operation: Sendable {
        let kind: ColumnExpression.Operation.Kind
        let operand: ResolvedExpression
    }

    private let expression: ColumnExpression
    private let column: TargetColumn
    private let source: Source
    private let operations: [Operation]
    private let reading: TableMap.Reading
    /// Stored units a source unit, times own units a stored one; nil where nothing is converted.
    private let factor: Double?

    /// Finds the columns of an expression.
    ///
    /// - Throws: `InputError` for a column that no file has.
    init(
        _ expression: ColumnExpression, for column: TargetColumn, in scope: RowScope, reading: TableMap.Reading
    ) throws(InputError) {
        self.expression = expression
        self.column = column
        self.reading = reading
        factor = expression.unit.map { $0.factor * column.perStoredUnit }
        switch expression.source {
        case .column(let name): source = .cell(try scope.position(of: name, at: expression.location))
        case .constant(let text): source = .constant(text)
        case .rowNumber: source = .rowNumber
        case .template(let parts):
            var resolved: [Part] = []
            for part in parts {
                switch part {
                case .text(let text): resolved.append(.text(text))
                case .column(let name):
                    resolved.append(.cell(try scope.position(of: name, at: expression.location)))
                }
            }
            source = .template(resolved)
        }
        var operations: [Operation] = []
        for operation in expression.operations {
            let isShift = column.kind == .instant
            let target = TargetColumn(
                name: column.name, kind: .number, isRequired: false,
                quantity: isShift ? .duration : column.quantity, perStoredUnit: isShift ? 1 : column.perStoredUnit)
            operations.append(
                Operation(
                    kind: operation.kind,
                    operand: try ResolvedExpression(operation.operand, for: target, in: scope, reading: reading)))
        }
        self.operations = operations
    }

    /// Bounds that a number is expected to keep.
    var bounds: ColumnExpression.Bounds { expression.bounds }

    /// The value for a row; `rows` are row numbers by table.
    ///
    /// - Throws: ``CellProblem`` where the text is not what the column holds.
    func value(in scope: RowScope, rows: [Int]) throws(CellProblem) -> CellValue {
        var text = sourceText(in: scope, rows: rows)
        if let replacement = expression.values[text] {
            text = replacement
        } else if !text.isEmpty, let otherwise = expression.otherwise {
            text = otherwise
        }
        if text.isEmpty { text = expression.defaultText ?? "" }
        if text.isEmpty { return .blank }
        switch column.kind {
        case .text: return .text(text)
        case .list: return .text(list(text))
        case .boolean: return .boolean(try boolean(text))
        case .instant: return try instant(text, in: scope, rows: rows)
        case .number, .integer: return try number(text, in: scope, rows: rows)
        }
    }

    private func sourceText(in scope: RowScope, rows: [Int]) -> String {
        switch source {
        case .cell(let position): return scope.text(position, rows: rows)
        case .constant(let text): return text
        case .rowNumber: return String(rows[0] + 1)
        case .template(let parts):
            var text = ""
            for part in parts {
                switch part {
                case .text(let literal): text += literal
                case .cell(let position): text += scope.text(position, rows: rows)
                }
            }
            return text
        }
    }

    /// A list with the dataset format's separator and without blanks around its entries.
    private func list(_ text: String) -> String {
        guard let separator = expression.listSeparator, !separator.isEmpty else { return text }
        return text.split(separator: separator).map { SourceTable.trimmed(String($0)) }.joined(separator: ";")
    }

    private func boolean(_ text: String) throws(CellProblem) -> Bool {
        switch text.lowercased() {
        case "true", "yes", "y", "t", "1": return true
        case "false", "no", "n", "f", "0": return false
        default: throw CellProblem(found: "'\(text)'", expected: "yes or no")
        }
    }

    private func instant(_ text: String, in scope: RowScope, rows: [Int]) throws(CellProblem) -> CellValue {
        let patterns = expression.patterns.isEmpty ? reading.patterns : expression.patterns
        var parsed: CivilTime?
        for pattern in patterns {
            parsed = pattern.parse(text)
            if parsed != nil { break }
        }
        guard var time = parsed else {
            let words = patterns.map { "'\($0.text)'" }.joined(separator: " or ")
            throw CellProblem(found: "'\(text)'", expected: "a date as \(words)")
        }
        for operation in operations {
            guard case .number(let seconds) = try operation.operand.value(in: scope, rows: rows) else {
                return .blank
            }
            time = time.adding(seconds: operation.kind == .minus ? -seconds : seconds)
        }
        return .instant(time)
    }

    private func number(_ text: String, in scope: RowScope, rows: [Int]) throws(CellProblem) -> CellValue {
        guard var value = plainNumber(text) else { throw CellProblem(found: "'\(text)'", expected: "a number") }
        if let factor { value *= factor }
        for operation in operations {
            guard case .number(let operand) = try operation.operand.value(in: scope, rows: rows) else {
                return .blank
            }
            switch operation.kind {
            case .times: value *= operand
            case .plus: value += operand
            case .minus: value -= operand
            case .dividedBy:
                guard operand != 0 else { throw CellProblem(found: "a division by 0", expected: "a number") }
                value /= operand
            }
        }
        value = value.rounded(toSignificantDigits: 15)
        if column.kind == .integer, value != value.rounded() {
            throw CellProblem(found: "'\(text)'", expected: "a whole number")
        }
        return .number(value)
    }

    /// A number as the file writes it.
    private func plainNumber(_ text: String) -> Double? {
        var plain = text
        if let sign = reading.thousandsSign { plain.removeAll { $0 == sign } }
        if reading.decimalSign != "." {
            guard !plain.contains(".") else { return nil }
            plain = String(plain.map { $0 == reading.decimalSign ? "." : $0 })
        }
        return NumberParsing.double(Array(plain.utf8).span)
    }
}
