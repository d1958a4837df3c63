import CLAPACKE

/// A linear fit by least squares and what is known of its precision.
public struct LeastSquaresFit: Sendable, Hashable {
    /// One coefficient a column of the design.
    public let coefficients: [Double]
    /// Standard errors of the coefficients, sqrt(s^2 diag((X'WX)^-1)); NaN without degrees of freedom.
    public let standardErrors: [Double]
    /// Weighted sum of squared residuals.
    public let residualSumOfSquares: Double
    /// 1 - residual / total sum of squares, the total about the weighted mean of the target: below 0 where a design
    /// without a constant column does worse than the mean. NaN where the target is constant.
    public let rSquared: Double
    /// Observations of positive weight less coefficients.
    public let degreesOfFreedom: Int

    /// Residual standard deviation s, sqrt(residual sum / degrees of freedom); NaN without degrees of freedom.
    public var residualDeviation: Double {
        degreesOfFreedom > 0 ? (residualSumOfSquares / Double(degreesOfFreedom)).squareRoot() : .nan
    }

    /// The fit's value for one row of a design.
    public func predict(_ row: [Double]) -> Double {
        precondition(row.count == coefficients.count, "a row of the design")
        var sum = 0.0
        for (value, coefficient) in zip(row, coefficients) { sum += value * coefficient }
        return sum
    }
}

/// Minimises the weighted sum of (target - design x coefficients)^2, by QR (LAPACK `dgels`).
///
/// Columns are scaled to unit length first, so that units do not matter for the test of dependence: a column whose
/// part orthogonal to those before it is below 1e-10 of its length is refused. Residuals are computed from the
/// coefficients, in row order. The last bits of the coefficients depend on the processor: round what is stored.
///
/// - Parameters:
///   - design: row-major, rows x columns; a constant term is a column of ones.
///   - rows: number of observations.
///   - columns: number of coefficients.
///   - target: one value a row.
///   - weights: one non-negative weight a row; nil for all 1. A row of weight 0 does not count.
/// - Returns: coefficients, standard errors, residual sum and R^2. Takes rows x columns^2 operations.
/// - Throws: `LinearAlgebraError` for too few rows, dependent columns or values that are not finite.
public func leastSquares(
    design: [Double], rows: Int, columns: Int, target: [Double], weights: [Double]? = nil
) throws(LinearAlgebraError) -> LeastSquaresFit {
    precondition(rows >= 0 && columns > 0 && design.count == rows * columns, "shape of the design")
    precondition(target.count == rows && (weights?.count ?? rows) == rows, "one target and one weight a row")
    let weights = weights ?? [Double](repeating: 1, count: rows)
    let used = try usableRows(design, columns, target, weights)
    if used < columns { throw .tooFewObservations(rows: used, columns: columns) }

    var (matrix, lengths) = scaledColumns(design, rows, columns, weights)
    if let zero = lengths.firstIndex(of: 0) { throw .dependentColumn(column: zero) }
    var solution = zip(target, weights).map { $0 * $1.squareRoot() }
    let status = solve(&matrix, &solution, rows, columns)
    for column in 0..<columns where !(matrix[column * rows + column].magnitude > 1e-10) {
        throw .dependentColumn(column: column)
    }
    precondition(status == 0, "dgels refused its arguments")

    let coefficients = (0..<columns).map { solution[$0] / lengths[$0] }
    let (residual, total) = sumsOfSquares(design, columns, target, weights, coefficients)
    let freedom = used - columns
    let variance = freedom > 0 ? residual / Double(freedom) : .nan
    let inverseDiagonal = inverseGramDiagonal(matrix, rows, columns)
    return LeastSquaresFit(
        coefficients: coefficients,
        standardErrors: (0..<columns).map { (variance * inverseDiagonal[$0]).squareRoot() / lengths[$0] },
        residualSumOfSquares: residual, rSquared: total > 0 ? 1 - residual / total : .nan, degreesOfFreedom: freedom)
}

/// Number of rows of positive weight; refuses what is not finite.
private func usableRows(
    _ design: [Double], _ columns: Int, _ target: [Double], _ weights: [Double]
) throws(LinearAlgebraError) -> Int {
    var used = 0
    for row in target.indices {
        var isFinite = target[row].isFinite && weights[row].isFinite && weights[row] >= 0
        for column in 0..<columns { isFinite = isFinite && design[row * columns + column].isFinite }
        if !isFinite { throw .invalidObservation(row: row) }
        if weights[row] > 0 { used += 1 }
    }
    return used
}

/// The design column-major, each row times the root of its weight, each column of length 1; and those lengths.
private func scaledColumns(
    _ design: [Double], _ rows: Int, _ columns: Int, _ weights: [Double]
) -> (matrix: [Double], lengths: [Double]) {
    var matrix = [Double](repeating: 0, count: rows * columns)
    var lengths = [Double](repeating: 0, count: columns)
    for column in 0..<columns {
        var square = 0.0
        for row in 0..<rows {
            let value = design[row * columns + column] * weights[row].squareRoot()
            matrix[column * rows + row] = value
            square += value * value
        }
        lengths[column] = square.squareRoot()
        if square > 0 {
            for row in 0..<rows { matrix[column * rows + row] /= lengths[column] }
        }
    }
    return (matrix, lengths)
}

/// `dgels` in place: afterwards the matrix holds R in its upper triangle, the right side the solution on top.
private func solve(_ matrix: inout [Double], _ right: inout [Double], _ rows: Int, _ columns: Int) -> Int {
    matrix.withUnsafeMutableBufferPointer { matrix in
        right.withUnsafeMutableBufferPointer { right in
            Int(
                LAPACKE_dgels(
                    LAPACK_COL_MAJOR, CChar(UInt8(ascii: "N")), Int32(rows), Int32(columns), 1, matrix.baseAddress,
                    Int32(rows), right.baseAddress, Int32(rows)))
        }
    }
}

/// Weighted residual sum of squares, and the total about the weighted mean.
private func sumsOfSquares(
    _ design: [Double], _ columns: Int, _ target: [Double], _ weights: [Double], _ coefficients: [Double]
) -> (residual: Double, total: Double) {
    var weightSum = 0.0
    var weightedSum = 0.0
    for row in target.indices {
        weightSum += weights[row]
        weightedSum += weights[row] * target[row]
    }
    let mean = weightedSum / weightSum
    var residual = 0.0
    var total = 0.0
    for row in target.indices {
        var fitted = 0.0
        for column in 0..<columns { fitted += design[row * columns + column] * coefficients[column] }
        residual += weights[row] * (target[row] - fitted) * (target[row] - fitted)
        total += weights[row] * (target[row] - mean) * (target[row] - mean)
    }
    return (residual, total)
}

/// Diagonal of (R'R)^-1: the squared lengths of the rows of R^-1, R in the upper triangle of `matrix`.
private func inverseGramDiagonal(_ matrix: [Double], _ rows: Int, _ columns: Int) -> [Double] {
    var inverse = [Double](repeating: 0, count: columns * columns)
    for column in 0..<columns {
        inverse[column * columns + column] = 1 / matrix[column * rows + column]
        for row in stride(from: column - 1, through: 0, by: -1) {
            var sum = 0.0
            for middle in (row + 1)...column { sum += matrix[middle * rows + row] * inverse[middle * columns + column] }
            inverse[row * columns + column] = -sum / matrix[row * rows + row]
        }
    }
    return (0..<columns).map { row in
        (row..<columns).reduce(0.0) { $0 + inverse[row * columns + $1] * inverse[row * columns + $1] }
    }
}
