import Domain

/// Finds the rows of a joined file that match the rows so far.
struct RowJoiner: Sendable {
    /// The joined file's name.
    let file: String
    /// Whether a row without a match is set aside.
    let isRequired: Bool
    private let takesEach: Bool
    private let left: [RowScope.Position]
    private let index: RowIndex

    /// An index over the joined file.
    ///
    /// - Throws: `InputError` for columns that are not there.
    init(_ join: TableMap.Join, left scope: RowScope, right: SourceTable) throws(InputError) {
        file = join.file
        isRequired = join.matching == .required
        takesEach = join.matching == .each
        var left: [RowScope.Position] = []
        for key in join.keys { left.append(try scope.position(of: key.left, at: join.location)) }
        self.left = left
        index = try RowIndex(right, columns: join.keys.map(\.right))
    }

    /// The matching rows of the joined file.
    func matches(of rows: [Int], in scope: RowScope) -> [Int] {
        let matches = index.rows(left.map { scope.text($0, rows: rows) })
        return takesEach ? matches : Array(matches.prefix(1))
    }
}

/// Rows of a table by the texts of some columns.
struct RowIndex: Sendable {
    private var rowsByKey: [String: [Int]] = [:]

    /// An index over the columns of these names.
    ///
    /// - Throws: `InputError` for a column that the table lacks.
    init(_ table: SourceTable, columns names: [String]) throws(InputError) {
        var columns: [Int] = []
        for name in names { columns.append(try table.requiredColumn(name)) }
        for row in 0..<table.count {
            rowsByKey[RowIndex.key(columns.map { table.text(row, $0) }), default: []].append(row)
        }
    }

    /// The rows with these texts, in file order.
    func rows(_ texts: [String]) -> [Int] { rowsByKey[RowIndex.key(texts)] ?? [] }

    private static func key(_ texts: [String]) -> String { texts.joined(separator: "\u{1F}") }
}
