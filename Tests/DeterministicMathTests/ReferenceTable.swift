import Foundation

/// Rows of one file of `Reference`: arguments, the true value rounded, and what rounding took away.
struct ReferenceTable {
    struct Row {
        let arguments: [Double]
        let value: Double
        /// True value less `value`, in units of the last place of `value`.
        let residualUlps: Double
    }

    struct Malformed: Error {
        let line: String
    }

    let rows: [Row]

    init(_ name: String, directory: String = "Reference") throws {
        let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
            .appendingPathComponent(directory).appendingPathComponent(name + ".csv")
        let text = try String(contentsOf: file, encoding: .utf8)
        rows = try text.split(separator: "\n").filter { !$0.hasPrefix("#") }.map { line in
            let fields = line.split(separator: ",")
            let numbers = fields.dropLast().compactMap { UInt64($0, radix: 16) }.map(Double.init(bitPattern:))
            guard numbers.count == fields.count - 1, numbers.count >= 2, let value = numbers.last,
                let residual = fields.last.flatMap({ Double($0) })
            else { throw Malformed(line: String(line)) }
            return Row(arguments: numbers.dropLast(), value: value, residualUlps: residual)
        }
    }

    /// The largest distance of `function` from the true value, in ulp of the true value, and where it is; over the rows
    /// that `isIncluded` accepts.
    func worstUlps(
        where isIncluded: (Row) -> Bool = { _ in true }, _ function: ([Double]) -> Double
    ) -> (ulps: Double, arguments: [Double], count: Int) {
        var worst = (ulps: 0.0, arguments: [Double](), count: 0)
        for row in rows where isIncluded(row) {
            worst.count += 1
            let ours = function(row.arguments)
            let ulps =
                ours == row.value && !row.value.isFinite
                ? 0 : ((ours - row.value) / row.value.ulp - row.residualUlps).magnitude
            if !(ulps <= worst.ulps) {
                worst.ulps = ulps.isNaN ? .infinity : ulps
                worst.arguments = row.arguments
            }
        }
        return worst
    }
}
