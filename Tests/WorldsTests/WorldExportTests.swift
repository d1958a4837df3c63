import Domain
import Foundation
import History
import Replay
import Sampling
import Storage
import TestKit
import Testing

@testable import Worlds

/// Everything a world holds, to be compared to the last bit.
struct WorldContent: Equatable {
    var classes: [UInt8]
    var numbers: [String: [UInt64]] = [:]
    var warnings: [Int] = []
    var outages: [[Interval]]
    var losses: [[StationLoss]]
    var bans: Set<Ban>
    var suspensions: [[Interval]]
    var missing: [Int32]
    var copies: [String]
    var flags: [Bool]
    /// Factors and cancellation times of the orders, by an uneven distribution, so that every draw shows.
    var draws: [UInt64] = []

    init(_ world: World, dataset: Dataset) {
        classes = world.weather.classes.map(\.rawValue)
        outages = world.outages
        losses = world.stationLosses.map { losses in
            losses.sorted { ($0.span.from, $0.span.to, $0.stations) < ($1.span.from, $1.span.to, $1.stations) }
        }
        bans = Set(world.bans)
        suspensions = world.suspensions
        missing = world.missingUnits
        copies = (world.book?.copies ?? []).map { "\($0.source) \($0.copy) \($0.placeSource) \($0.placedAt)" }
        flags = [
            world.hasServiceNoise, world.hasTransitNoise, world.replaysRecordedCancellations, world.warnings == nil,
            world.book == nil,
        ]
        let regions = dataset.regions.indices
        let slowness = regions.flatMap { region in
            (0..<world.slowness.hourCount).map { world.slowness.value(region: region, at: 3_600 * Double($0)) }
        }
        for (name, values) in [
            ("intensity", world.weather.intensities), ("level", world.weather.stormLevels),
            ("congestion", world.congestion.values), ("slowness", slowness),
            ("service", world.serviceMultiplier.values),
            ("cancellation", world.cancellationMultiplier.values), ("freight", world.freightMultiplier.values),
            ("regional capacity", world.capacityByRegion.values), ("capacity", world.capacityByService.values),
            ("delays", world.replenishmentDelays),
            ("hazard", [world.cancellationHazardPerHour]),
        ] {
            numbers[name] = values.map(\.bitPattern)
        }
        if let known = world.warnings {
            warnings = [known.hourCount, known.leadCount]
            for (region, hour) in regions.flatMap({ region in (0..<known.hourCount).map { (region, $0) } }) {
                warnings += (0..<known.leadCount).map { known.level(region: region, validHour: hour, lead: $0) }
            }
        }
        let orders = (world.book?.dataset ?? dataset).orders
        for order in 0..<orders.count {
            let entity = orders.idHashes[order]
            for shipment in 0..<3 {
                draws.append(
                    world.serviceFactor(.lognormal(sigma: 0.5), entity: entity, shipment: shipment).bitPattern)
                draws.append(world.transitFactor(.exponential, entity: entity, shipment: shipment).bitPattern)
            }
            draws.append(
                world.cancellationTime(entity: entity, placedAt: orders.placedAt[order], region: order % 2).bitPattern)
            draws.append(world.draws.bits(.screening, entity: entity))
        }
    }
}

@Suite struct WorldExportTests {
    /// The small network with a record of everything, two replenishments and enough orders.
    private func network() throws -> SmallNetwork {
        try SmallNetwork { builder in
            builder.addWeather(region: "east", at: 36_000, .rain, intensity: 0.1)
            builder.addTraffic(region: "west", at: 36_000, congestion: 1.1)
            for time in [50_000.0, 70_000] { builder.addReplenishment(node: "n1", product: "a", at: time, quantity: 3) }
            builder.addProduct("cold", price: 5, unitCost: 3, massKilograms: 1, temperatureClass: .chilled)
            for order in 0..<60 {
                builder.addOrder(
                    "p\(order)", placedAt: 1_000 * Double(order) + 0.1, zone: order % 3 == 0 ? "z1" : "z2",
                    promisedAt: 1_000 * Double(order) + 9_000, lines: [.init(order % 2 == 0 ? "a" : "b")])
            }
        }
    }

    /// Every perturbation there is but those that read files.
    private func everything(_ network: SmallNetwork) throws -> [any Perturbation] {
        let given: [(String, [ParameterField])] = [
            ("generated_weather", [ParameterField("wet_share", 0.3)]),
            (
                "weather_events",
                [ParameterField("list", [["regions": ["west"], "from": 36_000, "to": 72_000, "level": 4]])]
            ),
            ("weather_effects", [ParameterField("carrier_capacity", ["ice": 0.7, "per_storm_level": -0.05])]),
            ("weather_forecast", []), ("generated_traffic", [ParameterField("incidents_per_day", 3)]),
            ("demand", [ParameterField("frailty_sd", 0.3)]),
            ("outages", [ParameterField("list", [["node": "n1", "from": 100, "to": 200.3]])]),
            ("random_outages", [ParameterField("hours_to_failure", 20)]),
            ("lockdown", [ParameterField("list", [["regions": ["west"], "from": 80_000, "to": 90_000]])]),
            ("late_replenishment", [ParameterField("mean_hours", 5)]),
            ("pick_station_loss", [ParameterField("random", ["hours_between": 10, "mean_hours": 3])]),
            (
                "product_ban",
                [ParameterField("list", [["products": ["a"], "regions": ["west"], "from": 100, "to": 900.7]])]
            ),
            (
                "cold_chain_excursion",
                [ParameterField("random", ["hours_between": 10, "mean_hours": 3, "nodes": ["n2"]])]
            ),
            (
                "roster_gap",
                [ParameterField("list", [["nodes": ["n1"], "tags": ["prescription"], "from": 7_000, "to": 9_000]])]
            ),
            ("carrier_suspension", [ParameterField("random", ["hours_between": 10, "mean_hours": 3])]),
            (
                "carrier_capacity",
                [ParameterField("list", [["services": ["van"], "factor": 0.3, "from": 0, "to": 90_000]])]
            ),
            (
                "carrier_premium",
                [ParameterField("random", ["hours_between": 10, "mean_hours": 3, "premium": 0.15])]
            ),
            ("inventory_error", [ParameterField("share", 0.9), ParameterField("mean_missing", 0.6)]),
            ("cancellation", [ParameterField("hazard_per_hour", 0.03)]), ("service_noise", []), ("transit_noise", []),
        ]
        return try given.map { try perturbation($0.0, $0.1, in: network) }
    }

    private func export(_ network: SmallNetwork, noiseShipments: Int = 0) -> WorldExport {
        WorldExport(
            scenario: "test: everything", dataset: network.dataset, settings: network.context.settings,
            noiseShipments: noiseShipments)
    }

    private func file(_ folder: String, in network: SmallNetwork) throws -> any Perturbation {
        try perturbation("file", [ParameterField("folder", ParameterValue(.text(folder)))], in: network)
    }

    @Test("A world with everything on is the same to the last bit when it is read back, under any seed")
    func everythingBack() throws {
        let network = try network()
        let original = try world(everything(network), network, seed: .max, replication: 5)
        try withTemporaryFolder { root in
            let written = try export(network).write(original, to: root + "/w")
            let parts = WorldPartCatalogue.files.filter { $0 != "noise.csv" }
            #expect(written.files.map(\.name) == parts)
            #expect(written.files.allSatisfy { $0.rows > 0 } && written.replication == 5)
            let back = try world([file(root + "/w", in: network)], network, seed: 1, replication: 0)
            #expect(WorldContent(back, dataset: network.dataset) == WorldContent(original, dataset: network.dataset))
            #expect(back.replication == 0)
            // Written again, it is the same bytes.
            try export(network).write(back, to: root + "/again")
            for name in parts + ["world.yaml"] {
                #expect(try FileSystem.read("\(root)/w/\(name)") == FileSystem.read("\(root)/again/\(name)"), "\(name)")
            }
        }
    }

    @Test("A neutral world has no tables, and what is recorded does not happen in it when it is read back")
    func neutral() throws {
        let network = try network()
        let neutral = World(replication: 2, seed: 9, dataset: network.dataset)
        try withTemporaryFolder { root in
            #expect(try export(network).write(neutral, to: root + "/w").files.isEmpty)
            #expect(try FileSystem.names(in: root + "/w") == ["world.yaml"])
            let back = try world([file(root + "/w", in: network)], network)
            #expect(WorldContent(back, dataset: network.dataset) == WorldContent(neutral, dataset: network.dataset))
            #expect(try world([], network).weather.hourCount > 0)
        }
    }

    @Test("Draws that are written out stand for those of the seed, for the shipments they are written for")
    func noise() throws {
        let network = try network()
        let original = try world(everything(network), network, replication: 1)
        try withTemporaryFolder { root in
            #expect(
                try export(network, noiseShipments: 3).write(original, to: root + "/w").files.last?.name == "noise.csv")
            let facts = String(decoding: try FileSystem.read(root + "/w/world.yaml"), as: UTF8.self)
            let keyless = facts.replacing("seed: 7\n", with: "").replacing("replication: 1\n", with: "")
            #expect(keyless.utf8.count + "seed: 7\nreplication: 1\n".utf8.count == facts.utf8.count)
            try AtomicFile.write(keyless, to: root + "/w/world.yaml")
            let back = try world([file(root + "/w", in: network)], network, seed: 100, replication: 8)
            // Copies that the world has: their draws are written.
            let book = try #require(original.book)
            let entity = book.dataset.orders.idHashes[
                try #require(book.copies.indices.first { book.copies[$0].copy == 1 })]
            for shipment in 0..<4 {
                let isSame =
                    back.transitFactor(.exponential, entity: entity, shipment: shipment)
                    == original.transitFactor(.exponential, entity: entity, shipment: shipment)
                #expect(isSame == (shipment < 3))
            }
            #expect(
                back.cancellationTime(entity: entity, placedAt: 0, region: 0)
                    == original.cancellationTime(entity: entity, placedAt: 0, region: 0))
            // Factors of another tool go on as they are.
            let given = try WorldFolder(noise: "order,service_factor,transit_uniform\np3,2.5,0.25\n")
            let recorded = try world(
                [file(given.path, in: network), perturbation("service_noise", in: network)], network)
            try export(network).write(recorded, to: root + "/recorded")
            let again = try world([file(root + "/recorded", in: network)], network, seed: 4)
            #expect(WorldContent(again, dataset: network.dataset) == WorldContent(recorded, dataset: network.dataset))
            #expect(again.serviceFactor(.exponential, entity: StableHash.of("p3"), shipment: 0) == 2.5)
        }
    }

    @Test("A folder of folders is a world for each replication, in the order of their numbers, and no more")
    func several() throws {
        let network = try network()
        let all = try everything(network)
        try withTemporaryFolder { root in
            let written = try export(network).write(8..<11, to: root + "/w") {
                try world(all, network, replication: $0)
            }
            #expect(
                written.map(\.replication) == [8, 9, 10] && written.map(\.folder) == (8..<11).map { "\(root)/w/\($0)" })
            let file = try file(root + "/w", in: network)
            #expect(file.replicationCount == 3)
            for replication in 0..<3 {
                let original = try world(all, network, replication: 8 + replication)
                let back = try world([file], network, seed: 1, replication: replication)
                #expect(
                    WorldContent(back, dataset: network.dataset) == WorldContent(original, dataset: network.dataset))
                #expect(back.replication == replication)
            }
            #expect(throws: InputError.self) { try world([file], network, replication: 3) }
            // A table beside the folders would belong to none of them.
            try AtomicFile.write("order\n", to: root + "/w/noise.csv")
            let mixed = #expect(throws: InputError.self) { try self.file(root + "/w", in: network) }
            #expect(mixed?.description.contains("/w/noise.csv: found noise.csv beside folders of worlds") == true)
            try FileSystem.remove(root + "/w/noise.csv")
            try AtomicFile.write("sandtable_world: 1\n", to: root + "/w/9/world.yaml")
            let uneven = #expect(throws: InputError.self) { try self.file(root + "/w", in: network) }
            #expect(uneven?.found == "complete worlds beside others")
        }
    }

    @Test("Weather from a file is a source: storms lie on it, forecasts warn of it, effects act on it")
    func source() throws {
        let network = try network()
        let folder = try WorldFolder()
        try folder.write("region,at,hours,class,storm_level\neast,7200,2,ice,3\n", to: "weather.csv")
        let storm = try perturbation(
            "weather_events",
            [
                ParameterField(
                    "list", [["regions": ["west"], "from": 36_000, "to": 72_000, "level": 2, "ramp_hours": 0]])
            ],
            in: network)
        let sampled = try world(
            [file(folder.path, in: network), storm, perturbation("weather_forecast", in: network)], network)
        #expect((0..<6).map { sampled.weather.stormLevel(region: 0, at: $0) } == [0, 0, 3, 3, 0, 0])
        #expect(sampled.weather.stormLevel(region: 1, at: 12) == 2)
        // Ice of level 3: 1.5 x (1 + 0.1 x 3), by the standard table; the recorded rain of hour 10 does not happen.
        #expect(sampled.slowness.value(region: 0, at: 7_200) == 1.5 * 1.3)
        #expect(sampled.slowness.value(region: 0, at: 36_000) == 1)
        #expect(sampled.warnings?.level(region: 0, validHour: 2, lead: 0) == 3)
        // The recorded jam is of another group.
        #expect(sampled.congestion.value(region: 1, hour: 10) == 1.1)
        // With slowness from a file the effects act on all else.
        try folder.write("region,at,slowness\neast,7200,4\n", to: "slowness.csv")
        let slow = try world([file(folder.path, in: network)], network)
        #expect((1..<5).map { slow.slowness.value(region: 0, at: 3_600 * Double($0)) } == [1, 4, 1, 1])
        #expect(slow.serviceMultiplier.value(region: 0, hour: 2) > 1)
        #expect(slow.congestion.value(region: 1, hour: 10) == 1)
    }

    @Test("Orders of another tool find their place: the one that is stated, else one in the zone, else their own")
    func orders() throws {
        let network = try network()
        let folder = try WorldFolder()
        try folder.write(
            "order,copy,placed_at,zone,place_of\np2,1,500,z1,\np1,,2026-01-12T00:05,,\np1,2,500.5,,p3\np1,3,9000000,,\n",
            to: "orders.csv")
        let sampled = try world([file(folder.path, in: network)], network)
        let book = try #require(sampled.book)
        let ids = network.dataset.orders.ids
        #expect(
            book.copies.map { "\(ids[Int($0.source)]) \($0.copy) \(ids[Int($0.placeSource)]) \($0.placedAt)" }
                == ["p1 0 p1 300.0", "p2 1 p0 500.0", "p1 2 p3 500.5"])
        #expect(book.dataset.orders.promisedAt[0] == 10_000 + (300 - 1_000.1))
    }

    @Test("An export takes no place of anything, and one that fails leaves nothing")
    func whole() throws {
        let network = try network()
        let original = try world(everything(network), network)
        try withTemporaryFolder { root in
            try FileSystem.createFolder(root + "/empty")
            try export(network).write(original, to: root + "/empty")
            let before = try FileSystem.names(in: root + "/empty")
            #expect(throws: OperationError.self) { try export(network).write(original, to: root + "/empty") }
            #expect(try FileSystem.names(in: root + "/empty") == before)
            #expect(throws: CancellationError.self) {
                _ = try export(network).write(0..<3, to: root + "/w") { replication in
                    if replication == 2 { throw CancellationError() }
                    return original
                }
            }
            #expect(try FileSystem.names(in: root) == ["empty"])
        }
    }

    @Test("Every member of a world is written, and every perturbation is on where that is tested")
    func members() throws {
        let network = try network()
        let labels = Mirror(reflecting: World(replication: 0, seed: 1, dataset: network.dataset)).children.map(\.label)
        // A member that is added to a world needs a part of its own, or a key of world.yaml, and a line in WorldContent.
        #expect(
            labels.compactMap(\.self) == [
                "replication", "draws", "hasServiceNoise", "hasTransitNoise", "recordedNoise",
                "replaysRecordedCancellations", "cancellationHazardPerHour", "cancellationMultiplier",
                "serviceMultiplier",
                "slowness", "weather", "warnings", "congestion", "book", "replenishmentDelays", "outages", "bans",
                "stationLosses", "suspensions", "capacityByRegion", "capacityByService", "freightMultiplier",
                "missingUnits",
            ])
        let others = ["file", "recorded_weather", "bootstrap_weather", "weather_effects", "recorded_traffic"]
        #expect(
            Set(try everything(network).map(\.declaration.name) + others) == Set(PerturbationCatalogue.members.names))
    }

    @Test("The article tells of every table and column")
    func article() throws {
        let path = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().appending(path: "Sources/Worlds/Worlds.docc/WorldsInFiles.md")
        let text = try String(contentsOf: path, encoding: .utf8)
        for table in WorldPartCatalogue.parts.map({ $0.table }) {
            for word in [table.file] + table.columns + table.furtherColumns {
                #expect(text.contains("`\(word)`"), "\(word)")
            }
            for name in table.replaces {
                #expect(PerturbationCatalogue.members.names.contains(name), "\(table.name) replaces '\(name)'")
            }
        }
    }
}
