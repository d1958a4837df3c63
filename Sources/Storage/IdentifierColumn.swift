import Domain

/// A read-only column of ids: each a prefix that many share and a number, such as `o` and 17 for `o17`. Valid while its
/// ``ColumnStore`` lives.
///
/// Every text has exactly one such form (``split(_:)``), so ids that are counted take the room of a number, and those
/// that are the same prefix with 0, 1, 2 ... none.
public struct IdentifierColumn: Sendable, RandomAccessCollection {
    /// The distinct prefixes, in the order they first come.
    public let prefixes: StringColumn
    /// The prefix of each id.
    public let prefixNumbers: Column<Int32>
    /// The number behind it; -1 = none.
    public let numbers: Column<Int32>

    /// A column from its parts.
    public init(prefixes: StringColumn, prefixNumbers: Column<Int32>, numbers: Column<Int32>) {
        self.prefixes = prefixes
        self.prefixNumbers = prefixNumbers
        self.numbers = numbers
    }

    /// Number of ids.
    public var count: Int { numbers.count }

    /// Position of the first id: 0.
    public var startIndex: Int { 0 }

    /// Position after the last id.
    public var endIndex: Int { count }

    /// The id at a position; a new String each time.
    public subscript(_ index: Int) -> String {
        let prefix = prefixes[Int(prefixNumbers[index])]
        let number = numbers[index]
        return number < 0 ? prefix : prefix + String(number)
    }

    /// Whether a text is the prefix of every id that it begins and a number of up to nine digits ends.
    public static func isPrefix(_ text: String) -> Bool { text.utf8.last.map { $0 < 0x30 || $0 > 0x39 } ?? true }

    /// Where the number begins that ends a text, and the number; -1 where there is none.
    ///
    /// The number is the longest run of at most nine digits at the end that does not begin with 0, or a lone 0.
    public static func split(_ text: Span<UInt8>) -> (prefixLength: Int, number: Int32) {
        var start = text.count
        while start > 0, text.count - start < 9, text[start - 1] >= 0x30, text[start - 1] <= 0x39 { start -= 1 }
        while start < text.count - 1, text[start] == 0x30 { start += 1 }
        if start == text.count { return (start, -1) }
        var number: Int32 = 0
        for position in start..<text.count { number = number * 10 + Int32(text[position] - 0x30) }
        return (start, number)
    }
}

extension ColumnStore {
    /// The column of ids stored as `name.prefixes`, `name.prefix` and `name.number`.
    ///
    /// - Throws: `OperationError` when there is none or its parts do not fit.
    public func identifiers(_ name: String) throws(OperationError) -> IdentifierColumn {
        let prefixes = try strings(name + ".prefixes")
        let prefixNumbers = try column(name + ".prefix", of: Int32.self)
        let numbers = try column(name + ".number", of: Int32.self)
        guard prefixNumbers.count == numbers.count else {
            throw OperationError("column '\(name)' has parts of different lengths")
        }
        return IdentifierColumn(prefixes: prefixes, prefixNumbers: prefixNumbers, numbers: numbers)
    }
}

extension MemoryColumnStore {
    /// Adds ids, `count` of them, each given as its bytes to a closure, as the columns of ``IdentifierColumn``.
    public func add(identifiers name: String, count: Int, _ visit: (Int, (Span<UInt8>) -> Void) -> Void) {
        var prefixes = ByteIndex()
        var prefixNumbers = LargeArray<Int32>()
        var numbers = LargeArray<Int32>()
        prefixNumbers.reserveCapacity(count)
        numbers.reserveCapacity(count)
        for index in 0..<count {
            visit(index) { id in
                let (length, number) = IdentifierColumn.split(id)
                prefixNumbers.append(prefixes.insert(id.extracting(first: length)).number)
                numbers.append(number)
            }
        }
        add(name + ".prefixes", prefixes.texts)
        add(name + ".prefix", prefixNumbers)
        add(name + ".number", numbers)
    }
}
