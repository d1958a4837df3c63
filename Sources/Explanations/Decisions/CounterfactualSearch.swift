import History
import Replay

/// Finds the smallest changes with which a decision comes out otherwise, by taking it again.
struct CounterfactualSearch {
    let dataset: Dataset
    /// The decision as it was.
    let record: DecisionRecord
    let inputs: DecisionInputs
    /// The nodes chosen.
    private let chosenNodes: Set<Int>
    /// How often the decision was taken again.
    private var decisions = 0

    /// A search about a decision.
    init(record: DecisionRecord, inputs: DecisionInputs, dataset: Dataset) {
        self.record = record
        self.inputs = inputs
        self.dataset = dataset
        chosenNodes = Set(record.plan.nodes)
    }

    /// Steps over the plausible range in each direction, where scores are not linear.
    private static let steps = 64
    /// Whole numbers tried one by one in each direction.
    private static let wholeNumbers = 2_000

    /// All answers.
    mutating func answers(at moment: inout DecisionMoment) -> Counterfactuals {
        var alone: [InputAnswer] = []
        var linear: [InputLine] = []
        var weights: [InputLine] = []
        for input in inputs.inputs {
            guard !input.isFrozen else {
                alone.append(InputAnswer(input: input, matters: false, smallest: nil))
                continue
            }
            let matters = matters(input, at: &moment)
            let line = matters ? self.line(of: input, at: &moment) : nil
            var smallest: Counterfactual?
            if matters {
                smallest = input.isInteger ? smallestWhole(input, at: &moment) : smallestReal(input, line, at: &moment)
            }
            alone.append(InputAnswer(input: input, matters: matters, smallest: smallest))
            if let line { if input.kind == .weight { weights.append(line) } else { linear.append(line) } }
        }
        let together = smallestTogether(weights, at: &moment)
        let features = smallestTogether(linear, at: &moment)
        return Counterfactuals(
            alone: alone, weights: together, features: features, linearFeatures: linear.map(\.input.key),
            decisions: decisions)
    }

    // MARK: Deciding again

    /// The plan under changed values, if it chooses another node; nil if it chooses the same ones, or none.
    private mutating func other(
        _ values: [(input: ChangeableInput, value: Double)], at moment: inout DecisionMoment
    ) -> DecisionPlan? {
        decisions += 1
        let plan = moment.plan(under: inputs.change(values))
        return plan.steps.isEmpty || Set(plan.nodes) == chosenNodes ? nil : plan
    }

    private func counterfactual(
        _ values: [(input: ChangeableInput, value: Double)], plan: DecisionPlan, proof: Counterfactual.Proof
    ) -> Counterfactual {
        let parts = values.map { input, value in
            Counterfactual.Part(
                key: input.key, from: input.value, to: value, distance: abs(value - input.value) / input.spread)
        }
        return Counterfactual(
            parts: parts, distance: parts.reduce(0) { $0 + $1.distance },
            nodes: plan.nodes.map { dataset.nodes[$0].id }, proof: proof)
    }

    /// Whether a score or a removal changes at the ends or in the middle of an input's range.
    private mutating func matters(_ input: ChangeableInput, at moment: inout DecisionMoment) -> Bool {
        let middle = (input.value + input.high) / 2
        return [input.low, input.high, input.isInteger ? middle.rounded() : middle].contains { value in
            decisions += 1
            let other = moment.record(under: inputs.change([(input, value)]))
            return !zip(record.attempts, other.attempts).allSatisfy { isAlike($0, $1) }
                || record.attempts.count != other.attempts.count
        }
    }

    /// Whether two attempts have the same candidates with the same scores.
    private func isAlike(_ left: DecisionAttempt, _ right: DecisionAttempt) -> Bool {
        left.candidates.count == right.candidates.count
            && zip(left.candidates, right.candidates).allSatisfy { $0.score == $1.score && $0.removals == $1.removals }
    }

    // MARK: One whole number

    /// The nearest whole number with which the choice is another, the lower first of two.
    private mutating func smallestWhole(
        _ input: ChangeableInput, at moment: inout DecisionMoment
    ) -> Counterfactual? {
        let reach = Int(max(input.value - input.low, input.high - input.value))
        for distance in stride(from: 1, through: min(reach, Self.wholeNumbers), by: 1) {
            for value in [input.value - Double(distance), input.value + Double(distance)] where input.isPlausible(value)
            {
                if let plan = other([(input, value)], at: &moment) {
                    return counterfactual([(input, value)], plan: plan, proof: .provedSmallest)
                }
            }
        }
        guard reach > Self.wholeNumbers else { return nil }
        let far = [-1.0, 1].compactMap { sign in
            scanned(input, from: input.value + sign * Double(Self.wholeNumbers), sign: sign, at: &moment)
        }
        return nearest(far, to: input, proof: .smallestFound)
    }

    // MARK: One real number

    /// The nearest value with which the choice is another: where the scores are linear the closed form, else by search.
    private mutating func smallestReal(
        _ input: ChangeableInput, _ line: InputLine?, at moment: inout DecisionMoment
    ) -> Counterfactual? {
        if let line, isWhole {
            let changes = line.crossings(attempt: record.attempts.last, chosenNodes: chosenNodes)
            let found = changes.compactMap { change in verified([(line, change)], at: &moment) }
            return found.min { $0.distance < $1.distance }
        }
        let found = [-1.0, 1].compactMap { scanned(input, from: input.value, sign: $0, at: &moment) }
        return nearest(found, to: input, proof: .smallestFound)
    }

    /// Whether one candidate took the whole order: then the scores of one comparison decide.
    private var isWhole: Bool {
        guard let last = record.attempts.last else { return false }
        return last.splitStep == nil && last.chosen != nil
    }

    private func nearest(
        _ found: [(value: Double, plan: DecisionPlan)], to input: ChangeableInput, proof: Counterfactual.Proof
    ) -> Counterfactual? {
        found.min { abs($0.value - input.value) < abs($1.value - input.value) }
            .map { counterfactual([(input, $0.value)], plan: $0.plan, proof: proof) }
    }

    /// The first value in a direction with which the choice is another: in equal steps up to the end of the range, the
    /// step that holds it halved until nothing lies between.
    private mutating func scanned(
        _ input: ChangeableInput, from start: Double, sign: Double, at moment: inout DecisionMoment
    ) -> (value: Double, plan: DecisionPlan)? {
        let end = sign < 0 ? input.low : input.high
        guard (end - start) * sign > 0 else { return nil }
        func rounded(_ value: Double) -> Double { input.isInteger ? value.rounded() : value }
        var same = start
        for step in 1...Self.steps {
            let value = step == Self.steps ? end : rounded(start + (end - start) * Double(step) / Double(Self.steps))
            guard value != same else { continue }
            guard var plan = other([(input, value)], at: &moment) else {
                same = value
                continue
            }
            var different = value
            while true {
                let middle = rounded(same + (different - same) / 2)
                let isClose = abs(different - same) <= 1e-12 * max(abs(same), abs(different))
                if isClose || middle == same || middle == different { return (different, plan) }
                if let found = other([(input, middle)], at: &moment) {
                    (different, plan) = (middle, found)
                } else {
                    same = middle
                }
            }
        }
        return nil
    }

    // MARK: Linear inputs

    /// How every candidate's score changes with an input, where all of them change in proportion and nobody drops out or
    /// joins; nil else.
    private mutating func line(of input: ChangeableInput, at moment: inout DecisionMoment) -> InputLine? {
        guard !input.isInteger, let attempt = record.attempts.last, isWhole else { return nil }
        if input.kind == .weight { return InputLine(input: input, attempt: attempt) }
        guard input.high > input.low else { return nil }
        var slopes: [Double]?
        // The ends first: the farthest apart give the slope its digits.
        for step in [16, 0] + Array(1...15) {
            let value = input.low + (input.high - input.low) * Double(step) / 16
            guard abs(value - input.value) > 1e-9 * input.spread else { continue }
            decisions += 1
            let other = moment.record(under: inputs.change([(input, value)]))
            guard other.attempts.count == record.attempts.count, let changed = other.attempts.last,
                zip(attempt.candidates, changed.candidates).allSatisfy({ $0.removals == $1.removals })
            else { return nil }
            let distance = value - input.value
            let expected =
                slopes ?? zip(attempt.candidates, changed.candidates).map { ($1.score - $0.score) / distance }
            slopes = expected
            for (index, candidate) in changed.candidates.enumerated() {
                let predicted = attempt.candidates[index].score + expected[index] * distance
                if abs(candidate.score - predicted) > 1e-9 * (1 + abs(candidate.score)) { return nil }
            }
        }
        return slopes.map { InputLine(input: input, slopes: $0) }
    }

    /// The least change of linear inputs together, in spreads, with which another node's candidate is the best.
    ///
    /// For every rival a small linear program: minimise the sum of |change| / spread, so that the rival's score is no
    /// more than that of any candidate of the chosen node; then the least over rivals.
    private mutating func smallestTogether(
        _ lines: [InputLine], at moment: inout DecisionMoment
    ) -> Counterfactual? {
        guard !lines.isEmpty, let attempt = record.attempts.last else { return nil }
        let changes = InputLine.programs(of: lines, attempt: attempt, chosenNodes: chosenNodes)
            .compactMap { $0.solution() }
        for solution in changes.sorted(by: { $0.cost < $1.cost }) {
            let moves = lines.indices.map { index in
                (
                    lines[index],
                    (solution.values[2 * index] - solution.values[2 * index + 1]) * lines[index].input.spread
                )
            }
            if let found = verified(moves.filter { $0.1 != 0 }, at: &moment) { return found }
        }
        return nil
    }

    /// A change to the very point where two candidates tie, taken a hair further if need be, and decided again.
    private mutating func verified(
        _ moves: [(line: InputLine, change: Double)], at moment: inout DecisionMoment
    ) -> Counterfactual? {
        var hair = 0.0
        while hair < 1e-3 {
            let values = moves.map { line, change in
                let value = line.input.value + change * (1 + hair)
                return (input: line.input, value: min(max(value, line.input.low), line.input.high))
            }
            if let plan = other(values, at: &moment) {
                return counterfactual(values, plan: plan, proof: .provedSmallest)
            }
            hair = hair == 0 ? 1e-14 : hair * 10
        }
        return nil
    }
}
