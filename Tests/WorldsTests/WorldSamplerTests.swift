import Domain
import History
import Replay
import Sampling
import TestKit
import Testing
import Worlds

@Suite struct WorldSamplerTests {
    /// Every draw a shipment meets, over some orders: factors of service and transit, cancellation times.
    private struct Fingerprint: Equatable {
        var service: [Double] = []
        var transit: [Double] = []
        var cancellation: [Double] = []

        init(_ world: World) {
            for order in 0..<40 {
                let entity = StableHash.of(order)
                service.append(world.serviceFactor(.lognormal(sigma: 0.5), entity: entity, shipment: 1))
                transit.append(world.transitFactor(.exponential, entity: entity, shipment: 0))
                cancellation.append(
                    world.cancellationTime(entity: entity, placedAt: 30_000, region: order % 2))
            }
        }
    }

    /// All perturbations at once.
    private func everything(_ network: SmallNetwork) throws -> [any Perturbation] {
        [
            try perturbation("service_noise", in: network), try perturbation("transit_noise", in: network),
            try perturbation("cancellation", [ParameterField("hazard_per_hour", 0.05)], in: network),
            try perturbation(
                "outages", [ParameterField("list", [["node": "n1", "from": 100, "to": 200]])], in: network),
            try perturbation("recorded_weather", in: network), try perturbation("recorded_traffic", in: network),
            try perturbation("generated_traffic", in: network), try perturbation("weather_effects", in: network),
        ]
    }

    @Test("Taking a perturbation away leaves every other part of the world as it was")
    func removal() throws {
        let network = try recordedNetwork()
        let all = try everything(network)
        let full = Fingerprint(try world(all, network))
        for removed in all.indices {
            var rest = all
            let name = rest.remove(at: removed).declaration.name
            let sampled = try world(rest, network)
            let without = Fingerprint(sampled)
            #expect((without.service == full.service) == (name != "service_noise"), "\(name)")
            #expect((without.transit == full.transit) == (name != "transit_noise"), "\(name)")
            #expect((without.cancellation == full.cancellation) == (name != "cancellation"), "\(name)")
            #expect((sampled.outages[0].count == 1) == (name != "outages"), "\(name)")
        }
    }

    @Test(
        "A world of exactly some perturbations has what is left out neutral, recorded or not, and their draws as they were"
    )
    func exactly() throws {
        let network = try recordedNetwork()
        let all = try everything(network)
        func only(_ perturbations: [any Perturbation]) throws -> World {
            try WorldSampler.sample(
                exactly: perturbations, dataset: network.dataset, settings: network.context.settings, seed: 7,
                replication: 3)
        }
        let none = try only([])
        #expect(none.weather.hourCount == 0)
        #expect(none.congestion.hourCount == 0)
        #expect(none.outages.joined().isEmpty)
        #expect(try world([], network).weather.hourCount > 0)
        #expect(try Fingerprint(only(all)) == Fingerprint(world(all, network)))
        let noise = all.filter { $0.declaration.group == .service }
        #expect(try Fingerprint(only(noise)).service == Fingerprint(world(all, network)).service)
    }

    @Test("The order in which perturbations are listed changes nothing, to the last bit")
    func listingOrder() throws {
        let network = try recordedNetwork()
        let all = try everything(network)
        let forwards = try world(all, network)
        let backwards = try world(all.reversed(), network)
        #expect(Fingerprint(forwards) == Fingerprint(backwards))
        for hour in 9..<12 {
            for region in 0..<2 {
                let time = 3_600 * Double(hour)
                #expect(
                    forwards.slowness.value(region: region, at: time)
                        == backwards.slowness.value(region: region, at: time))
            }
        }
    }

    @Test("A world is a function of seed and replication, whatever was sampled before")
    func reproducible() throws {
        let network = try recordedNetwork()
        let all = try everything(network)
        let first = Fingerprint(try world(all, network, seed: 7, replication: 3))
        let otherReplication = Fingerprint(try world(all, network, seed: 7, replication: 4))
        let otherSeed = Fingerprint(try world(all, network, seed: 8, replication: 3))
        #expect(Fingerprint(try world(all, network, seed: 7, replication: 3)) == first)
        #expect(first.service != otherReplication.service)
        #expect(first.service != otherSeed.service)
    }

    @Test("What is recorded happens unless a perturbation of its group says otherwise")
    func recordedByDefault() throws {
        let network = try recordedNetwork()
        // The weather, what it does, and the traffic.
        #expect(WorldSampler.recorded(beside: [], dataset: network.dataset).count == 3)
        let clear = try world(
            [perturbation("recorded_weather", [ParameterField("enabled", false)], in: network)], network)
        #expect(clear.slowness.value(region: 0, at: 36_000) == 1.25)
        #expect(clear.weather.hourCount == 0)
        let still = try world(
            [
                perturbation("recorded_weather", [ParameterField("enabled", false)], in: network),
                perturbation("recorded_traffic", [ParameterField("enabled", false)], in: network),
            ], network)
        #expect(still.slowness.value(region: 0, at: 36_000) == 1)
        #expect(still.congestion.value(region: 0, hour: 10) == 1)
        let bare = try SmallNetwork()
        #expect(WorldSampler.recorded(beside: [], dataset: bare.dataset).isEmpty)
    }

    @Test("Every perturbation has a name of its own, a summary and described parameters")
    func documented() throws {
        let network = try recordedNetwork()
        let members = PerturbationCatalogue.members
        let files = try WorldFolder(noise: "order,service_factor\no1,2\n")
        #expect(Set(members.names).count == members.names.count)
        for entry in members.entries {
            #expect(!entry.summary.isEmpty && entry.summary.count <= 100, "\(entry.name)")
            #expect(entry.parameters.allSatisfy { !$0.summary.isEmpty }, "\(entry.name)")
            let given: [ParameterField] =
                switch entry.name {
                case "outages", "weather_events", "lockdown", "product_ban", "roster_gap", "carrier_capacity":
                    [ParameterField("list", [])]
                case "file": [ParameterField("folder", ParameterValue(.text(files.path)))]
                default: []
                }
            let made = try members.make(entry.name, given, dataset: network.dataset)
            #expect(made.declaration.name == entry.name)
        }
    }
}
