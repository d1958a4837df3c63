import DeterministicMath
import Statistics

/// Facts of hourly travel times of some roads: see ``TrafficFit``.
struct TrafficFacts {
    /// Congestion by hour of the week, Monday first: the mean over roads; hours without a record are 1.
    let profile: [Double]
    /// Standard deviation of the logarithm of an hour's residual, over roads.
    let deviation: Double
    /// Correlation of a residual with that of the hour before.
    let persistence: Double
    /// Mean correlation of the residuals of two roads of the same name; NaN with one road.
    let crossCorrelation: Double
    /// Roads.
    let roads: Int
    /// Hours known, over all roads.
    let hours: Int
    /// Hours of the week with a record.
    private let isKnown: [Bool]
    /// Logarithms less what is usual on the road at the hour, road by road.
    private let residuals: [[Int: Double]]
    private let names: [String]

    /// Names of the facts, in order.
    static let names = ["sd of the logarithm", "correlation with the hour before", "correlation between roads"]
    /// The facts in that order.
    var values: [Double] { [deviation, persistence, crossCorrelation] }

    /// The facts of one record a road; nil without a road of 48 hours. Records of the same name are roads of the same network;
    /// where all names differ, all are.
    init?(_ records: [PlaceRecord]) {
        var logs: [[Int: Double]] = []
        var names: [String] = []
        let differ = Set(records.map(\.place)).count == records.count
        for record in records {
            let values = record[.travelTime] ?? []
            let known = values.filter { $0 > 0 }.sorted()
            guard known.count >= 48 else { continue }
            let free = known[known.count * 15 / 100]
            var log: [Int: Double] = [:]
            for (position, value) in values.enumerated() where value > 0 {
                log[record.first + position] = DeterministicMath.log(value / free)
            }
            logs.append(log)
            names.append(differ ? "" : record.place)
        }
        guard !logs.isEmpty else { return nil }
        let cells = Self.cells(of: logs)
        let means = Self.means(logs, cells: cells)
        isKnown = means.map { $0 != nil }
        profile = means.map { $0 ?? 1 }
        residuals = logs.map { Self.residuals($0, cells: cells) }
        self.names = names
        (deviation, persistence, crossCorrelation) = Self.facts(residuals, names: names)
        roads = logs.count
        hours = residuals.reduce(0) { $0 + $1.count }
    }

    /// Spread, persistence and correlation between roads of some residuals.
    private static func facts(_ residuals: [[Int: Double]], names: [String]) -> (Double, Double, Double) {
        var (square, count, product, own) = (0.0, 0, 0.0, 0.0)
        for residual in residuals {
            for hour in residual.keys.sorted() {
                guard let now = residual[hour] else { continue }
                square += now * now
                count += 1
                guard let next = residual[hour + 1] else { continue }
                product += now * next
                own += (now * now + next * next) / 2
            }
        }
        return (
            count == 0 ? .nan : (square / Double(count)).squareRoot(), own > 0 ? product / own : .nan,
            crossCorrelation(residuals, names: names)
        )
    }

    private static func crossCorrelation(_ residuals: [[Int: Double]], names: [String]) -> Double {
        var correlations: [Double] = []
        for first in residuals.indices {
            for second in residuals.indices where second > first && names[first] == names[second] {
                var (product, left, right) = (0.0, 0.0, 0.0)
                for hour in residuals[first].keys.sorted() {
                    guard let a = residuals[first][hour], let b = residuals[second][hour] else { continue }
                    product += a * b
                    left += a * a
                    right += b * b
                }
                if left > 0, right > 0 { correlations.append(product / (left * right).squareRoot()) }
            }
        }
        return correlations.isEmpty ? .nan : correlations.reduce(0, +) / Double(correlations.count)
    }

    /// Standard errors of the facts: their spread between weeks with at least a day of hours; NaN with fewer than two weeks.
    var standardErrors: [Double] {
        let week = 168
        let weeks = Set(residuals.flatMap(\.keys).map { ($0 + 72) / week })
        let samples = weeks.sorted().compactMap { number -> [Double]? in
            let parts = residuals.map { $0.filter { ($0.key + 72) / week == number } }
            guard parts.contains(where: { $0.count >= 24 }) else { return nil }
            let (deviation, persistence, cross) = Self.facts(parts, names: names)
            return [deviation, persistence, cross]
        }
        return Self.names.indices.map { index in
            let values = samples.map { $0[index] }.filter { !$0.isNaN }
            guard values.count >= 2 else { return .nan }
            let mean = values.reduce(0, +) / Double(values.count)
            let square = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
            return (square / Double(values.count - 1) / Double(values.count)).squareRoot()
        }
    }

    /// Congestion of an hour of the week over the mean of the hours that are known; NaN where that one is not.
    func relative(_ position: Int) -> Double {
        guard isKnown[position] else { return .nan }
        let known = profile.indices.filter { isKnown[$0] }
        return profile[position] / (known.reduce(0) { $0 + profile[$1] } / Double(known.count))
    }

    /// The hour of the week of an hour since 1970, Monday first.
    static func position(_ hour: Int) -> Int {
        // 1970-01-01 was a Thursday.
        ((hour + 72) % 168 + 168) % 168
    }

    /// Which hours of the week are taken for alike, by hour of the week: all weekdays and both days of the weekend, until a record
    /// is so long that each day of the week can be told from chance.
    private static func cells(of logs: [[Int: Double]]) -> [Int] {
        let hours = logs.flatMap(\.keys)
        let weeks = ((hours.max() ?? 0) - (hours.min() ?? 0)) / 168
        return (0..<168).map { position in
            weeks >= weeksForDays ? position : (position / 24 < 5 ? 0 : 24) + position % 24
        }
    }

    /// Half a year: the median of an hour is then known to a quarter of the spread of one.
    private static let weeksForDays = 26

    /// Mean congestion by hour of the week, over roads; nil without a record.
    private static func means(_ logs: [[Int: Double]], cells: [Int]) -> [Double?] {
        var sums = [Double](repeating: 0, count: 168)
        var counts = sums
        for log in logs {
            for hour in log.keys.sorted() {
                sums[cells[position(hour)]] += DeterministicMath.exp(log[hour] ?? 0)
                counts[cells[position(hour)]] += 1
            }
        }
        return cells.map { counts[$0] == 0 ? nil : sums[$0] / counts[$0] }
    }

    /// A road's logarithms less its own median at the hour, which one jam does not move, and less what is left on average.
    private static func residuals(_ log: [Int: Double], cells: [Int]) -> [Int: Double] {
        let hours = log.keys.sorted()
        var values = [[Double]](repeating: [], count: 168)
        for hour in hours { values[cells[position(hour)]].append(log[hour] ?? 0) }
        let usual = values.map { $0.isEmpty ? 0 : median($0) }
        let raw = hours.map { ($0, (log[$0] ?? 0) - usual[cells[position($0)]]) }
        let mean = raw.reduce(0) { $0 + $1.1 } / Double(raw.count)
        return Dictionary(uniqueKeysWithValues: raw.map { ($0.0, $0.1 - mean) })
    }
}
