/// Correlations of several series, and the factor that reproduces them.
///
/// Plain sums in fixed order and not BLAS: intervals and verdicts depend on them to the last bit.
public struct CorrelationMatrix: Sendable, Hashable {
    /// Number of series.
    public let order: Int
    /// Row-major; ones on the diagonal.
    public let values: [Double]

    /// Correlations of series of equal length, at least two, none constant.
    public init(of series: [[Double]]) {
        precondition(series.allSatisfy { $0.count == series[0].count && $0.count > 1 }, "series of equal length")
        let centred = series.map { values in
            let mean = Moments(values).mean
            return values.map { $0 - mean }
        }
        func product(_ a: [Double], _ b: [Double]) -> Double {
            var sum = 0.0
            for index in a.indices { sum += a[index] * b[index] }
            return sum
        }
        let lengths = centred.map { product($0, $0).squareRoot() }
        precondition(lengths.allSatisfy { $0 > 0 }, "a constant series has no correlation")
        var values = [Double](repeating: 1, count: series.count * series.count)
        for i in series.indices {
            for j in 0..<i {
                let correlation = product(centred[i], centred[j]) / (lengths[i] * lengths[j])
                values[i * series.count + j] = min(1, max(-1, correlation))
                values[j * series.count + i] = values[i * series.count + j]
            }
        }
        order = series.count
        self.values = values
    }

    /// Given correlations, row-major: symmetric, ones on the diagonal.
    public init(order: Int, values: [Double]) {
        precondition(order > 0 && values.count == order * order, "shape of a square matrix")
        self.order = order
        self.values = values
    }

    /// Lower triangular L with L L' = the matrix, row-major, also where it is singular: a pivot below 1e-12 (rounding
    /// of a series that others determine) becomes a zero column.
    func factor() -> [Double] {
        var factor = [Double](repeating: 0, count: order * order)
        for column in 0..<order {
            var pivot = values[column * order + column]
            for k in 0..<column { pivot -= factor[column * order + k] * factor[column * order + k] }
            if pivot < 1e-12 { continue }
            let root = pivot.squareRoot()
            factor[column * order + column] = root
            for row in (column + 1)..<max(order, column + 1) {
                var sum = values[row * order + column]
                for k in 0..<column { sum -= factor[row * order + k] * factor[column * order + k] }
                factor[row * order + column] = sum / root
            }
        }
        return factor
    }
}
