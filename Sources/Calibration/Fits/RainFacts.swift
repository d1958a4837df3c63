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
        let wet = SpellFacts(millimetres.map { $0.isNaN ? nil : $0 >= 0.1 })
        let heavy = SpellFacts(millimetres.map { $0.isNaN ? nil : $0 >= 2.5 })
        wetShare = wet.share
        dryToWet = wet.comes
        wetToWet = wet.stays
        heavyShare = heavy.share
        heavyToHeavy = heavy.stays
        oneHourSpells = wet.share(ofSpells: { $0 == 1 })
        longSpells = wet.share(ofSpells: { $0 >= 12 })
    }
}
