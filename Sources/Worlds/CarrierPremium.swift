import Domain
import History
import Replay
import Sampling

/// Services that are dearer for a while: freight decided in an hour of a premium p costs 1 + p times its tariff. Strategies
/// see it in its hour, in every rating that has freight in it. Premiums at one time multiply.
///
/// Purpose `carrier`, entity service and number of the premium; see ``RandomSpans``.
struct CarrierPremium: Perturbation {
    /// Its line in the catalogue.
    static let entry = MemberEntry(
        standard,
        parameters: [
            ParameterDeclaration(
                "list", .list(.record(fields)), default: ParameterValue(.list([])),
                summary: "stated premiums, each with services, premium, from and to"),
            RandomSpans.parameter(randomFields, summary: "premiums at random"),
        ]
    ) { (parameters, dataset) throws(InputError) -> any Perturbation in
        var premiums: [(services: [Int], factor: Double, span: Interval)] = []
        for given in try parameters.records("list", declared: fields, dataset: dataset) {
            premiums.append(
                (
                    given.indices("services") ?? [], 1 + (try given.number("premium")),
                    try given.interval(of: "a premium")
                ))
        }
        let random = try RandomSpans.read(parameters, randomFields, dataset: dataset) {
            $0.indices("services") ?? Array(dataset.services.indices)
        }
        return CarrierPremium(
            premiums: premiums, random: random?.spans, randomFactor: 1 + (try random?.given.number("premium") ?? 0),
            key: parameters.key)
    }
    private static let premium = ParameterDeclaration(
        "premium", .number(.nonNegative), summary: "what is added to 1 and multiplied: 0.15 = 15 % dearer")
    private static let fields = [
        ParameterDeclaration("services", .list(.reference(.service)), summary: "which services"), premium, .beginning,
        .end,
    ]
    private static let randomFields = [
        ParameterDeclaration(
            "services", .list(.reference(.service)), isOptional: true, summary: "which services; all if not said"),
        premium,
    ]
    private static let standard = PerturbationDeclaration(
        name: "carrier_premium", summary: "Services that are dearer for a while", group: .disruption)

    /// The stated ones.
    let premiums: [(services: [Int], factor: Double, span: Interval)]
    /// How others come to which services, nil if none do, and what they multiply freight by.
    let random: RandomSpans?
    let randomFactor: Double
    /// Its parameters as text.
    let key: String
    var declaration: PerturbationDeclaration { Self.standard }

    func key(in dataset: Dataset) -> String? { premiums.isEmpty && random == nil ? nil : declaration.name + key }

    func apply(to world: inout World, dataset: Dataset, settings: ReplaySettings) {
        let count = dataset.services.count
        for premium in premiums {
            for service in premium.services {
                world.freightMultiplier.multiply(
                    row: service, by: premium.factor, in: premium.span, before: settings.end, rowCount: count)
            }
        }
        guard let random else { return }
        for service in random.places {
            let entity = StableHash.combine(StableHash.of("premium"), StableHash.of(dataset.services[service].id))
            for span in random.spans(.carrier, entity: entity, before: settings.end, draws: world.draws) {
                world.freightMultiplier.multiply(
                    row: service, by: randomFactor, in: span, before: settings.end, rowCount: count)
            }
        }
    }
}
