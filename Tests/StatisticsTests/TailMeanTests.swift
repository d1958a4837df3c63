import Testing

@testable import Statistics

struct TailMeanTests {
    @Test("The mean of the worst share counts the value at its edge by the part that lies in it")
    func edge() {
        let values = [5.0, 1, 4, 2, 3, 8, 7, 6, 10, 9]
        #expect(TailMean.ofWorst(0.1, of: values) == 1)
        #expect(TailMean.ofWorst(0.2, of: values) == 1.5)
        // 1 + 2 + half of 3, over two and a half.
        #expect(TailMean.ofWorst(0.25, of: values) == (1 + 2 + 1.5) / 2.5)
        #expect(TailMean.ofWorst(0.01, of: values) == 1)
        #expect(abs(TailMean.ofWorst(1, of: values) - 5.5) < 1e-15)
    }

    @Test("It is the largest over z of z - mean(max(0, z - value)) / share, as Rockafellar and Uryasev define it")
    func definition() {
        let values = (0..<37).map { Double(($0 * 7_919) % 101) / 7 - 5 }
        for share in [0.05, 0.1, 0.33, 0.5, 0.9, 1] {
            // The function of z is concave and piecewise linear with its kinks at the values.
            let largest = values.map { z in
                z - values.reduce(0) { $0 + max(0, z - $1) } / Double(values.count) / share
            }.max()
            #expect(abs(TailMean.ofWorst(share, of: values) - (largest ?? .nan)) < 1e-12)
        }
    }
}
