/// Why a factorisation or a fit has no answer.
public enum LinearAlgebraError: Error, Sendable, Hashable, CustomStringConvertible {
    /// Column `column` of a design (from 0) is, to rounding, a combination of those before it.
    case dependentColumn(column: Int)
    /// A fit needs at least as many observations of positive weight as coefficients.
    case tooFewObservations(rows: Int, columns: Int)
    /// An observation is not a finite number, or a weight negative (row from 0).
    case invalidObservation(row: Int)
    /// The leading minor of this order (from 1) is not positive: the matrix is not positive definite.
    case notPositiveDefinite(order: Int)

    /// A sentence without the name of a file.
    public var description: String {
        switch self {
        case .dependentColumn(let column):
            "column \(column) of the design depends linearly on the columns before it"
        case .tooFewObservations(let rows, let columns):
            "\(rows) observations are too few for \(columns) coefficients"
        case .invalidObservation(let row):
            "observation \(row) is not finite or has a negative weight"
        case .notPositiveDefinite(let order):
            "the matrix is not positive definite (leading minor of order \(order))"
        }
    }
}
