import LinearAlgebra
import Storage

/// Scores of many candidates under many strategies: `scores = features x weights` by one `dgemm`.
///
/// `features` is rows x featureCount, column-major (a feature is one run); `weights` is featureCount x strategies,
/// column-major (a strategy is one run); `scores` becomes rows x strategies, column-major, and must hold at least
/// rows x strategies elements. The last bits differ by kernel and shape: a result preselects, it does not decide.
/// 2 x rows x featureCount x strategies floating-point operations.
public func multiply(
    features: Buffer<Double>, rows: Int, featureCount: Int, weights: [Double], strategies: Int,
    into scores: Buffer<Double>
) {
    if featureCount == 0 {
        for index in 0..<(rows * strategies) { scores[index] = 0 }
        return
    }
    // Column-major storage is the row-major storage of the transpose: S^T = W^T X^T.
    features.withSpan { features in
        scores.withMutableSpan { scores in
            BLAS.gemm(
                &scores, BLAS.Shape(rows: strategies, columns: rows), weights.span,
                BLAS.Shape(rows: strategies, columns: featureCount), features,
                BLAS.Shape(rows: featureCount, columns: rows))
        }
    }
}

/// Adds features x weights to scores by one `dgemm`.
///
/// `features` is column-major (a feature is one run of `stride` values, of which the first `rows` count); `weights` is
/// featureCount x columns and `scores` rows x columns, both row-major. Of the last bits see ``multiply(features:rows:featureCount:weights:strategies:into:)``.
public func addProducts(
    features: Buffer<Double>, rows: Int, stride: Int, featureCount: Int, weights: [Double], columns: Int,
    to scores: Buffer<Double>
) {
    guard rows > 0, featureCount > 0 else { return }
    features.withSpan { features in
        scores.withMutableSpan { scores in
            BLAS.gemm(
                &scores, BLAS.Shape(rows: rows, columns: columns), features,
                BLAS.Shape(rows: featureCount, columns: rows, stride: stride, isTransposed: true), weights.span,
                BLAS.Shape(rows: featureCount, columns: columns), alpha: 1, beta: 1)
        }
    }
}
