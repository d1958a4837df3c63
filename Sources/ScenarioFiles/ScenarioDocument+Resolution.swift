import Documents
import Domain
import History
import Metrics
import Replay
import Worlds

/// Means of metrics under the baseline, for an author whose objectives lack references.
///
/// Called with a scenario that is complete but for its objectives, and the keys of the metrics asked for; a metric
/// without a value is left out.
public typealias BaselineFigures = (_ provisional: Scenario, _ metrics: [String]) -> [String: Double]

extension ScenarioDocument {
    /// Top-level keys.
    static let keys =
        [
            "sandtable", "name", "dataset", "seed", "replications", "baseline", "world", "strategies",
            "strategy_defaults", "objectives", "guardrails", "risk", "report", "metrics",
        ] + SettingsReader.keys

    /// Checks everything against the dataset and gives the scenario.
    ///
    /// Objectives without references are errors; `baselineFigures`, where given, is asked for the baseline's means,
    /// and the message then proposes references around them.
    /// - Throws: ``InputErrors`` with all errors found, in the order of the file.
    public func resolve(
        dataset: Dataset, baselineFigures: BaselineFigures? = nil
    ) throws(InputErrors) -> Scenario {
        let errors = ErrorCollector()
        let context = ReadingContext(dataset: dataset, files: files, errors: errors)
        let root = MappingReader(root, keys: Self.keys, errors: errors)
        checkVersion(root)
        var scenario = provisional(root, context: context)
        let reader = ObjectiveReader(context: context, metrics: scenario.metrics.map(\.declaration))
        let drafts = reader.drafts(root)
        scenario.guardrails = reader.guardrails(root)
        scenario.riskLevel = riskLevel(root)
        let judged = (drafts ?? []).map(\.metric.key) + scenario.guardrails.map(\.metric)
        let report = ReportReader(context: context, metrics: scenario.metrics.map(\.declaration.key))
            .report(root, judged: judged)
        scenario.reportMetrics = report.metrics
        scenario.cuts = report.cuts
        if drafts?.contains(where: { $0.complete == nil }) ?? true {
            let canReplay = errors.errors.isEmpty
            for error in missingReferences(drafts, of: scenario, figures: canReplay ? baselineFigures : nil) {
                errors.add(error)
            }
        }
        try errors.throwIfAny()
        scenario.objectives = (drafts ?? []).compactMap(\.complete)
        scenario.canonicalText = scenario.canonical()
        return scenario
    }

    /// Everything but objectives, guardrails and report.
    private func provisional(_ root: MappingReader, context: ReadingContext) -> Scenario {
        let strategies = StrategyReader(context: context).strategies(root)
        let selected = select(strategies, errors: context.errors)
        let world = WorldReader(context: context).perturbations(root)
        let ratios = MetricReader(context: context).ratios(root)
        let seed = root.read("seed") { value throws(InputError) in try value.unsignedInteger() }
        return Scenario(
            name: name(root), head: head, datasetPath: datasetPath(root), seed: seed ?? 1,
            replications: replications(root, world: world.map(\.member)),
            baseline: baseline(root, all: strategies, selected: selected),
            settings: SettingsReader(context: context).settings(root), perturbations: world.map(\.member),
            perturbationKeys: world.map(\.key), strategies: selected,
            metrics: MetricCatalogue.standard + ratios.map(\.member), ratioKeys: ratios.map(\.key))
    }

    // MARK: Top level

    /// `replications`: 50, or as many as there are worlds from files; never more than these.
    private func replications(_ root: MappingReader, world: [any Perturbation]) -> Int {
        let available = world.compactMap(\.replicationCount).min()
        let count = root.integer("replications", in: 1...1_000_000, default: available ?? 50)
        if let available, count > available, let value = root.value["replications"] {
            root.errors.add(value.error(expected: "at most \(available), as there are no more worlds in the files"))
        }
        return count
    }

    /// `sandtable: 1`.
    private func checkVersion(_ root: MappingReader) {
        guard let value = root.required("sandtable", expected: "the format's version, 'sandtable: 1'") else { return }
        if (try? value.integer(in: 1...1)) == nil {
            root.errors.add(value.error(expected: "1, the version of the format"))
        }
    }

    /// `name`, which is a file name too.
    private func name(_ root: MappingReader) -> String {
        guard let value = root.required("name", expected: "the scenario's name"),
            let name = root.errors.collect({ () throws(InputError) in try value.text() })
        else { return "" }
        if !name.allSatisfy(Self.isFit) || name.hasPrefix(".") || name.utf8.count > 100 {
            root.errors.add(
                value.error(expected: "letters, digits, '-', '_' and '.', at most 100 bytes, as it names a folder"))
        }
        return name
    }

    /// Whether a character may stand in a scenario's name.
    static func isFit(_ character: Character) -> Bool {
        character.isLetter || character.isNumber || "-_.".contains(character)
    }

    /// `risk: {level: 0.1}`.
    private func riskLevel(_ root: MappingReader) -> Double {
        guard let value = root.optional("risk") else { return Scenario.usualRiskLevel }
        let reader = MappingReader(value, keys: ["level"], errors: root.errors)
        let shares = NumberRange(lower: 0, upper: 1, excludesLower: true)
        return reader.number("level", in: shares, default: Scenario.usualRiskLevel)
    }

    /// The strategies that `--strategies` leaves, in the scenario's order.
    private func select(_ strategies: [StrategySpecification], errors: ErrorCollector) -> [StrategySpecification] {
        guard let selectedStrategies else { return strategies }
        let names = strategies.map(\.name)
        // With an error in the list, names may be missing for no fault of the option.
        if errors.errors.isEmpty {
            let option = SourceLocation(file: "--strategies")
            for name in selectedStrategies where !names.contains(name) {
                errors.add(InputError(at: option, unknown: "strategy", word: name, among: names))
            }
            if selectedStrategies.isEmpty {
                errors.add(InputError(at: option, found: "nothing", expected: "names of strategies"))
            }
        }
        return strategies.filter { selectedStrategies.contains($0.name) }
    }

    /// Index of the baseline: the strategy named, else the one that copies history, else the first.
    ///
    /// A baseline that `--strategies` leaves out gives way to the default.
    private func baseline(
        _ root: MappingReader, all: [StrategySpecification], selected: [StrategySpecification]
    ) -> Int {
        let copy = selected.firstIndex { if case .asHappened = $0.assignment { true } else { false } }
        guard let value = root.optional("baseline") else { return copy ?? 0 }
        let names = all.map(\.name)
        // A strategy with an error is missing from `all`: that the baseline is not found may have no other cause.
        let isComplete = all.count == root.value["strategies"]?.elements.count
        if !isComplete, case .scalar(let text, _) = value.content, !names.contains(text) { return 0 }
        let name = root.errors.collect { () throws(InputError) in try value.word("strategy", among: names) }
        return selected.firstIndex { $0.name == name } ?? copy ?? 0
    }

    // MARK: Missing references

    /// The errors for objectives that are not there or lack references.
    private func missingReferences(
        _ drafts: [ObjectiveReader.Draft]?, of scenario: Scenario, figures: BaselineFigures?
    ) -> [InputError] {
        guard let drafts else { return [missingObjectives(of: scenario, figures: figures)] }
        let open = drafts.filter { $0.complete == nil }
        let means = figures?(scenario, open.map(\.metric.key)) ?? [:]
        return open.map { draft in
            let keys = draft.missing.map { "'\($0)'" }.joined(separator: ", ")
            let suggestion = means[draft.metric.key].map { ReferenceSuggestion(around: $0, of: draft.metric).text }
            return InputError(
                at: draft.value.location, found: "no \(keys) for the objective '\(draft.metric.key)'",
                expected: "'from' (worth 0), 'to' (worth 1) and 'practical_difference', in its unit "
                    + "(\(draft.metric.unit))" + Self.baselineWords(means[draft.metric.key], in: scenario),
                suggestion: suggestion)
        }
    }

    /// The error for a scenario without objectives.
    private func missingObjectives(of scenario: Scenario, figures: BaselineFigures?) -> InputError {
        let usual = scenario.metrics.map(\.declaration).filter { ["on_time_rate", "cost_per_order"].contains($0.key) }
        let means = figures?(scenario, usual.map(\.key)) ?? [:]
        let proposals = usual.compactMap { metric in
            means[metric.key].map { "{metric: \(metric.key), \(ReferenceSuggestion(around: $0, of: metric).text)}" }
        }
        return InputError(
            at: root["objectives"]?.location ?? root.location, found: "no objectives",
            expected: "'objectives', a list of {metric, weight, from, to, practical_difference}"
                + (proposals.isEmpty ? "" : " (suggested from the baseline '\(Self.baselineName(scenario))')"),
            suggestion: proposals.isEmpty ? nil : "objectives: [" + proposals.joined(separator: ", ") + "]")
    }

    /// What the baseline shows, in words; blank where it is not known.
    private static func baselineWords(_ mean: Double?, in scenario: Scenario) -> String {
        guard let mean else { return "" }
        let rounded = ReferenceSuggestion.rounded(mean, step: abs(mean) / 1_000)
        return "; the baseline '\(baselineName(scenario))' has \(plainNumber(rounded))"
    }

    private static func baselineName(_ scenario: Scenario) -> String {
        scenario.strategies.indices.contains(scenario.baseline) ? scenario.strategies[scenario.baseline].name : ""
    }
}
