import Storage
import Testing

@Suite struct ArenaTests {
    @Test("Buffers hold what was put in, copies of a buffer share it, and its tail is the same memory")
    func buffers() {
        let arena = Arena()
        let squares = arena.buffer((0..<10).map { $0 * $0 })
        let same = squares
        same[3] = -1
        #expect(squares[3] == -1)
        let tail = squares.from(7)
        #expect(tail.array == [49, 64, 81])
        tail[0] = 5
        #expect(squares[7] == 5)
        let other = arena.buffer(repeating: 2, count: 10)
        squares.copy(other)
        #expect(squares.array == Array(repeating: 2, count: 10))
        squares.fill(4)
        #expect(other[0] == 2 && squares[9] == 4)
    }

    @Test("A growing buffer keeps its values while it grows and gives them up from either end")
    func growing() {
        let arena = Arena()
        var values = GrowingBuffer<Int>(in: arena, capacity: 1)
        for value in 0..<1_000 { values.append(value, in: arena) }
        #expect((0..<1_000).allSatisfy { values[$0] == $0 })
        values.removeFirst(990)
        values.removeLast(3)
        #expect((0..<values.count).map { values[$0] } == Array(990..<997))
        values.removeAll()
        #expect(values.count == 0)
    }
}
