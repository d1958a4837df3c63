import Domain
import History
import Replay
import Sampling

/// Nodes whose cold room is too warm for a while: chilled or frozen goods may not leave them, all else may.
///
/// Purpose `coldChain`, entity node and number of the excursion; see ``RandomSpans``.
struct ColdChainExcursion: Perturbation {
    /// Its line in the catalogue.
    static let entry = MemberEntry(
        standard,
        parameters: [
            ParameterDeclaration(
                "list", .list(.record(fields)), default: ParameterValue(.list([])),
                summary: "stated excursions, each with nodes, from and to"),
            RandomSpans.parameter(randomFields, summary: "excursions at random"),
        ]
    ) { (parameters, dataset) throws(InputError) -> any Perturbation in
        var bans: [Ban] = []
        for given in try parameters.records("list", declared: fields, dataset: dataset) {
            bans.append(
                Ban(
                    span: try given.interval(of: "an excursion"),
                    products: try products(of: given.texts("classes"), in: dataset), nodes: given.choice("nodes")))
        }
        let random = try RandomSpans.read(parameters, randomFields, dataset: dataset) { given throws(InputError) in
            if let named = given.indices("nodes") { return named }
            return coldStores(for: try given.texts("classes"), in: dataset)
        }
        var warming = IndexChoice.every
        if let random { warming = try products(of: random.given.texts("classes"), in: dataset) }
        return ColdChainExcursion(bans: bans, random: random?.spans, products: warming, key: parameters.key)
    }
    private static let words = TemperatureClass.allCases.filter { $0 != .ambient }.map(\.word)
    private static let classes = ParameterDeclaration(
        "classes", .list(.word(words)), default: ParameterValue(.list(words.map { ParameterValue(.text($0)) })),
        summary: "the temperature classes that get too warm")
    private static let fields = [
        ParameterDeclaration("nodes", .list(.reference(.node)), summary: "at which nodes"), classes, .beginning, .end,
    ]
    private static let randomFields = [
        ParameterDeclaration(
            "nodes", .list(.reference(.node)), isOptional: true,
            summary: "at which nodes; all that can keep one of the classes if not said"), classes,
    ]
    private static let standard = PerturbationDeclaration(
        name: "cold_chain_excursion", summary: "Nodes from which chilled or frozen goods may not leave for a while",
        group: .disruption)

    /// The stated ones.
    let bans: [Ban]
    /// How others come to which nodes, nil if none do, and what they keep there.
    let random: RandomSpans?
    let products: IndexChoice
    /// Its parameters as text.
    let key: String
    var declaration: PerturbationDeclaration { Self.standard }

    func key(in dataset: Dataset) -> String? { bans.isEmpty && random == nil ? nil : declaration.name + key }

    func apply(to world: inout World, dataset: Dataset, settings: ReplaySettings) {
        world.bans += bans
        guard let random else { return }
        for node in random.places {
            let spans = random.spans(
                .coldChain, entity: StableHash.of(dataset.nodes[node].id), before: settings.end, draws: world.draws)
            world.bans += spans.map { Ban(span: $0, products: products, nodes: IndexChoice([node])) }
        }
    }

    /// The nodes that carry the tag of one of some temperature classes.
    private static func coldStores(for words: [String], in dataset: Dataset) -> [Int] {
        let tags = words.compactMap { dataset.tags.firstIndex(of: $0) }
        return dataset.nodes.indices.filter { node in tags.contains { dataset.nodes[node].tags.contains($0) } }
    }

    /// The products of some temperature classes.
    private static func products(of words: [String], in dataset: Dataset) -> IndexChoice {
        IndexChoice(
            dataset.products.ids.indices.filter { words.contains(dataset.products.temperatureClasses[$0].word) })
    }
}
