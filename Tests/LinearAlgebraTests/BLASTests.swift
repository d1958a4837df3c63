import Testing

@testable import LinearAlgebra

@Suite struct BLASTests {
    /// Small whole numbers: every product and sum is exact, so any order of summation gives the same.
    func wholeNumbers(_ count: Int, _ seed: Int) -> [Double] {
        (0..<count).map { Double(($0 * 7919 + seed * 104_729) % 19 - 9) }
    }

    func product(_ a: [Double], _ b: [Double], _ m: Int, _ n: Int, _ k: Int) -> [Double] {
        var c = [Double](repeating: 0, count: m * n)
        for i in 0..<m { for j in 0..<n { for l in 0..<k { c[i * n + j] += a[i * k + l] * b[l * n + j] } } }
        return c
    }

    @Test(
        "A product agrees with the triple loop, for every transposition",
        arguments: [(1, 1, 1), (3, 4, 5), (17, 9, 23), (64, 17, 237)])
    func agreement(_ m: Int, _ n: Int, _ k: Int) {
        let a = wholeNumbers(m * k, 1)
        let b = wholeNumbers(k * n, 2)
        let aTransposed = (0..<k * m).map { a[($0 % m) * k + $0 / m] }
        let bTransposed = (0..<n * k).map { b[($0 % k) * n + $0 / k] }
        let expected = product(a, b, m, n, k)
        for (left, leftShape) in [
            (a, BLAS.Shape(rows: m, columns: k)), (aTransposed, BLAS.Shape(rows: k, columns: m, isTransposed: true)),
        ] {
            for (right, rightShape) in [
                (b, BLAS.Shape(rows: k, columns: n)),
                (bTransposed, BLAS.Shape(rows: n, columns: k, isTransposed: true)),
            ] {
                var c = [Double](repeating: .nan, count: m * n)
                BLAS.gemm(&c, BLAS.Shape(rows: m, columns: n), left, leftShape, right, rightShape)
                #expect(c == expected)
            }
        }
        var single = [Float](repeating: 1, count: m * n)
        BLAS.gemm(
            &single, BLAS.Shape(rows: m, columns: n), a.map(Float.init), BLAS.Shape(rows: m, columns: k),
            b.map(Float.init), BLAS.Shape(rows: k, columns: n), alpha: 2, beta: 3)
        #expect(single == expected.map { Float(2 * $0 + 3) })
    }

    @Test("A product reads and writes a block of a larger matrix and nothing around it")
    func block() {
        let a = wholeNumbers(4 * 6, 3)
        let b = wholeNumbers(2 * 3, 4)
        var c = [Double](repeating: 5, count: 4 * 5)
        // Columns 1 and 2 of rows 1 to 3 of A, times B, into columns 2 to 4 of rows 0 to 2 of C.
        BLAS.gemm(
            &c, .init(rows: 3, columns: 3, stride: 5, offset: 2), a,
            .init(rows: 3, columns: 2, stride: 6, offset: 7), b, .init(rows: 2, columns: 3))
        for row in 0..<4 {
            for column in 0..<5 {
                var expected = 5.0
                if row < 3 && column >= 2 {
                    expected = 0
                    for l in 0..<2 { expected += a[(row + 1) * 6 + 1 + l] * b[l * 3 + column - 2] }
                }
                #expect(c[row * 5 + column] == expected)
            }
        }
    }

    @Test("An empty product leaves the result as it is, an inner size of 0 makes it beta C")
    func empty() {
        var c: [Double] = []
        BLAS.gemm(
            &c, .init(rows: 0, columns: 3), [], .init(rows: 0, columns: 2), [1, 2, 3, 4, 5, 6],
            .init(rows: 2, columns: 3))
        #expect(c.isEmpty)
        var d: [Double] = [1, 2]
        BLAS.gemm(
            &d, .init(rows: 1, columns: 2), [], .init(rows: 1, columns: 0), [], .init(rows: 0, columns: 2), beta: 3)
        #expect(d == [3, 6])
    }

    @Test("One thread is one thread, and the library names itself and its kernel")
    func settings() {
        BLAS.useSingleThread()
        #expect(BLAS.threadCount == 1)
        #expect(BLAS.openBLASDescription.hasPrefix("OpenBLAS 0."))
        #expect(BLAS.openBLASDescription.contains("; core "))
    }
}
