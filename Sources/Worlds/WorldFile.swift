import Domain
import History
import Replay

/// A world from files: the noise of shipments and the congestion of regions that another run or another tool met, the same
/// in every world of the run. See ``WorldFileReader`` for the files.
///
/// What they do not hold is as without them: a shipment that is not listed has its own draw where noise is on, congestion
/// is as recorded where there is no file of it.
struct WorldFile: Perturbation {
    /// Its line in the catalogue.
    static let entry = MemberEntry(
        name: name, summary: summary,
        parameters: [
            ParameterDeclaration("folder", .path, summary: "a folder with noise.csv, traffic.csv or both")
        ]
    ) { (parameters, dataset) throws(InputError) -> any Perturbation in
        let folder = try parameters.text("folder")
        return try WorldFileReader(dataset: dataset).read(folder: folder, named: parameters.location(of: "folder"))
    }
    private static let name = "file"
    private static let summary = "Noise and congestion read from files, the same in every world"

    /// Factors of shipments, nil if there is no such file.
    let noise: RecordedNoise?
    /// Congestion by region and hour, nil if there is no such file.
    let traffic: HourlySeries?
    /// SHA-256 of both, whatever the order of rows.
    let contentHash: String

    /// It stands for the traffic only where it holds some: recorded traffic happens beside a file of noise.
    var declaration: PerturbationDeclaration {
        PerturbationDeclaration(name: Self.name, summary: Self.summary, group: traffic == nil ? .service : .traffic)
    }

    func key(in dataset: Dataset) -> String? {
        if traffic == nil, noise?.count == 0 { return nil }
        return key([ParameterField("content", ParameterValue(.text(contentHash)))])
    }

    func apply(to world: inout World, dataset: Dataset, settings: ReplaySettings) {
        if let noise { world.recordedNoise = noise }
        if let traffic {
            world.congestion = world.congestion.multiplied(by: traffic, regionCount: dataset.regions.count)
            world.slowTransit(by: traffic, regionCount: dataset.regions.count)
        }
    }
}
