import Storage

/// Values of which usually all are the same: they take no memory until one differs.
struct SparseColumn<Element: BitwiseCopyable & Sendable>: Sendable {
    /// The value that all have while ``isUniform``.
    let usual: Element
    private(set) var values = LargeArray<Element>()
    /// Number of values.
    private(set) var count = 0
    private var room = 0

    /// No values.
    init(usual: Element) { self.usual = usual }

    /// Whether all values are the usual one.
    var isUniform: Bool { values.isEmpty }

    /// Appends a value; `isUsual` says whether it is the usual one.
    @inline(__always)
    mutating func append(_ value: Element, isUsual: Bool) {
        if values.isEmpty, !isUsual { spellOut() }
        if !isUsual || !values.isEmpty { values.append(value) }
        count &+= 1
    }

    /// Gives each value its place, as the first other one comes.
    @inline(never)
    private mutating func spellOut() {
        values.reserveCapacity(max(room, count + 1))
        for _ in 0..<count { values.append(usual) }
    }

    /// Makes room for so many values, if they take any.
    mutating func reserveCapacity(_ capacity: Int) {
        room = capacity
        if !values.isEmpty { values.reserveCapacity(capacity) }
    }

    subscript(_ index: Int) -> Element { values.isEmpty ? usual : values[index] }
}

extension SparseColumn where Element: Equatable {
    @inline(__always)
    mutating func append(_ value: Element) { append(value, isUsual: value == usual) }
}
