import Foundation
import History
import ScenarioFiles

/// What a decision costs as one size of a synthetic book grows and all others stay.
enum GrowthSuite {
    /// A size that grows, and the values it takes.
    struct Curve: Sendable {
        var name: String
        var values: [Int]
        var quickValues: [Int]
        var set: @Sendable (inout SyntheticBook, Int) -> Void
    }

    /// All curves; a book has the sizes of ``SyntheticBook`` where a curve does not set them.
    static let curves = [
        Curve(name: "orders", values: [1_000, 10_000, 100_000, 1_000_000], quickValues: [1_000, 10_000]) {
            book, value in
            book.orders = value
            book.strategies = 2
        },
        Curve(name: "nodes", values: [10, 50, 200, 1_000, 2_000], quickValues: [10, 50]) { book, value in
            book.nodes = value
            book.orders = 2_000
        },
        // Strategies that need not look at far nodes, in ten worlds.
        Curve(name: "nodes-pruned", values: [10, 50, 200, 1_000, 2_000], quickValues: [10, 50]) { book, value in
            book.nodes = value
            book.isNear = true
            book.replications = 10
        },
        Curve(name: "strategies", values: [1, 2, 4, 8, 16, 32, 64, 128, 256], quickValues: [1, 16]) {
            $0.strategies = $1
        },
        Curve(name: "features", values: [8, 16, 32, 64, 128, 237], quickValues: [8, 32]) { $0.features = $1 },
        Curve(name: "lines", values: [1, 2, 5], quickValues: [1, 2]) { $0.linesPerOrder = $1 },
        Curve(name: "threads", values: [1, 2], quickValues: [1, 2]) { book, value in
            book.threads = value
            book.replications = 8
        },
        // Seventeen strategies on a platform's peak day, by all cores: what a decision costs must not depend on the orders.
        Curve(
            name: "peak-day", values: [1_000_000, 10_000_000, SyntheticBook.peakOrders], quickValues: [5_000]
        ) { book, value in
            book.isPeakDay = true
            book.orders = value
            book.nodes = 50
            book.strategies = 17
            book.threads = ProcessInfo.processInfo.activeProcessorCount
        },
        // Seventeen strategies in a single world.
        Curve(name: "threads-one-world", values: [1, 2], quickValues: [1, 2]) { book, value in
            book.threads = value
            book.orders = 200_000
            book.strategies = 17
        },
    ]

    /// Measures all curves.
    static func run(_ bench: Workbench, into report: inout BenchmarkReport) throws {
        for curve in curves {
            for value in bench.isQuick ? curve.quickValues : curve.values {
                var book = SyntheticBook()
                if bench.isQuick { book.orders = 5_000 }
                curve.set(&book, value)
                let folder = bench.newPath()
                let dataset = try book.dataset(in: folder)
                report.decisions.append(
                    try bench.measure(
                        suite: "growth-" + curve.name, name: String(value),
                        sizes: [
                            "features": book.features, "lines": book.linesPerOrder, "threads": book.threads,
                        ],
                        jobs: book.threads, try book.scenario(dataset: folder), dataset: dataset))
            }
        }
    }
}
