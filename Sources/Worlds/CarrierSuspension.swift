import Domain
import History
import Replay
import Sampling

/// Services that do not drive for a while: they collect nothing, and are no candidates; what is packed for them waits for
/// the first collection after it.
///
/// Purpose `carrier`, entity service and number of the suspension; see ``RandomSpans``.
struct CarrierSuspension: Perturbation {
    /// Its line in the catalogue.
    static let entry = MemberEntry(
        standard,
        parameters: [
            ParameterDeclaration(
                "list", .list(.record(fields)), default: ParameterValue(.list([])),
                summary: "stated suspensions, each with services, from and to"),
            RandomSpans.parameter(randomFields, summary: "suspensions at random"),
        ]
    ) { (parameters, dataset) throws(InputError) -> any Perturbation in
        var spans: [(service: Int, span: Interval)] = []
        for given in try parameters.records("list", declared: fields, dataset: dataset) {
            let span = try given.interval(of: "a suspension")
            spans += (given.indices("services") ?? []).map { ($0, span) }
        }
        let random = try RandomSpans.read(parameters, randomFields, dataset: dataset) {
            $0.indices("services") ?? Array(dataset.services.indices)
        }
        return CarrierSuspension(spans: spans, random: random?.spans, key: parameters.key)
    }
    private static let fields = [
        ParameterDeclaration("services", .list(.reference(.service)), summary: "which services"), .beginning, .end,
    ]
    private static let randomFields = [
        ParameterDeclaration(
            "services", .list(.reference(.service)), isOptional: true, summary: "which services; all if not said")
    ]
    private static let standard = PerturbationDeclaration(
        name: "carrier_suspension", summary: "Services that collect nothing for a while and are no candidates",
        group: .disruption)

    /// The stated ones.
    let spans: [(service: Int, span: Interval)]
    /// How others come to which services, nil if none do.
    let random: RandomSpans?
    /// Its parameters as text.
    let key: String
    var declaration: PerturbationDeclaration { Self.standard }

    func key(in dataset: Dataset) -> String? { spans.isEmpty && random == nil ? nil : declaration.name + key }

    func apply(to world: inout World, dataset: Dataset, settings: ReplaySettings) {
        var suspended = [[Interval]](repeating: [], count: dataset.services.count)
        for (service, span) in spans { suspended[service].append(span) }
        if let random {
            for service in random.places {
                let entity = StableHash.combine(
                    StableHash.of("suspension"), StableHash.of(dataset.services[service].id))
                suspended[service] += random.spans(
                    .carrier, entity: entity, before: settings.end, draws: world.draws)
            }
        }
        if world.suspensions.isEmpty { world.suspensions = [[Interval]](repeating: [], count: suspended.count) }
        for service in suspended.indices {
            world.suspensions[service] = Interval.union(world.suspensions[service] + suspended[service])
            world.bans += suspended[service].map { Ban(span: $0, services: IndexChoice([service])) }
        }
    }
}
