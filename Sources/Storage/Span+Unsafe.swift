extension Span<UInt8> {
    /// Eight bytes from a position on as a number, the first byte the lowest. The caller stays within the span.
    @inlinable
    public func word(at position: Int) -> UInt64 {
        precondition(position >= 0 && position <= count - 8, "eight bytes of the span")
        return withUnsafeBytes { $0.loadUnaligned(fromByteOffset: position, as: UInt64.self) }
    }
}
