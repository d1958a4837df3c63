import Domain

/// Rows that share a key, becoming one by each column's rule; rows stay in the order of their first appearance.
struct RowCombiner {
    /// One value under way.
    private struct Accumulator {
        var value = CellValue.blank
        var sum = 0.0
        var count = 0
        var entries: [String] = []
    }

    private let rules: [ColumnExpression.Combination]
    private let keyColumns: [Int]
    private var positions: [String: Int] = [:]
    private var rows: [[Accumulator]] = []
    private var origins: [SourceLocation] = []
    /// Rows that joined one that was there already.
    private(set) var mergedCount = 0

    /// A combiner for columns with their rules; `keyColumns` are positions among them.
    init(rules: [ColumnExpression.Combination], keyColumns: [Int]) {
        self.rules = rules
        self.keyColumns = keyColumns
    }

    /// Takes a row that comes from a place.
    mutating func add(_ values: [CellValue], from origin: SourceLocation) {
        let key = keyColumns.map { values[$0].text }.joined(separator: "\u{1F}")
        let position: Int
        if let known = positions[key] {
            position = known
            mergedCount += 1
        } else {
            position = rows.count
            positions[key] = position
            origins.append(origin)
            rows.append([Accumulator](repeating: Accumulator(), count: rules.count))
        }
        for (column, value) in values.enumerated() {
            RowCombiner.add(value, to: &rows[position][column], by: rules[column])
        }
    }

    /// The combined rows, each with the place of its first.
    var result: [(values: [CellValue], origin: SourceLocation)] {
        zip(rows, origins).map { row, origin in
            let values = row.enumerated().map { (column, accumulator) -> CellValue in
                switch rules[column] {
                case .first, .min, .max: accumulator.value
                case .sum: accumulator.count == 0 ? .blank : .number(accumulator.sum)
                case .mean: accumulator.count == 0 ? .blank : .number(accumulator.sum / Double(accumulator.count))
                case .count: .number(Double(accumulator.count))
                case .list: accumulator.entries.isEmpty ? .blank : .text(accumulator.entries.joined(separator: ";"))
                }
            }
            return (values, origin)
        }
    }

    private static func add(
        _ value: CellValue, to accumulator: inout Accumulator, by rule: ColumnExpression.Combination
    ) {
        if value == .blank { return }
        accumulator.count += 1
        if case .number(let number) = value { accumulator.sum += number }
        switch rule {
        case .first: if accumulator.value == .blank { accumulator.value = value }
        case .min: if accumulator.value == .blank || precedes(value, accumulator.value) { accumulator.value = value }
        case .max: if accumulator.value == .blank || precedes(accumulator.value, value) { accumulator.value = value }
        case .list: if !accumulator.entries.contains(value.text) { accumulator.entries.append(value.text) }
        case .sum, .mean, .count: break
        }
    }

    private static func precedes(_ left: CellValue, _ right: CellValue) -> Bool {
        switch (left, right) {
        case (.number(let a), .number(let b)): a < b
        case (.instant(let a), .instant(let b)):
            a.wallSeconds - Double(a.offsetSeconds ?? 0) < b.wallSeconds - Double(b.offsetSeconds ?? 0)
        default: false
        }
    }
}
