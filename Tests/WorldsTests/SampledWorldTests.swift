import Domain
import History
import Replay
import Sampling
import TestKit
import Testing

@testable import Worlds

/// What is sampled of a world, part by part.
private struct SampledParts: Equatable {
    var weather: [UInt8]
    var levels: [Double]
    var congestion: [Double]
    var outages: [[Interval]]
    var copies: [String]
    var delays: [Double]

    init(_ world: World) {
        weather = world.weather.classes.map(\.rawValue)
        levels = world.weather.stormLevels
        congestion = world.congestion.values
        outages = world.outages
        copies = (world.book?.copies ?? []).map { "\($0.source) \($0.copy) \($0.placeSource) \($0.placedAt)" }
        delays = world.replenishmentDelays
    }
}

@Suite struct SampledWorldTests {
    private func network() throws -> SmallNetwork {
        try SmallNetwork(change: { builder in
            builder.addReplenishment(node: "n1", product: "a", at: 50_000, quantity: 3)
            for order in 0..<60 {
                builder.addOrder(
                    "p\(order)", placedAt: 1_000 * Double(order), zone: order % 3 == 0 ? "z1" : "z2",
                    promisedAt: 1_000 * Double(order) + 9_000, lines: [.init(order % 2 == 0 ? "a" : "b")])
            }
        })
    }

    /// One of each kind that draws.
    private func all(_ network: SmallNetwork) throws -> [any Perturbation] {
        [
            try perturbation("generated_weather", [ParameterField("wet_share", 0.3)], in: network),
            try perturbation("generated_traffic", [ParameterField("incidents_per_day", 3)], in: network),
            try perturbation("demand", [ParameterField("frailty_sd", 0.3)], in: network),
            try perturbation("random_outages", [ParameterField("hours_to_failure", 20)], in: network),
            try perturbation("late_replenishment", [ParameterField("mean_hours", 5)], in: network),
        ]
    }

    @Test("Switching one perturbation off changes no draw of another")
    func switchingOff() throws {
        let network = try network()
        let everything = try all(network)
        let full = SampledParts(try world(everything, network))
        for removed in everything.indices {
            var rest = everything
            let name = rest.remove(at: removed).declaration.name
            let without = SampledParts(try world(rest, network))
            #expect((without.weather == full.weather) == (name != "generated_weather"), "\(name)")
            #expect((without.congestion == full.congestion) == (name != "generated_traffic"), "\(name)")
            #expect((without.copies == full.copies) == (name != "demand"), "\(name)")
            #expect((without.outages == full.outages) == (name != "random_outages"), "\(name)")
            #expect((without.delays == full.delays) == (name != "late_replenishment"), "\(name)")
        }
    }

    @Test("A longer horizon leaves the hours before as they were")
    func longerHorizon() throws {
        let network = try network()
        func sampled(days: Double) throws -> World {
            try WorldSampler.sample(
                all(network), dataset: network.dataset, settings: ReplaySettings(from: 0, to: days * 86_400, drain: 0),
                seed: 3, replication: 1)
        }
        let (short, long) = (try sampled(days: 2), try sampled(days: 5))
        for region in 0..<2 {
            for hour in 0..<48 {
                #expect(
                    short.weather.classes[region * short.weather.hourCount + hour]
                        == long.weather.classes[region * long.weather.hourCount + hour])
                #expect(
                    short.congestion.value(region: region, hour: hour)
                        == long.congestion.value(region: region, hour: hour))
            }
        }
    }

    @Test("A storm comes with its ramp, in its regions, and more likely storms come wherever less likely ones came")
    func storms() throws {
        let network = try SmallNetwork()
        func sampled(probability: Double, replication: Int) throws -> World {
            let storm: ParameterValue = [
                "regions": ["west"], "from": 36_000, "to": 72_000, "level": 4, "ramp_hours": 2,
                "probability": ParameterValue(.number(probability)),
            ]
            return try world(
                [perturbation("weather_events", [ParameterField("list", [storm])], in: network)], network,
                replication: replication)
        }
        let certain = try sampled(probability: 1, replication: 0)
        let levels = (9..<21).map { certain.weather.stormLevel(region: 1, at: $0) }
        #expect(levels == [0, 1, 3, 4, 4, 4, 4, 4, 4, 3, 1, 0])
        #expect((0..<48).allSatisfy { certain.weather.stormLevel(region: 0, at: $0) == 0 })
        #expect(certain.weather.classes[certain.weather.hourCount + 13] == .ice)
        // Ice of level 4: 1.5 x (1 + 0.1 x 4) on the roads, by the standard table.
        #expect(certain.slowness.value(region: 1, at: 13 * 3_600) == 1.5 * 1.4)
        var came = (rare: 0, often: 0)
        for replication in 0..<200 {
            let rare = try sampled(probability: 0.2, replication: replication).weather.stormLevel(region: 1, at: 14) > 0
            let often =
                try sampled(probability: 0.6, replication: replication).weather.stormLevel(region: 1, at: 14) > 0
            came.rare += rare ? 1 : 0
            came.often += often ? 1 : 0
            #expect(!rare || often)
        }
        // Four standard deviations of a binomial count.
        #expect(abs(came.rare - 40) <= 23 && abs(came.often - 120) <= 28)
    }

    @Test("Bootstrapped weather is made of whole recorded days of the season, for all regions at once")
    func bootstrap() throws {
        let network = try SmallNetwork(change: { builder in
            for hour in 0..<48 {
                let time = 3_600 * Double(hour)
                builder.addWeather(region: "east", at: time, hour < 24 ? .rain : .snow, intensity: Double(hour))
                builder.addWeather(region: "west", at: time, hour < 24 ? .clear : .ice, intensity: Double(hour))
            }
        })
        var seen: Set<Bool> = []
        for replication in 0..<20 {
            let sampled = try world(
                [perturbation("bootstrap_weather", [ParameterField("block_days", 1)], in: network)], network,
                replication: replication
            ).weather
            for day in 0..<2 {
                let isRain = sampled.classes[24 * day] == .rain
                seen.insert(isRain)
                for hour in (24 * day)..<(24 * day + 24) {
                    #expect(sampled.classes[hour] == (isRain ? .rain : .snow))
                    #expect(sampled.classes[sampled.hourCount + hour] == (isRain ? .clear : .ice))
                    #expect(sampled.intensities[hour] == Double(hour % 24 + (isRain ? 0 : 24)))
                }
            }
        }
        #expect(seen.count == 2)
        #expect(throws: InputError.self) {
            let bare = try SmallNetwork()
            _ = try perturbation("bootstrap_weather", in: bare)
        }
    }

    @Test("A lockdown stops what is under way for its length and no longer, and the nodes inside with it")
    func lockdown() throws {
        let network = try SmallNetwork()
        let shut = try world(
            [
                perturbation(
                    "lockdown", [ParameterField("list", [["regions": ["west"], "from": 36_000, "to": 46_800]])],
                    in: network)
            ], network)
        for work in [0.5, 2.0, 5.0] {
            for start in stride(from: 18_000.0, through: 54_000, by: 3_600) {
                let free = start + 3_600 * work
                let done = shut.slowness.completion(of: work, from: start, region: 1)
                #expect(done >= free - 1e-6 && done <= free + 10_800 + 0.1, "\(work) h from \(start)")
                #expect(shut.slowness.completion(of: work, from: start, region: 0) == free)
            }
        }
        #expect(shut.outages[1] == [Interval(from: 36_000, to: 46_800)] && shut.outages[0].isEmpty)
    }

    @Test("Incidents slow their region while they last, and a higher rate keeps every incident of a lower one")
    func incidents() throws {
        let network = try SmallNetwork()
        func congestion(perDay: Double) throws -> [Double] {
            try world(
                [
                    perturbation(
                        "generated_traffic",
                        [
                            ParameterField("sigma", 0),
                            ParameterField("incidents_per_day", ParameterValue(.number(perDay))),
                            ParameterField("incident_factor", 2),
                        ], in: network)
                ], network
            ).congestion.values
        }
        let (few, many) = (try congestion(perDay: 2), try congestion(perDay: 8))
        #expect(zip(few, many).allSatisfy { $0 <= $1 })
        #expect(few.contains { $0 > 1.2 } && few.contains(1) && many.reduce(0, +) > few.reduce(0, +))
    }

    @Test("A profile multiplies the local hours of the day or week")
    func profile() throws {
        let network = try SmallNetwork()
        let hours = (0..<24).map { ParameterValue(.number(1 + 0.01 * Double($0))) }
        let daily = try world(
            [
                perturbation(
                    "generated_traffic",
                    [ParameterField("sigma", 0), ParameterField("profile", ParameterValue(.list(hours)))],
                    in: network)
            ], network)
        #expect((0..<48).allSatisfy { daily.congestion.value(region: 0, hour: $0) == 1 + 0.01 * Double($0 % 24) })
        let week = (0..<168).map { ParameterValue(.number(1 + 0.01 * Double($0))) }
        let weekly = try world(
            [
                perturbation(
                    "generated_traffic",
                    [ParameterField("sigma", 0), ParameterField("profile", ParameterValue(.list(week)))],
                    in: network)
            ], network)
        // The small network begins on a Monday.
        #expect((0..<48).allSatisfy { weekly.congestion.value(region: 0, hour: $0) == 1 + 0.01 * Double($0) })
        #expect(throws: InputError.self) {
            try perturbation("generated_traffic", [ParameterField("profile", [1, 2])], in: network)
        }
    }
}
