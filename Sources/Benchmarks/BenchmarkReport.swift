import Experiments
import Foundation
import LinearAlgebra
import Storage

/// Everything that one call of the command has measured.
struct BenchmarkReport: Encodable {
    /// Something that could not be measured here.
    struct Skipped: Encodable {
        var suite: String
        var reason: String
    }
    /// The machine, as far as it says what the figures hold for.
    struct Machine: Encodable {
        var processor = MachineFacts.processor
        var cores = ProcessInfo.processInfo.activeProcessorCount
        var system = ProcessInfo.processInfo.operatingSystemVersionString
        var blas = BLAS.openBLASDescription
        /// Processes that wanted to run in the minute before; where it is not near 0, times are those of a busy machine.
        var loadBefore = MachineFacts.load
    }

    /// Version of the product.
    let version = CodeVersion.version
    /// Whether only the small subset was measured, whose figures are rough.
    let isQuick: Bool
    let machine = Machine()
    /// Replays.
    var decisions: [DecisionPoint] = []
    /// Exogenous scores.
    var scoring: [ScoringPoint] = []
    /// Reading of tables.
    var imports: [ImportPoint] = []
    var skipped: [Skipped] = []

    init(isQuick: Bool) {
        self.isQuick = isQuick
    }

    mutating func skip(_ suite: Suite, because reason: String) {
        skipped.append(Skipped(suite: suite.rawValue, reason: reason))
    }
}

/// How long a decision took: one order under one strategy in one world.
struct DecisionPoint: Encodable {
    /// The suite, or `growth-` and the size that grows.
    var suite: String
    /// What was replayed, in a word.
    var name: String
    /// Sizes by name.
    var sizes: [String: Int]
    /// Threads.
    var jobs: Int
    /// Decisions of one repeat.
    var decisions: Int
    /// Seconds to compile dataset and scenario to a plan; part of no other figure.
    var compileSeconds: Double
    /// Nanoseconds of wall time a decision, by repeat.
    var repeats: [Double]
    /// The median of the repeats.
    var nanosecondsPerDecision: Double
    /// The median of the processor's nanoseconds a decision, of all threads: unlike wall time hardly more on a busy
    /// machine.
    var processorNanosecondsPerDecision: Double
    /// The largest resident memory while this point was measured, what was left of earlier points included; nil where
    /// the system does not tell.
    var peakResidentBytes: Int?
}

/// What exogenous scores took, and what BLAS takes for the products alone.
struct ScoringPoint: Encodable {
    /// The features, in some words.
    var name: String
    /// Distinct exogenous features.
    var features: Int
    /// Those of them that depend on the order.
    var orderFeatures: Int
    var strategies: Int
    /// Orders that were scored; times and products grow with them.
    var orders: Int
    /// Candidates an order, on average.
    var candidates: Double
    /// Products of a feature and a weight that were needed, all told.
    var products: Int
    /// Those that depend on the order among them.
    var orderProducts: Int
    /// Products if every feature were that of an order: orders x candidates x features x strategies.
    var productsWithoutHoisting: Int
    /// Seconds for all that lanes, nodes and hours decide.
    var laneSeconds: Double
    /// Seconds for the values of the order's features.
    var featureSeconds: Double
    /// Seconds for their products with the weights.
    var productSeconds: Double
    /// Rows, strategies and features of a block.
    var shape: [Int]
    /// 10^9 floating-point operations a second, two a product, of `dgemm` by itself in this shape.
    var dgemmGigaflops: Double
    /// The same of `sgemm`.
    var sgemmGigaflops: Double
    /// Operations of the order's products / product seconds / the rate of `dgemm`.
    var shareOfProducts: Double
    /// Operations of all needed products / all seconds / the rate of `dgemm`.
    var shareOfAll: Double
    /// The largest resident memory, as for ``DecisionPoint``.
    var peakResidentBytes: Int?
}

/// How fast tables became a cache.
struct ImportPoint: Encodable {
    /// How the tables are compressed: `plain` or `zstd`.
    var compression: String
    var orders: Int
    /// Bytes of all tables, uncompressed.
    var tableBytes: Int
    /// Bytes of all tables on the disk.
    var fileBytes: Int
    /// Seconds, by repeat: hashing, reading, checking, compiling, writing and mapping the cache.
    var repeats: [Double]
    /// Uncompressed bytes over the median of the repeats, in 10^6 bytes a second.
    var megabytesPerSecond: Double
    /// As for ``DecisionPoint``.
    var peakResidentBytes: Int?
}

/// What the system says of this process and of the processor.
enum MachineFacts {
    /// The processor's name; blank where the system does not tell.
    static var processor: String { value(of: "model name", in: "/proc/cpuinfo") ?? "" }

    /// Mean number of processes that wanted to run in the last minute; nil where the system does not tell.
    static var load: Double? {
        guard let bytes = try? FileSystem.read("/proc/loadavg") else { return nil }
        return String(decoding: bytes, as: UTF8.self).split(separator: " ").first.flatMap { Double($0) }
    }

    /// The largest resident memory since the last ``forgetPeak()``, in bytes.
    static var peakResidentBytes: Int? {
        guard
            let kilobytes = value(of: "VmHWM", in: "/proc/self/status")?.split(separator: " ").first.flatMap({ Int($0) }
            )
        else { return nil }
        return kilobytes * 1024
    }

    /// Lets the peak start from the memory that is resident now; where the system refuses, the peak is that of the
    /// whole process so far.
    static func forgetPeak() {
        guard let handle = FileHandle(forWritingAtPath: "/proc/self/clear_refs") else { return }
        // 5: reset the peak (proc(5)).
        try? handle.write(contentsOf: Data("5".utf8))
        try? handle.close()
    }

    private static func value(of key: String, in path: String) -> String? {
        guard let bytes = try? FileSystem.read(path) else { return nil }
        for line in String(decoding: bytes, as: UTF8.self).split(separator: "\n") where line.hasPrefix(key) {
            let parts = line.split(separator: ":", maxSplits: 1)
            if parts.count == 2 { return parts[1].trimmingCharacters(in: .whitespaces) }
        }
        return nil
    }
}
