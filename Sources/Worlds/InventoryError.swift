import DeterministicMath
import Domain
import History
import Replay
import Sampling

/// Stock on record that is not there: real stock decides, strategies see the record until a failed pick puts it right.
///
/// Purpose `inventoryError`, entity node and product. Where one draw is below `share`, min(n, floor(-n x `mean_missing` x
/// ln u)) of the n units on hand at the start are missing, u another draw: a larger share keeps every error, a larger mean
/// loses no unit that a smaller one found missing. Stock that is there but not on record changes nothing that a strategy
/// could do, and is left out.
struct InventoryError: Perturbation {
    /// Its line in the catalogue.
    static let entry = MemberEntry(
        standard,
        parameters: [
            ParameterDeclaration(
                "share", .number(.share), default: 0.05,
                summary: "share of the records, product by node, that are wrong"),
            ParameterDeclaration(
                "mean_missing", .number(.nonNegative), default: 0.2,
                summary: "mean share of the units of a wrong record that are missing, before it is cut at all of them"),
            ParameterDeclaration(
                "nodes", .list(.reference(.node)), isOptional: true, summary: "at which nodes; all if not said"),
        ]
    ) { (parameters, dataset) throws(InputError) -> any Perturbation in
        InventoryError(
            share: try parameters.number("share"), meanMissing: try parameters.number("mean_missing"),
            nodes: parameters.indices("nodes") ?? Array(dataset.nodes.indices), key: parameters.key)
    }
    private static let standard = PerturbationDeclaration(
        name: "inventory_error", summary: "Stock on record that is not there: picks fail", group: .disruption)

    let share: Double
    let meanMissing: Double
    let nodes: [Int]
    /// Its parameters as text.
    let key: String
    var declaration: PerturbationDeclaration { Self.standard }

    func key(in dataset: Dataset) -> String? {
        share == 0 || meanMissing == 0 || nodes.isEmpty ? nil : declaration.name + key
    }

    func apply(to world: inout World, dataset: Dataset, settings: ReplaySettings) {
        if world.missingUnits.isEmpty {
            world.missingUnits = [Int32](repeating: 0, count: dataset.inventory.onHand.count)
        }
        for node in nodes {
            let place = StableHash.of(dataset.nodes[node].id)
            for (product, id) in dataset.products.ids.enumerated() {
                let position = dataset.inventory.position(node: node, product: product)
                let units = Double(dataset.inventory.onHand[position])
                guard units > 0 else { continue }
                let (whether, size) = world.draws.uniformPair(
                    .inventoryError, entity: StableHash.combine(place, StableHash.of(id)))
                guard whether < share else { continue }
                let missing = min(units, -units * meanMissing * DeterministicMath.log(size))
                world.missingUnits[position] = max(world.missingUnits[position], Int32(missing))
            }
        }
    }
}
