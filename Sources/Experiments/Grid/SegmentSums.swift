import Domain

/// Mean and spread of the cells' figures over replications, strategy by strategy, in the memory of the cells alone.
///
/// Trials are taken in the order of their replications, so that the sums have a fixed order: a trial that comes early
/// waits for its turn. The grid hands out worlds in order, so that few ever wait.
public struct SegmentSums: Sendable {
    /// One cell of one strategy.
    public struct Cell: Sendable, Hashable {
        /// One label a cut.
        public var labels: [String]
        /// Replications in which each metric was defined.
        public var counts: [Int]
        /// Means over these.
        public var means: [Double]
        /// Sums of squared distances from the mean (Welford 1962, doi:10.1080/00401706.1962.10490022).
        var squares: [Double]

        /// The standard error of a metric's mean; nil below two replications.
        public func standardError(_ metric: Int) -> Double? {
            let count = Double(counts[metric])
            return count < 2 ? nil : (squares[metric] / (count - 1) / count).squareRoot()
        }

        mutating func add(_ values: [Double]) {
            for (metric, value) in values.enumerated() where !value.isNaN {
                counts[metric] += 1
                let distance = value - means[metric]
                means[metric] += distance / Double(counts[metric])
                squares[metric] += distance * (value - means[metric])
            }
        }
    }

    private let metricCount: Int
    /// Cells by strategy, then labels.
    private var cells: [[[String]: Cell]]
    /// The replication whose turn it is, by strategy.
    private var turn: [Int]
    /// Trials that came before their turn, by strategy and replication.
    private var early: [[Int: [TrialCell]]]

    /// Sums without trials.
    public init(strategyCount: Int, metricCount: Int) {
        self.metricCount = metricCount
        cells = Array(repeating: [:], count: strategyCount)
        turn = Array(repeating: 0, count: strategyCount)
        early = Array(repeating: [:], count: strategyCount)
    }

    /// Adds a trial's cells.
    public mutating func add(_ row: TrialRow) {
        early[row.strategy][row.replication] = row.cells
        while let next = early[row.strategy].removeValue(forKey: turn[row.strategy]) {
            for cell in next {
                var sums = cells[row.strategy][cell.labels] ?? blank(cell.labels)
                sums.add(cell.values)
                cells[row.strategy][cell.labels] = sums
            }
            turn[row.strategy] += 1
        }
    }

    private func blank(_ labels: [String]) -> Cell {
        let zeros = [Double](repeating: 0, count: metricCount)
        return Cell(labels: labels, counts: Array(repeating: 0, count: metricCount), means: zeros, squares: zeros)
    }

    /// The cells of a strategy in the natural order of their labels.
    public func cells(ofStrategy strategy: Int) -> [Cell] {
        cells[strategy].values.sorted { left, right in
            for (a, b) in zip(left.labels, right.labels) where a != b { return identifierPrecedes(a, b) }
            return false
        }
    }
}
