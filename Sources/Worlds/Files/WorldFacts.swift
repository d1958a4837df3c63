import Documents
import Domain
import History
import Replay
import Sampling
import Storage

/// What of a world is no table: `world.yaml`. What it leaves out is as without it.
struct WorldFacts: Sendable {
    /// The name of the file.
    static let file = "world.yaml"

    /// Whether what the folder does not hold is neutral, and not as recorded or as the scenario says.
    var isComplete = false
    /// The source of the draws that noise, cancellations, screening and random choices make.
    var draws: Draws?
    /// Whether service times are noisy.
    var hasServiceNoise: Bool?
    /// Whether transit times are noisy.
    var hasTransitNoise: Bool?
    /// Whether recorded cancellations happen.
    var replaysRecordedCancellations: Bool?
    /// Cancellation hazard of a waiting order, per hour.
    var cancellationHazardPerHour: Double?

    /// Nothing said.
    init() {}

    /// All of a world.
    init(of world: World) {
        isComplete = true
        draws = world.draws
        hasServiceNoise = world.hasServiceNoise
        hasTransitNoise = world.hasTransitNoise
        replaysRecordedCancellations = world.replaysRecordedCancellations
        cancellationHazardPerHour = world.cancellationHazardPerHour
    }

    /// What is said of noise alone.
    var noise: WorldFacts {
        var noise = WorldFacts()
        (noise.draws, noise.hasServiceNoise, noise.hasTransitNoise) = (draws, hasServiceNoise, hasTransitNoise)
        return noise
    }

    /// Reads the file of a folder; nil if there is none.
    ///
    /// - Throws: ``InputError`` at the place of what is wrong, and for a world of another dataset.
    init?(in folder: String, dataset: Dataset) throws(InputError) {
        let path = folder + "/" + Self.file
        guard FileSystem.exists(path) else { return nil }
        let bytes: [UInt8]
        do {
            bytes = try FileSystem.read(path)
        } catch {
            throw InputError(at: SourceLocation(file: path), found: error.description, expected: "a readable file")
        }
        guard let text = String(validating: bytes, as: UTF8.self) else {
            throw InputError(
                at: SourceLocation(file: path), found: "bytes that are not UTF-8", expected: "YAML in UTF-8")
        }
        let errors = ErrorCollector()
        let keys =
            ["sandtable_world", "scenario", "dataset", "complete", "seed", "replication"] + Self.members.map(\.key)
        let reader = MappingReader(try DocumentValue(parsing: text, file: path), keys: keys, errors: errors)
        _ = reader.required("sandtable_world", expected: "1, the version of the format")
        _ = reader.integer("sandtable_world", in: 1...1, default: 1)
        _ = reader.text("scenario")
        isComplete = reader.truth("complete", default: false)
        readDraws(reader)
        for member in Self.members { member.read(&self, reader) }
        Self.checkDataset(reader, dataset: dataset)
        if !errors.errors.isEmpty, let first = InputErrors(errors.errors).errors.first { throw first }
    }

    /// A key that is a member of a world and nothing else.
    private struct Member: Sendable {
        let key: String
        /// The perturbation that would say it.
        let perturbation: String
        let isSaid: @Sendable (WorldFacts) -> Bool
        let read: @Sendable (inout WorldFacts, MappingReader) -> Void
        let text: @Sendable (WorldFacts) -> String
    }

    private static let members = [
        flag("service_noise", "service_noise", \.hasServiceNoise),
        flag("transit_noise", "transit_noise", \.hasTransitNoise),
        flag("recorded_cancellations", "cancellation", \.replaysRecordedCancellations),
        Member(
            key: "cancellation_hazard_per_hour", perturbation: "cancellation",
            isSaid: { $0.cancellationHazardPerHour != nil },
            read: { $0.cancellationHazardPerHour = $1.number("cancellation_hazard_per_hour", in: .nonNegative) },
            text: { plainNumber($0.cancellationHazardPerHour ?? 0) }),
    ]

    private static func flag(
        _ key: String, _ perturbation: String, _ path: WritableKeyPath<WorldFacts, Bool?> & Sendable
    ) -> Member {
        Member(
            key: key, perturbation: perturbation, isSaid: { $0[keyPath: path] != nil },
            read: { facts, reader in
                facts[keyPath: path] = reader.read(key) { value throws(InputError) in try value.truth() }
            }, text: { $0[keyPath: path] == true ? "on" : "off" })
    }

    /// Seed and replication, both or none.
    private mutating func readDraws(_ reader: MappingReader) {
        let seed = reader.read("seed") { value throws(InputError) in try value.unsignedInteger() }
        let replication = reader.read("replication") { value throws(InputError) in
            try value.integer(in: 0...Int(UInt32.max))
        }
        guard reader.value["seed"] != nil || reader.value["replication"] != nil else { return }
        _ = reader.required("seed", expected: "seed and replication: together they are the key of the draws")
        _ = reader.required("replication", expected: "seed and replication: together they are the key of the draws")
        guard let seed, let replication else { return }
        draws = Draws(seed: seed, replication: UInt32(replication))
    }

    /// A dataset that is stated must be the one at hand.
    private static func checkDataset(_ reader: MappingReader, dataset: Dataset) {
        guard let value = reader.optional("dataset") else { return }
        let stated = MappingReader(value, keys: ["name", "sha256"], errors: reader.errors)
        _ = stated.text("name")
        guard let hash = stated.text("sha256"), hash != dataset.contentHash else { return }
        reader.errors.add(
            InputError(
                at: value["sha256"]?.location, found: "a world of another dataset, or of other content",
                expected:
                    "\(dataset.contentHash) of '\(dataset.description.name)'; or no such key, to use it all the same")
        )
    }

    /// Perturbations that say what this says.
    var replaces: [String] { Self.members.filter { $0.isSaid(self) }.map(\.perturbation) }

    /// Whether it says nothing.
    var isNeutral: Bool { !isComplete && draws == nil && replaces.isEmpty }

    /// Puts what is said in the place of what a world holds.
    func apply(to world: inout World) {
        if let draws { world.draws = draws }
        if let hasServiceNoise { world.hasServiceNoise = hasServiceNoise }
        if let hasTransitNoise { world.hasTransitNoise = hasTransitNoise }
        if let replaysRecordedCancellations { world.replaysRecordedCancellations = replaysRecordedCancellations }
        if let cancellationHazardPerHour { world.cancellationHazardPerHour = cancellationHazardPerHour }
    }

    /// What shapes a world, as lines of YAML.
    var text: String {
        var lines = ["complete: \(isComplete ? "on" : "off")"]
        if let draws { lines += ["seed: \(draws.seed)", "replication: \(draws.replication)"] }
        for member in Self.members where member.isSaid(self) { lines.append("\(member.key): \(member.text(self))") }
        return lines.joined(separator: "\n") + "\n"
    }

    /// The file of a world of a scenario.
    func document(scenario: String, dataset: Dataset, tables: [WorldTable]) -> String {
        var text = """
            # One world of a scenario. Time is in seconds from the start of the dataset; the article "Worlds in files" tells every
            # column. What no file holds is neutral, as the world is complete; without that key it would be as recorded.

            """
        for table in tables { text += "#   \(table.file): \(table.summary)\n" }
        text += "sandtable_world: 1\n"
        text += "scenario: \(DocumentText.scalar(scenario))\n"
        text +=
            "dataset: {name: \(DocumentText.scalar(dataset.description.name)), sha256: \"\(dataset.contentHash)\"}\n"
        return text + self.text
    }
}
