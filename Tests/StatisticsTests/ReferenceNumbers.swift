import Foundation

/// The rows of one CSV file of `Reference`, as written by `Scripts/reference/statistical-functions.py`.
func referenceNumbers(_ name: String) throws -> [[Double]] {
    struct Malformed: Error {
        let line: String
    }
    let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        .appendingPathComponent("Reference").appendingPathComponent(name + ".csv")
    let text = try String(contentsOf: file, encoding: .utf8)
    return try text.split(separator: "\n").filter { !$0.hasPrefix("#") }.map { line in
        let fields = line.split(separator: ",")
        let numbers = fields.compactMap { Double($0) }
        guard numbers.count == fields.count else { throw Malformed(line: String(line)) }
        return numbers
    }
}

/// |a / b - 1|.
func relativeError(_ a: Double, _ b: Double) -> Double {
    a == b ? 0 : (a / b - 1).magnitude
}
