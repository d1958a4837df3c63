import Storage

/// Finds the rows of orders by id: mostly that of the row before, or the next.
struct OrderFinder {
    private var last: Int32 = 0

    /// The row of an order, -1 if there is none. The orders are not changed, but passed without a copy.
    mutating func row(of id: Span<UInt8>, in orders: inout OrderRows) -> Int32 {
        if last < orders.count, orders.ids.holds(id, at: last) { return last }
        if last + 1 < orders.count, orders.ids.holds(id, at: last + 1) {
            last += 1
            return last
        }
        let position = orders.ids.number(of: id)
        if position >= 0 { last = position }
        return position
    }
}

/// Names of another table in a column, each looked up once.
struct NameColumn {
    private var texts = ByteIndex()
    /// Numbers among the names that are known, by number in ``texts``; -1 = unknown.
    private var numbers: [Int32] = []

    /// The number of a name in `names`, which holds the known ones met so far; -1 if it is not known.
    mutating func number(_ name: Span<UInt8>, in names: inout ByteIndex, known: KnownIds) -> Int32 {
        let (text, isNew) = texts.insert(name)
        if isNew {
            let name = texts.text(Int(text))
            numbers.append(known.contains(name) ? names.insert(name).number : -1)
        }
        return numbers[Int(text)]
    }
}
