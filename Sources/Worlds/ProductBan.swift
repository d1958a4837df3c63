import Domain
import History
import Replay

/// Products that may not be sold for a while, everywhere or from some nodes or to some regions: what is ordered of them goes
/// where it still may, waits, or is unserved, as each strategy's unmet action says.
struct ProductBan: Perturbation {
    /// Its line in the catalogue.
    static let entry = MemberEntry(
        standard,
        parameters: [
            ParameterDeclaration(
                "list", .list(.record(fields)), summary: "the bans, each with products or categories, from and to")
        ]
    ) { (parameters, dataset) throws(InputError) -> any Perturbation in
        var bans: [Ban] = []
        for given in try parameters.records("list", declared: fields, dataset: dataset) {
            bans.append(
                Ban(
                    span: try given.interval(of: "a ban"), products: IndexChoice(try products(given, in: dataset)),
                    nodes: given.choice("nodes"), regions: given.choice("regions")))
        }
        return ProductBan(bans: bans, key: parameters.key)
    }
    private static let fields = [
        ParameterDeclaration("products", .list(.reference(.product)), isOptional: true, summary: "which products"),
        ParameterDeclaration(
            "categories", .list(.reference(.category)), isOptional: true, summary: "all products of which categories"),
        ParameterDeclaration(
            "nodes", .list(.reference(.node)), isOptional: true, summary: "from which nodes; all if not said"),
        ParameterDeclaration(
            "regions", .list(.reference(.region)), isOptional: true, summary: "to which regions; all if not said"),
        .beginning, .end,
    ]
    private static let standard = PerturbationDeclaration(
        name: "product_ban", summary: "Products that may not be sold for stated times", group: .disruption)

    /// The bans.
    let bans: [Ban]
    /// Its parameters as text.
    let key: String
    var declaration: PerturbationDeclaration { Self.standard }

    func key(in dataset: Dataset) -> String? { bans.isEmpty ? nil : declaration.name + key }

    func apply(to world: inout World, dataset: Dataset, settings: ReplaySettings) { world.bans += bans }

    /// The products a ban names, and those of the categories it names.
    private static func products(_ given: MemberParameters, in dataset: Dataset) throws(InputError) -> Set<Int> {
        let named = given.indices("products")
        let categories = given.indices("categories")
        guard named != nil || categories != nil else {
            throw InputError(
                at: given.location, found: "a ban of nothing", expected: "'products' or 'categories' that are banned")
        }
        let ofCategories = dataset.products.ids.indices.filter {
            (categories ?? []).contains(dataset.products.categories[$0])
        }
        return Set((named ?? []) + ofCategories)
    }
}
