import Domain
import History
import Replay

/// Customers cancel orders that wait: an order is cancelled when its integrated hazard passes its own unit exponential
/// (purpose `cancellation`), if nothing of it is picked by then.
///
/// The hazard an hour is multiplied by what the weather does to it. A raised hazard cancels every order that a lower one
/// cancels, and sooner.
struct Cancellation: Perturbation {
    /// Its line in the catalogue.
    static let entry = MemberEntry(
        standard,
        parameters: [
            ParameterDeclaration(
                "hazard_per_hour", .number(.nonNegative), unit: "1/h", default: 0,
                summary: "hazard of a waiting order; 0.01: about one in a hundred cancels each hour"),
            ParameterDeclaration(
                "recorded", .flag, default: true, summary: "whether cancellations that history records happen"),
        ]
    ) { (parameters, _) throws(InputError) -> any Perturbation in
        Cancellation(
            hazardPerHour: try parameters.number("hazard_per_hour"), replaysRecorded: try parameters.flag("recorded"))
    }
    private static let standard = PerturbationDeclaration(
        name: "cancellation", summary: "Customers cancel orders that wait", group: .cancellation)

    /// Hazard of a waiting order, per hour.
    let hazardPerHour: Double
    /// Whether recorded cancellations happen.
    let replaysRecorded: Bool
    var declaration: PerturbationDeclaration { Self.standard }

    /// What becomes of recorded cancellations means nothing where none is recorded.
    func key(in dataset: Dataset) -> String? {
        let isRecorded = dataset.history.map { $0.cancelled.contains(1) } ?? false
        let replays = replaysRecorded || !isRecorded
        if hazardPerHour == 0, replays { return nil }
        return key([
            ParameterField("hazard_per_hour", ParameterValue(.number(hazardPerHour))),
            ParameterField("recorded", ParameterValue(.flag(replays))),
        ])
    }

    func apply(to world: inout World, dataset: Dataset, settings: ReplaySettings) {
        world.cancellationHazardPerHour = hazardPerHour
        world.replaysRecordedCancellations = replaysRecorded
    }
}
