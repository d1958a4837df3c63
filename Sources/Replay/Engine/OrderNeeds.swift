import Storage

/// Units of a product that an order asks for.
struct Need: BitwiseCopyable {
    var product: Int
    /// Those of the lines before of the same product too.
    var units: Int32
}

/// What a node must have in stock to carry all of an order, line by line: worked out once for all strategies.
struct OrderNeeds {
    private let needs: GrowingBuffer<Need>
    /// Positions of the order's needs.
    let range: Range<Int>

    init(_ needs: GrowingBuffer<Need>, range: Range<Int>) {
        self.needs = needs
        self.range = range
    }

    /// The need at a position.
    @inline(__always)
    subscript(_ position: Int) -> Need { needs[position] }
}
