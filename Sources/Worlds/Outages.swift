import Domain
import History
import Replay

/// Nodes that stand still for stated times: picks in progress are suspended, none starts, and once detected the node is
/// no candidate. Overlapping outages of a node are one.
struct Outages: Perturbation {
    /// Its line in the catalogue.
    static let entry = MemberEntry(
        standard,
        parameters: [
            ParameterDeclaration("list", .list(.record(fields)), summary: "the outages, each with node, from and to")
        ]
    ) { (parameters, dataset) throws(InputError) -> any Perturbation in
        var spans: [(node: Int, interval: Interval)] = []
        for outage in try parameters.records("list", declared: fields, dataset: dataset) {
            spans.append((try outage.index("node"), try outage.interval(of: "an outage")))
        }
        return Outages(spans: spans)
    }
    private static let fields = [
        ParameterDeclaration("node", .reference(.node), summary: "node id"), .beginning, .end,
    ]
    private static let standard = PerturbationDeclaration(
        name: "outages", summary: "Nodes stand still for stated times", group: .disruption)

    /// The outages of each node that has some, by node: sorted, disjoint.
    let spans: [(node: Int, intervals: [Interval])]
    var declaration: PerturbationDeclaration { Self.standard }

    /// Outages in any order.
    init(spans: [(node: Int, interval: Interval)]) {
        self.spans = Set(spans.map(\.node)).sorted().map { node in
            (node, Interval.union(spans.filter { $0.node == node }.map(\.interval)))
        }
    }

    func key(in dataset: Dataset) -> String? {
        if spans.isEmpty { return nil }
        let outages = spans.flatMap { node, intervals in
            intervals.map { interval in
                ParameterValue(
                    .record([
                        ParameterField("node", ParameterValue(.text(dataset.nodes[node].id))),
                        ParameterField("from", ParameterValue(.number(interval.from))),
                        ParameterField("to", ParameterValue(.number(interval.to))),
                    ]))
            }
        }
        return key([ParameterField("list", ParameterValue(.list(outages)))])
    }

    func apply(to world: inout World, dataset: Dataset, settings: ReplaySettings) {
        for (node, intervals) in spans {
            world.outages[node] = Interval.union(world.outages[node] + intervals)
        }
    }
}
