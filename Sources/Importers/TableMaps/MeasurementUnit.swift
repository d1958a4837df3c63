import Domain

/// A unit of measure that an export may use, and what it is in the dataset format's own units.
public struct MeasurementUnit: Sendable, Hashable {
    /// What is measured.
    public enum Quantity: String, Sendable, Hashable, CaseIterable {
        /// Stored in kilograms.
        case mass
        /// Stored in kilometres.
        case distance
        /// Stored in litres.
        case volume
        /// Stored in seconds.
        case duration
        /// Stored in kilometres an hour.
        case speed

        /// The dataset format's unit.
        public var storedUnit: String {
            switch self {
            case .mass: "kg"
            case .distance: "km"
            case .volume: "l"
            case .duration: "s"
            case .speed: "km/h"
            }
        }
    }

    /// What is measured.
    public let quantity: Quantity
    /// The unit's name in a map.
    public let name: String
    /// How many stored units one of this unit is.
    public let factor: Double

    /// Every unit a map can name.
    ///
    /// The avoirdupois pound is 0.45359237 kg, the inch 0.0254 m and the foot 0.3048 m (international agreement of
    /// 1959), the US gallon 231 cubic inches: all exact.
    public static let all: [MeasurementUnit] = [
        unit(.mass, 1, "kg"), unit(.mass, 0.001, "g"), unit(.mass, 0.000_001, "mg"), unit(.mass, 1000, "t"),
        unit(.mass, 0.453_592_37, "lb"), unit(.mass, 0.028_349_523_125, "oz"),
        unit(.distance, 1, "km"), unit(.distance, 0.001, "m"), unit(.distance, 1.609_344, "mi"),
        unit(.distance, 1.852, "nmi"), unit(.distance, 0.000_304_8, "ft"),
        unit(.volume, 1, "l"), unit(.volume, 0.001, "ml"), unit(.volume, 0.001, "cm3"), unit(.volume, 1000, "m3"),
        unit(.volume, 28.316_846_592, "ft3"), unit(.volume, 0.016_387_064, "in3"),
        unit(.volume, 3.785_411_784, "gal"),
        unit(.duration, 1, "s"), unit(.duration, 0.001, "ms"), unit(.duration, 60, "min"),
        unit(.duration, 3600, "h"), unit(.duration, 86_400, "d"), unit(.duration, 604_800, "wk"),
        unit(.speed, 1, "km/h"), unit(.speed, 1.609_344, "mph"), unit(.speed, 3.6, "m/s"),
    ]

    /// Further names for the units of ``all``.
    static let synonyms: [String: String] = [
        "kilogram": "kg", "kilograms": "kg", "gram": "g", "grams": "g", "tonne": "t", "tonnes": "t", "pound": "lb",
        "pounds": "lb", "lbs": "lb", "ounce": "oz", "ounces": "oz",
        "kilometre": "km", "kilometres": "km", "kilometer": "km", "kilometers": "km", "metre": "m", "metres": "m",
        "meter": "m", "meters": "m", "mile": "mi", "miles": "mi", "feet": "ft", "foot": "ft",
        "litre": "l", "litres": "l", "liter": "l", "liters": "l", "L": "l", "gallon": "gal", "gallons": "gal",
        "sec": "s", "second": "s", "seconds": "s", "minute": "min", "minutes": "min", "mins": "min", "hr": "h",
        "hrs": "h", "hour": "h", "hours": "h", "day": "d", "days": "d", "week": "wk", "weeks": "wk",
        "kmh": "km/h", "kph": "km/h",
    ]

    /// The unit of a name.
    ///
    /// - Throws: `InputError` at `location` for an unknown name, naming the nearest.
    public static func named(_ name: String, at location: SourceLocation? = nil) throws(InputError) -> MeasurementUnit {
        let canonical = synonyms[name] ?? name
        guard let unit = all.first(where: { $0.name == canonical }) else {
            throw InputError(
                at: location, found: "unknown unit '\(name)'",
                expected: "one of " + all.map(\.name).joined(separator: ", "),
                suggestion: nearestWord(to: name, among: all.map(\.name) + synonyms.keys.sorted()))
        }
        return unit
    }

    private static func unit(_ quantity: Quantity, _ factor: Double, _ name: String) -> MeasurementUnit {
        MeasurementUnit(quantity: quantity, name: name, factor: factor)
    }
}
