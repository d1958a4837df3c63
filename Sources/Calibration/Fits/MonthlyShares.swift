import DeterministicMath

/// Shares and means by month.
enum MonthlyShares {
    /// The share of each month's hours that are counted, of those that are known; NaN where none is. Months are those of each
    /// position, January = 0; a position that is not known counts as nil.
    static func of(_ months: [Int], _ isCounted: (Int) -> Bool?) -> [Double] {
        var counts = [Double](repeating: 0, count: 12)
        var totals = counts
        for (position, month) in months.enumerated() {
            guard let counted = isCounted(position) else { continue }
            totals[month] += 1
            counts[month] += counted ? 1 : 0
        }
        return zip(counts, totals).map { $1 == 0 ? .nan : $0 / $1 }
    }

    /// As a scenario states them: four significant digits; a month without any has the mean of the others.
    static func filled(_ shares: [Double]) -> [Double] {
        let known = shares.filter { !$0.isNaN }
        let mean = known.isEmpty ? 0 : known.reduce(0, +) / Double(known.count)
        return shares.map { DeterministicMath.rounded($0.isNaN ? mean : $0, significantDigits: 4) }
    }

    /// Names of the months, for tables.
    static let names = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
}
