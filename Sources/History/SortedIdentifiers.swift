import Domain

/// The rows of one table by id: their order, and where each id ended up.
struct SortedIdentifiers: Sendable {
    /// Row numbers in the order of their ids.
    let rows: [Int]
    /// The place of each id.
    private let places: [String: Int]
    private let kind: String
    private let names: [String]

    /// Sorts ids; `kind` names the table's rows in errors.
    ///
    /// - Throws: `InputError` when an id comes twice.
    init(_ ids: [String], kind: String) throws(InputError) {
        self.kind = kind
        let rows = ids.indices.sorted { identifierPrecedes(ids[$0], ids[$1]) }
        self.rows = rows
        names = rows.map { ids[$0] }
        for (left, right) in zip(rows, rows.dropFirst()) where ids[left] == ids[right] {
            throw InputError(found: "the \(kind) '\(ids[left])' twice", expected: "each id once")
        }
        places = Dictionary(uniqueKeysWithValues: rows.enumerated().map { (ids[$1], $0) })
    }

    /// The place of an id, if it is known.
    func index(_ id: String) -> Int? { places[id] }

    /// The place of an id that `user` refers to.
    ///
    /// - Throws: `InputError` with the nearest known id when there is none.
    func index(_ id: String, in user: @autoclosure () -> String) throws(InputError) -> Int {
        if let place = places[id] { return place }
        throw InputError(
            found: "unknown \(kind) '\(id)' in \(user())", expected: "the id of a \(kind)",
            suggestion: nearestWord(to: id, among: names))
    }
}
