import DeterministicMath
import Domain
import Testing

@testable import Generation

@Suite("Orders of a generated book")
struct OrderTests {
    @Test(
        "A book has exactly the orders asked for, in time order, with ids of their own", arguments: [1, 17, 200, 5000])
    func count(orders: Int) throws {
        let book = try allOrders(makeNetwork(minimalSpec(), orders: orders))
        #expect(book.count == orders)
        #expect(Set(book.ids).count == orders)
        #expect(zip(book.placedAt, book.placedAt.dropFirst()).allSatisfy { $0 <= $1 })
        #expect(book.placedAt.allSatisfy { $0 >= 0 && $0 < 172_800 })
        #expect((0..<orders).allSatisfy { !book.lines(of: $0).isEmpty })
    }

    @Test("A larger book contains every order of a smaller one as it was")
    func nested() throws {
        let small = try allOrders(makeNetwork(minimalSpec(), orders: 300))
        let large = try allOrders(makeNetwork(minimalSpec(), orders: 900))
        var position: [String: Int] = [:]
        for (index, id) in large.ids.enumerated() { position[id] = index }
        for index in 0..<small.count {
            let other = try #require(position[small.ids[index]], "\(small.ids[index]) is in the larger book")
            #expect(small.placedAt[index] == large.placedAt[other])
            #expect(
                small.lines(of: index).map { small.lineProducts[$0] }
                    == large.lines(of: other).map { large.lineProducts[$0] })
            #expect(
                small.lines(of: index).map { small.lineQuantities[$0] }
                    == large.lines(of: other).map { large.lineQuantities[$0] })
        }
    }

    @Test("Counts by local hour follow the profile: chi-square with 23 degrees of freedom, false alarm 1e-6")
    func hourProfile() throws {
        let network = try makeNetwork(minimalSpec(), orders: 40_000)
        let book = try allOrders(network)
        var counts = [Int](repeating: 0, count: 24)
        for time in book.placedAt { counts[Int(time / 3600) % 24] += 1 }
        let expected = network.specification.demand.weekdayHours.map { 40_000 * $0 }
        #expect(chiSquare(counts, expected: expected) < chiSquareBound(degreesOfFreedom: 23))
        // The test can fail: the flat profile is far out.
        let flat = [Double](repeating: 40_000 / 24, count: 24)
        #expect(chiSquare(counts, expected: flat) > chiSquareBound(degreesOfFreedom: 23))
    }

    @Test("Counts by weekday and in a surge follow their factors")
    func weekdaysAndSurges() throws {
        let surge =
            "  weekdays: [1, 3, 1, 1, 1, 1, 1]\n  surges:\n"
            + "    - {regions: [south], from: 2026-01-12T10:00:00, to: 2026-01-12T14:00:00, factor: 10}\n"
        let network = try makeNetwork(minimalSpec(("demand:\n", "demand:\n" + surge)), orders: 60_000)
        let book = try allOrders(network)
        var counts = [0, 0, 0, 0]
        for index in 0..<book.count where network.region(ofZone: Int(book.zones[index])) == 1 {
            let hour = Int(book.placedAt[index] / 3600)
            let inSurge = (10..<14).contains(hour % 24)
            counts[(hour / 24) * 2 + (inSurge ? 1 : 0)] += 1
        }
        let hours = network.specification.demand.weekdayHours
        let share = hours[10..<14].reduce(0, +)
        let weights = [1 - share, 10 * share, 3 * (1 - share), 3 * share]
        let total = Double(counts.reduce(0, +))
        let sum = weights.reduce(0, +)
        let expected = weights.map { total * $0 / sum }
        #expect(chiSquare(counts, expected: expected) < chiSquareBound(degreesOfFreedom: 3))
    }

    @Test("Zipf's exponent is recovered by maximum likelihood within four standard errors", arguments: [0.6, 1.0, 1.4])
    func zipf(exponent: Double) throws {
        let text = try minimalSpec(
            ("products: 20, share: 3,", "products: 200, share: 1000, zipf_exponent: \(exponent),"))
        let network = try makeNetwork(text, orders: 30_000)
        let book = try allOrders(network)
        var counts = [Int](repeating: 0, count: 200)
        for product in book.lineProducts where product < 200 { counts[Int(product)] += 1 }
        let (estimate, error) = zipfEstimate(counts)
        #expect(abs(estimate - exponent) < 4 * error)
        #expect(error < 0.02)
    }

    /// The exponent s that maximises `-s sum n_r ln r - n ln sum r^-s`, by Newton's steps, and its standard error.
    private func zipfEstimate(_ counts: [Int]) -> (Double, Double) {
        let logarithms = counts.indices.map { DeterministicMath.log(Double($0 + 1)) }
        let total = Double(counts.reduce(0, +))
        let mean = zip(counts, logarithms).reduce(0) { $0 + Double($1.0) * $1.1 } / total
        var exponent = 1.0
        var variance = 1.0
        for _ in 0..<50 {
            let weights = logarithms.map { DeterministicMath.exp(-exponent * $0) }
            let sum = weights.reduce(0, +)
            let first = zip(weights, logarithms).reduce(0) { $0 + $1.0 * $1.1 } / sum
            variance = zip(weights, logarithms).reduce(0) { $0 + $1.0 * $1.1 * $1.1 } / sum - first * first
            exponent += (first - mean) / variance
        }
        return (exponent, 1 / (total * variance).squareRoot())
    }

    @Test("Lines and quantities follow their shares, and no order has a product twice")
    func baskets() throws {
        let text = try minimalSpec(
            ("stock:", "basket: {lines: [5, 3, 2], same_category: 0}\nstock:"),
            ("products: 20, share: 3,", "products: 2000, zipf_exponent: 0, share: 3, quantities: [6, 3, 1],"))
        let network = try makeNetwork(text, orders: 20_000)
        let book = try allOrders(network)
        var lines = [0, 0, 0]
        var quantities = [0, 0, 0]
        for order in 0..<book.count {
            let products = book.lines(of: order).map { book.lineProducts[$0] }
            #expect(Set(products).count == products.count)
            lines[products.count - 1] += 1
        }
        for line in book.lineProducts.indices where book.lineProducts[line] < 2000 {
            quantities[Int(book.lineQuantities[line]) - 1] += 1
        }
        let books = Double(quantities.reduce(0, +))
        #expect(chiSquare(lines, expected: [10_000, 6_000, 4_000]) < chiSquareBound(degreesOfFreedom: 2))
        #expect(
            chiSquare(quantities, expected: [0.6, 0.3, 0.1].map { $0 * books }) < chiSquareBound(degreesOfFreedom: 2))
    }

    @Test("Promises hold the local day, its cut-off, and hours from the order, also where the clocks change")
    func promises() throws {
        let text = try minimalSpec(
            ("start: 2026-01-12T00:00:00", "start: 2026-03-28T00:00:00"),
            (
                "stock:",
                "promises:\n  - {id: day, share: 1, days: 1, by: \"20:00\", order_by: \"18:00\", tag: day}\n"
                    + "  - {id: hours, share: 1, within_hours: 30}\nstock:"
            ))
        let network = try makeNetwork(text, orders: 2000)
        // 29 March 2026 has 23 hours in Berlin.
        #expect(network.specification.clock.hourCount == 47)
        let book = try allOrders(network)
        let tags = OrderTags(network)
        var seen: Set<Double> = []
        for order in 0..<book.count {
            let placed = book.placedAt[order]
            if book.promises[order] == 1 {
                #expect(book.promisedAt[order] == placed + 30 * 3600)
                #expect(tags.text(book.tags[order]) == "")
                continue
            }
            #expect(tags.text(book.tags[order]) == "day")
            // 20:00 on the 29th, 30th and 31st; the cut-offs of the two days.
            let due = placed < 18 * 3600 ? 43.0 : placed < 41 * 3600 ? 67.0 : 91.0
            #expect(book.promisedAt[order] == due * 3600)
            seen.insert(due)
        }
        #expect(seen.count == 3)
    }

    @Test("A promise is offered only in zones with its tag, and a segment's weight replaces its share")
    func offers() throws {
        let text = try minimalSpec(
            ("zones: 3}", "zones: 3, tags: [urban]}"),
            (
                "stock:",
                "customers: {per_million: 200}\nsegments:\n  - {id: eager, share: 1, promises: {slow: 0}}\n"
                    + "  - {id: calm, share: 1, promises: {quick: 0}}\npromises:\n"
                    + "  - {id: quick, share: 1, within_hours: 3, needs_zone_tag: urban}\n"
                    + "  - {id: slow, share: 1, within_hours: 50}\nstock:"
            ))
        let network = try makeNetwork(text, orders: 3000)
        let book = try allOrders(network)
        for order in 0..<book.count {
            let isUrban = network.zones[Int(book.zones[order])].tags.contains("urban")
            let isEager = book.segments[order] == 0
            // Eager people outside the city are offered nothing.
            #expect(book.promises[order] == (isEager ? (isUrban ? 0 : -1) : 1))
            #expect(network.customers.offsets[Int(book.zones[order])] <= Int(book.customers[order]))
        }
    }
}
