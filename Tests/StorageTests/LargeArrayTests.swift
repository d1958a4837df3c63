import Storage
import Testing

@Suite("Large arrays")
struct LargeArrayTests {
    @Test("A large array does what an array does, and a copy keeps its values when the other changes")
    func likeArray() {
        var large = LargeArray<Int64>()
        var plain: [Int64] = []
        var copies: [(LargeArray<Int64>, [Int64])] = []
        // Beyond the size from which memory comes in huge pages, 2^19 values.
        for step in 0..<600_000 {
            large.append(Int64(step * step))
            plain.append(Int64(step * step))
            if step % 150_000 == 7 {
                copies.append((large, plain))
                large[step / 2] = -1
                plain[step / 2] = -1
            }
        }
        #expect(large.array == plain)
        for (copy, values) in copies { #expect(copy.array == values) }
        let whole = large
        large.withMutableSpan { $0[5] = 5 }
        #expect(whole[5] == 25 && large[5] == 5)
        var joined = LargeArray(repeating: UInt8(1), count: 2)
        joined.append(contentsOf: [2, 3].span)
        #expect(joined.array == [1, 1, 2, 3] && LargeArray([4.5, 1]).array == [4.5, 1])
    }

    @Test("A store takes an array over: its column holds the values though the array goes on")
    func adoption() throws {
        let store = MemoryColumnStore()
        var values = LargeArray<Int32>([3, 1, 2])
        let column = store.add("a", values)
        values[0] = 9
        values.append(4)
        #expect(Array(column) == [3, 1, 2])
        #expect(values.array == [9, 1, 2, 4])
        #expect(Array(store.add("none", LargeArray<Double>())).isEmpty)
        let copied = MemoryColumnStore()
        copied.add("a", [Int32]([3, 1, 2]))
        #expect(store.digests()[0].sha256 == copied.digests()[0].sha256)
    }
}
