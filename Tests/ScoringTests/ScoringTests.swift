import Scoring
import Storage
import Testing

@Suite struct ScoringTests {
    @Test("The product of features and weights is the sum of their products, row by row and strategy by strategy")
    func product() {
        let (rows, features, strategies) = (37, 5, 3)
        let arena = Arena()
        let matrix = arena.buffer((0..<(rows * features)).map { Double(($0 * 7919) % 101) / 7 - 5 })
        let weights = (0..<(features * strategies)).map { Double(($0 * 104_729) % 53) / 11 - 2 }
        let scores = arena.buffer(repeating: Double.nan, count: rows * strategies)
        multiply(
            features: matrix, rows: rows, featureCount: features, weights: weights, strategies: strategies,
            into: scores)
        for strategy in 0..<strategies {
            for row in 0..<rows {
                var sum = 0.0
                var magnitude = 0.0
                for feature in 0..<features {
                    let term = matrix[feature * rows + row] * weights[strategy * features + feature]
                    sum += term
                    magnitude += abs(term)
                }
                // Higham 2002, section 3.1: two sums of n products differ by at most 2 gamma_n x the sum of magnitudes.
                let bound = 2 * Double(features) * 0x1p-53 * magnitude
                #expect(abs(scores[strategy * rows + row] - sum) <= bound)
            }
        }
    }

    @Test("Without features every score is zero")
    func nothing() {
        let arena = Arena()
        let scores = arena.buffer(repeating: 7.0, count: 6)
        multiply(
            features: arena.buffer(repeating: 0.0, count: 0), rows: 3, featureCount: 0, weights: [], strategies: 2,
            into: scores)
        #expect(scores.array == [0, 0, 0, 0, 0, 0])
    }
}
