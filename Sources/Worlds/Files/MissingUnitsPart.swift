import Domain
import History
import Replay

/// Units of the opening record that are not there: `missing_units.csv`.
struct MissingUnitsPart: WorldPart {
    static let table = WorldTable(
        name: "missing_units", summary: "units on record that are not there", columns: ["node", "product", "units"],
        required: ["node", "product", "units"], group: .disruption, replaces: ["inventory_error"])

    /// Units, laid out as the inventory.
    private let units: [Int32]

    init?(of world: World, in export: WorldExport) {
        guard world.missingUnits.contains(where: { $0 > 0 }) else { return nil }
        units = world.missingUnits
    }

    init(reading reader: inout WorldTableReader) throws(InputError) {
        let inventory = reader.dataset.inventory
        var units = [Int32](repeating: 0, count: inventory.onHand.count)
        while try reader.nextRow() {
            let position = inventory.position(
                node: try reader.index("node", of: .node), product: try reader.index("product", of: .product))
            guard units[position] == 0 else {
                throw reader.error("node", found: "a product of a node twice", expected: "each once")
            }
            // A row of 0 would not be seen when it comes again.
            guard let missing = try reader.integer("units", in: 1...max(1, Int(inventory.onHand[position]))) else {
                throw reader.error("units", expected: "how many units are missing")
            }
            units[position] = Int32(missing)
        }
        self.units = units
    }

    func rows(in dataset: Dataset, _ body: ([WorldCell]) throws -> Void) rethrows {
        for (node, id) in dataset.nodes.map(\.id).enumerated() {
            for (product, name) in dataset.products.ids.enumerated() {
                let missing = units[dataset.inventory.position(node: node, product: product)]
                if missing > 0 { try body([.text(id), .text(name), .integer(Int(missing))]) }
            }
        }
    }

    func apply(to world: inout World, dataset: Dataset, settings: ReplaySettings) { world.missingUnits = units }
}
