import Domain
import Sampling

/// Standard errors of facts of a record: how much they would differ in another record as long.
///
/// With two whole years and more, the standard deviation of the years' facts over the root of their number. Else, from six
/// months on, by bootstrap: months of the record are drawn again, as many as it has, and the facts of 200 such records
/// spread as they do (Efron 1979); months of all seasons take each other's place, so that it errs on the large side.
struct RecordErrors {
    /// A standard error a fact, NaN where nothing is known.
    let values: [Double]
    /// Whether they come of the spread between years; else facts of one month of the year have none.
    let isByYear: Bool
    /// How they were found.
    let note: String

    private static let resamples = 200
    /// Share of a year's steps that must be known for it to count.
    private static let knownShare = 0.9

    /// The standard errors of some facts.
    ///
    /// - Parameters:
    ///   - record: what the facts are of.
    ///   - quantity: which of its quantities must be known.
    ///   - facts: facts of some of its steps, in order; nil is a gap between two stretches.
    init(_ record: PlaceRecord, _ quantity: SeriesQuantity, facts: ([Int?]) -> [Double]) {
        let known = (record[quantity] ?? []).map { !$0.isNaN }
        let years = record.years
        let whole = Dictionary(grouping: known.indices) { years[$0] }
            .filter { Double($1.count { known[$0] }) >= Self.knownShare * Double(record.step.countAYear) }
        let names = whole.keys.sorted()
        if names.count >= 2 {
            let samples = names.map { year in facts((whole[year] ?? []).map { $0 }) }
            isByYear = true
            values = Self.deviations(samples).map { $0.deviation / Double($0.count).squareRoot() }
            note = "Standard errors are those of the mean of \(names.count) years."
            return
        }
        isByYear = false
        let months = record.months
        let blocks = Dictionary(grouping: known.indices) { 12 * years[$0] + months[$0] }
            .filter { !$1.allSatisfy { !known[$0] } }
        let keys = blocks.keys.sorted()
        guard keys.count >= 6 else {
            values = []
            note = "Too short for standard errors: six months are needed."
            return
        }
        let draws = Draws(seed: 1, replication: 0)
        let samples = (0..<Self.resamples).map { resample in
            let positions = keys.indices.flatMap { block -> [Int?] in
                let uniform = draws.uniform(.resampling, entity: UInt64(resample), draw: block)
                let chosen = keys[min(keys.count - 1, Int(uniform * Double(keys.count)))]
                return (blocks[chosen] ?? []).map { $0 } + [nil]
            }
            return facts(positions)
        }
        values = Self.deviations(samples).map(\.deviation)
        note = "Standard errors by bootstrap of \(keys.count) months."
    }

    /// The standard error of a fact; nil where it is not known.
    subscript(_ fact: Int) -> Double? {
        fact < values.count && values[fact].isFinite ? values[fact] : nil
    }

    /// Standard deviations of facts over the samples that know them, and how many do; NaN with fewer than two.
    private static func deviations(_ samples: [[Double]]) -> [(deviation: Double, count: Int)] {
        guard let first = samples.first else { return [] }
        return first.indices.map { index in
            let values = samples.map { $0[index] }.filter { !$0.isNaN }
            guard values.count >= 2 else { return (.nan, values.count) }
            let mean = values.reduce(0, +) / Double(values.count)
            let square = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
            return ((square / Double(values.count - 1)).squareRoot(), values.count)
        }
    }
}
