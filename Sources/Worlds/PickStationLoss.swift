import Domain
import History
import Replay
import Sampling

/// Pick stations out of use for a while: picks in progress are finished, and none starts while as many are in progress as
/// stations are left. Losses at one time add up.
///
/// Purpose `stationLoss`, entity node and number of the loss; see ``RandomSpans``.
struct PickStationLoss: Perturbation {
    /// Its line in the catalogue.
    static let entry = MemberEntry(
        standard,
        parameters: [
            ParameterDeclaration(
                "list", .list(.record(fields)), default: ParameterValue(.list([])),
                summary: "stated losses, each with nodes, stations, from and to"),
            RandomSpans.parameter(randomFields, summary: "losses at random"),
        ]
    ) { (parameters, dataset) throws(InputError) -> any Perturbation in
        var losses: [(nodes: [Int], loss: StationLoss)] = []
        for given in try parameters.records("list", declared: fields, dataset: dataset) {
            let loss = StationLoss(span: try given.interval(of: "a loss"), stations: try given.integer("stations"))
            losses.append((given.indices("nodes") ?? [], loss))
        }
        let random = try RandomSpans.read(parameters, randomFields, dataset: dataset) {
            $0.indices("nodes") ?? Array(dataset.nodes.indices)
        }
        return PickStationLoss(
            losses: losses, random: random?.spans, randomStations: try random?.given.integer("stations") ?? 0,
            key: parameters.key)
    }
    private static let stations = ParameterDeclaration(
        "stations", .integer(.positive), default: 1, summary: "how many stations")
    private static let fields = [
        ParameterDeclaration("nodes", .list(.reference(.node)), summary: "at which nodes"), stations, .beginning, .end,
    ]
    private static let randomFields = [
        ParameterDeclaration(
            "nodes", .list(.reference(.node)), isOptional: true, summary: "at which nodes; all if not said"), stations,
    ]
    private static let standard = PerturbationDeclaration(
        name: "pick_station_loss", summary: "Nodes with fewer pick stations for a while", group: .disruption)

    /// The stated ones.
    let losses: [(nodes: [Int], loss: StationLoss)]
    /// How others come to which nodes, nil if none do, and how many stations they take.
    let random: RandomSpans?
    let randomStations: Int
    /// Its parameters as text.
    let key: String
    var declaration: PerturbationDeclaration { Self.standard }

    func key(in dataset: Dataset) -> String? { losses.isEmpty && random == nil ? nil : declaration.name + key }

    func apply(to world: inout World, dataset: Dataset, settings: ReplaySettings) {
        if world.stationLosses.isEmpty {
            world.stationLosses = [[StationLoss]](repeating: [], count: dataset.nodes.count)
        }
        for (nodes, loss) in losses {
            for node in nodes { world.stationLosses[node].append(loss) }
        }
        guard let random else { return }
        for node in random.places {
            let spans = random.spans(
                .stationLoss, entity: StableHash.of(dataset.nodes[node].id), before: settings.end, draws: world.draws)
            world.stationLosses[node] += spans.map { StationLoss(span: $0, stations: randomStations) }
        }
    }
}
