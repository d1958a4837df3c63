import DeterministicMath
import Domain
import History
import Sampling

/// Makes the recorded weather.
///
/// An hour is wet where a first random field exceeds its quantile of `1 - wet_share`. A second one gives the intensity
/// through its probability u: below the share of light hours `0.1 x 25^(u / light)` mm/h, so 0.1 to 2.5; above it
/// `2.5 ((1 - light) / (1 - u))^0.6`, a Pareto tail, at most 60. The temperature is the regional mean with latitude, a
/// cosine of the day with its height at 15:00, and a third field; wet hours at or below the snow temperature are snow.
/// Storms come on top: the level is the highest of those that hold; from level 1 on the storm's class replaces the
/// hour's. The model is a stated assumption: not fitted, but of the kind and size of the hourly series in public records
/// (wet spells in Shanghai: mean 3.8 hours).
struct WeatherMaker {
    private let weather: WeatherSpecification
    private let network: Network
    private let wetness: RandomField
    private let intensity: RandomField
    private let temperature: RandomField

    /// A maker for a network.
    init(_ weather: WeatherSpecification, _ network: Network) {
        self.weather = weather
        self.network = network
        let draws = network.draws
        wetness = RandomField(name: "weather:wet", field: weather.field, draws: draws)
        intensity = RandomField(name: "weather:intensity", field: weather.field, draws: draws)
        temperature = RandomField(name: "weather:temperature", field: weather.field, draws: draws)
    }

    /// The weather of all regions and hours.
    func series() -> WeatherSeries {
        let regions = network.specification.regions.count
        let hours = network.specification.clock.hourCount
        var series = WeatherSeries(regionCount: regions, hourCount: hours)
        for region in 0..<regions {
            let place = network.centre(ofRegion: region)
            for hour in 0..<hours {
                let cell = region * hours + hour
                (series.classes[cell], series.intensities[cell]) = sky(at: place, hour: hour)
                addStorms(to: &series, cell: cell, region: region, hour: hour)
            }
        }
        return series
    }

    /// Class and intensity (mm/h, to 0.1) without storms.
    private func sky(at place: Place, hour: Int) -> (WeatherClass, Double) {
        guard weather.wetShare > 0,
            weather.wetShare >= 1
                || wetness.value(at: place, hour: hour) > DeterministicMath.normalQuantile(1 - weather.wetShare)
        else { return (.clear, 0) }
        let u = DeterministicMath.normalCumulative(intensity.value(at: place, hour: hour))
        let light = 1 - weather.heavyShare
        let isHeavy = u > light
        let amount =
            isHeavy
            ? min(60, 2.5 * DeterministicMath.power(weather.heavyShare / max(1 - u, 1e-9), 0.6))
            : 0.1 * DeterministicMath.power(25, u / light)
        let weatherClass: WeatherClass =
            celsius(at: place, hour: hour) <= weather.snowBelowCelsius ? .snow : isHeavy ? .heavyRain : .rain
        return (weatherClass, rounded(amount, decimals: 1))
    }

    /// Degrees Celsius.
    private func celsius(at place: Place, hour: Int) -> Double {
        let clock = network.specification.clock
        let hourOfDay = Double(clock.hourOfDay(Double(hour) * 3600)) + 0.5
        let daily = weather.dailyAmplitude * DeterministicMath.cosine(2 * Double.pi * (hourOfDay - 15) / 24)
        return weather.meanCelsius + weather.celsiusPerDegree * (place.y - weather.referenceLatitude) + daily
            + weather.temperatureSpread * temperature.value(at: place, hour: hour)
    }

    /// Lays the storms of a region and hour, taken at the half hour, over a cell.
    private func addStorms(to series: inout WeatherSeries, cell: Int, region: Int, hour: Int) {
        for storm in weather.storms where storm.regions.isEmpty || storm.regions.contains(region) {
            let height = storm.ramp.height(at: (Double(hour) + 0.5) * 3600)
            let level = rounded(storm.level * height, decimals: 1)
            guard level > series.stormLevels[cell] else { continue }
            series.stormLevels[cell] = level
            series.intensities[cell] = max(series.intensities[cell], rounded(storm.intensity * height, decimals: 1))
            if level >= 1 { series.classes[cell] = storm.weatherClass }
        }
    }
}
