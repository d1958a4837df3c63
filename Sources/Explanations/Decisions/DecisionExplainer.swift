import Domain
import Experiments
import History
import Replay
import Worlds

/// Explains decisions of one strategy in one world of an experiment.
public struct DecisionExplainer {
    /// What is asked.
    public struct Question: Sendable {
        /// Id of the order.
        public var order: String
        /// Which copy of it, from 0, in a world with a demand of its own; nil = the one that is placed first.
        public var copy: Int?
        /// Which decision of it, from 0; nil = the last that shipped something, else the last.
        public var decision: Int?
        /// The node another choice is tried with; nil = that of the second best candidate.
        public var against: String?
        /// Keys or kinds of ``ChangeableInput`` that stay as they are.
        public var frozen: [String]

        /// A question about an order.
        public init(
            order: String, copy: Int? = nil, decision: Int? = nil, against: String? = nil, frozen: [String] = []
        ) {
            self.order = order
            self.copy = copy
            self.decision = decision
            self.against = against
            self.frozen = frozen
        }
    }
    private let experiment: Experiment
    private let strategy: Int
    private let replication: Int
    private let world: World
    private let local: LocalTime
    private var plan: ReplayPlan { experiment.plan }
    /// The dataset with the orders of the world.
    private var dataset: Dataset { world.book?.dataset ?? experiment.dataset }

    /// An explainer of one trial of an experiment.
    ///
    /// - Throws: ``InputError`` where the world cannot be made.
    public init(experiment: Experiment, strategy: Int, replication: Int) throws(InputError) {
        self.experiment = experiment
        self.strategy = strategy
        self.replication = replication
        world = try experiment.world(replication: replication)
        local = try LocalTime(timeZone: experiment.dataset.description.timeZone)
    }

    /// The explanation.
    ///
    /// Three replays of the trial, and some thousand decisions.
    ///
    /// - Throws: ``InputError`` for an order, a node or an input that is not there.
    public func explain(_ question: Question) throws(InputError) -> DecisionExplanation {
        let order = try row(of: question.order, copy: question.copy)
        let records = plan.decisions(ofOrder: order, world: world, strategy: strategy) { $0.record() }
        var explanation = head(order: order, decisionCount: records.count)
        guard let number = try number(asked: question.decision, records: records) else { return explanation }
        let record = records[number]
        explanation.decision = number
        explanation.decidedAt = text(of: record.order.time)
        explanation.followsRecord = record.isAsHappened
        explanation.funnels = record.attempts.map { DecisionFunnel($0, dataset: dataset) }
        explanation.contributions = record.attempts.compactMap {
            DecisionContributions($0, order: order, dataset: dataset)
        }
        if !record.isAsHappened {
            explanation.counterfactuals = try counterfactuals(order: order, number: number, frozen: question.frozen)
        }
        let against = try question.against.map { id throws(InputError) in try node(id, record: record) }
        if let alternative = alternative(record, against: against) {
            explanation.consequence = consequence(of: alternative, record: record)
        }
        return explanation
    }

    // MARK: What is asked

    private func row(of id: String, copy: Int?) throws(InputError) -> Int {
        let visits = plan.visits(in: world)
        let rows = visits.filter { dataset.orders.ids[$0] == id }
        if let copy {
            let copies = rows.map { row in world.book.map { Int($0.copies[row].copy) } ?? 0 }
            if let place = copies.firstIndex(of: copy) { return rows[place] }
            if !rows.isEmpty {
                throw InputError(
                    at: SourceLocation(file: "--copy"), found: "copy \(copy) of order '\(id)'",
                    expected: "one that world \(replication) has: "
                        + copies.sorted().map { String($0) }.joined(separator: ", "))
            }
        }
        if let first = rows.first { return first }
        let near = visits.prefix(3).map { dataset.orders.ids[$0] }.joined(separator: ", ")
        throw InputError(
            at: SourceLocation(file: "--order"),
            found: "order '\(id)', which is not placed within the horizon in world \(replication)",
            expected: "the id of one of its \(visits.count) orders, such as \(near)")
    }

    private func number(asked: Int?, records: [DecisionRecord]) throws(InputError) -> Int? {
        if let asked {
            guard records.indices.contains(asked) else {
                throw InputError(
                    at: SourceLocation(file: "--decision"), found: "\(asked)",
                    expected: records.isEmpty
                        ? "none: the order was never decided" : "from 0 to \(records.count - 1)")
            }
            return asked
        }
        return records.lastIndex { !$0.plan.steps.isEmpty } ?? records.indices.last
    }

    private func node(_ id: String, record: DecisionRecord) throws(InputError) -> Int {
        let lanes = dataset.lanes.rows(ofZone: record.order.zone)
        var candidates: [String] = []
        for lane in lanes {
            let node = Int(dataset.lanes.nodes[lane])
            if dataset.nodes[node].id == id { return node }
            if candidates.last != dataset.nodes[node].id { candidates.append(dataset.nodes[node].id) }
        }
        throw InputError(
            at: SourceLocation(file: "--against"), unknown: "candidate of zone \(dataset.zones[record.order.zone].id)",
            word: id, among: candidates)
    }

    private func text(of time: Double) -> String { local.text(of: dataset.description.start + time) }

    private func head(order: Int, decisionCount: Int) -> DecisionExplanation {
        let orders = dataset.orders
        let zone = dataset.zones[Int(orders.zones[order])]
        let promised = orders.promisedAt[order]
        let lines = orders.lines(of: order)
        return DecisionExplanation(
            scenario: experiment.scenario.name, strategy: plan.strategies[strategy].name, replication: replication,
            order: orders.ids[order], zone: zone.id, region: dataset.regions[zone.region],
            placedAt: text(of: orders.placedAt[order]), decidedAt: nil,
            promisedAt: promised < .infinity ? text(of: promised) : nil, decisionCount: decisionCount, decision: nil,
            followsRecord: false,
            lines: lines.map { row in
                let line = ShipmentOutcome.ShipmentLine(
                    line: row - lines.lowerBound, quantity: Int(orders.lineQuantities[row]))
                return DecisionExplanation.Line(line, order: order, dataset: dataset)
            },
            currency: dataset.description.currency, funnels: [], contributions: [], counterfactuals: nil,
            consequence: nil)
    }

    // MARK: What would have had to be otherwise

    private func counterfactuals(
        order: Int, number: Int, frozen: [String]
    ) throws(InputError) -> Counterfactuals? {
        let perLevel = WorldSampler.weatherEffects(of: experiment.scenario.perturbations)
            .value(.transit, "per_storm_level")
        let dataset = dataset
        let found = plan.decisions(ofOrder: order, world: world, strategy: strategy) { moment -> Counterfactuals? in
            guard moment.number == number else { return nil }
            let record = moment.record()
            let inputs = DecisionInputs(
                record: record, moment: moment, frozen: frozen, transitPerLevel: perLevel)
            var search = CounterfactualSearch(record: record, inputs: inputs, dataset: dataset)
            return search.answers(at: &moment)
        }
        guard let answers = found.compactMap({ $0 }).first else { return nil }
        let words = ChangeableInput.Kind.allCases.map(\.rawValue) + answers.alone.map(\.input.key)
        for word in frozen where !words.contains(word) {
            throw InputError(at: SourceLocation(file: "--freeze"), unknown: "input", word: word, among: words)
        }
        return answers
    }

    // MARK: What another choice would have done

    /// Another candidate for one of the decision's shipments, and the plan that begins with it.
    private struct Alternative {
        var candidate: CandidateRecord
        var plan: DecisionPlan
    }

    /// The second best candidate of another node, or the best of the node asked for.
    private func alternative(_ record: DecisionRecord, against: Int?) -> Alternative? {
        let decided = record.attempts.filter { $0.chosen != nil }
        for attempt in decided.isEmpty && against != nil ? record.attempts : decided {
            let chosen = attempt.chosen.map { attempt.candidates[$0].lane.node }
            let others = attempt.candidates.filter { candidate in
                against.map { $0 == candidate.lane.node } ?? (candidate.isScored && candidate.lane.node != chosen)
            }
            guard against != chosen,
                let best = others.min(by: { ($0.isScored ? 0 : 1, $0.score) < ($1.isScored ? 0 : 1, $1.score) })
            else { continue }
            let step = DecisionStep(
                lane: best.lane.lane, node: best.lane.node, service: best.lane.service, lines: best.lines)
            let before = record.plan.steps.prefix(attempt.splitStep ?? 0)
            return Alternative(
                candidate: best,
                plan: DecisionPlan(
                    ruleSet: attempt.ruleSet, steps: before + [step], isComplete: record.plan.isComplete))
        }
        return nil
    }

    private func consequence(of alternative: Alternative, record: DecisionRecord) -> DecisionConsequence {
        var before: [OrderOutcome] = []
        _ = plan.replay(world: world, strategies: strategy..<(strategy + 1)) { before.append($1) }
        let order = record.order.order
        let forced = plan.replay(
            world: world, strategy: strategy,
            forcing: ForcedDecision(order: order, number: record.number, plan: alternative.plan))
        let lane = alternative.candidate.lane
        var consequence = DecisionConsequence(
            alternative: (dataset.nodes[lane.node].id, dataset.services[lane.service].id), order: order,
            before: before, after: forced.orders, dataset: dataset, local: local)
        if !forced.failed.isEmpty {
            let reasons = alternative.candidate.removals.map { removal in
                let words = DecisionFunnel.words(removal, dataset: dataset)
                return words.detail.isEmpty ? words.reason : words.detail
            }
            consequence.obstacle =
                reasons.isEmpty ? "what is left could not be placed" : reasons.joined(separator: ", ")
        }
        return consequence
    }
}
