import Domain
import History
import Replay

/// How late replenishments come: `replenishments.csv`. One is named by node, product and its place among theirs in time.
struct ReplenishmentPart: WorldPart {
    static let table = WorldTable(
        name: "replenishments", summary: "how late replenishments come",
        columns: ["node", "product", "ordinal", "delay_seconds"], required: ["node", "product", "delay_seconds"],
        group: .disruption, replaces: ["late_replenishment"])

    /// What a replenishment is named by.
    private struct Place: Hashable {
        let node: Int
        let product: Int
        let ordinal: Int
    }
    /// Seconds by row of the dataset's replenishments.
    private let delays: [Double]

    init?(of world: World, in export: WorldExport) {
        guard world.replenishmentDelays.contains(where: { $0 != 0 }) else { return nil }
        delays = world.replenishmentDelays
    }

    init(reading reader: inout WorldTableReader) throws(InputError) {
        let places = Self.places(in: reader.dataset)
        let rows = Dictionary(uniqueKeysWithValues: zip(places, places.indices))
        var delays = [Double](repeating: .nan, count: places.count)
        while try reader.nextRow() {
            let place = Place(
                node: try reader.index("node", of: .node), product: try reader.index("product", of: .product),
                ordinal: try reader.integer("ordinal", in: 0...Int(Int32.max)) ?? 0)
            let name =
                "replenishment \(place.ordinal) of '\(reader.dataset.products.ids[place.product])' at "
                + "'\(reader.dataset.nodes[place.node].id)'"
            guard let row = rows[place] else {
                let count = places.count { ($0.node, $0.product) == (place.node, place.product) }
                throw reader.error("ordinal", found: name, expected: "one of its \(count), counted from 0")
            }
            guard delays[row].isNaN else {
                throw reader.error("node", found: "\(name) twice", expected: "each once")
            }
            delays[row] = try reader.requiredNumber("delay_seconds", in: .from(0, to: 1e10))
        }
        self.delays = delays.map { $0.isNaN ? 0 : $0 }
    }

    func rows(in dataset: Dataset, _ body: ([WorldCell]) throws -> Void) rethrows {
        for (place, delay) in zip(Self.places(in: dataset), delays) where delay != 0 {
            try body([
                .text(dataset.nodes[place.node].id), .text(dataset.products.ids[place.product]),
                .integer(place.ordinal), .number(delay),
            ])
        }
    }

    func apply(to world: inout World, dataset: Dataset, settings: ReplaySettings) {
        world.replenishmentDelays = delays
    }

    /// What each of the dataset's replenishments is named by; they lie in the order of time.
    private static func places(in dataset: Dataset) -> [Place] {
        var counts: [Place: Int] = [:]
        return dataset.replenishments.map { arrival in
            let first = Place(node: arrival.node, product: arrival.product, ordinal: 0)
            let ordinal = counts[first, default: 0]
            counts[first] = ordinal + 1
            return Place(node: arrival.node, product: arrival.product, ordinal: ordinal)
        }
    }
}
