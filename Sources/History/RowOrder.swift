import Storage

/// Rows of a table that are kept, in the order they get.
struct RowOrder {
    /// Number of kept rows.
    let count: Int
    /// Whether all rows are kept, in the order in which they are.
    let isIdentity: Bool
    private let rows: LargeArray<Int32>

    /// All rows, as they are.
    init(all count: Int) {
        self.count = count
        isIdentity = true
        rows = LargeArray()
    }

    /// Some rows.
    init(_ rows: LargeArray<Int32>) {
        count = rows.count
        isIdentity = false
        self.rows = rows
    }

    /// The row at a place.
    subscript(_ place: Int) -> Int { isIdentity ? place : Int(rows[place]) }

    /// Values by row in the final order.
    func ordered<Element>(_ values: LargeArray<Element>) -> LargeArray<Element> {
        isIdentity ? values : gathered { values[$0] }
    }

    /// What a closure makes of each kept row, in the final order.
    func gathered<Element>(_ value: (Int) -> Element) -> LargeArray<Element> {
        var result = LargeArray<Element>()
        result.reserveCapacity(count)
        for place in 0..<count { result.append(value(self[place])) }
        return result
    }

    /// The place of each row of so many, -1 where it is not kept; none where the order is as it was.
    func places(ofRows rowCount: Int) -> LargeArray<Int32> {
        if isIdentity { return LargeArray() }
        var places = LargeArray<Int32>(repeating: -1, count: rowCount)
        places.withMutableSpan { places in
            for place in 0..<count { places[self[place]] = Int32(truncatingIfNeeded: place) }
        }
        return places
    }

    /// Rows grouped: by the group that a closure names (negative = the row is not kept), as they are within each.
    ///
    /// Returns the first place of each group, and the number of places at the end.
    static func grouped(
        rows: Int, groups: Int, _ group: (Int) -> Int32
    ) -> (order: RowOrder, offsets: LargeArray<Int64>) {
        var offsets = LargeArray<Int64>(repeating: 0, count: groups + 1)
        var isIdentity = true
        var last: Int32 = 0
        offsets.withMutableSpan { offsets in
            for row in 0..<rows {
                let number = group(row)
                if number < last { isIdentity = false } else { last = number }
                if number >= 0 { offsets[Int(number) + 1] += 1 }
            }
            for index in 1..<(groups + 1) { offsets[index] += offsets[index - 1] }
        }
        if isIdentity { return (RowOrder(all: rows), offsets) }
        var next = offsets
        var sorted = LargeArray<Int32>(repeating: 0, count: Int(offsets[groups]))
        sorted.withMutableSpan { sorted in
            next.withMutableSpan { next in
                for row in 0..<rows {
                    let number = Int(group(row))
                    guard number >= 0 else { continue }
                    sorted[Int(next[number])] = Int32(truncatingIfNeeded: row)
                    next[number] += 1
                }
            }
        }
        return (RowOrder(sorted), offsets)
    }
}
