import Domain
import History
import Replay

/// Transit times vary: each shipment's base hours are multiplied by its service's unit-mean distribution at the order's
/// own draw (purpose `transit`). Off, every way takes its base hours, weather and traffic aside.
struct TransitNoise: Perturbation {
    /// Its line in the catalogue.
    static let entry = MemberEntry(
        standard, parameters: [.enabled("whether transit times vary")]
    ) { (parameters, _) throws(InputError) -> any Perturbation in
        TransitNoise(isEnabled: try parameters.flag("enabled"))
    }
    private static let standard = PerturbationDeclaration(
        name: "transit_noise", summary: "Transit times vary by each service's distribution", group: .transit)

    /// Whether transit times vary.
    var isEnabled = true
    var declaration: PerturbationDeclaration { Self.standard }

    func key(in dataset: Dataset) -> String? { isEnabled ? key([ParameterField("enabled", true)]) : nil }

    func apply(to world: inout World, dataset: Dataset, settings: ReplaySettings) {
        world.hasTransitNoise = isEnabled
    }
}
