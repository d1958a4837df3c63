import Domain
import Experiments
import Replay

/// The figure by which two strategies are compared: a metric, or the composite as the weighted sum of its metrics.
public struct ComparedFigure: Sendable {
    /// The word for the composite where a metric's key is asked for.
    public static let compositeKey = "composite"

    /// What it is.
    public let statement: MetricStatement
    /// Metrics and what each is multiplied by.
    private let terms: [(metric: any Metric, scale: Double)]
    /// What is added to the terms.
    private let offset: Double

    /// The metric of a key, or the composite.
    ///
    /// - Throws: ``InputError`` naming the nearest for a key that is none.
    public init(_ key: String, of experiment: Experiment) throws(InputError) {
        let scenario = experiment.scenario
        if key == Self.compositeKey {
            var terms: [(metric: any Metric, scale: Double)] = []
            var offset = 0.0
            for objective in scenario.objectives {
                guard let metric = scenario.metric(objective.metric) else { continue }
                let scale = objective.weight / (objective.to - objective.from)
                terms.append((metric, scale))
                offset -= scale * objective.from
            }
            self.terms = terms
            self.offset = offset
            statement = MetricStatement(
                key: key, unit: "worth", direction: "higher", summary: "The weighted sum of the objectives")
        } else {
            guard let metric = scenario.metric(key),
                let statement = experiment.metricStatements.first(where: { $0.key == key })
            else {
                throw InputError(
                    at: SourceLocation(file: "--metric"), unknown: "metric", word: key,
                    among: [Self.compositeKey] + experiment.metricKeys)
            }
            terms = [(metric, 1)]
            offset = 0
            self.statement = statement
        }
    }

    /// The key of the objective with the largest weight, the first of equals: what is compared unless said otherwise.
    public static func heaviestObjective(of experiment: Experiment) -> String {
        let objectives = experiment.scenario.objectives
        let largest = objectives.map(\.weight).max()
        return objectives.first { $0.weight == largest }?.metric ?? compositeKey
    }

    /// The value over all measured orders; NaN where it is undefined.
    func value(of measures: Measures) -> Double {
        var sum = offset
        for term in terms {
            guard let value = term.metric.value(of: measures) else { return .nan }
            sum += term.scale * value
        }
        return sum
    }

    /// Whether it can be split over segments: each metric is a quotient of sums over orders, or a total.
    public var canBeSplit: Bool { terms.allSatisfy { $0.metric.sums(of: FactSums()) != nil } }

    /// What each segment gives of the difference first - second: the parts add up to it.
    ///
    /// With N and D the sums above and below the line, N_c and D_c the segment's share in them, and m the mean of both
    /// strategies' values,
    /// ```
    /// part_c = (N_c(first) - m D_c(first)) / D(first) - (N_c(second) - m D_c(second)) / D(second)
    /// ```
    /// which adds up to N/D(first) - N/D(second), since the sum of N_c - m D_c is N - m D. Where the denominator does not
    /// depend on the strategy (orders placed, units ordered) the terms with m cancel and part_c = (N_c(first) -
    /// N_c(second)) / D. Where it does (orders filled, shipments), subtracting m makes a segment count by how far it is
    /// from the mean, so that one with more filled orders of just the mean lead time gives nothing. A total needs no
    /// denominator: part_c = N_c(first) - N_c(second).
    ///
    /// - Returns: A part a segment, in the order given; nil where the figure is undefined for a strategy.
    func parts(_ segments: [(first: FactSums, second: FactSums)]) -> [Double]? {
        var parts = [Double](repeating: 0, count: segments.count)
        for term in terms {
            let sums = segments.compactMap { segment -> (first: Quotient, second: Quotient)? in
                guard let first = term.metric.sums(of: segment.first), let second = term.metric.sums(of: segment.second)
                else { return nil }
                return (first, second)
            }
            guard sums.count == segments.count, let own = Self.parts(sums) else { return nil }
            for index in parts.indices { parts[index] += term.scale * own[index] }
        }
        return parts
    }

    /// The parts of one quotient.
    private static func parts(_ sums: [(first: Quotient, second: Quotient)]) -> [Double]? {
        var (aboveFirst, aboveSecond, belowFirst, belowSecond) = (0.0, 0.0, 0.0, 0.0)
        for (first, second) in sums {
            aboveFirst += first.numerator
            aboveSecond += second.numerator
            belowFirst += first.denominator ?? 0
            belowSecond += second.denominator ?? 0
        }
        let isTotal = sums.allSatisfy { $0.first.denominator == nil }
        if !isTotal, belowFirst == 0 || belowSecond == 0 { return nil }
        let middle = isTotal ? 0 : (aboveFirst / belowFirst + aboveSecond / belowSecond) / 2
        return sums.map { first, second in
            guard let own = first.denominator, let other = second.denominator else {
                return first.factor * first.numerator - second.factor * second.numerator
            }
            let left = (first.numerator - middle * own) / belowFirst
            let right = (second.numerator - middle * other) / belowSecond
            return first.factor * left - second.factor * right
        }
    }
}
