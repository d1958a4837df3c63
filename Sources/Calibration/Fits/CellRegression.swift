import LinearAlgebra

/// Least squares on columns of zeros and ones, from sums by cell instead of a row an observation, with standard errors that hold
/// where spreads differ, and where observations of a group are alike.
///
/// Observations with the same columns and group make a cell: their number n, sum and sum of squares. Two observations of weight
/// n / 2 at mean ± standard deviation stand for them, which leaves every sum as it was, and so coefficients and R² (LAPACK
/// `dgels`, ``leastSquares(design:rows:columns:target:weights:)``). Standard errors are those of the sandwich
/// `(X'X)^-1 M (X'X)^-1`: `M = N / (N - k) sum of e² x x'` (HC1, White 1980, DOI 10.2307/1912934), and over groups
/// `M = G / (G - 1) sum of s s'`, s the sum of e x of a group (Liang and Zeger 1986, DOI 10.1093/biomet/73.1.13).
struct CellRegression {
    /// Observations alike in their columns and group.
    struct Cell {
        /// The group, for what observations share.
        var group: Int
        /// Columns that are 1.
        var columns: [Int]
        /// Number of observations.
        var count = 0.0
        /// Sum of their targets.
        var sum = 0.0
        /// Sum of the squares of their targets.
        var squares = 0.0

        /// Adds an observation.
        mutating func add(_ value: Double) {
            count += 1
            sum += value
            squares += value * value
        }
        /// Mean of the targets.
        var mean: Double { sum / count }
        /// Sum of squared distances from the mean.
        var within: Double { max(0, squares - sum * sum / count) }
    }

    /// One coefficient a column.
    let coefficients: [Double]
    /// Standard errors where spreads differ.
    let robustErrors: [Double]
    /// Standard errors where observations of a group are alike.
    let groupErrors: [Double]
    /// Share of the variance that the columns explain.
    let rSquared: Double
    /// Observations.
    let count: Int

    /// The fit of some cells, in a fixed order.
    ///
    /// - Throws: ``LinearAlgebraError`` for too few cells or columns that depend on others.
    init(_ cells: [Cell], columns: Int) throws(LinearAlgebraError) {
        var design: [Double] = []
        var target: [Double] = []
        var weights: [Double] = []
        for cell in cells {
            let row = (0..<columns).map { cell.columns.contains($0) ? 1.0 : 0 }
            let deviation = (cell.within / cell.count).squareRoot()
            for value in [cell.mean - deviation, cell.mean + deviation] {
                design += row
                target.append(value)
                weights.append(cell.count / 2)
            }
        }
        let fit = try leastSquares(
            design: design, rows: target.count, columns: columns, target: target, weights: weights)
        let number = cells.reduce(0) { $0 + $1.count }
        coefficients = fit.coefficients
        rSquared = fit.rSquared
        count = Int(number)
        var gram = [Double](repeating: 0, count: columns * columns)
        var spread = gram
        var scores: [Int: [Double]] = [:]
        for cell in cells {
            let off = cell.mean - cell.columns.reduce(0) { $0 + fit.coefficients[$1] }
            let square = cell.within + cell.count * off * off
            for row in cell.columns {
                scores[cell.group, default: [Double](repeating: 0, count: columns)][row] += cell.count * off
                for column in cell.columns {
                    gram[row * columns + column] += cell.count
                    spread[row * columns + column] += square
                }
            }
        }
        var together = [Double](repeating: 0, count: columns * columns)
        for group in scores.keys.sorted() {
            let score = scores[group] ?? []
            for row in 0..<columns {
                for column in 0..<columns { together[row * columns + column] += score[row] * score[column] }
            }
        }
        let inverse = Self.inverse(of: try choleskyFactor(gram, order: columns), columns)
        let groups = Double(scores.count)
        robustErrors = Self.errors(inverse, spread, columns, factor: number / max(1, number - Double(columns)))
        groupErrors =
            groups > 1
            ? Self.errors(inverse, together, columns, factor: groups / (groups - 1))
            : [Double](repeating: .nan, count: columns)
    }

    /// (L L')^-1.
    private static func inverse(of factor: [Double], _ order: Int) -> [Double] {
        // L^-1 by forward substitution, then its product with itself.
        var lower = [Double](repeating: 0, count: order * order)
        for column in 0..<order {
            for row in column..<order {
                var sum = row == column ? 1.0 : 0
                for middle in column..<row { sum -= factor[row * order + middle] * lower[middle * order + column] }
                lower[row * order + column] = sum / factor[row * order + row]
            }
        }
        var inverse = [Double](repeating: 0, count: order * order)
        for row in 0..<order {
            for column in 0..<order {
                for middle in max(row, column)..<order {
                    inverse[row * order + column] += lower[middle * order + row] * lower[middle * order + column]
                }
            }
        }
        return inverse
    }

    /// Roots of the diagonal of A M A x factor.
    private static func errors(_ inverse: [Double], _ middle: [Double], _ order: Int, factor: Double) -> [Double] {
        (0..<order).map { index in
            var sum = 0.0
            for row in 0..<order {
                for column in 0..<order {
                    sum +=
                        inverse[index * order + row] * middle[row * order + column] * inverse[column * order + index]
                }
            }
            return (max(0, sum) * factor).squareRoot()
        }
    }
}
