import Domain
import History
import Replay

/// When services collect nothing: `suspensions.csv`. That they are no candidates then stands in `bans.csv`.
struct SuspensionPart: WorldPart {
    static let table = WorldTable(
        name: "suspensions", summary: "when services collect nothing", columns: ["service", "from", "to"],
        required: ["service"], group: .disruption, replaces: ["carrier_suspension"])

    /// Suspensions per service: sorted, disjoint.
    private let suspensions: [[Interval]]

    init?(of world: World, in export: WorldExport) {
        guard world.suspensions.contains(where: { !$0.isEmpty }) else { return nil }
        suspensions = world.suspensions
    }

    init(reading reader: inout WorldTableReader) throws(InputError) {
        var suspensions = [[Interval]](repeating: [], count: reader.dataset.services.count)
        while try reader.nextRow() {
            let service = try reader.index("service", of: .service)
            suspensions[service].append(try reader.span())
        }
        self.suspensions = suspensions.map(Interval.union)
    }

    func rows(in dataset: Dataset, _ body: ([WorldCell]) throws -> Void) rethrows {
        for (service, spans) in zip(dataset.services, suspensions) {
            for span in spans { try body([.text(service.id), .finite(span.from), .finite(span.to)]) }
        }
    }

    func apply(to world: inout World, dataset: Dataset, settings: ReplaySettings) {
        world.suspensions = suspensions
    }
}
