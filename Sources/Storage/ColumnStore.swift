import Domain

/// A value that can stand in a column of an archive.
public protocol ColumnElement: BitwiseCopyable, Sendable {
    /// What the type is called in an archive's table of contents; never reused for another layout.
    static var columnTypeCode: UInt8 { get }
}

extension UInt8: ColumnElement {
    /// 1.
    public static var columnTypeCode: UInt8 { 1 }
}
extension Int32: ColumnElement {
    /// 2.
    public static var columnTypeCode: UInt8 { 2 }
}
extension Int64: ColumnElement {
    /// 3.
    public static var columnTypeCode: UInt8 { 3 }
}
extension UInt64: ColumnElement {
    /// 4.
    public static var columnTypeCode: UInt8 { 4 }
}
extension Double: ColumnElement {
    /// 5.
    public static var columnTypeCode: UInt8 { 5 }
}
extension Float: ColumnElement {
    /// 6.
    public static var columnTypeCode: UInt8 { 6 }
}
extension UInt32: ColumnElement {
    /// 7.
    public static var columnTypeCode: UInt8 { 7 }
}

/// What owns the memory of columns; a column is valid while its store lives.
public protocol ColumnStore: AnyObject, Sendable {
    /// Names of all columns, in the order they were added.
    var columnNames: [String] { get }

    /// The column of a name.
    ///
    /// - Throws: `OperationError` when there is none or it holds another type.
    func column<Element: ColumnElement>(_ name: String, of type: Element.Type) throws(OperationError) -> Column<Element>

    /// Writes every column to an archive, in the order they were added.
    ///
    /// - Throws: `OperationError` when the archive cannot be written.
    func write(to writer: ColumnArchiveWriter) throws(OperationError)
}

extension ColumnStore {
    /// The column of texts stored as `name` (bytes) and `name.offsets`.
    ///
    /// - Throws: `OperationError` when there is none or its offsets are not those of its bytes.
    public func strings(_ name: String) throws(OperationError) -> StringColumn {
        let offsets = try column(name + ".offsets", of: Int64.self)
        let bytes = try column(name, of: UInt8.self)
        guard let first = offsets.first, let last = offsets.last, first == 0, last == Int64(bytes.count) else {
            throw OperationError("column '\(name)' has offsets that do not fit its bytes")
        }
        return StringColumn(offsets: offsets, bytes: bytes)
    }
}
