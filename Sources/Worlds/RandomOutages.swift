import DeterministicMath
import Domain
import History
import Replay
import Sampling

/// Nodes that fail at any time: from time 0 on up for an exponential time, down for an exponential time, and so on.
///
/// Purpose `outage`, entity node and number of the failure. Both times are quantiles of their own draws, so that a
/// longer repair lengthens every outage.
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
        for node in nodes {
            let name = StableHash.of(dataset.nodes[node].id)
            var time = 0.0
            var failures: [Interval] = []
            var number = 0
            while time < settings.end {
                let entity = StableHash.combine(name, StableHash.of(number))
                let (up, down) = world.draws.uniformPair(.outage, entity: entity)
                let from = time - 3_600 * hoursToFailure * DeterministicMath.log(up)
                time = from - 3_600 * hoursToRepair * DeterministicMath.log(down)
                failures.append(Interval(from: from, to: time))
                number += 1
            }
            world.outages[node] = Interval.union(world.outages[node] + failures)
        }
    }
}
