/// How a run came about: what it was made of and by what, when and where. Everything that may differ between two runs
/// with the same result is here and nowhere else.
public struct RunManifest: Codable, Sendable, Hashable {
    /// Name of the run.
    public var run: String
    /// SHA-256 of all that the result depends on.
    public var runHash: String
    /// Version of the product.
    public var version: String
    /// Revision of the code's results.
    public var resultRevision: Int
    /// The scenario and how the command line changed it.
    public var scenario: ScenarioSource
    /// The dataset.
    public var dataset: DatasetSource
    /// The seed of all random numbers.
    public var seed: UInt64
    /// Worlds per strategy.
    public var replications: Int
    /// Names of the strategies, in the order of trials.csv.
    public var strategies: [String]
    /// When, how fast, on what.
    public var execution: Execution
    /// SHA-256 of each file of the run, by name.
    public var files: [String: String]

    /// Where a scenario came from.
    public struct ScenarioSource: Codable, Sendable, Hashable {
        /// Name.
        public var name: String
        /// The file, as it was named.
        public var path: String
        /// `--set` and what amounts to it, in order.
        public var overrides: [String]
        /// `--strategies`; null = all.
        @Nullable public var selectedStrategies: [String]?

        /// A source from its parts.
        public init(name: String, path: String, overrides: [String], selectedStrategies: [String]?) {
            self.name = name
            self.path = path
            self.overrides = overrides
            self.selectedStrategies = selectedStrategies
        }
    }

    /// Where a dataset came from.
    public struct DatasetSource: Codable, Sendable, Hashable {
        /// Name.
        public var name: String
        /// The folder, from the root of the file system.
        public var path: String
        /// SHA-256 of its content.
        public var contentHash: String

        /// A source from its parts.
        public init(name: String, path: String, contentHash: String) {
            self.name = name
            self.path = path
            self.contentHash = contentHash
        }
    }

    /// When, how fast, on what.
    public struct Execution: Codable, Sendable, Hashable {
        /// Begin of the last sitting, ISO 8601, UTC.
        public var started: String
        /// End of the last sitting.
        public var finished: String
        /// Seconds of the last sitting.
        public var wallSeconds: Double
        /// Decisions taken in the last sitting.
        public var decisions: Int
        /// Trials taken over from earlier sittings.
        public var trialsResumed: Int
        /// Threads.
        public var jobs: Int
        /// The machine's name.
        public var host: String
        /// Operating system.
        public var system: String
        /// The processor's name.
        public var processor: String
        /// Cores in use at most.
        public var cores: Int
        /// The BLAS library and its kernel.
        public var blas: String
        /// What strategies in lockstep were scored with, see `VectorUnit`; nil in a run of a version that did not say.
        public var vectorUnit: String?

        /// An execution from its parts.
        public init(
            started: String, finished: String, wallSeconds: Double, decisions: Int, trialsResumed: Int, jobs: Int,
            host: String, system: String, processor: String, cores: Int, blas: String,
            vectorUnit: String?
        ) {
            self.started = started
            self.finished = finished
            self.wallSeconds = wallSeconds
            self.decisions = decisions
            self.trialsResumed = trialsResumed
            self.jobs = jobs
            self.host = host
            self.system = system
            self.processor = processor
            self.cores = cores
            self.blas = blas
            self.vectorUnit = vectorUnit
        }

        /// How fast it was, for `--json`.
        public var timing: RunTiming {
            RunTiming(
                wallSeconds: wallSeconds, decisions: decisions,
                decisionsPerSecond: wallSeconds > 0 ? Double(decisions) / wallSeconds : 0, jobs: jobs)
        }
    }

    /// A manifest from its parts.
    public init(
        run: String, runHash: String, scenario: ScenarioSource, dataset: DatasetSource, seed: UInt64,
        replications: Int, strategies: [String], execution: Execution, files: [String: String] = [:]
    ) {
        self.run = run
        self.runHash = runHash
        version = CodeVersion.version
        resultRevision = CodeVersion.resultRevision
        self.scenario = scenario
        self.dataset = dataset
        self.seed = seed
        self.replications = replications
        self.strategies = strategies
        self.execution = execution
        self.files = files
    }
}

/// How fast a run was: added to the ranking by `--json`.
public struct RunTiming: Codable, Sendable, Hashable {
    /// Seconds on the clock.
    public var wallSeconds: Double
    /// Decisions taken.
    public var decisions: Int
    /// Decisions a second, all threads together.
    public var decisionsPerSecond: Double
    /// Threads.
    public var jobs: Int
}

/// A ranking with the time it took: what `--json` prints.
public struct TimedRanking: Encodable, Sendable {
    private let ranking: Ranking
    private let timing: RunTiming

    /// A ranking and its timing.
    public init(_ ranking: Ranking, timing: RunTiming) {
        self.ranking = ranking
        self.timing = timing
    }

    private enum CodingKeys: String, CodingKey { case timing }

    /// Writes the ranking's keys, then the timing's, into one object.
    public func encode(to encoder: any Encoder) throws {
        try ranking.encode(to: encoder)
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(timing, forKey: .timing)
    }
}
