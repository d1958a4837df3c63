import DeterministicMath
import Domain
import Sampling
import Worlds

/// Facts of hourly rain: shares of hours and of spells.
public struct RainFacts: Sendable, Codable, Hashable {
    /// Share of hours with 0.1 mm and more.
    public var wetShare: Double
    /// P(wet after dry).
    public var dryToWet: Double
    /// P(wet after wet).
    public var wetToWet: Double
    /// Share of hours with 2.5 mm and more.
    public var heavyShare: Double
    /// P(heavy after heavy).
    public var heavyToHeavy: Double
    /// Share of wet spells of one hour.
    public var oneHourSpells: Double
    /// Share of wet spells of twelve hours and more.
    public var longSpells: Double

    /// Names of the facts, in order.
    public static let names = [
        "wet share", "P(dry to wet)", "P(wet to wet)", "heavy share", "P(heavy to heavy)", "spells of 1 h",
        "spells of 12 h and more",
    ]
    /// The facts in that order.
    public var values: [Double] {
        [wetShare, dryToWet, wetToWet, heavyShare, heavyToHeavy, oneHourSpells, longSpells]
    }

    /// Facts of millimetres by hour; NaN = missing. Pairs and spells that a gap cuts do not count; NaN where nothing does.
    public init(millimetres: [Double]) {
        let known = millimetres.map { !$0.isNaN }
        let wet = millimetres.map { $0 >= 0.1 }
        let heavy = millimetres.map { $0 >= 2.5 }
        func share(_ count: Int, of all: Int) -> Double { all == 0 ? .nan : Double(count) / Double(all) }
        func after(_ state: [Bool], _ before: Bool) -> Double {
            let pairs = millimetres.indices.dropLast().filter { known[$0] && known[$0 + 1] && state[$0] == before }
            return share(pairs.count { state[$0 + 1] }, of: pairs.count)
        }
        let total = known.count { $0 }
        wetShare = share(wet.count { $0 }, of: total)
        heavyShare = share(heavy.count { $0 }, of: total)
        dryToWet = after(wet, false)
        wetToWet = after(wet, true)
        heavyToHeavy = after(heavy, true)
        var spells: [Int] = []
        var start = 0
        while start < wet.count {
            guard wet[start] else {
                start += 1
                continue
            }
            var end = start
            while end < wet.count, wet[end] { end += 1 }
            if (start == 0 || known[start - 1]) && (end == wet.count || known[end]) { spells.append(end - start) }
            start = end
        }
        oneHourSpells = share(spells.count { $0 == 1 }, of: spells.count)
        longSpells = share(spells.count { $0 >= 12 }, of: spells.count)
    }
}

/// Generated weather fitted to a record of hourly rain, with the facts of both side by side.
public struct RainFit: Sendable, Codable {
    /// Wet share by month.
    public var wetByMonth: [Double]
    /// Heavy share of wet hours by month.
    public var heavyByMonth: [Double]
    /// Facts of the record.
    public var recorded: RainFacts
    /// Standard errors of the record's facts over years; empty with less than two whole years.
    public var standardErrors: [Double]
    /// Facts of eighty generated years.
    public var generated: RainFacts
    /// Hours of the record that are known.
    public var hours: Int
    /// Hours set aside: more than 500 mm is a mark of a missing value, or a fault (the record for an hour is 305 mm, Holt,
    /// Missouri, 1947).
    public var hoursSetAside: Int

    private static let generatedYears = 80

    /// The fit of a record of millimetres: monthly shares from the record, all else the standard constants.
    public init(_ given: HourlyRecord) throws(InputError) {
        var record = given
        record.values = given.values.map { $0 > 500 || $0 < 0 ? .nan : $0 }
        hoursSetAside = given.values.count { $0 > 500 || $0 < 0 }
        let months = record.hours.map { HourlyRecord.clock(ofHour: $0).month - 1 }
        func share(_ month: Int, _ isCounted: (Double) -> Bool, among: (Double) -> Bool) -> Double {
            var (count, all) = (0, 0)
            for (index, value) in record.values.enumerated() where months[index] == month && among(value) {
                all += 1
                count += isCounted(value) ? 1 : 0
            }
            return all == 0 ? .nan : Double(count) / Double(all)
        }
        let whole = RainFacts(millimetres: record.values)
        // A month without a record, or without rain, has the mean of the others.
        func filled(_ shares: [Double]) -> [Double] {
            let known = shares.filter { !$0.isNaN }
            let mean = known.isEmpty ? 0 : known.reduce(0, +) / Double(known.count)
            return shares.map { DeterministicMath.rounded($0.isNaN ? mean : $0, significantDigits: 4) }
        }
        wetByMonth = filled((0..<12).map { share($0, { $0 >= 0.1 }, among: { !$0.isNaN }) })
        heavyByMonth = filled((0..<12).map { share($0, { $0 >= 2.5 }, among: { $0 >= 0.1 }) })
        recorded = whole
        hours = record.values.count { !$0.isNaN }
        standardErrors = Self.standardErrors(record)
        generated = try Self.generate(wetByMonth: wetByMonth, heavyByMonth: heavyByMonth)
    }

    /// Standard errors of the mean over years, of years with 90 % of their hours known.
    private static func standardErrors(_ record: HourlyRecord) -> [Double] {
        let years = Dictionary(grouping: record.hours.indices) { HourlyRecord.clock(ofHour: record.hours[$0]).year }
        let facts = years.keys.sorted().compactMap { year -> [Double]? in
            let values = (years[year] ?? []).map { record.values[$0] }
            return values.count { !$0.isNaN } >= 7_884 ? RainFacts(millimetres: values).values : nil
        }
        guard facts.count >= 2 else { return [] }
        return RainFacts.names.indices.map { index in
            let values = facts.map { $0[index] }
            let mean = values.reduce(0, +) / Double(values.count)
            let variance = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(values.count - 1)
            return (variance / Double(values.count)).squareRoot()
        }
    }

    private static func generate(wetByMonth: [Double], heavyByMonth: [Double]) throws(InputError) -> RainFacts {
        let lengths = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
        let months = (0..<generatedYears).flatMap { _ in
            lengths.indices.flatMap { month in [Int](repeating: month, count: 24 * lengths[month]) }
        }
        let model = WeatherModel(wetShares: wetByMonth, heavyShares: heavyByMonth)
        let clock = HourClock(
            months: months, hoursOfDay: months.indices.map { Double($0 % 24) + 0.5 },
            daysOfYear: months.indices.map { $0 % 8_760 / 24 })
        let series = model.sample(
            regions: ["calibration"], factor: [1], clock: clock, draws: Draws(seed: 1, replication: 0))
        return RainFacts(millimetres: zip(series.classes, series.intensities).map { $0 == .clear ? 0 : max(0.1, $1) })
    }

    /// The block of a scenario's world.
    public var yaml: String {
        func list(_ values: [Double]) -> String { values.map { plainNumber($0) }.joined(separator: ", ") }
        return """
            world:
              generated_weather:
                wet_share_by_month: [\(list(wetByMonth))]
                heavy_share_by_month: [\(list(heavyByMonth))]

            """
    }
}
