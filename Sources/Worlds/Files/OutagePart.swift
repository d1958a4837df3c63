import Domain
import History
import Replay

/// When nodes stand still: `outages.csv`. Outages of a node that overlap are one.
struct OutagePart: WorldPart {
    static let table = WorldTable(
        name: "outages", summary: "when nodes stand still", columns: ["node", "from", "to"], required: ["node"],
        group: .disruption, replaces: ["outages", "random_outages", "lockdown"])

    /// Outages per node: sorted, disjoint.
    private let outages: [[Interval]]

    init?(of world: World, in export: WorldExport) {
        guard world.outages.contains(where: { !$0.isEmpty }) else { return nil }
        outages = world.outages
    }

    init(reading reader: inout WorldTableReader) throws(InputError) {
        var outages = [[Interval]](repeating: [], count: reader.dataset.nodes.count)
        while try reader.nextRow() {
            let node = try reader.index("node", of: .node)
            outages[node].append(try reader.span())
        }
        self.outages = outages.map(Interval.union)
    }

    func rows(in dataset: Dataset, _ body: ([WorldCell]) throws -> Void) rethrows {
        for (node, spans) in zip(dataset.nodes, outages) {
            for span in spans { try body([.text(node.id), .finite(span.from), .finite(span.to)]) }
        }
    }

    func apply(to world: inout World, dataset: Dataset, settings: ReplaySettings) {
        world.outages = outages
    }
}
