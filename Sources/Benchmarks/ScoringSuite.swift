import Experiments
import Foundation
import History
import LinearAlgebra
import Replay
import ScenarioFiles
import Statistics
import Storage

/// What exogenous scores cost beside the matrix product that they are: 237 features, 17 strategies, 16 candidates an
/// order.
///
/// Three books of features: signals of nodes, which the engine scores once an hour; the same with nothing kept from
/// order to order; and features that no two orders need share, for which every product is needed. The rate of BLAS is
/// measured in turns with the scores, part by part of the orders, and by the same clock, so that both see the same
/// machine: that of the processor, which stands still while others have it.
enum ScoringSuite {
    /// A set of features, and how it is scored.
    private struct Case {
        var name: String
        var isByOrder: Bool
        var hoists: Bool
        /// Orders of the book that are scored.
        var orders: Int
    }

    /// Turns of scores and BLAS.
    private static let turns = 5

    /// Measures all cases on one dataset.
    static func run(_ bench: Workbench, into report: inout BenchmarkReport) throws {
        var book = SyntheticBook()
        book.orders = bench.isQuick ? 50_000 : 1_000_000
        book.nodes = 16
        book.strategies = 17
        // Four of them are endogenous.
        book.features = 237 + 4
        // Blocks are all alike: where no order is spared its products, some orders tell what all of them take.
        let sample = bench.isQuick ? 5_000 : 50_000
        let cases = [
            Case(name: "signals of nodes", isByOrder: false, hoists: true, orders: book.orders),
            Case(name: "the same, nothing hoisted", isByOrder: false, hoists: false, orders: sample),
            Case(name: "features of the order", isByOrder: true, hoists: true, orders: sample),
        ]
        let folder = bench.newPath()
        let dataset = try book.dataset(in: folder)
        for one in cases {
            book.isByOrder = one.isByOrder
            MachineFacts.forgetPeak()
            let scenario = try book.scenario(dataset: folder).resolve(
                dataset: dataset, baselineFigures: Experiment.baselineFigures(dataset: dataset))
            let experiment = try Experiment(scenario: scenario, dataset: dataset)
            let point = measure(one, plan: experiment.plan, world: try experiment.world(replication: 0))
            note(point)
            report.scoring.append(point)
        }
    }

    /// Scores the orders in turns with BLAS by itself.
    private static func measure(_ one: Case, plan: ReplayPlan, world: World) -> ScoringPoint {
        var pass = ScoringPass(plan: plan, world: world, hoists: one.hoists, clock: processorSeconds)
        let first = plan.visits.lowerBound
        let rows = pass.blockOrders * plan.tables.nodes.count
        let product = ProductRate(rows: rows, columns: pass.strategies, features: pass.features)
        var doubles: [Double] = []
        var floats: [Double] = []
        for turn in 0..<turns {
            doubles.append(product.gigaflopsInDoubles())
            floats.append(product.gigaflopsInFloats())
            pass.score(orders: (first + one.orders * turn / turns)..<(first + one.orders * (turn + 1) / turns))
        }
        let figures = pass.figures
        let rate = median(doubles)
        func share(_ products: Int, _ seconds: Double) -> Double { 2 * Double(products) / seconds / (rate * 1e9) }
        return ScoringPoint(
            name: one.name, features: pass.features, orderFeatures: pass.orderFeatures, strategies: pass.strategies,
            orders: figures.orders, candidates: Double(figures.candidates) / Double(figures.orders),
            products: figures.products, orderProducts: figures.orderProducts,
            productsWithoutHoisting: figures.candidates * pass.features * pass.strategies,
            laneSeconds: figures.laneSeconds, featureSeconds: figures.featureSeconds,
            productSeconds: figures.productSeconds, shape: [rows, pass.strategies, pass.features],
            dgemmGigaflops: rate, sgemmGigaflops: median(floats),
            shareOfProducts: share(figures.orderProducts, figures.productSeconds),
            shareOfAll: share(figures.products, figures.scoringSeconds),
            peakResidentBytes: MachineFacts.peakResidentBytes)
    }

    /// Seconds that this thread has had of a processor.
    static func processorSeconds() -> Double {
        var time = timespec()
        clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) * 1e-9
    }

    private static func note(_ point: ScoringPoint) {
        let orders = Double(point.orders)
        let parts = [
            ("lanes", point.laneSeconds), ("features", point.featureSeconds), ("products", point.productSeconds),
        ]
        let times = parts.map { "\($0.0) \(($0.1 / orders * 1e9).rounded()) ns" }.joined(separator: ", ")
        StandardOutput.note(
            "  scoring \(point.name): \(point.products / point.orders) products an order of "
                + "\(point.productsWithoutHoisting / point.orders), \(times); dgemm \(point.dgemmGigaflops), "
                + "sgemm \(point.sgemmGigaflops) GFLOP/s; share of products \(point.shareOfProducts), "
                + "of all \(point.shareOfAll)\n")
    }
}

/// How fast BLAS by itself multiplies matrices of one shape.
private struct ProductRate {
    let rows: Int
    let columns: Int
    let features: Int
    /// As long as a rate is measured: some hundred products.
    private static let seconds = 0.2

    private var operations: Double { 2 * Double(rows * columns * features) }
    private var shapes: (scores: BLAS.Shape, weights: BLAS.Shape, features: BLAS.Shape) {
        (
            BLAS.Shape(rows: columns, columns: rows), BLAS.Shape(rows: columns, columns: features),
            BLAS.Shape(rows: features, columns: rows)
        )
    }

    /// 10^9 operations a second of `dgemm`, weights from the left, a feature one run, as the engine has them.
    func gigaflopsInDoubles() -> Double {
        let values = (0..<(rows * features)).map { Double($0 % 101) / 7 }
        let weights = (0..<(columns * features)).map { Double($0 % 53) / 11 }
        var scores = [Double](repeating: 0, count: rows * columns)
        return gigaflops { BLAS.gemm(&scores, shapes.scores, weights, shapes.weights, values, shapes.features) }
    }

    /// The same of `sgemm`.
    func gigaflopsInFloats() -> Double {
        let values = (0..<(rows * features)).map { Float($0 % 101) / 7 }
        let weights = (0..<(columns * features)).map { Float($0 % 53) / 11 }
        var scores = [Float](repeating: 0, count: rows * columns)
        return gigaflops { BLAS.gemm(&scores, shapes.scores, weights, shapes.weights, values, shapes.features) }
    }

    private func gigaflops(_ product: () -> Void) -> Double {
        product()
        let start = ScoringSuite.processorSeconds()
        var count = 0
        var seconds = 0.0
        while seconds < Self.seconds {
            product()
            count += 1
            seconds = ScoringSuite.processorSeconds() - start
        }
        return operations * Double(count) / seconds * 1e-9
    }
}
