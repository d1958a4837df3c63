import Domain
import History
import Replay

/// Pick-and-pack times vary: each shipment's mean is multiplied by its node's unit-mean distribution at the order's own
/// draw (purpose `service`). Off, every pick takes its mean.
struct ServiceNoise: Perturbation {
    /// Its line in the catalogue.
    static let entry = MemberEntry(
        standard, parameters: [.enabled("whether service times vary")]
    ) { (parameters, _) throws(InputError) -> any Perturbation in
        ServiceNoise(isEnabled: try parameters.flag("enabled"))
    }
    private static let standard = PerturbationDeclaration(
        name: "service_noise", summary: "Pick-and-pack times vary by each node's distribution", group: .service)

    /// Whether service times vary.
    var isEnabled = true
    var declaration: PerturbationDeclaration { Self.standard }

    func key(in dataset: Dataset) -> String? { isEnabled ? key([ParameterField("enabled", true)]) : nil }

    func apply(to world: inout World, dataset: Dataset, settings: ReplaySettings) {
        world.hasServiceNoise = isEnabled
    }
}
