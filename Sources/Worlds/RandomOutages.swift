import Domain
import History
import Replay
import Sampling

/// Nodes that fail at any time: from time 0 on up for an exponential time, down for an exponential time, and so on.
///
/// Purpose `outage`, entity node and number of the failure; see ``RandomSpans``. A longer repair lengthens every outage.
struct RandomOutages: Perturbation {
    /// Its line in the catalogue.
    static let entry = MemberEntry(
        standard,
        parameters: [
            ParameterDeclaration(
                "hours_to_failure", .number(.positive), unit: "h", default: 720, summary: "mean time a node is up"),
            ParameterDeclaration(
                "hours_to_repair", .number(.positive), unit: "h", default: 4, summary: "mean time it is down"),
            ParameterDeclaration(
                "nodes", .list(.reference(.node)), isOptional: true, summary: "which nodes; all if not said"),
        ]
    ) { (parameters, dataset) throws(InputError) -> any Perturbation in
        RandomOutages(
            hoursToFailure: try parameters.number("hours_to_failure"),
            hoursToRepair: try parameters.number("hours_to_repair"),
            nodes: parameters.indices("nodes") ?? Array(dataset.nodes.indices), key: parameters.key)
    }
    private static let standard = PerturbationDeclaration(
        name: "random_outages", summary: "Nodes that fail and are repaired at random", group: .disruption)

    let hoursToFailure: Double
    let hoursToRepair: Double
    let nodes: [Int]
    /// Its parameters as text.
    let key: String
    var declaration: PerturbationDeclaration { Self.standard }

    func key(in dataset: Dataset) -> String? { nodes.isEmpty ? nil : declaration.name + key }

    func apply(to world: inout World, dataset: Dataset, settings: ReplaySettings) {
        let times = RandomSpans(hoursBetween: hoursToFailure, meanHours: hoursToRepair, places: nodes)
        for node in times.places {
            let failures = times.spans(
                .outage, entity: StableHash.of(dataset.nodes[node].id), before: settings.end, draws: world.draws)
            world.outages[node] = Interval.union(world.outages[node] + failures)
        }
    }
}
