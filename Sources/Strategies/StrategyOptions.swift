import Domain
import Replay

/// What a scenario says of a strategy over its member's defaults; nil and empty = as the member has it.
public struct StrategyOptions: Sendable {
    /// Name in results.
    public var name: String?
    /// Rule sets that take the place of the member's, in turn.
    public var ruleSets: [RuleSet]?
    /// Ratings with weights, for every rule set: they take the place of ratings of the same name and come after the
    /// others, in this order; weight 0 takes a rating out.
    public var weights: [WeightedRating] = []
    /// Constraints added to every rule set.
    public var constraints: [ConstraintUse] = []
    /// How often an order may be split.
    public var maximumSplits: Int?
    /// Which split is sought.
    public var splitMode: SplitRule.Mode?
    /// Whether a line's quantity may be divided.
    public var dividesLines: Bool?
    /// Whether safety stock may be routed.
    public var usesSafetyStock: Bool?
    /// What happens to what no rule set places.
    public var unmet: UnmetAction?
    /// Whether some lines may ship while others follow the unmet action.
    public var partial: Bool?
    /// Minutes between waves; 0 decides at once.
    public var waveMinutes: Double?
    /// Whether queued shipments of a node found down are decided again.
    public var reroutesOnOutage: Bool?

    /// Options that change nothing.
    public init() {}

    /// A specification with these options.
    ///
    /// Throws where as-happened is given what only a scored strategy has, or no rating is left to score by. `location` is
    /// where the strategy stands in the scenario.
    public func applied(
        to specification: StrategySpecification, at location: SourceLocation? = nil
    ) throws(InputError) -> StrategySpecification {
        var result = specification
        if let name { result.name = name }
        if let unmet { result.unmet = unmet }
        if let partial { result.partial = partial }
        if let waveMinutes { result.waveSeconds = waveMinutes > 0 ? waveMinutes * 60 : nil }
        if let reroutesOnOutage { result.reroutesOnOutage = reroutesOnOutage }
        switch specification.assignment {
        case .asHappened:
            if let option = scoringOptions.first {
                throw InputError(
                    at: location, found: "'\(option)' for '\(result.name)', which copies history",
                    expected: "no scoring options")
            }
        case .scored(let rules):
            let rules = (ruleSets ?? rules).map(applied)
            guard !rules.isEmpty, rules.allSatisfy({ !$0.ratings.isEmpty }) else {
                throw InputError(
                    at: location, found: "strategy '\(result.name)' without a rating to score by",
                    expected: "at least one weight")
            }
            result.assignment = .scored(rules)
        }
        return result
    }

    /// The options given that only a scored strategy has.
    private var scoringOptions: [String] {
        var given: [String] = []
        if ruleSets != nil { given.append("rule_sets") }
        if !weights.isEmpty { given.append("weights") }
        if !constraints.isEmpty { given.append("constraints") }
        if maximumSplits != nil { given.append("max_splits") }
        if splitMode != nil { given.append("split_mode") }
        if dividesLines != nil { given.append("divide_lines") }
        if usesSafetyStock != nil { given.append("use_safety_stock") }
        return given
    }

    /// A rule set with these options.
    private func applied(to rules: RuleSet) -> RuleSet {
        var rules = rules
        let replaced = weights.map(\.rating.declaration.name)
        rules.ratings.removeAll { replaced.contains($0.rating.declaration.name) }
        rules.ratings += weights.filter { $0.weight != 0 }
        rules.constraints += constraints
        if let maximumSplits { rules.split.maximumSplits = maximumSplits }
        if let splitMode { rules.split.mode = splitMode }
        if let dividesLines { rules.split.dividesLines = dividesLines }
        if let usesSafetyStock { rules.usesSafetyStock = usesSafetyStock }
        return rules
    }
}
