import Documents
import Domain

/// What the command line changes of a scenario.
public struct ScenarioOptions: Sendable {
    /// `--set path=value`, in the order given.
    public var overrides: [String]
    /// `--strategies a,b`: only these, in the scenario's order; nil = all.
    public var strategies: [String]?
    /// `--by a,b`: what results are cut by; nil = as the scenario says.
    public var cuts: [String]?
    /// `--replications N`.
    public var replications: Int?
    /// `--seed S`.
    public var seed: UInt64?

    /// Options; nothing changed unless said otherwise.
    public init(
        overrides: [String] = [], strategies: [String]? = nil, cuts: [String]? = nil, replications: Int? = nil,
        seed: UInt64? = nil
    ) {
        self.overrides = overrides
        self.strategies = strategies
        self.cuts = cuts
        self.replications = replications
        self.seed = seed
    }

    /// The changes of the document, `--set` first.
    func documentOverrides() throws(InputErrors) -> [DocumentOverride] {
        let errors = ErrorCollector()
        var result: [DocumentOverride] = []
        for text in overrides {
            let parsed = errors.collect { () throws(InputError) in try DocumentOverride(parsing: text) }
            if let parsed { result.append(parsed) }
        }
        for (key, value) in [("replications", replications.map(String.init)), ("seed", seed.map { String($0) })] {
            guard let value else { continue }
            let parsed = errors.collect { () throws(InputError) in
                try DocumentOverride(path: key, scalar: value, option: "--\(key) \(value)")
            }
            if let parsed { result.append(parsed) }
        }
        if let cuts {
            let parsed = errors.collect { () throws(InputError) in
                try DocumentOverride(path: "report.by", list: cuts, option: "--by")
            }
            if let parsed { result.append(parsed) }
        }
        try errors.throwIfAny()
        return result
    }
}
