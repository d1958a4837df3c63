/// What a column holds, in a few bytes: two columns of the same digest hold the same values, whatever their form.
public struct ColumnDigest: Sendable, Hashable {
    /// The column's name.
    public let name: String
    /// The code of its type, ``ColumnElement/columnTypeCode``.
    public let typeCode: UInt8
    /// Number of values.
    public let count: Int
    /// SHA-256 of the values, one after the other, little-endian.
    public let sha256: [UInt8]

    /// Adds name, type, count and SHA-256 to a hash.
    public func update(_ hash: SHA256) {
        hash.update(name)
        hash.update(UInt64(typeCode))
        hash.update(UInt64(count))
        hash.update(sha256)
    }
}

extension Column {
    /// SHA-256 of the values.
    var digest: [UInt8] {
        let hash = SHA256()
        if isDirect {
            hash.update(raw: UnsafeRawBufferPointer(start: base, count: count * MemoryLayout<Element>.stride))
            return hash.finishBytes()
        }
        // A stretch at a time, so that long columns take no memory.
        let stretch = 1 << 15
        let buffer = UnsafeMutableBufferPointer<Element>.allocate(capacity: stretch)
        defer { buffer.deallocate() }
        var next = 0
        while next < count {
            let length = Swift.min(stretch, count - next)
            for offset in 0..<length { buffer[offset] = self[next + offset] }
            hash.update(raw: UnsafeRawBufferPointer(UnsafeMutableBufferPointer(rebasing: buffer[..<length])))
            next += length
        }
        return hash.finishBytes()
    }
}
