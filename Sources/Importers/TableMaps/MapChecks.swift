import Domain
import Storage

/// Answers the questions that a map asks about its source files.
enum MapChecks {
    /// Runs a check and logs what it finds.
    ///
    /// - Throws: `InputError` for files and columns that are not there.
    static func run(
        _ check: TableMap.Check, library: inout SourceLibrary, log: inout FindingLog
    ) throws(InputError) {
        switch check {
        case .lookup(let lookup): try run(lookup, library: &library, log: &log)
        case .capacity(let capacity): try run(capacity, library: &library, log: &log)
        }
    }

    /// Counts the rows that find no, one or several rows of the other table.
    private static func run(
        _ lookup: TableMap.Lookup, library: inout SourceLibrary, log: inout FindingLog
    ) throws(InputError) {
        let rows = try library.table(lookup.rows, at: lookup.location, log: &log)
        let table = try library.table(lookup.table, at: lookup.location, log: &log)
        let index = try RowIndex(table, columns: lookup.keys.map(\.right))
        var keyColumns: [Int] = []
        for key in lookup.keys { keyColumns.append(try rows.requiredColumn(key.left)) }
        var ranges: [(value: Int, low: Int, high: Int)] = []
        for range in lookup.ranges {
            ranges.append(
                (
                    try rows.requiredColumn(range.value), try table.requiredColumn(range.low),
                    try table.requiredColumn(range.high)
                ))
        }
        let title = lookup.title
        for row in 0..<rows.count {
            let texts = keyColumns.map { rows.text(row, $0) }
            let candidates = index.rows(texts)
            let matches = candidates.filter { candidate in
                ranges.allSatisfy { range in
                    guard let value = number(rows, row, range.value) else { return false }
                    return value >= number(table, candidate, range.low) ?? -.infinity
                        && value <= number(table, candidate, range.high) ?? .infinity
                }
            }
            let place = rows.location(row)
            let detail = texts.joined(separator: ", ")
            if candidates.isEmpty {
                log.add(
                    "lookup_none:\(title)", .kept, severity: .warning,
                    "\(title): no row of \(lookup.table) has the key", at: place,
                    detail: detail)
            } else if matches.isEmpty {
                log.add(
                    "lookup_outside:\(title)", .kept, severity: .warning,
                    "\(title): the key is in \(lookup.table), the value in no range",
                    at: place, detail: detail)
            } else if matches.count > 1 {
                log.add(
                    "lookup_several:\(title)", .kept, "\(title): more than one row of \(lookup.table) matches",
                    at: place,
                    detail: "\(detail): \(matches.count) rows")
            }
        }
    }

    /// Counts rows by key against the limits.
    private static func run(
        _ capacity: TableMap.Capacity, library: inout SourceLibrary, log: inout FindingLog
    ) throws(InputError) {
        let rows = try library.table(capacity.rows, at: capacity.location, log: &log)
        let limits = try library.table(capacity.limitFile, at: capacity.location, log: &log)
        let index = try RowIndex(limits, columns: [capacity.limitKey])
        let limitColumn = try limits.requiredColumn(capacity.limitColumn)
        var columns: [Int] = []
        for name in capacity.per { columns.append(try rows.requiredColumn(name)) }
        var groups: [(texts: [String], row: Int, count: Int)] = []
        var positions: [String: Int] = [:]
        for row in 0..<rows.count {
            let texts = columns.map { rows.text(row, $0) }
            let key = texts.joined(separator: "\u{1F}")
            if let position = positions[key] {
                groups[position].count += 1
            } else {
                positions[key] = groups.count
                groups.append((texts, row, 1))
            }
        }
        for group in groups {
            guard let limitRow = index.rows([group.texts[0]]).first,
                let limit = number(limits, limitRow, limitColumn)
            else {
                log.add(
                    "capacity_unknown:\(capacity.title)", .kept, severity: .warning,
                    "\(capacity.title): no limit in \(capacity.limitFile)",
                    at: rows.location(group.row), detail: group.texts.joined(separator: ", "))
                continue
            }
            if Double(group.count) > limit {
                log.add(
                    "capacity_exceeded:\(capacity.title)", .kept, severity: .warning,
                    "\(capacity.title): more rows than the limit",
                    at: rows.location(group.row),
                    detail: "\(group.texts.joined(separator: ", ")): \(group.count) against \(limit.shortText)")
            }
        }
        // All limits together against all rows of each further key (a day, usually).
        var total = 0.0
        for row in 0..<limits.count { total += number(limits, row, limitColumn) ?? 0 }
        var rests: [(texts: [String], row: Int, count: Int)] = []
        for group in groups {
            let texts = Array(group.texts.dropFirst())
            if let position = rests.firstIndex(where: { $0.texts == texts }) {
                rests[position].count += group.count
            } else {
                rests.append((texts, group.row, group.count))
            }
        }
        for rest in rests where Double(rest.count) > total {
            log.add(
                "capacity_exceeded_in_total:\(capacity.title)", .kept, severity: .warning,
                "\(capacity.title): more rows than all limits together", at: rows.location(rest.row),
                detail: (rest.texts + ["\(rest.count) against \(total.shortText)"]).joined(separator: ": "))
        }
    }

    private static func number(_ table: SourceTable, _ row: Int, _ column: Int) -> Double? {
        NumberParsing.double(Array(table.text(row, column).utf8).span)
    }
}
