/// A set of tags, each an index below 128 into a dataset's tag names: one comparison answers most questions.
public struct TagSet: BitwiseCopyable, Sendable, Hashable {
    /// One bit a tag.
    public var bits: UInt128

    /// A set from its bits.
    @inlinable
    public init(bits: UInt128 = 0) {
        self.bits = bits
    }

    /// The most distinct tags a dataset can name.
    public static let capacity = 128

    /// Whether the tag of this index is in the set.
    @inlinable
    public func contains(_ index: Int) -> Bool {
        bits >> UInt128(index) & 1 == 1
    }

    /// Adds the tag of this index.
    @inlinable
    public mutating func insert(_ index: Int) {
        precondition(index >= 0 && index < Self.capacity, "tag index out of range")
        bits |= 1 << UInt128(index)
    }

    /// Whether every tag of `other` is in this set.
    @inlinable
    public func isSuperset(of other: TagSet) -> Bool {
        bits & other.bits == other.bits
    }

    /// Whether the sets share a tag.
    @inlinable
    public func intersects(_ other: TagSet) -> Bool {
        bits & other.bits != 0
    }

    /// The tags of both sets.
    @inlinable
    public func union(_ other: TagSet) -> TagSet {
        TagSet(bits: bits | other.bits)
    }
}
