import Domain
import History
import Replay

/// Pick stations out of use: `station_losses.csv`. Those of overlapping rows add up.
struct StationLossPart: WorldPart {
    static let table = WorldTable(
        name: "station_losses", summary: "pick stations out of use", columns: ["node", "from", "to", "stations"],
        required: ["node"], group: .disruption, replaces: ["pick_station_loss"])

    /// Losses per node.
    private let losses: [[StationLoss]]

    init?(of world: World, in export: WorldExport) {
        guard world.stationLosses.contains(where: { !$0.isEmpty }) else { return nil }
        losses = world.stationLosses.map(Self.inOrder)
    }

    init(reading reader: inout WorldTableReader) throws(InputError) {
        var losses = [[StationLoss]](repeating: [], count: reader.dataset.nodes.count)
        while try reader.nextRow() {
            let node = try reader.index("node", of: .node)
            losses[node].append(
                StationLoss(
                    span: try reader.span(), stations: try reader.integer("stations", in: 1...Int(Int32.max)) ?? 1))
        }
        self.losses = losses.map(Self.inOrder)
    }

    func rows(in dataset: Dataset, _ body: ([WorldCell]) throws -> Void) rethrows {
        for (node, losses) in zip(dataset.nodes, losses) {
            for loss in losses {
                try body([.text(node.id), .finite(loss.span.from), .finite(loss.span.to), .integer(loss.stations)])
            }
        }
    }

    func apply(to world: inout World, dataset: Dataset, settings: ReplaySettings) {
        world.stationLosses = losses
    }

    private static func inOrder(_ losses: [StationLoss]) -> [StationLoss] {
        losses.sorted { ($0.span.from, $0.span.to, $0.stations) < ($1.span.from, $1.span.to, $1.stations) }
    }
}
