import Domain
import History
import Replay

/// What weather does: a multiplier for each class of weather and quantity, times one more for each storm level.
///
/// In an hour of class c and storm level l (0 to 5) a quantity is multiplied by `classFactor(c) x max(0, 1 + perStormLevel x l)`.
public struct WeatherEffects: Sendable, Hashable {
    /// What weather acts on.
    public enum Quantity: String, Sendable, Hashable, CaseIterable {
        /// Transit time.
        case transit
        /// Pick-and-pack time.
        case service
        /// The hazard that a waiting order is cancelled.
        case cancellation
        /// What services with a daily capacity collect from nodes of the region.
        case carrierCapacity = "carrier_capacity"
    }
    /// Where an entry comes from.
    public enum Provenance: Sendable, Hashable {
        /// Measured: on what.
        case measured(String)
        /// Assumed: nothing was measured.
        case assumed
        /// The scenario says so.
        case scenario
    }
    /// One entry of the table.
    public struct Entry: Sendable, Hashable {
        /// What it acts on.
        public let quantity: Quantity
        /// The word of the weather class, or `per_storm_level`.
        public let word: String
        /// The multiplier; of `per_storm_level` what a level adds to 1.
        public var value: Double
        /// Where it comes from.
        public var provenance: Provenance
    }
    /// The words of the entries of one quantity, in order: the classes, then `per_storm_level`.
    public static let words = WeatherClass.allCases.map(\.word) + ["per_storm_level"]

    /// The entries, quantity by quantity, each in the order of ``words``.
    public private(set) var entries: [Entry]

    /// The standard table.
    ///
    /// The only measurements of delay under measured weather at hand are of flights: nycflights13 (CC0, n = 336,776, New
    /// York 2013), departure delay added by the weather with hour-of-day dummies, over the mean 150.7 minutes in the
    /// air: rain 16.0 min, heavy rain 27.7, snow 28.4. They stand in for parcels. All else is assumed.
    public static let standard = WeatherEffects()

    /// Builds the standard table.
    private init() {
        func flights(_ value: Double, minutes: String) -> (Double, Provenance) {
            (value, .measured("nycflights13: +\(minutes) min of departure delay on 150.7 min in the air"))
        }
        let table: [(Quantity, [(Double, Provenance)])] = [
            (
                .transit,
                [
                    (1, .measured("the reference")), flights(1.11, minutes: "16.0"), flights(1.18, minutes: "27.7"),
                    flights(1.19, minutes: "28.4"), (1.5, .assumed), (0.1, .assumed),
                ]
            ),
            (
                .service,
                [
                    (1, .measured("the reference")), (1, .assumed), (1.02, .assumed), (1.05, .assumed), (1.1, .assumed),
                    (0.02, .assumed),
                ]
            ),
            (
                .cancellation,
                [
                    (1, .measured("the reference")), (1.1, .assumed), (1.25, .assumed), (1.25, .assumed),
                    (1.5, .assumed), (0.1, .assumed),
                ]
            ),
            (
                // Nothing was measured, and recorded carriers kept their days: a scenario says so where storms cut them.
                .carrierCapacity,
                [
                    (1, .measured("the reference")), (1, .assumed), (1, .assumed), (1, .assumed), (1, .assumed),
                    (0, .assumed),
                ]
            ),
        ]
        entries = table.flatMap { quantity, row in
            zip(Self.words, row).map { word, cell in
                Entry(quantity: quantity, word: word, value: cell.0, provenance: cell.1)
            }
        }
    }

    /// The entry of a quantity and a word of ``words``.
    public func value(_ quantity: Quantity, _ word: String) -> Double {
        entries.first { $0.quantity == quantity && $0.word == word }?.value ?? 1
    }

    /// Replaces an entry by what a scenario says.
    mutating func set(_ quantity: Quantity, _ word: String, to value: Double) {
        for index in entries.indices where entries[index].quantity == quantity && entries[index].word == word {
            entries[index].value = value
            entries[index].provenance = .scenario
        }
    }

    /// The multiplier of a quantity under given weather, hour by hour.
    func series(_ quantity: Quantity, weather: WeatherSeries, regionCount: Int) -> HourlySeries {
        let byClass = WeatherClass.allCases.map { value(quantity, $0.word) }
        let perLevel = value(quantity, "per_storm_level")
        var series = HourlySeries(regionCount: regionCount, hourCount: weather.hourCount, neutral: 1)
        for index in series.values.indices {
            series.values[index] =
                byClass[Int(weather.classes[index].rawValue)] * max(0, 1 + perLevel * weather.stormLevels[index])
        }
        return series
    }

    /// The assumed entries, one line each, for the report.
    public var assumptions: [String] {
        entries.filter { $0.provenance == .assumed && $0.value != Self.neutral(of: $0.word) }.map { entry in
            "weather effect on \(entry.quantity.rawValue), \(entry.word): \(plainNumber(entry.value)) (assumed)"
        }
    }

    /// The value of an entry that does nothing.
    private static func neutral(of word: String) -> Double { word == "per_storm_level" ? 0 : 1 }
}
