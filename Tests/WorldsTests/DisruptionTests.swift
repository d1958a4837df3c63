import Domain
import History
import Replay
import TestKit
import Testing

@testable import Worlds

/// A perturbation given by a list of records.
private func listed(_ name: String, _ records: [ParameterValue], in network: SmallNetwork) throws -> any Perturbation {
    try perturbation(name, [ParameterField("list", ParameterValue(.list(records)))], in: network)
}

/// Indices of the small network follow its ids: services express 0, van 1; products a 0, b 1; nodes n1 0, n2 1, n3 2.
@Suite struct DisruptionTests {
    @Test("A product ban keeps its products and those of its categories, from its nodes, to its regions, for its span")
    func productBan() throws {
        let network = try SmallNetwork()
        let bans = try world(
            [
                listed(
                    "product_ban",
                    [
                        ["products": ["b"], "regions": ["west"], "from": 3_600, "to": 7_200],
                        [
                            "categories": [ParameterValue(.text(network.dataset.categories[0]))], "nodes": ["n3"],
                            "from": 5, "to": 6,
                        ],
                    ], in: network)
            ], network
        ).bans
        #expect(bans.count == 2)
        #expect(bans[0].span == Interval(from: 3_600, to: 7_200))
        #expect(bans[0].products.indices == [1] && bans[0].regions.indices == [1] && bans[0].nodes.isEvery)
        #expect(bans[1].span == Interval(from: 5, to: 6) && bans[1].nodes.indices == [2])
        let ofCategory = (0..<2).filter { network.dataset.products.categories[$0] == 0 }
        #expect(bans[1].products.indices == ofCategory && bans[1].services.isEvery)
    }

    @Test("A cold-chain excursion keeps chilled and frozen goods only, at stated times and at random ones")
    func coldChain() throws {
        let network = try SmallNetwork(change: { builder in
            builder.addProduct("cold", price: 5, unitCost: 3, massKilograms: 1, temperatureClass: .chilled)
            builder.addProduct("ice", price: 5, unitCost: 3, massKilograms: 1, temperatureClass: .frozen)
        })
        let cold = try #require(network.dataset.products.ids.firstIndex(of: "cold"))
        let ice = try #require(network.dataset.products.ids.firstIndex(of: "ice"))
        let stated = try world(
            [
                listed(
                    "cold_chain_excursion",
                    [
                        ["nodes": ["n1"], "from": 0, "to": 10],
                        ["nodes": ["n2"], "classes": ["frozen"], "from": 0, "to": 10],
                    ], in: network)
            ], network
        ).bans
        #expect(stated[0].products.indices == [cold, ice].sorted() && stated[0].nodes.indices == [0])
        #expect(stated[1].products.indices == [ice])
        let random: ParameterValue = ["hours_between": 5, "mean_hours": 2, "nodes": ["n2"]]
        let drawn = try world(
            [perturbation("cold_chain_excursion", [ParameterField("random", random)], in: network)], network
        ).bans
        #expect(!drawn.isEmpty && drawn.allSatisfy { $0.nodes.indices == [1] && $0.products.contains(ice) })
        // No node of this network carries the tag of a cold store: none gets too warm unless it is named.
        let unnamed: ParameterValue = ["hours_between": 5, "mean_hours": 2]
        #expect(
            try world(
                [perturbation("cold_chain_excursion", [ParameterField("random", unnamed)], in: network)], network
            ).bans.isEmpty)
    }

    @Test("A roster gap keeps the products that only the missing staff may hand out")
    func rosterGap() throws {
        let network = try SmallNetwork()
        let bans = try world(
            [listed("roster_gap", [["nodes": ["n1"], "tags": ["prescription"], "from": 0, "to": 9]], in: network)],
            network
        ).bans
        #expect(bans == [Ban(span: Interval(from: 0, to: 9), products: IndexChoice([0]), nodes: IndexChoice([0]))])
    }

    @Test("A suspended service is no candidate and collects nothing; suspensions that overlap are one")
    func suspension() throws {
        let network = try SmallNetwork()
        let sampled = try world(
            [
                listed(
                    "carrier_suspension",
                    [
                        ["services": ["van"], "from": 3_600, "to": 7_200],
                        ["services": ["van", "express"], "from": 5_000, "to": 9_000],
                    ], in: network)
            ], network)
        #expect(sampled.suspensions == [[Interval(from: 5_000, to: 9_000)], [Interval(from: 3_600, to: 9_000)]])
        #expect(sampled.bans.allSatisfy { $0.products.isEvery && $0.nodes.isEvery && $0.regions.isEvery })
        #expect(sampled.bans.contains { $0.services.indices == [0] })
    }

    @Test("Capacity and premiums are multiplied in the hours whose middle lies in their span")
    func factors() throws {
        let network = try SmallNetwork()
        let sampled = try world(
            [
                listed(
                    "carrier_capacity",
                    [
                        ["services": ["van"], "factor": 0.5, "from": 1_000, "to": 9_100],
                        ["services": ["van"], "factor": 0.5, "from": 7_200, "to": 10_800],
                    ], in: network),
                listed(
                    "carrier_premium",
                    [["services": ["express"], "premium": 0.15, "from": 1_801, "to": 5_400]], in: network),
            ], network)
        let capacity = (0..<4).map { sampled.capacityByService.value(region: 1, hour: $0) }
        #expect(capacity == [0.5, 0.5, 0.25, 1])
        #expect((0..<4).allSatisfy { sampled.capacityByService.value(region: 0, hour: $0) == 1 })
        // The middle of the first hour is at 1,800 s, that of the second at 5,400.
        #expect((0..<3).allSatisfy { sampled.freightMultiplier.value(region: 0, hour: $0) == 1 })
        let longer = try world(
            [
                listed(
                    "carrier_premium", [["services": ["express"], "premium": 0.15, "from": 1_800, "to": 5_401]],
                    in: network)
            ], network)
        #expect((0..<3).map { longer.freightMultiplier.value(region: 0, hour: $0) } == [1.15, 1.15, 1])
    }

    @Test("A premium that ends after the replay lasts to its end, as a lockdown does, and no series is longer")
    func endless() throws {
        let network = try SmallNetwork()
        let sampled = try world(
            [
                listed("carrier_premium", [["services": ["van"], "premium": 1, "from": 0, "to": 1e15]], in: network),
                listed("lockdown", [["regions": ["west"], "from": 0, "to": 1e15]], in: network),
            ], network)
        let last = Int(network.context.settings.end / 3_600) - 1
        #expect(sampled.freightMultiplier.value(region: 1, hour: 0) == 2)
        #expect(sampled.freightMultiplier.value(region: 1, hour: last) == 2)
        #expect(sampled.slowness.value(region: 1, at: network.context.settings.end - 1) > 1e6)
    }

    @Test("Lost stations are those of stated nodes, and at random of each node by itself")
    func stationLoss() throws {
        let network = try SmallNetwork()
        let stated = try world(
            [listed("pick_station_loss", [["nodes": ["n1"], "stations": 2, "from": 5, "to": 6]], in: network)], network)
        #expect(stated.stationLosses[0] == [StationLoss(span: Interval(from: 5, to: 6), stations: 2)])
        #expect(stated.stationLosses[1].isEmpty)
        func random(_ nodes: [ParameterValue]) throws -> [[StationLoss]] {
            let given: ParameterValue = [
                "hours_between": 10, "mean_hours": 3, "nodes": ParameterValue(.list(nodes)),
            ]
            return try world(
                [perturbation("pick_station_loss", [ParameterField("random", given)], in: network)], network
            ).stationLosses
        }
        let (one, both) = (try random(["n2"]), try random(["n1", "n2"]))
        #expect(!one[1].isEmpty && one[0].isEmpty && one[1] == both[1] && both[0] != both[1])
    }

    @Test("Random spans have the mean lengths asked for, and longer ones stay in their order")
    func randomSpans() throws {
        let network = try SmallNetwork()
        var quiet: [Double] = []
        var lengths: [Double] = []
        for replication in 0..<400 {
            let draws = World(replication: replication, seed: 5, dataset: network.dataset).draws
            let short = RandomSpans(hoursBetween: 10, meanHours: 2, places: [])
                .spans(.stationLoss, entity: 1, before: 200 * 3_600, draws: draws)
            var time = 0.0
            // The last ones are chosen by being the last: only the first ten are taken.
            for span in short.prefix(10) {
                quiet.append((span.from - time) / 3_600)
                lengths.append((span.to - span.from) / 3_600)
                time = span.to
            }
            let long = RandomSpans(hoursBetween: 10, meanHours: 4, places: [])
                .spans(.stationLoss, entity: 1, before: 200 * 3_600, draws: draws)
            #expect(zip(short, long).allSatisfy { $1.to - $1.from > 1.99 * ($0.to - $0.from) })
        }
        // Five standard errors of an exponential mean.
        func mean(_ values: [Double]) -> Double { values.reduce(0, +) / Double(values.count) }
        #expect(abs(mean(quiet) - 10) < 5 * 10 / Double(quiet.count).squareRoot())
        #expect(abs(mean(lengths) - 2) < 5 * 2 / Double(lengths.count).squareRoot())
    }

    @Test(
        "A larger share keeps every wrong record, a larger mean every missing unit, and no more is missing than there was"
    )
    func inventoryError() throws {
        let network = try SmallNetwork(change: { builder in
            for product in 0..<300 {
                builder.addProduct("q\(product)", price: 1, unitCost: 1, massKilograms: 1)
                builder.addStock(node: "n2", product: "q\(product)", onHand: 50)
            }
        })
        func missing(share: Double, mean: Double) throws -> [Int32] {
            try world(
                [
                    perturbation(
                        "inventory_error",
                        [
                            ParameterField("share", ParameterValue(.number(share))),
                            ParameterField("mean_missing", ParameterValue(.number(mean))),
                        ], in: network)
                ], network
            ).missingUnits
        }
        let (few, many, worse) = (
            try missing(share: 0.1, mean: 0.2), try missing(share: 0.4, mean: 0.2), try missing(share: 0.4, mean: 0.6)
        )
        #expect(zip(few, many).allSatisfy { $0 == 0 || $0 == $1 })
        #expect(zip(many, worse).allSatisfy { $0 <= $1 })
        #expect(zip(worse, network.dataset.inventory.onHand).allSatisfy { $0 <= Int32($1) && $0 >= 0 })
        // About 0.4 x 300 x P(50 x 0.2 x E >= 1); four standard deviations of a binomial count.
        let expected = 0.4 * 300 * 0.905
        #expect(abs(Double(many.count { $0 > 0 }) - expected) < 4 * expected.squareRoot())
    }

    @Test("Switching a disruption off changes no other")
    func switchingOff() throws {
        let network = try SmallNetwork()
        let random: ParameterValue = ["hours_between": 10, "mean_hours": 3]
        let dearer: ParameterValue = ["hours_between": 10, "mean_hours": 3, "premium": 0.2]
        let all = [
            try perturbation("random_outages", [ParameterField("hours_to_failure", 20)], in: network),
            try perturbation("pick_station_loss", [ParameterField("random", random)], in: network),
            try perturbation("carrier_suspension", [ParameterField("random", random)], in: network),
            try perturbation("carrier_premium", [ParameterField("random", dearer)], in: network),
            try perturbation("inventory_error", [ParameterField("share", 0.9)], in: network),
        ]
        let full = try world(all, network)
        for removed in all.indices {
            var rest = all
            let name = rest.remove(at: removed).declaration.name
            let without = try world(rest, network)
            #expect((without.outages == full.outages) == (name != "random_outages"))
            #expect((without.stationLosses == full.stationLosses) == (name != "pick_station_loss"))
            #expect((without.suspensions == full.suspensions) == (name != "carrier_suspension"))
            #expect(
                (without.freightMultiplier.values == full.freightMultiplier.values) == (name != "carrier_premium"))
            #expect((without.missingUnits == full.missingUnits) == (name != "inventory_error"))
        }
    }

    @Test("What is wrong in a disruption is told")
    func badInput() throws {
        let network = try SmallNetwork()
        func message(_ name: String, _ record: ParameterValue) -> String {
            do {
                _ = try listed(name, [record], in: network)
                return "no error"
            } catch { return "\(error)" }
        }
        #expect(message("product_ban", ["from": 0, "to": 1]).contains("'products' or 'categories'"))
        #expect(message("product_ban", ["products": ["c"], "from": 0, "to": 1]).contains("'c'"))
        #expect(
            message("carrier_capacity", ["services": ["express"], "factor": 0.5, "from": 0, "to": 1]).contains(
                "no daily capacity"))
        #expect(
            message("carrier_premium", ["services": ["van"], "premium": -0.5, "from": 0, "to": 1]).contains("-0.5"))
        #expect(
            message("roster_gap", ["nodes": ["n1"], "tags": ["prescription"], "from": 9, "to": 9])
                .contains("ends at or before"))
        #expect(message("pick_station_loss", ["nodes": ["n1"], "stations": 0, "from": 0, "to": 1]).contains("0"))
    }

    @Test("Weather cuts the capacity of carriers by class and level, never below nothing")
    func weatherCutsCapacity() throws {
        let network = try SmallNetwork()
        let storm: ParameterValue = ["regions": ["west"], "from": 36_000, "to": 72_000, "level": 4, "ramp_hours": 0]
        func capacity(_ effects: ParameterValue) throws -> Double {
            try world(
                [
                    listed("weather_events", [storm], in: network),
                    perturbation("weather_effects", [ParameterField("carrier_capacity", effects)], in: network),
                ], network
            ).capacityByRegion.value(region: 1, hour: 14)
        }
        // Nothing was measured: the standard table leaves it. Ice of level 4 by this one: 0.7 x (1 - 0.05 x 4).
        #expect(try capacity([:]) == 1)
        #expect(try capacity(["ice": 0.7, "per_storm_level": -0.05]) == 0.7 * (1 + -0.05 * 4))
        #expect(try capacity(["per_storm_level": -0.5]) == 0)
    }
}
