import Domain
import Replay

/// A fact or a metric, by its word: what a user-defined ratio is made of.
enum Quantity: Sendable {
    /// A sum over measured orders.
    case fact(Fact)
    /// A metric that needs no parameters.
    case metric(any Metric)

    /// The words of all quantities: facts, then metrics. A fact's word is its name with underscores; where a metric has the
    /// same word, the metric is meant.
    static let words = Fact.allCases.map(\.word) + MetricCatalogue.standard.map(\.declaration.key)

    /// The quantity of a word; throws where there is none, naming the nearest.
    init(word: String, at location: SourceLocation?) throws(InputError) {
        if let metric = MetricCatalogue.standard.first(where: { $0.declaration.key == word }) {
            self = .metric(metric)
        } else if let fact = Fact.allCases.first(where: { $0.word == word }) {
            self = .fact(fact)
        } else {
            throw InputError(at: location, unknown: "fact or metric", word: word, among: Self.words)
        }
    }

    /// Whether it is a function of the fact sums alone.
    var isCutByFacts: Bool {
        switch self {
        case .fact: true
        case .metric(let metric): metric.declaration.isCutByFacts
        }
    }

    /// The sum over orders that it is; nil for what is none.
    func total(of facts: FactSums) -> Double? {
        switch self {
        case .fact(let fact): return facts[fact]
        case .metric(let metric):
            guard let sums = metric.sums(of: facts), sums.denominator == nil else { return nil }
            return sums.value
        }
    }

    /// The value; nil where a metric has none.
    func value(of measures: Measures) -> Double? {
        switch self {
        case .fact(let fact): measures.facts[fact]
        case .metric(let metric): metric.value(of: measures)
        }
    }
}
