import Domain

/// The settings of ``OlistImporter``.
public struct OlistOptions: ImporterOptions {
    /// Number of fulfilment nodes the sellers are grouped into.
    public var hubs = 24
    /// Opening stock of a product at a hub that sold it: this times the recorded units, rounded up. At least 1, so that
    /// what happened stays feasible.
    public var stockFactor = 1.5
    /// Opening stock of a product at a hub that sold only its category: this times the units sold anywhere, rounded up.
    public var categoryStockShare = 0.5
    /// Digits of the zip prefix that make a zone, 1 to 5.
    public var zoneDigits = 3
    /// Sampling weight of a delivered order; all others weigh 1.
    ///
    /// The public sample of 8,135 orders holds every order that was not delivered and about one in 18.65 of the others
    /// (96,478 delivered orders of the whole data set / 5,172 of the sample). For the whole data set it is 1.
    public var deliveredWeight = 18.65
    /// Share of the orders, by time, that the fits use; the rest is held out.
    public var fitShare = 0.7
    /// Carbon of a tonne carried over a kilometre, kg CO2e. Assumed, about a laden lorry; nothing of it is recorded.
    public var emissionKilogramsPerTonneKilometre = 0.1
    /// Seed of the k-means++ starts.
    public var seed: UInt64 = 1

    /// The defaults.
    public init() {}

    /// Every setting with its default.
    public static let settings = [
        ImporterSetting(name: "hubs", summary: "fulfilment nodes the sellers are grouped into", standard: "24"),
        ImporterSetting(
            name: "stock_factor", summary: "opening stock over recorded units at a hub that sold the product (>= 1)",
            standard: "1.5"),
        ImporterSetting(
            name: "category_stock_share",
            summary: "opening stock over all recorded units at a hub that sold only the category", standard: "0.5"),
        ImporterSetting(name: "zone_digits", summary: "digits of the zip prefix that make a zone", standard: "3"),
        ImporterSetting(
            name: "delivered_weight", summary: "sampling weight of delivered orders (1 for the whole data set)",
            standard: "18.65"),
        ImporterSetting(
            name: "fit_share", summary: "share of orders, by time, that the fits use", standard: "0.7"),
        ImporterSetting(
            name: "emission_kg_per_tonne_km", summary: "carbon of a tonne over a kilometre, kg CO2e (assumed)",
            standard: "0.1"),
        ImporterSetting(name: "seed", summary: "seed of the k-means++ starts", standard: "1"),
    ]

    /// Sets one by its name.
    ///
    /// - Throws: `InputError` for an unknown name or a value out of range.
    public mutating func set(_ name: String, to value: String) throws(InputError) {
        switch name {
        case "hubs": hubs = try OlistOptions.integer(name, value, 1...10_000)
        case "stock_factor": stockFactor = try OlistOptions.number(name, value, .atLeast(1))
        case "category_stock_share": categoryStockShare = try OlistOptions.number(name, value, .nonNegative)
        case "zone_digits": zoneDigits = try OlistOptions.integer(name, value, 1...5)
        case "delivered_weight": deliveredWeight = try OlistOptions.number(name, value, .positive)
        case "fit_share":
            fitShare = try OlistOptions.number(name, value, NumberRange(lower: 0, upper: 1, excludesLower: true))
        case "emission_kg_per_tonne_km":
            emissionKilogramsPerTonneKilometre = try OlistOptions.number(name, value, .nonNegative)
        case "seed":
            guard let number = UInt64(value) else {
                throw InputError(found: "'\(value)' for 'seed'", expected: "a whole number from 0 to \(UInt64.max)")
            }
            seed = number
        default:
            throw InputError(unknown: "setting", word: name, among: OlistOptions.settings.map(\.name))
        }
    }

    private static func integer(
        _ name: String, _ value: String, _ range: ClosedRange<Int>
    ) throws(InputError) -> Int {
        guard let number = Int(value), range.contains(number) else {
            throw InputError(
                found: "'\(value)' for '\(name)'",
                expected: "a whole number from \(range.lowerBound) to \(range.upperBound)")
        }
        return number
    }

    private static func number(_ name: String, _ value: String, _ range: NumberRange) throws(InputError) -> Double {
        guard let number = Double(value), range.contains(number) else {
            throw InputError(found: "'\(value)' for '\(name)'", expected: "a number \(range)")
        }
        return number
    }
}
