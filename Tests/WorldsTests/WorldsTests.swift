import Domain
import History
import Replay
import Sampling
import TestKit
import Testing
import Worlds

/// The small network with weather and traffic recorded, hour 10: rain in the east, ice of storm level 2 in the west,
/// congestion 1.25 in the east.
func recordedNetwork() throws -> SmallNetwork {
    try SmallNetwork(change: { builder in
        builder.addWeather(region: "east", at: 36_000, .rain)
        builder.addWeather(region: "west", at: 36_000, .ice, stormLevel: 2)
        builder.addTraffic(region: "east", at: 36_000, congestion: 1.25)
    })
}

/// A perturbation of the catalogue.
func perturbation(
    _ name: String, _ given: [ParameterField] = [], in network: SmallNetwork
) throws -> any Perturbation {
    try PerturbationCatalogue.members.make(name, given, dataset: network.dataset)
}

/// A world of the small network.
func world(
    _ perturbations: [any Perturbation], _ network: SmallNetwork, seed: UInt64 = 7, replication: Int = 3
) throws -> World {
    try WorldSampler.sample(
        perturbations, dataset: network.dataset, settings: network.context.settings, seed: seed,
        replication: replication)
}

@Suite struct PerturbationTests {
    @Test("Noise acts where it is on and nowhere else")
    func noise() throws {
        let network = try SmallNetwork()
        let quiet = try world([], network)
        let noisy = try world([perturbation("service_noise", in: network)], network)
        let off = try world([perturbation("service_noise", [ParameterField("enabled", false)], in: network)], network)
        #expect(quiet.serviceFactor(.exponential, entity: 5, shipment: 0) == 1)
        #expect(off.serviceFactor(.exponential, entity: 5, shipment: 0) == 1)
        let draw = Draws(seed: 7, replication: 3).uniform(.service, entity: 5, draw: 2)
        #expect(
            noisy.serviceFactor(.exponential, entity: 5, shipment: 2)
                == UnitDistribution.exponential.value(uniform: draw))
        #expect(noisy.transitFactor(.exponential, entity: 5, shipment: 0) == 1)
        let moving = try world([perturbation("transit_noise", in: network)], network)
        #expect(moving.transitFactor(.exponential, entity: 5, shipment: 0) != 1)
        #expect(moving.serviceFactor(.exponential, entity: 5, shipment: 0) == 1)
    }

    @Test("A raised hazard cancels every order sooner, by the same draw; recorded cancellations can be switched off")
    func cancellation() throws {
        let network = try SmallNetwork()
        func cancelling(_ hazard: ParameterValue) throws -> World {
            try world([perturbation("cancellation", [ParameterField("hazard_per_hour", hazard)], in: network)], network)
        }
        let low = try cancelling(0.01)
        let high = try cancelling(0.02)
        for entity in 0..<50 {
            let slow = low.cancellationTime(entity: StableHash.of(entity), placedAt: 0, region: 0)
            let fast = high.cancellationTime(entity: StableHash.of(entity), placedAt: 0, region: 0)
            #expect(abs(fast * 2 - slow) <= 1e-9 * slow)
        }
        #expect(low.replaysRecordedCancellations)
        let unrecorded = try world(
            [perturbation("cancellation", [ParameterField("recorded", false)], in: network)], network)
        #expect(!unrecorded.replaysRecordedCancellations)
        #expect(unrecorded.cancellationTime(entity: 1, placedAt: 0, region: 0) == .infinity)
    }

    @Test(
        "Outages of a node that overlap are one, those of other nodes stay apart, and one that ends before it begins is an error"
    )
    func outages() throws {
        let network = try SmallNetwork()
        func outage(_ node: ParameterValue, _ from: ParameterValue, _ to: ParameterValue) -> ParameterValue {
            ["node": node, "from": from, "to": to]
        }
        let list: ParameterValue = [
            outage("n2", 500, 900), outage("n1", 100, 200), outage("n2", 100, 600), outage("n2", 2_000, 2_500),
        ]
        let struck = try world([perturbation("outages", [ParameterField("list", list)], in: network)], network)
        #expect(
            struck.outages == [
                [Interval(from: 100, to: 200)], [Interval(from: 100, to: 900), Interval(from: 2_000, to: 2_500)], [],
            ])
        let backwards = #expect(throws: InputError.self) {
            try perturbation("outages", [ParameterField("list", [outage("n1", 200, 200)])], in: network)
        }
        #expect(backwards?.expected == "'to' after 'from'")
        let unknown = #expect(throws: InputError.self) {
            try perturbation("outages", [ParameterField("list", [outage("n9", 100, 200)])], in: network)
        }
        #expect(unknown?.found.contains("unknown node 'n9'") == true)
    }

    @Test(
        "Recorded weather and traffic multiply into slowness, and weather into service and cancellation, in their hour")
    func weatherAndTraffic() throws {
        let network = try recordedNetwork()
        let sampled = try world([], network)
        // Rain 1.11 x congestion 1.25; ice 1.5 x (1 + 0.1 x level 2).
        #expect(sampled.slowness.value(region: 0, at: 36_000) == 1.11 * 1.25)
        #expect(sampled.slowness.value(region: 1, at: 39_599) == 1.5 * 1.2)
        #expect(sampled.slowness.value(region: 1, at: 39_600) == 1)
        #expect(sampled.slowness.value(region: 0, at: 35_999) == 1)
        #expect(sampled.serviceMultiplier.value(region: 1, hour: 10) == 1.1 * (1 + 0.02 * 2))
        #expect(sampled.cancellationMultiplier.value(region: 0, hour: 10) == 1.1)
        #expect(sampled.cancellationMultiplier.value(region: 0, hour: 11) == 1)
        #expect(sampled.congestion.value(region: 0, hour: 10) == 1.25)
        #expect(sampled.weather.classes[10] == .rain)
    }

    @Test("Effects of weather can be set one by one, and what is set no longer counts as assumed")
    func weatherEffects() throws {
        let network = try recordedNetwork()
        let standard = try perturbation("weather_effects", in: network)
        let changed = try perturbation(
            "weather_effects",
            [ParameterField("transit", ["rain": 2, "per_storm_level": 0]), ParameterField("service", ["ice": 3])],
            in: network)
        let sampled = try world([changed], network)
        #expect(sampled.slowness.value(region: 0, at: 36_000) == 2 * 1.25)
        #expect(sampled.slowness.value(region: 1, at: 36_000) == 1.5)
        #expect(sampled.serviceMultiplier.value(region: 1, hour: 10) == 3 * (1 + 0.02 * 2))
        #expect(standard.assumptions.contains("weather effect on service, ice: 1.1 (assumed)"))
        #expect(!changed.assumptions.contains { $0.contains("service, ice") })
        #expect(changed.assumptions.contains("weather effect on transit, ice: 1.5 (assumed)"))
        #expect(!standard.assumptions.contains { $0.contains("transit, rain") })
        #expect(throws: InputError.self) {
            try perturbation("weather_effects", [ParameterField("transit", ["rain": 0])], in: network)
        }
    }
}
