import Documents
import Domain
import History
import Replay
import Strategies

/// Reads `strategies` and `strategy_defaults`.
struct StrategyReader {
    let context: ReadingContext
    let options: StrategyOptionsReader

    init(context: ReadingContext) {
        self.context = context
        options = StrategyOptionsReader(context: context)
    }

    /// Keys every strategy takes beside its own parameters.
    static let commonKeys = ["name", "weights", "then"] + StrategyOptionsReader.defaultKeys

    /// The strategies in the file's order; errors are noted.
    func strategies(_ root: MappingReader) -> [StrategySpecification] {
        let defaults = root.optional("strategy_defaults").map { value in
            options.options(context.reader(value, keys: StrategyOptionsReader.defaultKeys))
        }
        guard let list = root.required("strategies", expected: "a list of strategies"),
            let elements = context.errors.collect({ () throws(InputError) in try list.list() })
        else { return [] }
        if elements.isEmpty { context.errors.add(list.error(expected: "at least one strategy")) }
        var strategies: [StrategySpecification] = []
        for element in elements {
            guard let strategy = strategy(element, defaults: defaults ?? StrategyOptions()) else { continue }
            if strategies.contains(where: { $0.name == strategy.name }) {
                context.errors.add(
                    InputError(
                        at: element.location, found: "two strategies named '\(strategy.name)'",
                        expected: "a 'name' of its own for each"))
            }
            strategies.append(strategy)
        }
        return strategies
    }

    // MARK: One strategy

    /// One entry of the list: a name, a name with parameters, or a name with weights.
    private func strategy(_ value: DocumentValue, defaults: StrategyOptions) -> StrategySpecification? {
        guard let use = use(value) else { return nil }
        let isBare = use.value.map { !$0.isMapping } ?? true
        let made = context.make(use, in: Catalogues.strategies, reserved: Self.commonKeys)
        guard let member = made?.member else { return nil }
        let before = context.errors.errors.count
        if case .asHappened = member.assignment, let value = use.value { checkHistoryKeys(in: value) }
        let reader = isBare ? nil : use.value.map { context.reader($0, keys: $0.entries.map(\.key)) }
        var own = reader.map(options.options) ?? StrategyOptions()
        own.name = reader.flatMap(name)
        guard context.errors.errors.count == before else { return nil }
        return context.errors.collect { () throws(InputError) in
            let shared = options.withoutScoring(defaults, unlessScored: member)
            var strategy = try join(shared, own).applied(to: member, at: use.location)
            if let reader { strategy = options.appendingRuleSets(reader, to: strategy) }
            return options.sorted(strategy)
        }
    }

    /// What an entry of the list names. `name: x` with `weights` is the catalogue's `custom`.
    private func use(_ value: DocumentValue) -> MemberUse? {
        guard value["name"] != nil || value["weights"] != nil else {
            return context.errors.collect { () throws(InputError) in
                try MemberUse(listEntry: value, kind: Catalogues.strategies.kind)
            }
        }
        let reader = MappingReader(value, keys: value.entries.map(\.key), errors: context.errors)
        _ = reader.required("name", expected: "the strategy's name in results")
        if value["weights"] == nil {
            let name = reader.text("name") ?? ""
            context.errors.add(
                InputError(
                    at: value.location, found: "no 'weights' for \(value.path)",
                    expected: "a weight for each rating of a strategy of your own",
                    suggestion: Catalogues.strategies.names.contains(name) ? "- \(name)" : nil))
            return nil
        }
        return MemberUse(name: "custom", location: value.location, value: value, entry: value)
    }

    /// A strategy's own options over those of all: what it states wins, constraints add up.
    private func join(_ shared: StrategyOptions, _ own: StrategyOptions) -> StrategyOptions {
        var joined = own
        joined.constraints = shared.constraints + own.constraints
        joined.maximumSplits = own.maximumSplits ?? shared.maximumSplits
        joined.splitMode = own.splitMode ?? shared.splitMode
        joined.dividesLines = own.dividesLines ?? shared.dividesLines
        joined.usesSafetyStock = own.usesSafetyStock ?? shared.usesSafetyStock
        joined.unmet = own.unmet ?? shared.unmet
        joined.partial = own.partial ?? shared.partial
        joined.waveMinutes = own.waveMinutes ?? shared.waveMinutes
        joined.reroutesOnOutage = own.reroutesOnOutage ?? shared.reroutesOnOutage
        return joined
    }

    /// History's copy scores nothing: keys about scores are errors, not decoration.
    private func checkHistoryKeys(in value: DocumentValue) {
        let keys = ["name"] + StrategyOptionsReader.actionKeys
        for entry in value.entries where Self.commonKeys.contains(entry.key) && !keys.contains(entry.key) {
            context.errors.add(
                InputError(
                    at: entry.location, found: "'\(entry.key)' for a strategy that copies history",
                    expected: "any of " + keys.joined(separator: ", ")))
        }
    }

    /// `name`: what results, `--strategies` and files call it.
    private func name(_ reader: MappingReader) -> String? {
        guard let value = reader.optional("name"),
            let name = context.errors.collect({ () throws(InputError) in try value.text() })
        else { return nil }
        let isFit = name.unicodeScalars.allSatisfy { $0 != "," && $0.value >= 32 } && name.count <= 60
        if !isFit || name.first?.isWhitespace == true || name.last?.isWhitespace == true {
            context.errors.add(value.error(expected: "a name of at most 60 characters without commas"))
        }
        return name
    }
}
