import Domain
import Storage

/// The folder of one run: what is in it, and writing it whole.
public struct RunFolder: Sendable {
    /// Where it is.
    public let path: String

    /// A folder that may not be there yet.
    public init(path: String) {
        self.path = path
    }

    /// What a folder holds, as far as a certain run is concerned.
    public enum State: Sendable, Hashable {
        /// Nothing of any run.
        case empty
        /// Trials of the run that was interrupted.
        case interrupted
        /// The whole run.
        case complete
        /// Another run.
        case another
    }

    /// Names of the files.
    public enum Name {
        /// Hashes, times, host.
        public static let manifest = "manifest.json"
        /// Every metric of every trial.
        public static let trials = "trials.csv"
        /// The ranking for programs.
        public static let ranking = "ranking.json"
        /// The ranking for spreadsheets.
        public static let rankingTable = "ranking.csv"
        /// The ranking as a picture.
        public static let picture = "ranking.svg"
        /// The ranking for people.
        public static let report = "report.md"
        /// The run as one page.
        public static let page = "report.html"
        /// Means by cell.
        public static let segments = "segments.csv"
        /// The scenario's file as it was.
        public static let scenario = "scenario.yaml"
        /// The scenario's meaning with everything filled in.
        public static let resolved = "scenario.resolved.txt"
        /// Trials of a run under way.
        public static let journal = "journal.csv"
    }

    /// The path of a file of the folder.
    public func file(_ name: String) -> String { path + "/" + name }

    /// What the folder holds of the run with a hash.
    public func state(runHash: String) -> State {
        if let manifest = try? manifest() {
            if manifest.runHash != runHash { return .another }
            return manifest.files.keys.allSatisfy { FileSystem.exists(file($0)) } ? .complete : .interrupted
        }
        if let journalHash = TrialJournal.runHash(ofJournalAt: file(Name.journal)) {
            return journalHash == runHash ? .interrupted : .another
        }
        let hasManifest = FileSystem.exists(file(Name.manifest))
        return hasManifest ? .another : .empty
    }

    /// The manifest of the run in the folder.
    ///
    /// - Throws: ``InputError`` where there is none or it cannot be read.
    public func manifest() throws(InputError) -> RunManifest {
        try ResultCoding.value(RunManifest.self, json: try bytes(Name.manifest), file: file(Name.manifest))
    }

    /// The ranking of the run in the folder.
    ///
    /// - Throws: ``InputError`` where there is none or it cannot be read.
    public func ranking() throws(InputError) -> Ranking {
        try ResultCoding.value(Ranking.self, json: try bytes(Name.ranking), file: file(Name.ranking))
    }

    /// The scenario's file as it was when the run was made.
    ///
    /// - Throws: ``InputError`` where there is none or it cannot be read.
    public func scenarioText() throws(InputError) -> String {
        String(decoding: try bytes(Name.scenario), as: UTF8.self)
    }

    private func bytes(_ name: String) throws(InputError) -> [UInt8] {
        guard FileSystem.exists(file(name)) else {
            throw InputError(
                at: SourceLocation(file: path), found: "a folder without \(name)",
                expected: "the folder of a finished run"
            )
        }
        do {
            return try FileSystem.read(file(name))
        } catch {
            throw InputError(
                at: SourceLocation(file: file(name)), found: error.description, expected: "a file that can be read")
        }
    }

    /// Makes the folder, so that a place that cannot be written is known before hours of work.
    ///
    /// - Throws: ``OperationError`` with path and reason.
    public func create() throws(OperationError) {
        try FileSystem.createFolder(path)
        try AtomicFile.write("", to: file(".writable"))
        try FileSystem.remove(file(".writable"))
    }

    /// Removes what a run left in the folder; other files stay.
    ///
    /// - Throws: ``OperationError`` with path and reason.
    public func clear() throws(OperationError) {
        // The manifest goes first: a folder without it is no complete run.
        for name in [
            Name.manifest, Name.journal, Name.ranking, Name.rankingTable, Name.picture, Name.report, Name.segments,
            Name.trials, Name.scenario, Name.resolved,
        ] {
            try FileSystem.remove(file(name))
        }
    }

    /// Removes what a run left, and the folder if nothing else is in it: for a run that turns out to be impossible.
    ///
    /// - Throws: ``OperationError`` with path and reason.
    public func discard() throws(OperationError) {
        try clear()
        if try FileSystem.names(in: path).isEmpty { try FileSystem.remove(path) }
    }

    /// Writes a text of a finished run and notes its hash in the manifest.
    ///
    /// - Throws: ``OperationError`` with path and reason.
    public func write(_ text: String, as name: String, into manifest: inout RunManifest) throws(OperationError) {
        let bytes = Array(text.utf8)
        try AtomicFile.write(bytes, to: file(name))
        manifest.files[name] = SHA256.hash(of: bytes)
    }

    /// Writes the manifest, which makes the run complete, and takes the journal away.
    ///
    /// - Throws: ``OperationError`` with path and reason.
    public func complete(_ manifest: RunManifest) throws(OperationError) {
        try AtomicFile.write(try ResultCoding.json(manifest), to: file(Name.manifest))
        try FileSystem.remove(file(Name.journal))
    }
}
