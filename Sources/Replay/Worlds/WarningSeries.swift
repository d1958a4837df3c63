/// Storm warnings by lead, region and valid hour: 0 none, 1 blue, 2 yellow, 3 orange, 4 red.
public struct WarningSeries: Sendable {
    /// Leads, 0 ..< leadCount hours; beyond them nothing is warned of.
    public let leadCount: Int
    /// Hours per region; beyond them nothing is warned of.
    public let hourCount: Int
    /// Levels, region x hour x lead.
    private var levels: [UInt8]

    /// No warnings.
    public init(leadCount: Int, regionCount: Int, hourCount: Int) {
        self.leadCount = leadCount
        self.hourCount = hourCount
        levels = [UInt8](repeating: 0, count: leadCount * regionCount * hourCount)
    }

    /// Sets the level that a forecast with a lead warns of for an hour.
    public mutating func set(_ level: Int, region: Int, hour: Int, lead: Int) {
        levels[(region * hourCount + hour) * leadCount + lead] = UInt8(level)
    }

    /// The level that a forecast with a lead warns of for a valid hour.
    public func level(region: Int, validHour hour: Int, lead: Int) -> Int {
        guard hour >= 0, hour < hourCount, lead >= 0, lead < leadCount else { return 0 }
        return Int(levels[(region * hourCount + hour) * leadCount + lead])
    }

    /// The highest level that forecasts issued in an hour warn of, for the hours from `first` to `last` ahead.
    public func highest(region: Int, issued hour: Int, ahead first: Int, to last: Int) -> Int {
        var highest = 0
        for lead in first...max(first, last) {
            highest = max(highest, level(region: region, validHour: hour + lead, lead: lead))
        }
        return highest
    }
}
