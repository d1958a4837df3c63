extension Buffer<Double> {
    /// Eight values, from `8 x group` on, read and written together. The caller stays within the buffer.
    @inlinable
    public subscript(eight group: Int) -> SIMD8<Double> {
        @inline(__always) get {
            assert(group >= 0 && 8 * group + 8 <= count, "eight values of \(count) from \(8 * group)")
            return UnsafeRawPointer(base + 8 * group).loadUnaligned(as: SIMD8<Double>.self)
        }
        @inline(__always) nonmutating set {
            assert(group >= 0 && 8 * group + 8 <= count, "eight values of \(count) from \(8 * group)")
            UnsafeMutableRawPointer(base + 8 * group).storeBytes(of: newValue, as: SIMD8<Double>.self)
        }
    }
}

extension Buffer<Int32> {
    /// Eight values, from `8 x group` on, read together. The caller stays within the buffer.
    @inlinable
    public subscript(eight group: Int) -> SIMD8<Int32> {
        @inline(__always) get {
            assert(group >= 0 && 8 * group + 8 <= count, "eight values of \(count) from \(8 * group)")
            return UnsafeRawPointer(base + 8 * group).loadUnaligned(as: SIMD8<Int32>.self)
        }
    }
}
