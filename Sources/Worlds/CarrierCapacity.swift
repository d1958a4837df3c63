import Domain
import History
import Replay

/// Services that take fewer parcels a day than usual, or more, for stated times: a day's capacity is multiplied by the mean of
/// its hours. Strategies count on the usual capacity: what is beyond the cut waits for the next day with room.
struct CarrierCapacity: Perturbation {
    /// Its line in the catalogue.
    static let entry = MemberEntry(
        standard,
        parameters: [
            ParameterDeclaration(
                "list", .list(.record(fields)), summary: "the changes, each with services, factor, from and to")
        ]
    ) { (parameters, dataset) throws(InputError) -> any Perturbation in
        var changes: [(services: [Int], factor: Double, span: Interval)] = []
        for given in try parameters.records("list", declared: fields, dataset: dataset) {
            let services = given.indices("services") ?? []
            if let unlimited = services.first(where: { dataset.services[$0].dailyCapacity == nil }) {
                throw InputError(
                    at: given.location(of: "services"),
                    found: "service '\(dataset.services[unlimited].id)', which has no daily capacity",
                    expected: "services with one")
            }
            changes.append(
                (services, try given.number("factor"), try given.interval(of: "a change of capacity")))
        }
        return CarrierCapacity(changes: changes, key: parameters.key)
    }
    private static let fields = [
        ParameterDeclaration("services", .list(.reference(.service)), summary: "which services"),
        ParameterDeclaration(
            "factor", .number(.nonNegative), summary: "what their daily capacity is multiplied by: 0.5 halves it"),
        .beginning, .end,
    ]
    private static let standard = PerturbationDeclaration(
        name: "carrier_capacity", summary: "Services that take fewer parcels a day for stated times",
        group: .disruption)

    /// The changes.
    let changes: [(services: [Int], factor: Double, span: Interval)]
    /// Its parameters as text.
    let key: String
    var declaration: PerturbationDeclaration { Self.standard }

    func key(in dataset: Dataset) -> String? { changes.isEmpty ? nil : declaration.name + key }

    func apply(to world: inout World, dataset: Dataset, settings: ReplaySettings) {
        for change in changes {
            for service in change.services {
                world.capacityByService.multiply(
                    row: service, by: change.factor, in: change.span, before: settings.end,
                    rowCount: dataset.services.count)
            }
        }
    }
}
