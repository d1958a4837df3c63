import Domain
import Storage

/// Turns the rows of a source file into rows of a dataset table, as one block of a map says.
struct BlockEvaluator {
    private let block: TableMap.Block
    private let scope: RowScope
    private let joins: [RowJoiner]
    private let conditions: [(condition: TableMap.Condition, position: RowScope.Position)]
    private let targets: [TargetColumn]
    private let expressions: [ResolvedExpression]
    private let reading: TableMap.Reading

    /// What happened to the cells of a column.
    private struct ColumnTally {
        var readable = 0
        var firstFailure: (location: SourceLocation, problem: CellProblem)?
    }

    /// Reads the files of a block and finds its columns.
    ///
    /// - Throws: `InputError` for files and columns that are not there.
    init(
        _ block: TableMap.Block, library: inout SourceLibrary, log: inout FindingLog
    ) throws(InputError) {
        self.block = block
        var tables = [try library.table(block.file, at: block.location, log: &log)]
        var joins: [RowJoiner] = []
        for join in block.joins {
            let right = try library.table(join.file, at: join.location, log: &log)
            joins.append(try RowJoiner(join, left: RowScope(tables: tables), right: right))
            tables.append(right)
        }
        self.joins = joins
        let scope = RowScope(tables: tables)
        self.scope = scope
        let reading = library.reading(of: block.file)
        self.reading = reading
        var conditions: [(TableMap.Condition, RowScope.Position)] = []
        for condition in block.conditions {
            conditions.append((condition, try scope.position(of: condition.column, at: condition.location)))
        }
        self.conditions = conditions
        let known = TargetSchema.columns(of: block.table) ?? []
        var targets: [TargetColumn] = []
        var expressions: [ResolvedExpression] = []
        for (name, expression) in block.columns {
            let target =
                known.first { $0.name == name }
                ?? TargetColumn(name: name, kind: .number, isRequired: false, quantity: nil, perStoredUnit: 1)
            targets.append(target)
            expressions.append(try ResolvedExpression(expression, for: target, in: scope, reading: reading))
        }
        self.targets = targets
        self.expressions = expressions
    }

    /// Adds the block's rows to a draft; every source row is counted as kept or set aside.
    ///
    /// - Throws: `InputError` where a column has cells and none of them can be read: the map is wrong there, and not
    ///   the data.
    func run(into draft: inout TableDraft, log: inout FindingLog) throws(InputError) {
        var account = FindingLog.Account(file: scope.tables[0].file, use: block.table)
        var tallies = [ColumnTally](repeating: ColumnTally(), count: targets.count)
        var combiner = combiner
        for row in 0..<scope.tables[0].count {
            for rows in joined(row, account: &account) {
                account.read += 1
                if let reason = refusal(rows) {
                    account.setAside(reason)
                    continue
                }
                guard let values = values(rows, tallies: &tallies, account: &account, log: &log) else { continue }
                let origin = scope.tables[0].location(row)
                if combiner == nil {
                    account.kept += 1
                    append(values, from: origin, to: &draft)
                } else {
                    combiner?.add(values, from: origin)
                }
            }
        }
        for (index, tally) in tallies.enumerated() where tally.readable == 0 {
            guard let failure = tally.firstFailure else { continue }
            throw InputError(
                at: failure.location, found: "\(failure.problem.found) and no readable cell in any row",
                expected: "\(failure.problem.expected) for '\(block.table).\(targets[index].name)'"
                    + " (\(block.columns[index].expression.location))")
        }
        if let combiner {
            for (values, origin) in combiner.result {
                account.kept += 1
                append(values, from: origin, to: &draft)
            }
            account.setAside("merged into a row with the same key", count: combiner.mergedCount)
        }
        log.add(account)
    }

    private var combiner: RowCombiner? {
        if block.key.isEmpty { return nil }
        return RowCombiner(
            rules: block.columns.map { $0.expression.combination ?? .first },
            keyColumns: block.key.compactMap { name in targets.firstIndex { $0.name == name } })
    }

    private func append(_ values: [CellValue], from origin: SourceLocation, to draft: inout TableDraft) {
        draft.append(named: zip(targets, values).map { ($0.name, $1.text) }, from: origin)
    }

    /// Row numbers by table for a row of the first file: one entry, or more where a join takes each match.
    private func joined(_ row: Int, account: inout FindingLog.Account) -> [[Int]] {
        var combinations = [[row]]
        for join in joins {
            var next: [[Int]] = []
            for rows in combinations {
                let matches = join.matches(of: rows, in: scope)
                if matches.isEmpty, join.isRequired {
                    account.read += 1
                    account.setAside("no match in \(join.file)")
                } else if matches.isEmpty {
                    next.append(rows + [-1])
                } else {
                    for match in matches { next.append(rows + [match]) }
                }
            }
            combinations = next
        }
        return combinations
    }

    /// Why a row is left out, or nil.
    private func refusal(_ rows: [Int]) -> String? {
        for (condition, position) in conditions {
            let text = scope.text(position, rows: rows)
            var holds = condition.allowed?.contains(text) ?? true
            holds = holds && !condition.refused.contains(text)
            if let isBlank = condition.isBlank { holds = holds && text.isEmpty == isBlank }
            if !condition.bounds.isEmpty {
                holds = holds && (NumberParsing.double(Array(text.utf8).span).map(condition.bounds.contains) ?? false)
            }
            if !holds { return "not: \(condition.words)" }
        }
        return nil
    }

    /// The values of a row, or nil where it is set aside.
    private func values(
        _ rows: [Int], tallies: inout [ColumnTally], account: inout FindingLog.Account, log: inout FindingLog
    ) -> [CellValue]? {
        let location = scope.tables[0].location(rows[0])
        var values: [CellValue] = []
        for (index, expression) in expressions.enumerated() {
            let target = targets[index]
            let name = "\(block.table).\(target.name)"
            do {
                let value = try expression.value(in: scope, rows: rows)
                if value == .blank, target.isRequired {
                    account.setAside("blank \(target.name)")
                    log.add("blank:\(name)", .setAside, "no \(target.name); the row is set aside", at: location)
                    return nil
                }
                if case .number(let number) = value, !expression.bounds.contains(number) {
                    log.add(
                        "outside_bounds:\(name)", .kept,
                        "\(target.name) expected \(expression.bounds.words); kept", at: location,
                        detail: number.shortText)
                }
                if value != .blank { tallies[index].readable += 1 }
                values.append(value)
            } catch {
                if tallies[index].firstFailure == nil { tallies[index].firstFailure = (location, error) }
                let fate = target.isRequired ? "the row is set aside" : "left blank"
                log.add(
                    "unreadable:\(name)", target.isRequired ? .setAside : .repaired, severity: .warning,
                    "\(target.name) is not \(error.expected); \(fate)", at: location,
                    detail: error.found)
                if target.isRequired {
                    account.setAside("unreadable \(target.name)")
                    return nil
                }
                values.append(.blank)
            }
        }
        return values
    }
}
