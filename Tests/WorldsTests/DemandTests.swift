import Domain
import History
import Replay
import Sampling
import TestKit
import Testing

@testable import Worlds

@Suite struct DemandTests {
    /// Two days of an order every 90 seconds, by turns in the east and the west, of product a or b.
    private func network() throws -> SmallNetwork {
        try SmallNetwork(change: { builder in
            for order in 0..<1_900 {
                builder.addOrder(
                    "p\(order)", placedAt: 90 * Double(order) + 7, zone: order % 2 == 0 ? "z1" : "z2",
                    promisedAt: 90 * Double(order) + 9_000, lines: [.init(order % 3 == 0 ? "a" : "b")])
            }
        })
    }

    private func copies(
        _ network: SmallNetwork, _ given: [ParameterField], replication: Int = 0
    ) throws -> [OrderCopy] {
        let sampled = try world([perturbation("demand", given, in: network)], network, replication: replication)
        return try #require(sampled.book).copies
    }

    private func number(_ value: Double) -> ParameterValue { ParameterValue(.number(value)) }

    @Test("The mean number of orders is the multiplier's, and its variance that of Poisson numbers")
    func unbiased() throws {
        let network = try network()
        let orders = Double(network.dataset.orders.count)
        for multiplier in [0.5, 1.7] {
            let counts = try (0..<200).map { replication in
                Double(
                    try copies(network, [ParameterField("multiplier", number(multiplier))], replication: replication)
                        .count)
            }
            let mean = counts.reduce(0, +) / 200
            let expected = multiplier * orders
            // Four standard errors.
            #expect(abs(mean - expected) < 4 * (expected / 200).squareRoot())
            let variance = counts.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / 199
            #expect(abs(variance / expected - 1) < 4 * (2.0 / 199).squareRoot())
        }
    }

    @Test("Frailty spreads a region's day as set, and leaves its mean alone")
    func overdispersion() throws {
        let network = try network()
        // Four cells of about 475 orders each: variance n + (n sd)^2 in each.
        let counts = try (0..<300).map { replication in
            Double(try copies(network, [ParameterField("frailty_sd", 0.2)], replication: replication).count)
        }
        let expected = Double(network.dataset.orders.count)
        let cells = (0..<4).map { _ in expected / 4 }
        let variance = expected + cells.reduce(0) { $0 + 0.04 * $1 * $1 }
        let mean = counts.reduce(0, +) / 300
        #expect(abs(mean - expected) < 4 * (variance / 300).squareRoot())
        let found = counts.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / 299
        #expect(abs(found / variance - 1) < 5 * (2.0 / 299).squareRoot())
    }

    @Test("A raised surge keeps every copy it had, at its time and place, and acts on what it is about alone")
    func nested() throws {
        let network = try network()
        func surged(_ multiplier: Double) throws -> [OrderCopy] {
            let surge: ParameterValue = [
                "multiplier": number(multiplier), "from": 36_000, "to": 72_000, "regions": ["east"], "ramp_hours": 1,
            ]
            return try copies(network, [ParameterField("surges", [surge])])
        }
        func key(_ copy: OrderCopy) -> String { "\(copy.source) \(copy.copy) \(copy.placeSource) \(copy.placedAt)" }
        let (low, high) = (try surged(1), try surged(2))
        #expect(Set(low.map(key)).isSubset(of: Set(high.map(key))))
        let added = Set(high.map(key)).subtracting(low.map(key))
        #expect(added.count > 100)
        let orders = network.dataset.orders
        for copy in high where added.contains(key(copy)) {
            let source = Int(copy.source)
            #expect(network.dataset.zones[Int(orders.zones[source])].region == 0)
            #expect(orders.placedAt[source] > 32_400 && orders.placedAt[source] < 72_000)
        }
    }

    @Test("Copies come within the jitter, in the same region and in order; the first keeps time, place and draws")
    func copiesAreNear() throws {
        let network = try network()
        let sampled = try world(
            [
                perturbation(
                    "demand", [ParameterField("multiplier", 3), ParameterField("jitter_minutes", 10)], in: network)
            ],
            network)
        let book = try #require(sampled.book)
        let (recorded, placed) = (network.dataset.orders, book.dataset.orders)
        var last = -Double.infinity
        for (row, copy) in book.copies.enumerated() {
            let source = Int(copy.source)
            #expect(copy.placedAt >= last && placed.placedAt[row] == copy.placedAt)
            last = copy.placedAt
            #expect(copy.placedAt >= 0 && copy.placedAt < 2 * 86_400)
            #expect(abs(copy.placedAt - recorded.placedAt[source]) <= 600)
            #expect(
                network.dataset.zones[Int(placed.zones[row])].region
                    == network.dataset.zones[Int(recorded.zones[source])].region)
            #expect(placed.ids[row] == recorded.ids[source])
            let promise = placed.promisedAt[row] - placed.placedAt[row]
            #expect(
                abs(promise - (recorded.promisedAt[source] - recorded.placedAt[source])) < 1e-6 || promise == .infinity)
            #expect(placed.lines(of: row).count == recorded.lines(of: source).count)
            if copy.copy == 0 {
                #expect(copy.placedAt == recorded.placedAt[source] && placed.zones[row] == recorded.zones[source])
                #expect(placed.idHashes[row] == recorded.idHashes[source])
            } else {
                #expect(placed.idHashes[row] != recorded.idHashes[source])
            }
        }
        #expect(Set((0..<placed.count).map { placed.idHashes[$0] }).count == placed.count)
    }

    @Test("A shift of the mix keeps the volume; a warp moves orders within its span and none across its ends")
    func mixAndWarp() throws {
        let network = try network()
        let shift: ParameterValue = ["multiplier": 4, "regions": ["west"], "keeps_volume": true]
        let shifted = try (0..<60).map { replication in
            try copies(network, [ParameterField("surges", [shift])], replication: replication)
        }
        let orders = network.dataset.orders
        let total = shifted.reduce(0.0) { $0 + Double($1.count) } / 60
        #expect(abs(total - Double(orders.count)) < 4 * (Double(orders.count) / 60).squareRoot())
        let west = shifted.reduce(0.0) { sum, copies in
            sum + Double(copies.count { network.dataset.zones[Int(orders.zones[Int($0.source)])].region == 1 })
        }
        #expect(abs(west / 60 / total - 0.8) < 0.02)
        let warped = try copies(
            network,
            [
                ParameterField("poisson", false),
                ParameterField("time_warp", [["from": 20_000, "to": 60_000, "power": 2]]),
            ])
        #expect(warped.count == orders.count)
        for copy in warped {
            let recorded = orders.placedAt[Int(copy.source)]
            if recorded <= 20_000 || recorded >= 60_000 {
                #expect(copy.placedAt == recorded)
            } else {
                #expect(copy.placedAt > 20_000 && copy.placedAt < recorded)
            }
        }
    }

    @Test("Demand that asks for nothing is the recorded demand")
    func recorded() throws {
        let network = try network()
        let none = try perturbation("demand", [ParameterField("poisson", false)], in: network)
        #expect(none.key(in: network.dataset) == nil)
        #expect(try world([none], network).book == nil)
    }

    @Test("Nodes are up and down for exponential times of the stated means")
    func randomOutages() throws {
        let network = try SmallNetwork()
        var (count, down) = (0.0, 0.0)
        for replication in 0..<400 {
            let sampled = try WorldSampler.sample(
                [
                    perturbation(
                        "random_outages",
                        [ParameterField("hours_to_failure", 10), ParameterField("hours_to_repair", 2)],
                        in: network)
                ], dataset: network.dataset, settings: ReplaySettings(from: 0, to: 10 * 86_400, drain: 0), seed: 1,
                replication: replication)
            for outages in sampled.outages {
                for outage in outages where outage.to < 9 * 86_400 {
                    count += 1
                    down += (outage.to - outage.from) / 3_600
                }
            }
        }
        #expect(abs(down / count - 2) < 4 * 2 / count.squareRoot())
        // 1,200 nodes x 216 hours / 12 hours a cycle, less those under way at the end.
        #expect(count > 20_500 && count < 22_000)
    }
}
