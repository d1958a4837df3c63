import Domain
import Foundation
import History
import Replay
import Sampling
import TestKit
import Testing
import Worlds

/// A folder with files of a world that is gone when the test is over.
final class WorldFolder {
    let path = FileManager.default.temporaryDirectory.appending(path: "sandtable-\(UUID().uuidString)").path()

    /// A folder with the given texts as its files.
    init(noise: String? = nil, traffic: String? = nil) throws {
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        if let noise { try write(noise, to: "noise.csv") }
        if let traffic { try write(traffic, to: "traffic.csv") }
    }

    func write(_ text: String, to name: String) throws {
        try text.write(toFile: path + "/" + name, atomically: true, encoding: .utf8)
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }
}

@Suite struct WorldFileTests {
    /// The perturbation that reads a folder.
    private func file(_ folder: WorldFolder, in network: SmallNetwork) throws -> any Perturbation {
        try perturbation("file", [ParameterField("folder", ParameterValue(.text(folder.path)))], in: network)
    }

    @Test("A shipment that is listed has its factors in every world, any other its own draws where noise is on")
    func noise() throws {
        let network = try SmallNetwork()
        let folder = try WorldFolder(
            noise: "order,shipment,service_factor,transit_factor\no1,,2.5,\no1,1,0,0.75\no2,0,,1.5\n")
        let recorded = try file(folder, in: network)
        let quiet = try world([recorded], network)
        let noisy = try world(
            [recorded, perturbation("service_noise", in: network), perturbation("transit_noise", in: network)],
            network, replication: 4)
        let (first, second) = (StableHash.of("o1"), StableHash.of("o2"))
        for sampled in [quiet, noisy] {
            #expect(sampled.serviceFactor(.exponential, entity: first, shipment: 0) == 2.5)
            #expect(sampled.serviceFactor(.exponential, entity: first, shipment: 1) == 0)
            #expect(sampled.transitFactor(.exponential, entity: first, shipment: 1) == 0.75)
            #expect(sampled.transitFactor(.exponential, entity: second, shipment: 0) == 1.5)
        }
        // Blank, and not listed at all.
        #expect(quiet.transitFactor(.exponential, entity: first, shipment: 0) == 1)
        #expect(quiet.serviceFactor(.exponential, entity: second, shipment: 1) == 1)
        let draws = Draws(seed: 7, replication: 4)
        #expect(
            noisy.transitFactor(.exponential, entity: first, shipment: 0)
                == UnitDistribution.exponential.value(uniform: draws.uniform(.transit, entity: first, draw: 0)))
        #expect(
            noisy.serviceFactor(.exponential, entity: second, shipment: 1)
                == UnitDistribution.exponential.value(uniform: draws.uniform(.service, entity: second, draw: 1)))
    }

    @Test("Congestion holds for the hours it is stated for, slows transit, and takes the place of the record")
    func traffic() throws {
        let network = try SmallNetwork { $0.addTraffic(region: "east", at: 36_000, congestion: 1.25) }
        let folder = try WorldFolder(
            traffic: "region,at,hours,congestion\neast,2026-01-12T02:30:00,3,1.5\nwest,86400,,2\n")
        let sampled = try world([file(folder, in: network)], network)
        let hours = (0..<26).map { sampled.congestion.value(region: 0, hour: $0) }
        #expect(hours == (0..<26).map { (2..<5).contains($0) ? 1.5 : 1 })
        #expect(sampled.congestion.value(region: 1, hour: 24) == 2)
        #expect(sampled.congestion.value(region: 1, hour: 25) == 1)
        #expect(sampled.slowness.value(region: 0, at: 4 * 3_600) == 1.5)
        #expect(sampled.slowness.value(region: 0, at: 36_000) == 1)
        // A file of noise alone leaves the record in force.
        let noise = try WorldFolder(noise: "order,service_factor\no1,2\n")
        #expect(try world([file(noise, in: network)], network).congestion.value(region: 0, hour: 10) == 1.25)
    }

    @Test("Its content decides its key, not its place nor how it is written")
    func content() throws {
        let network = try SmallNetwork()
        let text = "order,service_factor\no1,2\n"
        func key(_ noise: String?, _ traffic: String? = nil) throws -> String? {
            try file(WorldFolder(noise: noise, traffic: traffic), in: network).key(in: network.dataset)
        }
        let first = try key(text)
        #expect(first?.hasPrefix("file(content: '") == true)
        #expect(try key("order,shipment,transit_factor,service_factor\no2,0,,1\no1,0,,2\n") == key(text + "o2,1\n"))
        #expect(try key("order,service_factor\no1,2.5\n") != first)
        #expect(try key("order,transit_factor\no1,2\n") != first)
        let traffic = "region,at,hours,congestion\neast,0,2,2\n"
        #expect(try key(text, traffic) != first)
        #expect(try key(nil, traffic) == key(nil, "region,at,congestion\neast,3600,2\neast,0,2\n"))
        #expect(try key(nil, traffic) != key(nil, "region,at,congestion\neast,3600,2\n"))
        #expect(try key("order,service_factor\n") == nil)
    }

    @Test(
        "What is wrong in a file is named with its place",
        arguments: [
            ("noise.csv", "order,servce_factor\no1,2\n", ":1: ", "did you mean 'service_factor'?"),
            ("noise.csv", "service_factor\n2\n", ":1: ", "a column 'order'"),
            ("noise.csv", "order,service_factor\no1,2\no9,2\n", ":3:1: ", "'o9'"),
            ("noise.csv", "order,service_factor\no1,-1\n", ":2:4: ", "a number from 0"),
            ("noise.csv", "order,shipment\no1,1.5\n", ":2:4: ", "a whole number"),
            ("noise.csv", "order,service_factor\no1,2\no1,3\n", ":3:1: ", "twice"),
            ("traffic.csv", "region,at,congestion\nnorth,0,2\n", ":2:1: ", "unknown region 'north'"),
            ("traffic.csv", "region,at,congestion\neast,soon,2\n", ":2:6: ", "an instant"),
            ("traffic.csv", "region,at,congestion\neast,-5,2\n", ":2:6: ", "from the dataset's start"),
            ("traffic.csv", "region,at,congestion\neast,0,0\n", ":2:8: ", "above 0"),
            ("traffic.csv", "region,at,hours,congestion\neast,0,0,1\n", ":2:8: ", "a whole number from 1"),
            ("traffic.csv", "region,at,hours,congestion\neast,0,2,1\neast,3600,1,1\n", ":3:6: ", "hour 1 of region"),
            ("traffic.csv", "region,at,congestion\neast,999999999,2\n", ":2:6: ", "at most ten years"),
            ("traffic.csv", "region,at,congestion\neast,0,nan\n", ":2:8: ", "a number"),
            ("noise.csv", "order,copy,shipment\no1,2,\no1,2,0\n", ":3:1: ", "shipment 0 of copy 2 of order 'o1' twice"),
            ("noise.csv", "order,service_uniform\no1,1\n", ":2:4: ", "a number above 0"),
            ("noise.csv", "order,shipment,cancellation_uniform\no1,1,0.5\n", ":2:6: ", "none but with shipment 0"),
            ("wether.csv", "region,at,class\n", ": ", "did you mean 'weather.csv'?"),
            ("weather.csv", "region,at\neast,0\n", ":1: ", "a column 'class'"),
            ("weather.csv", "region,at,class\neast,0,fog\n", ":2:8: ", "unknown class of weather 'fog'"),
            ("weather.csv", "region,at,class,storm_level\neast,0,ice,6\n", ":2:12: ", "a number from 0 to 5"),
            ("weather.csv", "region,at,class,intensity\neast,0,ice,inf\n", ":2:12: ", "a number"),
            ("warnings.csv", "region,at,lead,level\neast,0,2,5\n", ":2:10: ", "from 0 to 4"),
            ("warnings.csv", "region,at,lead,level\neast,0,,1\n", ":2:8: ", "hours ahead"),
            ("warnings.csv", "region,at,lead,leads,level\neast,0,2,3,1\neast,0,4,,1\n", ":3:8: ", "lead 4 of hour 0"),
            ("slowness.csv", "region,at,slowness\neast,0,\n", ":2:8: ", "a number above 0"),
            ("service_multiplier.csv", "region,at,multiplier\neast,0,0\n", ":2:8: ", "a number above 0"),
            ("cancellation_multiplier.csv", "region,at,multiplier\neast,0,-1\n", ":2:8: ", "a number from 0"),
            ("outages.csv", "node,from,to\nn9,0,1\n", ":2:1: ", "unknown node 'n9'"),
            ("outages.csv", "node,from,to\nn1,10,10\n", ":2:7: ", "an instant after 'from'"),
            ("replenishments.csv", "node,product,delay_seconds\nn1,b,1\n", ":2: ", "replenishment 0 of 'b' at 'n1'"),
            (
                "replenishments.csv", "node,product,ordinal,delay_seconds\nn1,a,2,1\n", ":2:6: ",
                "one of its 2, counted from 0"
            ),
            ("replenishments.csv", "node,product,delay_seconds\nn1,a,-1\n", ":2:6: ", "a number from 0"),
            ("replenishments.csv", "node,product,delay_seconds\nn1,a,1\nn1,a,2\n", ":3:1: ", "twice"),
            ("orders.csv", "order,placed_at\no9,0\n", ":2:1: ", "the id of an order"),
            ("orders.csv", "order,placed_at\no1,\n", ":2:4: ", "an instant"),
            ("orders.csv", "order,copy,placed_at\no1,1,0\no1,1,5\n", ":3:1: ", "copy 1 of order 'o1' twice"),
            ("orders.csv", "order,placed_at,zone\no1,0,z3\n", ":2:6: ", "unknown zone 'z3'"),
            ("orders.csv", "order,placed_at,zone,place_of\no1,0,z1,o2\n", ":2:6: ", "the zone of 'place_of'"),
            ("orders.csv", "order,placed_at,promised_at\no1,36010,57600\n", ":2:10: ", "57610, as the promise moves"),
            ("orders.csv", "order,placed_at,promised_at\no2,0,100\n", ":2:6: ", "as the order has none"),
            ("world.yaml", "complete: on\n", ":1:1: ", "no 'sandtable_world'"),
            ("world.yaml", "sandtable_world: 2\n", ":1:18: ", "from 1 to 1"),
            ("world.yaml", "sandtable_world: 1\nservice_nose: on\n", ":2:1: ", "did you mean 'service_noise'?"),
            ("world.yaml", "sandtable_world: 1\nseed: 3\n", ":1:1: ", "no 'replication'"),
            ("world.yaml", "sandtable_world: 1\ndataset: {sha256: \"00\"}\n", ":2:19: ", "another dataset"),
            ("world.yaml", "sandtable_world: 1\ncancellation_hazard_per_hour: -1\n", ":2:31: ", "at least 0"),
        ]
    )
    func errors(name: String, text: String, place: String, message: String) throws {
        let network = try SmallNetwork { builder in
            for time in [50_000.0, 70_000] { builder.addReplenishment(node: "n1", product: "a", at: time, quantity: 3) }
        }
        let folder = try WorldFolder()
        try folder.write(text, to: name)
        let error = #expect(throws: InputError.self) { try file(folder, in: network) }
        let words = error?.description ?? ""
        #expect(words.hasPrefix(folder.path + "/" + name + place), "\(words)")
        #expect(words.contains(message), "\(words)")
    }

    @Test("A folder without files, or with one of them twice, is an error")
    func folders() throws {
        let network = try SmallNetwork()
        let empty = #expect(throws: InputError.self) { try file(WorldFolder(), in: network) }
        #expect(empty?.found.hasPrefix("no table of a world in '") == true)
        let folder = try WorldFolder(noise: "order\no1\n")
        try folder.write("", to: "noise.csv.gz")
        let twice = #expect(throws: InputError.self) { try file(folder, in: network) }
        #expect(twice?.found == "noise.csv a second time")
    }
}
