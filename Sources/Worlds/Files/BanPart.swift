import Domain
import History
import Replay

/// What may not be assigned, and when: `bans.csv`. Ids of a field are separated by `;`, a blank one is every one.
struct BanPart: WorldPart {
    static let table = WorldTable(
        name: "bans", summary: "what may not be assigned, and when",
        columns: ["from", "to", "products", "nodes", "services", "regions"], required: [], group: .disruption,
        replaces: ["product_ban", "cold_chain_excursion", "roster_gap", "carrier_suspension"])

    private let bans: [Ban]

    init?(of world: World, in export: WorldExport) {
        guard !world.bans.isEmpty else { return nil }
        bans = world.bans
    }

    init(reading reader: inout WorldTableReader) throws(InputError) {
        var bans: [Ban] = []
        while try reader.nextRow() {
            func choice(_ column: String, _ kind: WorldNames.Kind) throws(InputError) -> IndexChoice {
                try reader.indices(column, of: kind).map { IndexChoice($0) } ?? .every
            }
            let (products, nodes) = (try choice("products", .product), try choice("nodes", .node))
            let (services, regions) = (try choice("services", .service), try choice("regions", .region))
            bans.append(
                Ban(span: try reader.span(), products: products, nodes: nodes, services: services, regions: regions))
        }
        self.bans = bans
    }

    func rows(in dataset: Dataset, _ body: ([WorldCell]) throws -> Void) rethrows {
        let texts = bans.map { ban in
            [
                Self.text(ban.products, dataset.products.ids), Self.text(ban.nodes, dataset.nodes.map(\.id)),
                Self.text(ban.services, dataset.services.map(\.id)), Self.text(ban.regions, dataset.regions),
            ]
        }
        // At one instant it does not matter which ban ends first: their order means nothing.
        let order = bans.indices.sorted { left, right in
            let (a, b) = (bans[left].span, bans[right].span)
            if (a.from, a.to) != (b.from, b.to) { return (a.from, a.to) < (b.from, b.to) }
            return texts[left].lexicographicallyPrecedes(texts[right])
        }
        for index in order {
            try body(
                [.finite(bans[index].span.from), .finite(bans[index].span.to)]
                    + texts[index].map { $0.isEmpty ? .blank : .text($0) })
        }
    }

    func apply(to world: inout World, dataset: Dataset, settings: ReplaySettings) { world.bans = bans }

    private static func text(_ choice: IndexChoice, _ names: [String]) -> String {
        (choice.indices ?? []).map { names[$0] }.joined(separator: ";")
    }
}
