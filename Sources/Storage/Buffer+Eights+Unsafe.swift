extension Buffer where Element: SIMDScalar {
    /// Eight values, from `8 x group` on, read and written together. The caller stays within the buffer.
    @inlinable
    public subscript(eight group: Int) -> SIMD8<Element> {
        @inline(__always) get {
            assert(group >= 0 && 8 * group + 8 <= count, "eight values of \(count) from \(8 * group)")
            return UnsafeRawPointer(base + 8 * group).loadUnaligned(as: SIMD8<Element>.self)
        }
        @inline(__always) nonmutating set {
            assert(group >= 0 && 8 * group + 8 <= count, "eight values of \(count) from \(8 * group)")
            UnsafeMutableRawPointer(base + 8 * group).storeBytes(of: newValue, as: SIMD8<Element>.self)
        }
    }
}
