import DeterministicMath
import Domain
import History
import Storage
import Testing

@testable import Generation

@Suite("The network of a generated dataset")
struct NetworkTests {
    @Test("Gravity: shares are population times access to markets, worked by hand for two cities")
    func gravityByHand() throws {
        let text = try minimalSpec(
            ("zones: 3}", "zones: 1, attractiveness: 2}"),
            (
                "demand:\n",
                "demand:\n  gravity: {population_exponent: 1, attractiveness_exponent: 2, distance_exponent: 1.5, "
                    + "distance_offset_km: 10}\n"
            ))
        let network = try makeNetwork(text)
        let centres = network.specification.cities.map(\.centre)
        let places = network.zones.map(\.place)
        func term(_ zone: Int, _ city: Int, _ attractiveness: Double) -> Double {
            let kilometres = places[zone].distanceKilometres(to: centres[city], in: .geographic)
            return attractiveness * attractiveness * DeterministicMath.power(kilometres + 10, -1.5)
        }
        let berlin = 3.7 * (term(0, 0, 2) + term(0, 1, 1))
        let leipzig = 0.6 * (term(1, 0, 2) + term(1, 1, 1))
        #expect(abs(network.demandShares[0] - berlin / (berlin + leipzig)) < 1e-12)
        #expect(abs(network.demandShares[1] - leipzig / (berlin + leipzig)) < 1e-12)
    }

    @Test("Orders by zone follow the gravity shares: chi-square, false alarm 1e-6")
    func gravityShares() throws {
        let network = try makeNetwork(yangtzeSpec(), orders: 40_000)
        let counts = try OrderCounts(network)
        var byZone = [Int](repeating: 0, count: network.zones.count)
        for hour in 0..<counts.hourCount {
            for zone in byZone.indices { byZone[zone] += counts.count(hour: hour, zone: zone) }
        }
        // Surges lift some regions: the expectation is the intensity's, summed over the hours.
        let shares = OrderCounts.shares(network)
        var expected = [Double](repeating: 0, count: byZone.count)
        for hour in 0..<counts.hourCount {
            for zone in expected.indices { expected[zone] += 40_000 * shares[hour * expected.count + zone] }
        }
        let bound = chiSquareBound(degreesOfFreedom: byZone.count - 1)
        #expect(chiSquare(byZone, expected: expected) < bound)
        let even = [Double](repeating: 40_000 / Double(byZone.count), count: byZone.count)
        #expect(chiSquare(byZone, expected: even) > bound)
    }

    @Test("Zones lie on the spiral within their jitter, and their people add up to the city's")
    func zones() throws {
        let network = try makeNetwork(minimalSpec(("zones: 3}", "zones: 40, spacing_km: 2, density_km: 5}")))
        let zones = network.zones.filter { $0.city == 0 }
        let centre = network.specification.cities[0].centre
        #expect(zones.count == 40)
        #expect(zones.map(\.id).prefix(2) == ["berlin-1", "berlin-2"])
        for (k, zone) in zones.enumerated() {
            let kilometres = zone.place.distanceKilometres(to: centre, in: .geographic)
            // Jitter of 0.2 spacings on both axes, rounding to 1e-4 degrees and the flat map.
            #expect(abs(kilometres - 2 * Double(k).squareRoot()) < 0.2 * 2 * 1.4143 + 0.05)
        }
        #expect(abs(zones.map(\.populationMillions).reduce(0, +) - 3.7) < 1e-12)
        let ratio = zones[16].populationMillions / zones[0].populationMillions
        #expect(abs(ratio - DeterministicMath.exp(-8.0 / 5)) < 1e-12)
    }

    @Test("Another city leaves zones, customers, products and stock draws of the others, and every order still placed")
    func anotherCity() throws {
        let further = "  - {id: dresden, lon: 13.737, lat: 51.05, region: saxony, population_millions: 0.6, zones: 2}\n"
        let rest =
            "customers: {per_million: 50}\nsegments:\n  - {id: a, share: 1}\n  - {id: b, share: 2}\n"
            + "weather: {wet_share: 0.3}\ntraffic: {hours: [1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, "
            + "1, 1, 1, 1], spread: 0.2}\nstock:"
        let before = try makeNetwork(minimalSpec(("stock:", rest)), orders: 2000)
        let after = try makeNetwork(minimalSpec(("stock:", rest), ("cities:\n", "cities:\n" + further)), orders: 2000)
        #expect(after.zones.count == before.zones.count + 2)
        for zone in before.zones {
            let same = try #require(after.zones.first { $0.id == zone.id })
            #expect(same.place == zone.place && same.populationMillions == zone.populationMillions)
        }
        #expect(after.catalogue.products.map(\.price) == before.catalogue.products.map(\.price))
        let offset = after.customers.count - before.customers.count
        #expect(offset > 0 && Array(after.customers.segments.dropFirst(offset)) == before.customers.segments)
        let series = (RecordedSeries(before), RecordedSeries(after))
        let hours = before.specification.clock.hourCount
        #expect(series.1.traffic?.values.dropFirst(hours).elementsEqual(series.0.traffic?.values ?? []) == true)
        #expect(series.1.weather?.classes.dropFirst(hours).elementsEqual(series.0.weather?.classes ?? []) == true)
        try expectSameOrders(before, after)
    }

    /// Every order of `after` that `before` has too is the same; most of them are there.
    private func expectSameOrders(_ before: Network, _ after: Network) throws {
        let old = try allOrders(before)
        let new = try allOrders(after)
        var position: [String: Int] = [:]
        for (index, id) in old.ids.enumerated() { position[id] = index }
        var shared = 0
        for index in 0..<new.count {
            guard let other = position[new.ids[index]] else { continue }
            shared += 1
            #expect(new.placedAt[index] == old.placedAt[other] && new.promisedAt[index] == old.promisedAt[other])
            #expect(new.segments[index] == old.segments[other] && new.channels[index] == old.channels[other])
            #expect(
                new.lines(of: index).map { new.lineProducts[$0] } == old.lines(of: other).map { old.lineProducts[$0] })
        }
        #expect(shared > 1500)
    }

    @Test("Products are stocked only where tags, temperature, category, list and assortment allow")
    func assortments() throws {
        let network = try makeNetwork(yangtzeSpec())
        let specification = network.specification
        var byCategory: [String: Set<String>] = [:]
        for pair in StockPlan(network).opening {
            let category = specification.categories[network.catalogue.products[pair.product].category].id
            byCategory[category, default: []].insert(specification.nodes[pair.node].id)
        }
        #expect(byCategory["imported-milk-powder"] == ["ningbo-bonded", "shaoxing-keqiao", "jiaxing-front"])
        let pharmacies = specification.nodes.filter { $0.tags.contains("pharmacist") }.map(\.id)
        #expect(byCategory["prescription"] == Set(pharmacies))
        let frozen = try #require(byCategory["frozen-food"])
        #expect(specification.nodes.filter { frozen.contains($0.id) }.allSatisfy { $0.tags.contains("frozen") })
        // The dark stores' 55 % of 60 household products: ranks 1 to 33.
        let node = try #require(specification.nodes.firstIndex { $0.id == "shanghai-jingan" })
        let household = network.catalogue.products.indices.filter {
            network.catalogue.products[$0].id.hasPrefix("household")
        }
        #expect(household.filter { network.stocks(node: node, product: $0) }.count == 33)
    }

    @Test("Planned stock is demand times cover plus its safety, split by Huff's law, right on average")
    func stock() throws {
        let network = try makeNetwork(
            minimalSpec(("cover_days: 3", "cover_days: 3, safety_factor: 0, spread: 0.5")), orders: 40_000)
        let daily = StockPlan.unitsPerDay(network)
        // 20,000 orders a day of one line and one unit each.
        #expect(abs(daily.reduce(0, +) - 20_000) < 1e-6)
        let total = StockPlan(network).opening.map(\.onHand).reduce(0, +)
        // 50 pairs with a lognormal factor of mean 1 and deviation .53, the largest pairs having a few percent.
        #expect(abs(Double(total) / 60_000 - 1) < 0.35)
        var catchments = Catchments(network)
        #expect(abs(catchments.shares(product: 0).reduce(0, +) - 1) < 1e-12)
        let plain = StockPlan(try evenNetwork(spread: 0))
        #expect(abs(plain.opening.map(\.onHand).reduce(0, +) - 60_000) < 50)
    }

    private func evenNetwork(spread: Double) throws -> Network {
        try makeNetwork(
            minimalSpec(("cover_days: 3", "cover_days: 3, safety_factor: 0, spread: \(spread)")), orders: 40_000)
    }

    @Test("Shortages strike the stated share of pairs, and replenishments bring the stated share of demand")
    func shortagesAndArrivals() throws {
        let options =
            "cover_days: 3, safety_factor: 0, short_share: 0.2, short_level: 0.5}\n"
            + "replenishments: {every_days: 2, at: \"06:00\", fill: 0.8"
        let network = try makeNetwork(
            minimalSpec(
                ("cover_days: 3", options), ("products: 20, share: 3,", "products: 400, zipf_exponent: 0, share: 3,"),
                ("days: 2", "days: 20")), orders: 400_000)
        let plan = StockPlan(network)
        let books = plan.opening.filter { $0.product < 400 }
        var catchments = Catchments(network)
        let daily = StockPlan.unitsPerDay(network)
        let short = books.filter { pair in
            let planned = 3 * daily[pair.product] * catchments.shares(product: pair.product)[pair.node]
            return Double(pair.onHand) < planned - 1
        }
        // 800 pairs: a standard error of .014; a short pair keeps at most half.
        let shortShare = Double(short.count) / Double(books.count)
        #expect(abs(shortShare - 0.2) < 4 * 0.0142)
        #expect(plan.arrivals.allSatisfy { $0.time.truncatingRemainder(dividingBy: 86_400) == 21_600 })
        let arriving = Double(plan.arrivals.map(\.quantity).reduce(0, +))
        // Each pair has 10 arrivals of 2 days' demand on either phase.
        #expect(abs(arriving / (0.8 * 400_000) - 1) < 0.01)
    }

    @Test("Customers: so many a million, segments by their shares, preferences by theirs")
    func customers() throws {
        let options =
            "customers: {per_million: 2000}\nsegments:\n  - {id: a, share: 1, preferences: {green: 0.25, morning: 1}}\n"
            + "  - {id: b, share: 3}\nstock:"
        let network = try makeNetwork(minimalSpec(("stock:", options)))
        let pool = network.customers
        #expect(abs(pool.count - 8600) <= 4)
        let first = pool.segments.indices.filter { pool.segments[$0] == 0 }
        #expect(abs(Double(first.count) / Double(pool.count) - 0.25) < 4 * (0.25 * 0.75 / 8600).squareRoot())
        #expect(first.allSatisfy { pool.preferences[$0] & 2 == 2 })
        let green = Double(first.filter { pool.preferences[$0] & 1 == 1 }.count)
        #expect(abs(green / Double(first.count) - 0.25) < 4 * (0.25 * 0.75 / Double(first.count)).squareRoot())
    }
}

/// The spec of the committed dataset.
func yangtzeSpec() throws -> String {
    String(decoding: try FileSystem.read(repository + "/Datasets/yangtze-delta/spec.yaml"), as: UTF8.self)
}
