import Foundation
import Testing

/// A change of the code that makes a kernel dearer is seen, without a clock.
struct InstructionCountTests {
    /// A kernel may take this share of its recorded instructions more or less: room for another build of the same
    /// compiler, none for a lost optimisation.
    private static let tolerance = 0.05

    /// Counts by compiler, then by kernel.
    private typealias Counts = [String: [String: Int]]

    private static let path = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        .appendingPathComponent("Fixtures/instruction-counts.json")

    private static let isRecording = ProcessInfo.processInfo.environment["SANDTABLE_RECORD"] != nil

    /// Whether the tests are compiled with optimisation, as the counts are.
    private static let isOptimised: Bool = {
        #if DEBUG
            false
        #else
            true
        #endif
    }()

    private static func recorded() throws -> Counts {
        try JSONDecoder().decode(Counts.self, from: try Data(contentsOf: path))
    }

    private static func hasCounts() throws -> Bool {
        if isRecording { return true }
        return try recorded()[Callgrind.compiler] != nil
    }

    @Test(
        "Each kernel takes the recorded number of instructions within 5 %, under the compiler it was recorded with",
        .enabled(if: isOptimised, "instructions are counted in release builds only: Scripts/test"),
        .enabled(if: Callgrind.isThere, "valgrind or objcopy is not installed: Scripts/test installs valgrind"),
        .enabled("this compiler has no counts yet: SANDTABLE_RECORD=1 Scripts/test records them") { try hasCounts() })
    func kernelsCostWhatTheyDid() throws {
        let folder = NSTemporaryDirectory() + "sandtable-" + UUID().uuidString
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let callgrind = try Callgrind(folder: folder)
        var counts: [String: Int] = [:]
        for kernel in try callgrind.kernels() { counts[kernel] = try callgrind.instructions(of: kernel) }
        #expect(counts.count >= 3)
        // A function that was never entered counts nothing; no kernel is as small as this.
        for (kernel, count) in counts { try #require(count > 100_000, "\(kernel) was not counted: \(count)") }
        guard !Self.isRecording else { return try record(counts) }
        let stored = try Self.recorded()[Callgrind.compiler] ?? [:]
        #expect(Set(counts.keys) == Set(stored.keys), "kernels were added or removed: record with SANDTABLE_RECORD=1")
        for kernel in counts.keys.sorted() {
            guard let count = counts[kernel], let expected = stored[kernel] else { continue }
            let change = Double(count) / Double(expected) - 1
            let percent = String(format: "%+.1f", 100 * change)
            #expect(
                abs(change) <= Self.tolerance,
                "\(kernel): \(count) instructions, recorded \(expected): \(percent) %; if meant, SANDTABLE_RECORD=1")
        }
    }

    /// Puts the counts in the place of this compiler's.
    private func record(_ counts: [String: Int]) throws {
        var all = FileManager.default.fileExists(atPath: Self.path.path) ? try Self.recorded() : [:]
        all[Callgrind.compiler] = counts
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys]
        try (try encoder.encode(all) + Data("\n".utf8)).write(to: Self.path, options: .atomic)
        Issue.record("the instruction counts have been recorded anew; run the tests without SANDTABLE_RECORD")
    }
}
