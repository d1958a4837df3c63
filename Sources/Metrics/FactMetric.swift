import Domain
import History
import Replay

/// A metric that is a function of the fact sums alone, so that it can be told of any cell of a cut (region, hour ...): its
/// declaration says `isCutByFacts`.
protocol FactMetric: Metric {
    /// The sums it is made of.
    func quotient(of facts: FactSums) -> Quotient
}

extension FactMetric {
    /// The value over all measured orders.
    func value(of measures: Measures) -> Double? { quotient(of: measures.facts).value }

    /// The sums it is made of: every one of these metrics has them.
    func sums(of facts: FactSums) -> Quotient? { quotient(of: facts) }
}

extension MemberEntry where Member == any Metric {
    /// The entry of a metric without parameters.
    static func plain(_ metric: any Metric) -> MemberEntry {
        MemberEntry(name: metric.declaration.key, summary: metric.declaration.summary) {
            (_, _) throws(InputError) -> any Metric in metric
        }
    }
}
