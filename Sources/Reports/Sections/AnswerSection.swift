import Experiments

/// The answer in one sentence with its uncertainty, and what stands against it.
struct AnswerSection: ReportSection {
    let heading = "The answer"

    func markdown(of input: ReportInput) -> String? {
        Answer(input.ranking).sentences.joined(separator: " ") + "\n"
    }
}

/// What a ranking says, in sentences made of its numbers.
public struct Answer: Sendable {
    private let ranking: Ranking

    /// The answer of a ranking.
    public init(_ ranking: Ranking) {
        self.ranking = ranking
    }

    /// The sentences, the most important first.
    public var sentences: [String] {
        [recommendation, comparison, rivals, winner].compactMap { $0 } + advice
    }

    private var recommended: RankedStrategy? { ranking.strategies.first(where: \.recommended) }

    private var recommendation: String {
        let worlds = ranking.replications == 1 ? "1 world" : "\(NumberText.count(ranking.replications)) worlds"
        guard let best = recommended else {
            if ranking.strategies.allSatisfy({ $0.composite == nil }) {
                return "No strategy can be recommended: the composite is undefined for all of them."
            }
            return "No strategy can be recommended: none is shown to keep all guardrails in \(worlds)."
        }
        let rails = ranking.guardrails.isEmpty ? "" : " and keeps all guardrails"
        let composite = NumberText.interval(
            mean: best.composite, low: best.compositeInterval.low, high: best.compositeInterval.high)
        let place = best.rank == 1 ? "the best composite" : "the best composite of those that keep all guardrails"
        return "**\(best.name)** is recommended: it has \(place), \(composite) over \(worlds)\(rails)."
    }

    private var comparison: String? {
        guard let best = recommended, let difference = best.difference, let verdict = best.verdict else {
            return recommended == nil ? nil : "It is the baseline itself."
        }
        let bounds = NumberText.bounds(low: difference.low, high: difference.high)
        let amount = NumberText.value(difference.mean)
        switch verdict {
        case .better, .worse:
            return "That is \(verdict.rawValue) than the baseline \(ranking.baseline) by "
                + "\(NumberText.value(difference.mean.map(abs))), interval of the difference \(bounds)."
        case .equivalent:
            return
                "It is equivalent to the baseline \(ranking.baseline): the difference, \(amount) \(bounds), is within "
                + "what matters (\(NumberText.value(ranking.practicalDifference)))."
        case .noDifferenceShown:
            return "No difference to the baseline \(ranking.baseline) is shown: \(amount), interval \(bounds)."
        }
    }

    private var rivals: String? {
        guard let best = recommended else { return nil }
        let names = ranking.strategies.filter { $0.mayBeBest && $0.name != best.name }.map(\.name)
        if names.isEmpty { return best.mayBeBest ? "No other strategy may be the best." : nil }
        return "These may be the best too: \(names.joined(separator: ", "))."
    }

    private var winner: String? {
        guard let first = ranking.strategies.first, first.name != recommended?.name, first.composite != nil else {
            return nil
        }
        let states = first.guardrails.filter { $0.state != .kept }
        guard !states.isEmpty else { return nil }
        let words = states.map { "\($0.metric) is \($0.state.rawValue)" }.joined(separator: ", ")
        return "\(first.name) has a better composite, but of its guardrails \(words)."
    }

    /// What would settle what is open.
    private var advice: [String] {
        var advice: [String] = []
        if ranking.replications == 1 {
            advice.append("One world gives no intervals: use more replications before acting on this.")
        }
        let more = ranking.strategies.filter { $0.rank == 1 }.flatMap(\.guardrails).compactMap(\.moreReplications).max()
        if let more, ranking.replications > 1 {
            advice.append(
                "About \(NumberText.count(more)) more replications would settle the guardrails of the first.")
        }
        return advice
    }
}
