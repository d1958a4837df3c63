import Domain
import History
import Testing

@testable import Generation

@Suite("The recorded past")
struct PastTests {
    /// Orders and their history rows under a spec.
    private func past(_ text: String, orders: Int? = nil) throws -> (Network, OrderBatch, [PastRow], StockPlan) {
        let network = try makeNetwork(text, orders: orders)
        let stock = StockPlan(network)
        let past = try #require(network.specification.history)
        var recorder = PastRecorder(network, past: past, stock: stock, series: RecordedSeries(network))
        let book = try allOrders(network)
        return (network, book, recorder.rows(of: book), stock)
    }

    @Test("Every line is on record once; what ships does so after it was placed, from a node that stocks it")
    func complete() throws {
        let (network, book, rows, _) = try past(yangtzeSpec(), orders: 12_000)
        var covered = [Int](repeating: 0, count: book.lineProducts.count)
        for row in rows {
            for line in book.lines(of: row.order)
            where row.product == nil || row.product == Int(book.lineProducts[line]) { covered[line] += 1 }
            if let shipped = row.shippedAt, let delivered = row.deliveredAt {
                #expect(shipped >= book.placedAt[row.order] && delivered > shipped)
                #expect(row.node != nil && row.service != nil && row.cancelledAt == nil)
                #expect(row.freightPaid ?? 0 > 0)
            }
            if let cancelled = row.cancelledAt {
                #expect(cancelled >= book.placedAt[row.order] && row.shippedAt == nil)
            }
            for line in book.lines(of: row.order) where row.product == Int(book.lineProducts[line]) {
                if let node = row.node { #expect(network.stocks(node: node, product: Int(book.lineProducts[line]))) }
            }
        }
        #expect(covered.allSatisfy { $0 == 1 })
        #expect(rows.contains { $0.cancelledAt != nil } && rows.contains { $0.product != nil })
    }

    @Test("No node ships more of a product than it had and got by then")
    func conservation() throws {
        let (network, book, rows, stock) = try past(yangtzeSpec(), orders: 30_000)
        let products = network.catalogue.products.count
        var left: [Int: Int] = [:]
        for pair in stock.opening { left[pair.node * products + pair.product] = pair.onHand - pair.safetyStock }
        var arrivals = stock.arrivals[...]
        for row in rows {
            while let arrival = arrivals.first, arrival.time <= book.placedAt[row.order] {
                left[arrival.node * products + arrival.product, default: 0] += arrival.quantity
                arrivals = arrivals.dropFirst()
            }
            guard let node = row.node, row.cancelledAt == nil else { continue }
            for line in book.lines(of: row.order)
            where row.product == nil || row.product == Int(book.lineProducts[line]) {
                let pair = node * products + Int(book.lineProducts[line])
                left[pair, default: 0] -= Int(book.lineQuantities[line])
                #expect(left[pair, default: 0] >= 0)
            }
        }
    }

    @Test("The zone's own region comes first, even if a node beyond its border is nearer")
    func regionFirst() throws {
        let text = try minimalSpec(
            // Leipzig's node stands next to Berlin's centre, so it is the nearest to Berlin's zones.
            ("city: leipzig, east_km: 8,", "city: leipzig, east_km: 70, north_km: 131,"),
            ("stock: {cover_days: 3}", "stock: {cover_days: 1000}\nhistory: {rule: city_warehouse_first}"))
        let (network, book, rows, _) = try past(text)
        for row in rows {
            let node = try #require(row.node)
            #expect(network.region(ofNode: node) == network.region(ofZone: Int(book.zones[row.order])))
        }
    }

    @Test("With nothing to wait for, times are the pick, the next cut-off and the base transit")
    func byHand() throws {
        let text = try minimalSpec(
            ("orders: 200", "orders: 1"),
            ("stock: {cover_days: 3}", "stock: {cover_days: 10000}\nhistory: {rule: city_warehouse_first}"))
        let (network, book, rows, _) = try past(text)
        let row = rows[0]
        let node = try #require(row.node)
        let picked = book.placedAt[0] + (node == 0 ? 240 : 300)
        let cutOffs = [12.0, 18, 36, 42, 60].map { $0 * 3600 }
        let leaves = try #require(cutOffs.first { $0 >= picked })
        let kilometres = network.zones[Int(book.zones[0])].place
            .distanceKilometres(to: network.nodePlaces[node], in: .geographic)
        #expect(row.shippedAt == leaves)
        #expect(row.deliveredAt == (leaves + (10 + kilometres / 50) * 3600).rounded(.down))
        let load = Load(items: 1, massKilograms: network.catalogue.products[Int(book.lineProducts[0])].massKilograms)
        #expect(abs((row.freightPaid ?? 0) - (4 + 0.3 * load.massKilograms)) < 0.0051)
    }

    @Test("Capacity holds: no node hands over more than the limit on a local day")
    func capacity() throws {
        let text = try minimalSpec(
            ("cut_offs:", "daily_capacity: 20, cut_offs:"),
            ("stock: {cover_days: 3}", "stock: {cover_days: 1000}\nhistory: {rule: city_warehouse_first}"))
        let (_, _, rows, _) = try past(text)
        var handedOver: [Int: Int] = [:]
        for row in rows {
            let node = try #require(row.node)
            let day = Int((try #require(row.shippedAt)) / 86_400)
            handedOver[node * 1000 + day, default: 0] += 1
        }
        #expect(handedOver.values.max() == 20)
    }

    @Test("Opening hours bound the start of picks")
    func openingHours() throws {
        let hours = try WeeklyHours(parsing: "Mo-Tu 09:00-12:00; Tu 14:00-15:00")
        let calendar = try makeNetwork(minimalSpec()).specification.clock.calendar
        // Time 0 is Monday, midnight.
        #expect(hours.nextOpen(from: 0, calendar: calendar) == 9 * 3600)
        #expect(hours.nextOpen(from: 10 * 3600, calendar: calendar) == 10 * 3600)
        #expect(hours.nextOpen(from: 12 * 3600, calendar: calendar) == 33 * 3600)
        #expect(hours.nextOpen(from: 37 * 3600, calendar: calendar) == 38 * 3600)
        #expect(hours.nextOpen(from: 40 * 3600, calendar: calendar) == (7 * 24 + 9) * 3600)
        #expect(WeeklyHours.always.nextOpen(from: 5, calendar: calendar) == 5)
    }
}
