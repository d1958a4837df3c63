import Domain
import History
import Replay

/// Regions that are shut for stated times: their nodes stand still, and nothing moves on their roads; what is under way
/// there waits, and is late by the time that is left, no more.
struct Lockdown: Perturbation {
    /// Its line in the catalogue.
    static let entry = MemberEntry(
        standard,
        parameters: [
            ParameterDeclaration(
                "list", .list(.record(fields)), summary: "the lockdowns, each with regions, from and to")
        ]
    ) { (parameters, dataset) throws(InputError) -> any Perturbation in
        var closures: [(regions: [Int], interval: Interval, closesNodes: Bool)] = []
        for given in try parameters.records("list", declared: fields, dataset: dataset) {
            closures.append(
                (given.indices("regions") ?? [], try given.interval(of: "a lockdown"), try given.flag("closes_nodes")))
        }
        return Lockdown(closures: closures, key: parameters.key)
    }
    private static let fields = [
        ParameterDeclaration("regions", .list(.reference(.region)), summary: "which regions"),
        .beginning, .end,
        ParameterDeclaration("closes_nodes", .flag, default: true, summary: "whether the nodes there stand still"),
    ]
    private static let standard = PerturbationDeclaration(
        name: "lockdown", summary: "Regions shut for stated times: nodes stand still, roads are closed",
        group: .disruption)

    /// The lockdowns.
    let closures: [(regions: [Int], interval: Interval, closesNodes: Bool)]
    /// Its parameters as text.
    let key: String
    var declaration: PerturbationDeclaration { Self.standard }

    /// How many times as long a way takes on a closed road: in a month not a second of work is done.
    private static let closed = 1e7

    func key(in dataset: Dataset) -> String? { closures.isEmpty ? nil : declaration.name + key }

    func apply(to world: inout World, dataset: Dataset, settings: ReplaySettings) {
        var roads = HourlySeries(regionCount: dataset.regions.count, hourCount: 0, neutral: 1)
        for closure in closures {
            for region in closure.regions {
                roads.multiply(
                    row: region, by: Self.closed, in: closure.interval, before: settings.end,
                    rowCount: dataset.regions.count)
                guard closure.closesNodes else { continue }
                for node in dataset.nodes.indices where dataset.nodes[node].region == region {
                    world.outages[node] = Interval.union(world.outages[node] + [closure.interval])
                }
            }
        }
        // Closed twice is closed.
        for index in roads.values.indices { roads.values[index] = min(roads.values[index], Self.closed) }
        world.slowTransit(by: roads, regionCount: dataset.regions.count)
    }
}
