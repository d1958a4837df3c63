import DeterministicMath
import Domain
import History
import Replay
import Sampling

/// Replenishments that come late: each with a probability, by an exponential time.
///
/// Purpose `replenishmentDelay`, entity node, product and the ordinal of the replenishment among theirs. The delay is
/// `-mean ln(u)` of one draw u where another is below `share`: a larger share keeps every late one, a larger mean
/// lengthens every delay.
struct LateReplenishment: Perturbation {
    /// Its line in the catalogue.
    static let entry = MemberEntry(
        standard,
        parameters: [
            ParameterDeclaration(
                "share", .number(.share), default: 1, summary: "share of replenishments that are late"),
            ParameterDeclaration(
                "mean_hours", .number(.nonNegative), unit: "h", default: 0, summary: "mean delay of a late one"),
            ParameterDeclaration(
                "nodes", .list(.reference(.node)), isOptional: true, summary: "at which nodes; all if not said"),
        ]
    ) { (parameters, dataset) throws(InputError) -> any Perturbation in
        LateReplenishment(
            share: try parameters.number("share"), meanHours: try parameters.number("mean_hours"),
            nodes: Set(parameters.indices("nodes") ?? Array(dataset.nodes.indices)), key: parameters.key)
    }
    private static let standard = PerturbationDeclaration(
        name: "late_replenishment", summary: "Replenishments that come late", group: .disruption)

    let share: Double
    let meanHours: Double
    let nodes: Set<Int>
    /// Its parameters as text.
    let key: String
    var declaration: PerturbationDeclaration { Self.standard }

    func key(in dataset: Dataset) -> String? {
        dataset.replenishments.isEmpty || share == 0 || meanHours == 0 ? nil : declaration.name + key
    }

    func apply(to world: inout World, dataset: Dataset, settings: ReplaySettings) {
        var ordinals: [UInt64: Int] = [:]
        world.replenishmentDelays = dataset.replenishments.map { replenishment in
            let place = StableHash.combine(
                StableHash.of(dataset.nodes[replenishment.node].id),
                StableHash.of(dataset.products.ids[replenishment.product]))
            let ordinal = ordinals[place, default: 0]
            ordinals[place] = ordinal + 1
            guard nodes.contains(replenishment.node) else { return 0 }
            let (whether, delay) = world.draws.uniformPair(
                .replenishmentDelay, entity: StableHash.combine(place, StableHash.of(ordinal)))
            return whether < share ? -3_600 * meanHours * DeterministicMath.log(delay) : 0
        }
    }
}
