import Domain
import History
import Lanes
import Metrics
import Replay
import ScenarioFiles
import Storage
import Worlds

/// A scenario, its dataset and all that its trials share, ready to run.
public struct Experiment: Sendable {
    /// What is replayed, how often, and how it is judged.
    public let scenario: Scenario
    /// The order book and the network.
    public let dataset: Dataset
    /// The compiled scenario.
    public let plan: ReplayPlan
    /// What strategies in lockstep are scored with; no result depends on it.
    public let vectorUnit: VectorUnit
    /// SHA-256 over everything the result depends on: the scenario's meaning, the dataset's content, the code's
    /// revision. Hexadecimal.
    public let runHash: String
    /// Metrics that a cell of the cuts has: those that are functions of sums over orders.
    private let segmentMetrics: [any Metric]

    /// Compiles an experiment.
    ///
    /// - Throws: ``InputError`` where the horizon holds no order, a strategy asks for what the dataset lacks, or the
    ///   environment for a ``VectorUnit`` that is not there.
    public init(scenario: Scenario, dataset: Dataset) throws(InputError) {
        self.scenario = scenario
        self.dataset = dataset
        vectorUnit = try VectorUnit.requested()
        plan = try ReplayPlan(
            dataset: dataset, settings: scenario.settings, strategies: scenario.strategies, cuts: scenario.cuts,
            worldCount: scenario.replications, vectorUnit: vectorUnit)
        segmentMetrics = scenario.cuts.isEmpty ? [] : scenario.metrics.filter { $0.declaration.isCutByFacts }
        let hash = SHA256()
        hash.update("sandtable run")
        hash.update("\(CodeVersion.version) \(CodeVersion.resultRevision)")
        hash.update(scenario.canonicalText)
        hash.update(dataset.contentHash)
        runHash = hash.finish()
        // What a perturbation cannot do with this dataset it says of any world: better now than after hours.
        _ = try world(replication: 0)
    }

    /// The run's name: scenario and the beginning of its hash.
    public var runName: String {
        // 12 digits: two of a million runs share them with probability 2e-3.
        scenario.name + "-" + runHash.prefix(12)
    }

    /// Columns of a cell: the orders placed in it, then its metrics.
    public var segmentColumns: [String] { ["orders"] + segmentMetrics.map(\.declaration.key) }

    /// Keys of the metrics, in order.
    public var metricKeys: [String] { scenario.metrics.map(\.declaration.key) }

    /// No trials yet.
    public func emptyCollection() -> TrialCollection {
        TrialCollection(
            table: TrialTable(
                strategies: scenario.strategies.map(\.name), replicationCount: scenario.replications,
                metricKeys: metricKeys),
            segmentMetricCount: segmentColumns.count)
    }

    /// The columns of the run's journal.
    public var journalLayout: TrialJournal.Layout {
        TrialJournal.Layout(
            runHash: runHash, metricCount: scenario.metrics.count, cutCount: scenario.cuts.count,
            segmentMetricCount: segmentColumns.count)
    }

    /// The world of a replication.
    public func world(replication: Int) throws(InputError) -> World {
        try WorldSampler.sample(
            scenario.perturbations, dataset: dataset, settings: scenario.settings, seed: scenario.seed,
            replication: replication)
    }

    /// The dataset with the orders of a replication's world.
    public func dataset(ofWorld replication: Int) throws(InputError) -> Dataset {
        try world(replication: replication).book?.dataset ?? dataset
    }

    /// What really happened as far as it is recorded, with the noise of replication 0 where the scenario has noise.
    private func recordedWorld() throws(InputError) -> World {
        let kept = scenario.perturbations.compactMap { perturbation in
            perturbation.declaration.name.hasPrefix("recorded_") ? perturbation : perturbation.noise
        }
        return try WorldSampler.sample(
            kept, dataset: dataset, settings: scenario.settings, seed: scenario.seed, replication: 0)
    }

    /// Replays a unit.
    ///
    /// - Throws: ``InputError`` for a strategy that ships nothing in the first world: a ranking of it would mean nothing.
    public func rows(of unit: TrialUnit) throws(InputError) -> [TrialRow] {
        let outcomes = plan.replay(
            world: try world(replication: unit.replication), strategies: unit.strategies, threads: unit.threads)
        for outcome in outcomes where unit.replication == 0 && outcome.measures.facts[.shipments] == 0 {
            throw InputError(
                at: SourceLocation(file: "strategies[\(outcome.strategy)]"),
                found: "no shipment by strategy '\(outcome.strategy)'",
                expected: "a feasible node for at least one order")
        }
        return zip(unit.strategies, outcomes).map { row(of: $1, strategy: $0) }
    }

    /// The runner of the grid on some threads.
    public func grid(
        jobs: Int, stop: StopFlag = StopFlag(), report: @escaping @Sendable (TrialGrid.Progress) -> Void = { _ in }
    ) throws(InputError) -> TrialGrid {
        TrialGrid(
            jobs: jobs, together: plan.lockstepParts(threads: jobs),
            sharesWorlds: plan.sharesWorlds(try world(replication: 0)), stop: stop, report: report)
    }

    /// The figures of a trial.
    public func row(of outcome: TrialOutcome, strategy: Int) -> TrialRow {
        TrialRow(
            strategy: strategy, replication: outcome.replication, decisions: outcome.measures.decisions,
            values: scenario.metrics.map { $0.value(of: outcome.measures) ?? .nan }, cells: outcome.cells.map(cell))
    }

    /// The figures of one cell.
    private func cell(_ facts: CellFacts) -> TrialCell {
        var measures = Measures(nodeCount: 0)
        measures.facts = facts.facts
        let values = segmentMetrics.map { $0.value(of: measures) ?? .nan }
        return TrialCell(labels: facts.labels, values: [facts.facts[.orders]] + values)
    }

    /// What ranks the strategies by a table of their trials.
    public func rankingBuilder(of table: TrialTable) -> RankingBuilder {
        let objectives = scenario.objectives.map {
            ObjectiveStatement(
                metric: $0.metric, weight: $0.weight, from: $0.from, to: $0.to,
                practicalDifference: $0.practicalDifference)
        }
        return RankingBuilder(
            table: table, baseline: scenario.baseline, objectives: objectives, guardrails: guardrails,
            practicalDifference: practicalDifference, riskLevel: scenario.riskLevel)
    }

    /// The ranking of a whole collection.
    public func ranking(of table: TrialTable, fidelity: FidelityScore?) -> Ranking {
        let builder = rankingBuilder(of: table)
        let strategies = builder.ranked()
        return Ranking(
            run: runName, runHash: runHash, scenario: scenario.name,
            dataset: Ranking.DatasetIdentity(
                name: dataset.description.name, contentHash: dataset.contentHash, orders: plan.visits.count),
            version: CodeVersion.version, seed: scenario.seed, replications: scenario.replications,
            baseline: scenario.strategies[scenario.baseline].name,
            recommended: strategies.first(where: \.recommended)?.name, confidence: RankingBuilder.confidence,
            practicalDifference: practicalDifference, riskLevel: scenario.riskLevel,
            simultaneousMethod: RankingBuilder.method.rawValue,
            objectives: builder.objectives, guardrails: builder.guardrails, metrics: metricStatements,
            reportMetrics: scenario.reportMetrics, strategies: strategies,
            weightTraps: builder.weightTraps(of: strategies), fidelity: fidelity)
    }

    /// What the metrics are, in order.
    public var metricStatements: [MetricStatement] {
        scenario.metrics.map { metric in
            let declaration = metric.declaration
            return MetricStatement(
                key: declaration.key, unit: declaration.unit, direction: declaration.direction.rawValue,
                summary: declaration.summary)
        }
    }

    private var guardrails: [GuardrailStatement] {
        scenario.guardrails.map { guardrail in
            switch guardrail.bound {
            case .atLeast(let bound): GuardrailStatement(metric: guardrail.metric, atLeast: bound)
            case .atMost(let bound): GuardrailStatement(metric: guardrail.metric, atMost: bound)
            }
        }
    }

    /// The least difference of composites that matters: what the practical difference of one objective is worth, the
    /// smallest of these, so that no difference that matters in one of them is called none.
    public var practicalDifference: Double {
        scenario.objectives.map { $0.weight * $0.practicalDifference / abs($0.to - $0.from) }.min() ?? 0
    }

    /// How well the as-happened strategy reproduces the record; nil where the scenario has none or there is no
    /// history.
    ///
    /// It is replayed in the recorded world: the scenario's noise (replication 0's) and the recorded weather and
    /// traffic, nothing that did not happen.
    public func fidelity() throws(InputError) -> FidelityScore? {
        let asHappened = scenario.strategies.firstIndex { strategy in
            if case .asHappened = strategy.assignment { true } else { false }
        }
        guard let asHappened, var scorer = FidelityScorer(plan: plan) else { return nil }
        let world = try recordedWorld()
        _ = plan.replay(world: world, strategies: asHappened..<(asHappened + 1)) { _, outcome in scorer.take(outcome) }
        return scorer.score()
    }

    /// Means of metrics under a scenario's baseline in its first world, from which references of objectives may be
    /// thought of.
    public static func baselineFigures(dataset: Dataset) -> BaselineFigures {
        { provisional, keys in
            guard provisional.strategies.indices.contains(provisional.baseline) else { return [:] }
            var alone = provisional
            alone.strategies = [provisional.strategies[provisional.baseline]]
            alone.baseline = 0
            alone.cuts = []
            guard let experiment = try? Experiment(scenario: alone, dataset: dataset),
                let row = try? experiment.rows(of: TrialUnit(replication: 0, strategies: 0..<1)).first
            else { return [:] }
            var figures: [String: Double] = [:]
            for (key, value) in zip(experiment.metricKeys, row.values) where keys.contains(key) && value.isFinite {
                figures[key] = value
            }
            return figures
        }
    }
}
