import History
import Replay

extension World {
    /// Multiplies transit slowness by a series, hour by hour; hours beyond either series keep the other's value.
    public mutating func slowTransit(by factors: HourlySeries, regionCount: Int) {
        let hours = max(slowness.hourCount, factors.hourCount)
        var product = HourlySeries(regionCount: regionCount, hourCount: hours, neutral: 1)
        for region in 0..<regionCount {
            for hour in 0..<hours {
                product.values[region * hours + hour] =
                    slowness.value(region: region, at: 3_600 * Double(hour)) * factors.value(region: region, hour: hour)
            }
        }
        slowness = Slowness(series: product, regionCount: regionCount)
    }
}

extension HourlySeries {
    /// Multiplies a row in the hours whose middle lies in a span and before `end`.
    mutating func multiply(row: Int, by factor: Double, in span: Interval, before end: Double, rowCount: Int) {
        let last = min(span.to, end)
        guard last > 0 else { return }
        self = reaching(hours: Int((last / 3_600).rounded(.up)), regionCount: rowCount)
        for hour in 0..<hourCount {
            let middle = 3_600 * Double(hour) + 1_800
            if span.from <= middle, middle < last { values[row * hourCount + hour] *= factor }
        }
    }

    /// The product of two series, hour by hour; the neutral value of both is 1.
    func multiplied(by other: HourlySeries, regionCount: Int) -> HourlySeries {
        var product = HourlySeries(
            regionCount: regionCount, hourCount: max(hourCount, other.hourCount), neutral: 1)
        for region in 0..<regionCount {
            for hour in 0..<product.hourCount {
                product.values[region * product.hourCount + hour] =
                    value(region: region, hour: hour) * other.value(region: region, hour: hour)
            }
        }
        return product
    }
}
