import Domain
import History
import Storage
import TestKit
import Testing

/// Two nodes, two zones, two products, three orders; rows in the order given by `reversed`.
func smallBuilder(reversed: Bool = false) -> DatasetBuilder {
    var builder = DatasetBuilder(name: "small")
    var rows: [(inout DatasetBuilder) -> Void] = [
        { $0.addNode("n-10", at: Place(x: 0, y: 0), region: "west", stations: 2, tags: ["chilled", "big"]) },
        { $0.addNode("n-9", at: Place(x: 6, y: 8), region: "east", dailyOrderLimit: 7) },
        { $0.addZone("z2", at: Place(x: 3, y: 4), region: "west", tags: ["rural"]) },
        { $0.addZone("z1", at: Place(x: 0, y: 1), region: "north") },
        { $0.addProduct("p2", category: "milk", price: 3, massKilograms: 2, temperatureClass: .chilled) },
        { $0.addProduct("p1", price: 5, tags: ["big"]) },
        { $0.addStock(node: "n-9", product: "p1", onHand: 4, safetyStock: 1) },
        { $0.addStock(node: "n-10", product: "p2", onHand: 9) },
        { $0.addReplenishment(node: "n-9", product: "p2", at: 7200, quantity: 3) },
        { $0.addReplenishment(node: "n-10", product: "p1", at: 3600, quantity: 2) },
        { $0.addTransfer(from: "n-9", to: "n-10", leadHours: 5) },
        { $0.addTariff("base", fromKilograms: 10, LoadTerms(perShipment: 9)) },
        { $0.addTariff("base", LoadTerms(perShipment: 4, perKilometre: 0.5)) },
        { $0.addTariff("air", LoadTerms(perShipment: 20)) },
        {
            $0.addService(
                "van", tariff: "base", maximumKilometres: 8, fixedHours: 1, kilometresPerHour: 2,
                cutOffMinutes: [960, 720])
        },
        {
            $0.addService(
                "air", nodes: ["n-10"], tariff: "air", emission: "base", kilometresPerHour: 10, distanceExponent: 2)
        },
        { $0.addLane(node: "n-10", zone: "z1", service: "air", kilometres: 7, tariff: "base") },
        { $0.addLane(node: "n-9", zone: "z2", service: "van", closed: true) },
        { $0.addCustomer("c1", segment: "gold", preferences: ["before-10"]) },
        {
            $0.addOrder(
                "o-2", placedAt: 60, zone: "z1", customer: "c1", promisedAt: 5000, channel: "web", tags: ["gift"],
                lines: [.init("p2", 2), .init("p1", 1, price: 4.5)])
        },
        {
            $0.addOrder(
                "o-10", placedAt: 60, place: Place(x: 3, y: 3.5), segment: "silver", weight: 2, lines: [.init("p1")])
        },
        { $0.addOrder("o-1", placedAt: 30, zone: "z2", customer: "unheard-of", approvedAt: 45, lines: [.init("p2")]) },
        { $0.addOpenOrder("x1", stage: .picking(until: 50), node: "n-9", service: "van") },
        {
            $0.addHistory(
                order: "o-2", node: "n-10", service: "air", shippedAt: 100, deliveredAt: 200, freightPaid: 3,
                complaint: true)
        },
        { $0.addHistory(order: "o-10", cancelled: true, cancelledAt: 90) },
        { $0.addWeather(region: "west", at: 7300, .rain, intensity: 1.5, stormLevel: 2) },
        { $0.addWeather(region: "east", at: 0, .ice) },
        { $0.addTraffic(region: "north", at: 3600, congestion: 1.3) },
        { $0.addSignal("premium", region: "east", at: 3600, value: 0.2) },
    ]
    if reversed { rows.reverse() }
    for row in rows { row(&builder) }
    return builder
}

@Suite("Building a dataset in memory")
struct DatasetBuilderTests {
    @Test("Rows are sorted naturally by id, names are numbered in sorted order, references become indices")
    func tables() throws {
        let dataset = try smallBuilder().build()
        #expect(dataset.nodes.map(\.id) == ["n-9", "n-10"])
        #expect(dataset.nodes.map(\.name) == ["n-9", "n-10"])
        #expect(dataset.regions == ["east", "north", "west"])
        #expect(dataset.nodes.map(\.region) == [0, 2])
        #expect(dataset.tags == ["before-10", "big", "chilled", "gift", "rural"])
        #expect(dataset.nodes.map(\.tags.bits) == [0, 0b110])
        #expect(dataset.nodes.map(\.dailyOrderLimit) == [7, nil])
        #expect(dataset.zones.map(\.id) == ["z1", "z2"])
        #expect(dataset.products.ids == ["p1", "p2"])
        #expect(dataset.categories == ["", "milk"])
        #expect(dataset.products.categories == [0, 1])
        #expect(dataset.products.temperatureClasses == [.ambient, .chilled])
        #expect(dataset.inventory.onHand == [4, 0, 0, 9])
        #expect(dataset.inventory.safetyStock == [1, 0, 0, 0])
        #expect(dataset.replenishments.map(\.time) == [3600, 7200])
        #expect(dataset.transfers.map(\.to) == [1])
        #expect(dataset.tariffs.count == 2)
        #expect(dataset.tariffs[1].bands.map(\.fromKilograms) == [0, 10])
        #expect(dataset.services.map(\.id) == ["air", "van"])
        #expect(dataset.services.map(\.nodes) == [[1], [0, 1]])
        #expect(dataset.services.map(\.emission) == [1, nil])
        #expect(dataset.services[1].cutOffMinutes == [720, 960])
        #expect(dataset.openOrders.map(\.stage) == [.picking(until: 50)])
    }

    @Test("Lanes are node x service x zone within reach, with overrides; base hours follow the formula")
    func lanes() throws {
        let dataset = try smallBuilder().build()
        let lanes = dataset.lanes
        // z1: n-9 by van is 9.2 km away, beyond 8; n-10 by air has 7 km by override, by van 1 km.
        // z2: n-9 by van is closed; n-10 by air and van 5 km.
        #expect(lanes.offsets == [0, 2, 4])
        #expect(lanes.nodes == [1, 1, 1, 1])
        #expect(lanes.services == [0, 1, 0, 1])
        #expect(lanes.kilometres == [7, 1, 5, 5])
        #expect(lanes.tariffs == [1, 1, 0, 1])
        #expect(lanes.baseHours[1] == 1 + 1.0 / 2)
        #expect(lanes.baseHours[3] == 1 + 5.0 / 2)
        #expect(abs(lanes.baseHours[0] - 49.0 / 10) < 1e-14)
    }

    @Test("Orders are sorted by time, then id; zone, price, segment and tags are filled in")
    func orders() throws {
        let dataset = try smallBuilder().build()
        let orders = dataset.orders
        #expect(Array(orders.ids) == ["o-1", "o-2", "o-10"])
        #expect(orders.idHashes[1] == StableHash.of("o-2"))
        #expect(Array(orders.placedAt) == [30, 60, 60])
        #expect(Array(orders.approvedAt) == [45, 60, 60])
        #expect(Array(orders.promisedAt) == [.infinity, 5000, .infinity])
        #expect(Array(orders.zones) == [1, 0, 1])
        #expect(Array(orders.y) == [4, 1, 3.5])
        #expect(dataset.ordersHavePlaces)
        #expect(dataset.segments == ["", "gold", "silver"])
        #expect(Array(orders.segments) == [0, 1, 2])
        #expect(Array(orders.channels).map { dataset.channels[Int($0)] } == ["", "web", ""])
        #expect(orders.tags(of: 1).bits == 0b1001)
        #expect(Array(orders.weights) == [1, 1, 2])
        #expect(orders.lines(of: 1) == 1..<3)
        #expect(Array(orders.lineProducts) == [1, 0, 1, 0])
        #expect(Array(orders.lineQuantities) == [1, 1, 2, 1])
        #expect(Array(orders.linePrices) == [3, 4.5, 3, 5])
        let history = try #require(dataset.history)
        #expect(history.rows(of: 0).isEmpty)
        #expect(history.rows(of: 1) == 0..<1)
        #expect(history.services[0] == 0)
        #expect(history.complaint[0] == 1)
        #expect(history.cancelled[1] == 1)
        #expect(history.complaint[1] == 2)
        #expect(history.shippedAt[1].isNaN)
    }

    @Test("Hourly series are dense, with neutral hours where nothing is listed")
    func series() throws {
        let dataset = try smallBuilder().build()
        let weather = try #require(dataset.weather)
        #expect(weather.hourCount == 3)
        #expect(weather.classes == [.ice, .clear, .clear, .clear, .clear, .clear, .clear, .clear, .rain])
        #expect(weather.stormLevels[8] == 2)
        let traffic = try #require(dataset.traffic)
        #expect(traffic.value(region: 1, hour: 1) == 1.3)
        #expect(traffic.value(region: 1, hour: 0) == 1)
        #expect(traffic.value(region: 1, hour: 99) == 1)
        #expect(dataset.signals.map(\.name) == ["premium"])
        #expect(dataset.signals[0].series.value(region: 0, hour: 1) == 0.2)
    }

    @Test("The order of rows leaves no trace, and any changed value changes the content hash")
    func contentHash() throws {
        let hash = try smallBuilder().build().contentHash
        #expect(try smallBuilder(reversed: true).build().contentHash == hash)
        var other = smallBuilder()
        other.addStock(node: "n-9", product: "p2", onHand: 1)
        #expect(try other.build().contentHash != hash)
        var renamed = smallBuilder()
        renamed.description.currency = "CNY"
        #expect(try renamed.build().contentHash != hash)
        var described = smallBuilder()
        described.description.files = ["nodes.csv": .init(rows: 2, sha256: "")]
        #expect(try described.build().contentHash == hash)
    }

    @Test("A dataset decoded from a mapped archive equals the one on the heap")
    func archive() throws {
        try withTemporaryFolder { folder in
            let dataset = try smallBuilder().build()
            try dataset.writeColumns(to: folder + "/d.columns")
            let mapped = try Dataset(columns: folder + "/d.columns")
            #expect(mapped.contentHash == dataset.contentHash)
            #expect(mapped.orders.placedAt == dataset.orders.placedAt)
            #expect(Array(mapped.orders.ids) == Array(dataset.orders.ids))
            #expect(mapped.nodes.map(\.openingHours) == dataset.nodes.map(\.openingHours))
            #expect(mapped.services.map(\.maximumKilometres) == dataset.services.map(\.maximumKilometres))
            #expect(mapped.lanes.baseHours == dataset.lanes.baseHours)
            #expect(mapped.tariffs == dataset.tariffs)
            #expect(mapped.inventory.onHand == dataset.inventory.onHand)
            #expect(mapped.history?.freightPaid[0] == 3)
            #expect(mapped.weather?.classes == dataset.weather?.classes)
        }
    }

    @Test("A copy of the order table outlives its dataset")
    func lifetime() throws {
        func orders() throws -> OrderTable { try smallBuilder().build().orders }
        let table = try orders()
        #expect(Array(table.ids) == ["o-1", "o-2", "o-10"])
    }

    /// A change to a right dataset and what is said of it.
    struct Fault: Sendable {
        let message: String
        let change: @Sendable (inout DatasetBuilder) -> Void

        init(_ message: String, _ change: @escaping @Sendable (inout DatasetBuilder) -> Void) {
            self.message = message
            self.change = change
        }
    }

    static let faults = [
        Fault(
            "found unknown node 'n-8' in inventory, expected the id of a node; did you mean 'n-9'?"
        ) {
            $0.addStock(node: "n-8", product: "p1", onHand: 1)
        },
        Fault(
            "found on_hand -1 of stock of product 'p2' at node 'n-9', expected a whole number of at least 0"
        ) {
            $0.addStock(node: "n-9", product: "p2", onHand: -1)
        },
        Fault(
            "found the node 'n-9' twice, expected each id once"
        ) {
            $0.addNode("n-9", at: Place(x: 0, y: 0), region: "west")
        },
        Fault(
            "found stations 0 of node 'n-1', expected a whole number of at least 1"
        ) {
            $0.addNode("n-1", at: Place(x: 0, y: 0), region: "west", stations: 0)
        },
        Fault(
            "found handling_cost_per_line -0.5 of node 'n-1', expected a number of at least 0"
        ) {
            $0.addNode("n-1", at: Place(x: 0, y: 0), region: "west", handlingCostPerLine: -0.5)
        },
        Fault(
            "found labour_cost_per_hour -1 of node 'n-1', expected a number of at least 0"
        ) {
            $0.addNode("n-1", at: Place(x: 0, y: 0), region: "west", labourCostPerHour: -1)
        },
        Fault(
            "found x nan of node 'n-1', expected a number between -1e15 and 1e15"
        ) {
            $0.addNode("n-1", at: Place(x: .nan, y: 0), region: "west")
        },
        Fault(
            "found unknown tariff 'bas' in service 's', expected the id of a tariff; did you mean 'base'?"
        ) {
            $0.addService("s", tariff: "bas", kilometresPerHour: 1)
        },
        Fault(
            "found km_per_hour 0 of service 's', expected a number above 0"
        ) {
            $0.addService("s", tariff: "base", kilometresPerHour: 0)
        },
        Fault(
            "found the lane from node 'n-9' to zone 'z1' by service 'air', expected a service that the node offers"
        ) {
            $0.addLane(node: "n-9", zone: "z1", service: "air")
        },
        Fault(
            "found the order 'o-1' twice, expected each id once"
        ) {
            $0.addOrder("o-1", placedAt: 1, zone: "z1", lines: [.init("p1")])
        },
        Fault(
            "found the order 'o-4' without lines, expected a line"
        ) {
            $0.addOrder("o-4", placedAt: 1, zone: "z1", lines: [])
        },
        Fault(
            "found unknown zone 'z9' in order 'o-4', expected the id of a zone; did you mean 'z1'?"
        ) {
            $0.addOrder("o-4", placedAt: 1, zone: "z9", lines: [.init("p1")])
        },
        Fault(
            "found no zone for order 'o-4', expected a zone or a place"
        ) {
            $0.addOrder("o-4", placedAt: 1, lines: [.init("p1")])
        },
        Fault(
            "found placed_at 604800 of order 'o-4', expected an instant from the dataset's start to before its end"
        ) {
            $0.addOrder("o-4", placedAt: 604_800, zone: "z1", lines: [.init("p1")])
        },
        Fault(
            "found quantity 0 of order 'o-4', expected a whole number of at least 1"
        ) {
            $0.addOrder("o-4", placedAt: 1, zone: "z1", lines: [.init("p1", 0)])
        },
        Fault(
            "found unknown order 'o-7' in history, expected the id of an order"
        ) {
            $0.addHistory(order: "o-7")
        },
        Fault(
            "found hour 2 of region 'west' twice in weather, expected each hour once"
        ) {
            $0.addWeather(region: "west", at: 7201, .rain)
        },
        Fault(
            "found unknown region 'mars' in congestion, expected a region of a node or zone"
        ) {
            $0.addTraffic(region: "mars", at: 0, congestion: 1)
        },
        Fault(
            "found 135 distinct tags, such as 't123', expected at most 128 in a dataset"
        ) { builder in
            for index in 0..<130 {
                builder.addZone("t\(index)", at: Place(x: 0, y: 0), region: "r", tags: ["t\(index)"])
            }
        },
        Fault(
            "found 3000000004 units of product 'p1' at node 'n-9', replenishments included, expected at most 2147483647"
        ) {
            $0.addReplenishment(node: "n-9", product: "p1", at: 5, quantity: 1_000_000_000)
            $0.addReplenishment(node: "n-9", product: "p1", at: 6, quantity: 1_000_000_000)
            $0.addReplenishment(node: "n-9", product: "p1", at: 7, quantity: 1_000_000_000)
        },
    ]

    @Test("What is wrong is named", arguments: faults)
    func errors(fault: Fault) throws {
        var builder = smallBuilder()
        fault.change(&builder)
        #expect(try inputError { _ = try builder.build() } == fault.message)
    }
}
