import CLAPACKE

/// The lower triangular L with L L' = A (LAPACK `dpotrf`), row-major, zeros above the diagonal.
///
/// The last bits depend on the processor: round what is stored.
///
/// - Parameters:
///   - matrix: symmetric and positive definite, row-major; only the lower triangle is read.
///   - order: its number of rows.
/// - Returns: L, of the same size. Takes order^3 / 3 operations.
/// - Throws: `LinearAlgebraError.notPositiveDefinite` with the first leading minor that is not positive.
public func choleskyFactor(_ matrix: [Double], order: Int) throws(LinearAlgebraError) -> [Double] {
    precondition(order >= 0 && matrix.count == order * order, "shape of a square matrix")
    if order == 0 { return [] }
    var factor = matrix
    let status = factor.withUnsafeMutableBufferPointer { factor in
        LAPACKE_dpotrf(LAPACK_ROW_MAJOR, CChar(UInt8(ascii: "L")), Int32(order), factor.baseAddress, Int32(order))
    }
    if status > 0 { throw .notPositiveDefinite(order: Int(status)) }
    // LAPACKE answers -4 for a NaN in the matrix: no leading minor is positive.
    if status == -4 { throw .notPositiveDefinite(order: 1) }
    precondition(status == 0, "dpotrf refused its arguments")
    for row in 0..<order {
        for column in (row + 1)..<max(order, row + 1) { factor[row * order + column] = 0 }
    }
    return factor
}
