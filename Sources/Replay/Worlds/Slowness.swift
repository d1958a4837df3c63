import History

/// How much slower than usual a region is, hour by hour, and how far work gets in it.
///
/// Slowness 1.3 means that an hour's work takes 1.3 hours. The progress from time 0 to t is the integral of
/// 1 / slowness, kept as prefix sums, so that both questions cost O(log hours).
public struct Slowness: Sendable {
    /// Hours per region; before and beyond them slowness is 1.
    public let hourCount: Int
    /// Slowness, region x hour.
    let values: [Double]
    /// Hours of work done by the beginning of each hour, region x (hour + 1).
    let progress: [Double]
    /// Regions that are 1 in every hour.
    let isNeutral: [Bool]
    /// The least of all regions, by hour.
    private let leastByHour: [Double]

    /// Slowness from a series of positive values, region x hour.
    public init(series: HourlySeries, regionCount: Int) {
        hourCount = series.hourCount
        values = series.values
        var progress = [Double](repeating: 0, count: regionCount * (series.hourCount + 1))
        var isNeutral = [Bool](repeating: true, count: regionCount)
        for region in 0..<regionCount {
            for hour in 0..<series.hourCount {
                let slowness = series.values[region * series.hourCount + hour]
                precondition(slowness > 0, "slowness is positive")
                let row = region * (series.hourCount + 1)
                progress[row + hour + 1] = progress[row + hour] + 1 / slowness
                if slowness != 1 { isNeutral[region] = false }
            }
        }
        self.progress = progress
        self.isNeutral = isNeutral
        let values = values
        leastByHour = (0..<series.hourCount).map { hour in
            (0..<regionCount).reduce(.infinity) { min($0, values[$1 * series.hourCount + hour]) }
        }
    }

    /// Slowness 1 everywhere.
    public static func neutral(regionCount: Int) -> Slowness {
        Slowness(series: HourlySeries(regionCount: regionCount, hourCount: 0, neutral: 1), regionCount: regionCount)
    }

    /// Slowness of a region in the hour of an instant.
    public func value(region: Int, at time: Double) -> Double {
        value(region: region, hour: (time / 3_600).floored)
    }

    /// Slowness of a region in an hour.
    func value(region: Int, hour: Int) -> Double {
        hour >= 0 && hour < hourCount ? values[region * hourCount + hour] : 1
    }

    /// The least slowness of any region in an hour.
    func least(hour: Int) -> Double { hour >= 0 && hour < hourCount ? leastByHour[hour] : 1 }

    /// When work begun at `time` seconds in a region is done; `workHours` are hours at slowness 1.
    ///
    /// A neutral region gives `time + 3600 x workHours` exactly.
    public func completion(of workHours: Double, from time: Double, region: Int) -> Double {
        if isNeutral[region] { return time + workHours * 3_600 }
        // Rounding must not let little work be done before it begins.
        return max(
            time,
            instant(
                ofProgress: progressHours(at: time, region: region) + workHours, region: region,
                near: time / 3_600 + workHours))
    }

    /// Hours of work done in a region from time 0 to an instant.
    private func progressHours(at time: Double, region: Int) -> Double {
        let hours = time / 3_600
        let row = region * (hourCount + 1)
        if hours <= 0 { return hours }
        let hour = hours.floored
        if hour >= hourCount { return progress[row + hourCount] + (hours - Double(hourCount)) }
        return progress[row + hour] + (hours - Double(hour)) / values[region * hourCount + hour]
    }

    /// The instant at which a region's progress reaches a value, sought from some hours after time 0 on.
    private func instant(ofProgress target: Double, region: Int, near hours: Double) -> Double {
        let row = region * (hourCount + 1)
        if target <= 0 { return target * 3_600 }
        if target >= progress[row + hourCount] {
            return (Double(hourCount) + (target - progress[row + hourCount])) * 3_600
        }
        // At slowness 1 it would be that hour: a walk from there is shorter than a search of the whole series.
        var low = Int(min(max(0, hours), Double(hourCount - 1)))
        while progress[row + low] > target { low -= 1 }
        while progress[row + low + 1] <= target { low += 1 }
        return (Double(low) + (target - progress[row + low]) * values[region * hourCount + low]) * 3_600
    }
}

extension Double {
    /// The largest whole number that is not larger; without the call of the C library that `rounded(.down)` costs on
    /// processors of any age.
    @usableFromInline
    @inline(__always)
    var floored: Int {
        let whole = Int(self)
        return Double(whole) > self ? whole - 1 : whole
    }
}
