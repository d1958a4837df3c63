import Domain
import History
import Replay

/// The orders of a world whose demand is not the recorded one: `orders.csv`, a row for each copy of a recorded order. An order
/// that is not listed is not placed.
struct OrderPart: WorldPart {
    static let table = WorldTable(
        name: "orders", summary: "the copies of recorded orders that are placed, in the order of time",
        columns: ["order", "copy", "placed_at", "zone", "place_of", "promised_at"], required: ["order", "placed_at"],
        group: .demand, replaces: ["demand"])

    /// How far a stated promise may lie from the one that moves with its order, seconds: other tools round.
    private static let promiseTolerance = 1.0

    private let copies: [OrderCopy]

    init?(of world: World, in export: WorldExport) {
        guard let book = world.book else { return nil }
        copies = book.copies
    }

    init(reading reader: inout WorldTableReader) throws(InputError) {
        var copies: [OrderCopy] = []
        var seen: Set<UInt64> = []
        while try reader.nextRow() {
            let source = try reader.order("order")
            let copy = try reader.integer("copy", in: 0...Int(Int32.max)) ?? 0
            guard seen.insert(UInt64(source) << 32 | UInt64(copy)).inserted else {
                throw reader.error(
                    "order", found: "copy \(copy) of order '\(reader.dataset.orders.ids[source])' twice",
                    expected: "each once")
            }
            guard let placedAt = try reader.instant("placed_at") else {
                throw reader.error("placed_at", expected: InstantParser.expectation)
            }
            try Self.checkPromise(&reader, source: source, placedAt: placedAt)
            copies.append(
                OrderCopy(
                    source: source, copy: copy, placeSource: try Self.placeSource(reader, of: source),
                    placedAt: placedAt))
        }
        self.copies = copies.inOrder(of: reader.dataset.orders)
    }

    /// The recorded order whose zone and place a copy has: `place_of`, else one in `zone`, else its own.
    private static func placeSource(_ reader: WorldTableReader, of source: Int) throws(InputError) -> Int {
        let zones = reader.dataset.orders.zones
        let place = reader.isBlank("place_of") ? nil : try reader.order("place_of")
        guard !reader.isBlank("zone") else { return place ?? source }
        let zone = try reader.index("zone", of: .zone)
        if let place {
            guard Int(zones[place]) == zone else { throw reader.error("zone", expected: "the zone of 'place_of'") }
            return place
        }
        if Int(zones[source]) == zone { return source }
        guard let first = reader.names.firstOrder(toZone: zone) else {
            throw reader.error("zone", expected: "a zone that a recorded order goes to")
        }
        return first
    }

    /// A stated promise must be the one that moves with its order.
    private static func checkPromise(
        _ reader: inout WorldTableReader, source: Int, placedAt: Double
    ) throws(InputError) {
        guard let promisedAt = try reader.instant("promised_at") else { return }
        let orders = reader.dataset.orders
        let expected = orders.promisedAt[source] + (placedAt - orders.placedAt[source])
        guard abs(promisedAt - expected) <= promiseTolerance else {
            throw reader.error(
                "promised_at",
                expected: expected.isFinite
                    ? "\(plainNumber(expected)), as the promise moves with the order" : "none, as the order has none")
        }
    }

    func rows(in dataset: Dataset, _ body: ([WorldCell]) throws -> Void) rethrows {
        let orders = dataset.orders
        for copy in copies {
            let source = Int(copy.source)
            let place = Int(copy.placeSource)
            let shift = copy.placedAt - orders.placedAt[source]
            let promisedAt = orders.promisedAt[source]
            try body([
                .text(orders.ids[source]), .integer(Int(copy.copy)), .number(copy.placedAt),
                .text(dataset.zones[Int(orders.zones[place])].id),
                place == source ? .blank : .text(orders.ids[place]),
                .finite(shift == 0 ? promisedAt : promisedAt + shift),
            ])
        }
    }

    /// Those that are placed in the horizon.
    func apply(to world: inout World, dataset: Dataset, settings: ReplaySettings) throws(InputError) {
        let placed = copies.filter { settings.from <= $0.placedAt && $0.placedAt < settings.to }
        world.book = try WorldBook(copies: placed, of: dataset, settings: settings)
    }
}
