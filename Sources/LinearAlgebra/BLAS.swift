import COpenBLAS

/// Matrix products by OpenBLAS, on array storage without a copy.
///
/// The last bits of a product depend on the kernel that OpenBLAS picks for the processor, on the shapes and on the
/// number of threads: use results to preselect, never to decide (model.md, section 6). All matrices are row-major:
/// element (row, column) at `row * stride + column`, the stride being the number of columns unless said otherwise.
public enum BLAS {
    /// Keeps every later call on the calling thread.
    ///
    /// To be called once at start, before trials run: parallelism is over trials, and two BLAS threads inside each are
    /// slower than one. Process-wide.
    public static func useSingleThread() {
        openblas_set_num_threads(1)
    }

    /// Number of threads a call may use at present.
    public static var threadCount: Int { Int(openblas_get_num_threads()) }

    /// The library's own description and the kernel in use, as `OpenBLAS 0.3.21 ... ; core Zen`: for a run's manifest.
    public static var openBLASDescription: String {
        // Both point to static storage of the library.
        let configuration = openblas_get_config().map { String(cString: $0) } ?? "OpenBLAS"
        let core = openblas_get_corename().map { String(cString: $0) } ?? "unknown"
        return configuration.split(separator: " ").joined(separator: " ") + "; core " + core
    }

    /// A matrix that lies in somebody else's storage.
    public struct Shape: Sendable, Hashable {
        /// Number of rows.
        public let rows: Int
        /// Number of columns.
        public let columns: Int
        /// Elements from one row to the next, at least `columns`.
        public let stride: Int
        /// Element of the storage where the matrix starts.
        public let offset: Int
        /// Whether the product takes the transpose; rows and columns are those of the matrix as stored.
        public let isTransposed: Bool

        /// A matrix of so many rows and columns, row-major; `stride` and `offset` place it in a larger one.
        public init(rows: Int, columns: Int, stride: Int? = nil, offset: Int = 0, isTransposed: Bool = false) {
            precondition(
                rows >= 0 && columns >= 0 && (stride ?? columns) >= columns && offset >= 0, "shape of a matrix")
            self.rows = rows
            self.columns = columns
            self.stride = stride ?? columns
            self.offset = offset
            self.isTransposed = isTransposed
        }

        /// Elements that the storage must hold.
        public var extent: Int { rows == 0 || columns == 0 ? 0 : offset + (rows - 1) * stride + columns }

        /// Rows as the product sees them.
        var outerRows: Int { isTransposed ? columns : rows }
        /// Columns as the product sees them.
        var outerColumns: Int { isTransposed ? rows : columns }
        /// The library's word for the transposition.
        var operation: CBLAS_TRANSPOSE { isTransposed ? CblasTrans : CblasNoTrans }
        /// The library's stride, which may not be 0.
        var leading: Int32 { Int32(max(1, stride)) }
    }

    /// Traps unless the shapes multiply and each storage is large enough.
    static func check(
        _ c: Shape, _ a: Shape, _ b: Shape, extents: (c: Int, a: Int, b: Int)
    ) {
        precondition(!c.isTransposed, "the result is not transposed")
        precondition(
            a.outerRows == c.rows && b.outerColumns == c.columns && a.outerColumns == b.outerRows,
            "shapes of a matrix product")
        precondition(extents.c >= c.extent && extents.a >= a.extent && extents.b >= b.extent, "storage of a matrix")
    }

    /// Where a matrix starts; nil where it is empty, so that its offset need not lie in the storage.
    private static func start<Element>(
        _ buffer: UnsafeBufferPointer<Element>, _ shape: Shape
    ) -> UnsafePointer<Element>? {
        shape.extent == 0 ? nil : buffer.baseAddress.map { $0 + shape.offset }
    }

    /// Where a matrix to be written starts.
    private static func start<Element>(
        _ buffer: UnsafeMutableBufferPointer<Element>, _ shape: Shape
    ) -> UnsafeMutablePointer<Element>? {
        shape.extent == 0 ? nil : buffer.baseAddress.map { $0 + shape.offset }
    }

    /// C = alpha A B + beta C in float64 (`dgemm`).
    ///
    /// - Parameters:
    ///   - c: the result, in place; need hold nothing meaningful where beta is 0.
    ///   - cShape: its shape.
    ///   - a: the left factor.
    ///   - aShape: its shape.
    ///   - b: the right factor.
    ///   - bShape: its shape.
    ///   - alpha: factor of the product.
    ///   - beta: factor of what C held.
    public static func gemm(
        _ c: inout MutableSpan<Double>, _ cShape: Shape, _ a: Span<Double>, _ aShape: Shape, _ b: Span<Double>,
        _ bShape: Shape, alpha: Double = 1, beta: Double = 0
    ) {
        check(cShape, aShape, bShape, extents: (c.count, a.count, b.count))
        if cShape.extent == 0 { return }
        c.withUnsafeMutableBufferPointer { c in
            a.withUnsafeBufferPointer { a in
                b.withUnsafeBufferPointer { b in
                    cblas_dgemm(
                        CblasRowMajor, aShape.operation, bShape.operation, Int32(cShape.rows), Int32(cShape.columns),
                        Int32(aShape.outerColumns), alpha, start(a, aShape), aShape.leading, start(b, bShape),
                        bShape.leading, beta, start(c, cShape), cShape.leading)
                }
            }
        }
    }

    /// C = alpha A B + beta C in float32 (`sgemm`). Parameters as in float64.
    public static func gemm(
        _ c: inout MutableSpan<Float>, _ cShape: Shape, _ a: Span<Float>, _ aShape: Shape, _ b: Span<Float>,
        _ bShape: Shape, alpha: Float = 1, beta: Float = 0
    ) {
        check(cShape, aShape, bShape, extents: (c.count, a.count, b.count))
        if cShape.extent == 0 { return }
        c.withUnsafeMutableBufferPointer { c in
            a.withUnsafeBufferPointer { a in
                b.withUnsafeBufferPointer { b in
                    cblas_sgemm(
                        CblasRowMajor, aShape.operation, bShape.operation, Int32(cShape.rows), Int32(cShape.columns),
                        Int32(aShape.outerColumns), alpha, start(a, aShape), aShape.leading, start(b, bShape),
                        bShape.leading, beta, start(c, cShape), cShape.leading)
                }
            }
        }
    }

    /// C = alpha A B + beta C on whole arrays, float64.
    public static func gemm(
        _ c: inout [Double], _ cShape: Shape, _ a: [Double], _ aShape: Shape, _ b: [Double], _ bShape: Shape,
        alpha: Double = 1, beta: Double = 0
    ) {
        var span = c.mutableSpan
        gemm(&span, cShape, a.span, aShape, b.span, bShape, alpha: alpha, beta: beta)
    }

    /// C = alpha A B + beta C on whole arrays, float32.
    public static func gemm(
        _ c: inout [Float], _ cShape: Shape, _ a: [Float], _ aShape: Shape, _ b: [Float], _ bShape: Shape,
        alpha: Float = 1, beta: Float = 0
    ) {
        var span = c.mutableSpan
        gemm(&span, cShape, a.span, aShape, b.span, bShape, alpha: alpha, beta: beta)
    }
}
