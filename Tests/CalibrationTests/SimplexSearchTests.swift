import Testing

@testable import Calibration

@Suite struct SimplexSearchTests {
    @Test("The lowest point of a narrow curved valley is found, where a search along the axes is stuck")
    func valley() {
        // Rosenbrock 1960: the lowest point is (1, 1).
        let search = SimplexSearch(from: [-1.2, 1], step: 0.4, trialsMax: 400, isGoodEnough: { _ in false }) { point in
            let (a, b) = (1 - point[0], point[1] - point[0] * point[0])
            return a * a + 100 * b * b
        }
        #expect(abs(search.best[0] - 1) < 1e-4 && abs(search.best[1] - 1) < 1e-4, "\(search.best)")
        #expect(search.trials >= 400 && search.trials < 410)
    }

    @Test("A point that is good enough ends the search at once")
    func early() {
        let search = SimplexSearch(from: [3], step: 1, trialsMax: 100, isGoodEnough: { $0 < 10 }) { $0[0] * $0[0] }
        #expect(search.trials == 2 && search.least == 9)
    }
}
