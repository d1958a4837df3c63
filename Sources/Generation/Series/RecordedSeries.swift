import DeterministicMath
import Domain
import History
import Sampling

/// The recorded weather, congestion and signals of every region and hour of the horizon.
struct RecordedSeries: Sendable {
    /// Weather, where the spec asks for it.
    let weather: WeatherSeries?
    /// Congestion, where the spec asks for it.
    let traffic: HourlySeries?
    /// Signals in the spec's order.
    let signals: [(name: String, series: HourlySeries)]

    /// The series of a network.
    init(_ network: Network) {
        let specification = network.specification
        weather = specification.weather.map { WeatherMaker($0, network).series() }
        traffic = specification.traffic.map { Self.traffic($0, network) }
        signals = specification.signals.map { ($0.name, Self.signal($0, network)) }
    }

    /// `profile(local hour) x exp(s z - s^2 / 2)`, z a random field; to 0.001.
    private static func traffic(_ traffic: TrafficSpecification, _ network: Network) -> HourlySeries {
        let clock = network.specification.clock
        let field = RandomField(name: "traffic", field: traffic.field, draws: network.draws)
        return series(network, neutral: 1) { place, _, hour in
            let time = Double(hour) * 3600
            let profile = clock.weekday(time) < 5 ? traffic.weekdayHours : traffic.weekendHours
            let deviation = traffic.spread * field.value(at: place, hour: hour)
            let noise = DeterministicMath.exp(deviation - traffic.spread * traffic.spread / 2)
            return max(0.001, rounded(profile[clock.hourOfDay(time)] * noise, decimals: 3))
        }
    }

    /// `base + sum of events + spread x z`, z a random field; to 0.001.
    private static func signal(_ signal: SignalSpecification, _ network: Network) -> HourlySeries {
        let field = RandomField(name: "signal:" + signal.name, field: signal.field, draws: network.draws)
        return series(network, neutral: 0) { place, region, hour in
            var value = signal.base
            for event in signal.events where event.regions.isEmpty || event.regions.contains(region) {
                value += event.add * event.ramp.height(at: (Double(hour) + 0.5) * 3600)
            }
            if signal.spread > 0 { value += signal.spread * field.value(at: place, hour: hour) }
            return rounded(value, decimals: 3)
        }
    }

    /// A series from its value at the centre of a region in an hour.
    private static func series(
        _ network: Network, neutral: Double, value: (Place, Int, Int) -> Double
    ) -> HourlySeries {
        let regions = network.specification.regions.count
        let hours = network.specification.clock.hourCount
        var series = HourlySeries(regionCount: regions, hourCount: hours, neutral: neutral)
        for region in 0..<regions {
            let place = network.centre(ofRegion: region)
            for hour in 0..<hours { series.values[region * hours + hour] = value(place, region, hour) }
        }
        return series
    }
}
