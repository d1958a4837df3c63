import Domain
import History
import Replay

/// Staff who are missing for a while: products with a tag that only they may hand out do not leave their nodes, all else
/// does. A node's usual rota is its opening hours and tags; this is the day the pharmacist is ill.
struct RosterGap: Perturbation {
    /// Its line in the catalogue.
    static let entry = MemberEntry(
        standard,
        parameters: [
            ParameterDeclaration(
                "list", .list(.record(fields)), summary: "the gaps, each with nodes, product tags, from and to")
        ]
    ) { (parameters, dataset) throws(InputError) -> any Perturbation in
        var bans: [Ban] = []
        for given in try parameters.records("list", declared: fields, dataset: dataset) {
            let tags = given.indices("tags") ?? []
            let products = dataset.products.ids.indices.filter { product in
                tags.contains { dataset.products.tags[product].contains($0) }
            }
            bans.append(
                Ban(
                    span: try given.interval(of: "a gap"), products: IndexChoice(products),
                    nodes: given.choice("nodes")))
        }
        return RosterGap(bans: bans, key: parameters.key)
    }
    private static let fields = [
        ParameterDeclaration("nodes", .list(.reference(.node)), summary: "where they are missing"),
        ParameterDeclaration(
            "tags", .list(.reference(.tag)), summary: "tags of products that only they may hand out"),
        .beginning, .end,
    ]
    private static let standard = PerturbationDeclaration(
        name: "roster_gap", summary: "Staff missing for stated times: tagged products do not leave their nodes",
        group: .disruption)

    /// What the gaps keep where.
    let bans: [Ban]
    /// Its parameters as text.
    let key: String
    var declaration: PerturbationDeclaration { Self.standard }

    func key(in dataset: Dataset) -> String? { bans.isEmpty ? nil : declaration.name + key }

    func apply(to world: inout World, dataset: Dataset, settings: ReplaySettings) { world.bans += bans }
}
