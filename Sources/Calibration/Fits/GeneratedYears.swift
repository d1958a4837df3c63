import DeterministicMath
import Domain
import Sampling
import Worlds

/// Years of generated weather at one place, to hold beside a record. Without leap days, and always the same for the same model.
struct GeneratedYears {
    /// Months of the hours, January = 0.
    let months: [Int]
    /// Calendar and clock of the hours.
    let clock: HourClock
    private let draws: Draws
    /// What the place is called when it draws.
    static let place = "calibration"

    /// So many years; another replication is another draw.
    init(_ years: Int, replication: UInt32 = 0) {
        let lengths = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
        let year = lengths.indices.flatMap { month in [Int](repeating: month, count: 24 * lengths[month]) }
        let months = (0..<years).flatMap { _ in year }
        self.months = months
        clock = HourClock(
            months: months, hoursOfDay: months.indices.map { Double($0 % 24) + 0.5 },
            daysOfYear: months.indices.map { $0 % 8_760 / 24 })
        draws = Draws(seed: 1, replication: replication)
    }

    /// What chance gives under a model's constants of time.
    func fields(_ model: WeatherModel) -> WeatherModel.Fields {
        model.fields(regions: [Self.place], factor: [1], hours: months.count, draws: draws)
    }

    /// One field alone.
    func field(_ shape: RegionField.Shape, _ purpose: DrawPurpose) -> [Double] {
        RegionField(shape: shape, place: Self.place).values(hours: months.count, purpose: purpose, draws: draws)
    }

    /// Millimetres hour by hour.
    func millimetres(_ model: WeatherModel, _ fields: WeatherModel.Fields) -> [Double] {
        let series = model.series(of: fields, regionCount: 1, clock: clock)
        return zip(series.classes, series.intensities).map { $0 == .clear ? 0 : max(0.1, $1) }
    }

    /// The values above which a standard normal is as often as shares by month say.
    static func thresholds(_ shares: [Double]) -> [Double] {
        shares.map { $0 <= 0 ? .infinity : $0 >= 1 ? -.infinity : DeterministicMath.normalQuantile(1 - $0) }
    }
}
