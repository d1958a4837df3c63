import Domain

/// The cells that an expression can see: a row of the first file, and of each joined one where it has a match.
struct RowScope: Sendable {
    /// Where a named column is found.
    struct Position: Sendable, Hashable {
        let table: Int
        let column: Int
    }

    /// The first file and the joined ones.
    let tables: [SourceTable]

    /// The cell of a column, blank where the joined file had no match (row -1).
    func text(_ position: Position, rows: [Int]) -> String {
        let row = rows[position.table]
        return row < 0 ? "" : tables[position.table].text(row, position.column)
    }

    /// The position of a column: of the first file that has it; `Stem.column` names the file.
    ///
    /// - Throws: `InputError` at `location` for an unknown column, or one that several joined files have.
    func position(of name: String, at location: SourceLocation) throws(InputError) -> Position {
        if let column = tables[0].column(named: name) { return Position(table: 0, column: column) }
        let joined = tables.indices.dropFirst().compactMap { index in
            tables[index].column(named: name).map { Position(table: index, column: $0) }
        }
        if joined.count == 1 { return joined[0] }
        if joined.count > 1 {
            let names = joined.map { "'\(RowScope.stem(of: tables[$0.table].file)).\(name)'" }
            throw InputError(
                at: location, found: "the column '\(name)' in \(joined.count) joined files",
                expected: "one of " + names.joined(separator: ", "))
        }
        for (index, table) in tables.enumerated() {
            let prefix = RowScope.stem(of: table.file) + "."
            if name.hasPrefix(prefix), let column = table.column(named: String(name.dropFirst(prefix.count))) {
                return Position(table: index, column: column)
            }
        }
        let known = tables.flatMap(\.columns)
        throw InputError(
            at: location, found: "no column '\(name)' in " + tables.map(\.file).joined(separator: ", "),
            expected: "one of " + known.joined(separator: ", "), suggestion: nearestWord(to: name, among: known))
    }

    /// The name of a file without folder and endings: `exports/orders.csv.zst` is `orders`.
    static func stem(of file: String) -> String {
        let name = file.split(separator: "/").last.map(String.init) ?? file
        return name.split(separator: ".", omittingEmptySubsequences: false).first.map(String.init) ?? name
    }
}
