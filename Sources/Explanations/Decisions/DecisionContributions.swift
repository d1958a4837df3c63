import History
import Replay

/// Why the chosen candidate and not another: the difference of their scores, rating by rating.
///
/// A score is a sum, so that the difference of two splits exactly into weight x (feature difference) / scale; these are
/// its Shapley values (Shapley 1953; a linear game gives each player its own term). Negative parts speak for the chosen
/// candidate: the smallest score wins.
public struct DecisionContributions: Codable, Sendable, Hashable {
    /// A column: a rating, or a constraint whose breach has a price.
    public struct Feature: Codable, Sendable, Hashable {
        /// Name and parameters.
        public var key: String
        /// Unit of the value; "" for a constraint.
        public var unit: String
        /// Its weight; 1 for a constraint.
        public var weight: Double
        /// Subtracted from the value, and what divides it.
        public var offset, scale: Double
        /// Whether it depends on what the strategy did before.
        public var isEndogenous: Bool
    }
    /// A row: a candidate.
    public struct Candidate: Codable, Sendable, Hashable {
        /// Node.
        public var node: String
        /// Service.
        public var service: String
        /// Whether it is the one chosen.
        public var isChosen: Bool
        /// Why it was out, in words of ``DecisionFunnel``; empty for those whose scores competed.
        public var removals: [String]
        /// The features' values, each in its unit; of a constraint 1 where it is broken.
        public var values: [Double]
        /// What each adds to the score.
        public var weighted: [Double]
        /// The chosen candidate's weighted value less this one's, by feature.
        public var contributions: [Double]
        /// Its score.
        public var score: Double
        /// The chosen candidate's score less this one's: the contributions add up to it.
        public var difference: Double
    }
    /// Number of the rule set, from 0.
    public var ruleSet: Int
    /// Shipment of a split, from 0; nil where one candidate took the whole order.
    public var shipment: Int?
    /// What the chosen candidate carries: product and units.
    public var lines: [DecisionExplanation.Line]
    /// The columns.
    public var features: [Feature]
    /// The rows: those whose scores competed by score, then the others in the order of lanes.
    public var candidates: [Candidate]

    /// The chosen candidate.
    public var chosen: Candidate? { candidates.first(where: \.isChosen) }

    /// The best of the other nodes' candidates whose scores competed.
    public var second: Candidate? {
        guard let chosen else { return nil }
        return candidates.first { $0.removals.isEmpty && $0.node != chosen.node }
    }

    /// The contributions of an attempt that chose somebody; nil for others.
    init?(_ attempt: DecisionAttempt, order: Int, dataset: Dataset) {
        guard let position = attempt.chosen else { return nil }
        let winner = attempt.candidates[position]
        ruleSet = attempt.ruleSet
        shipment = attempt.splitStep
        lines = winner.lines.map { DecisionExplanation.Line($0, order: order, dataset: dataset) }
        features =
            attempt.ratings.map { rating in
                Feature(
                    key: rating.key, unit: rating.declaration.unit, weight: rating.weight, offset: rating.offset,
                    scale: rating.scale, isEndogenous: rating.isEndogenous)
            }
            + attempt.softConstraints.map {
                Feature(key: $0, unit: "", weight: 1, offset: 0, scale: 1, isEndogenous: false)
            }
        let winnerTerms = Self.weighted(winner)
        let rows = attempt.candidates.enumerated().map { index, candidate in
            let weighted = Self.weighted(candidate)
            return Candidate(
                node: dataset.nodes[candidate.lane.node].id, service: dataset.services[candidate.lane.service].id,
                isChosen: index == position,
                removals: candidate.removals.map { removal in
                    let words = DecisionFunnel.words(removal, dataset: dataset)
                    return words.detail.isEmpty ? words.reason : "\(words.reason): \(words.detail)"
                },
                values: candidate.terms.map(\.value) + candidate.softPrices.map { $0 == 0 ? 0 : 1 },
                weighted: weighted, contributions: zip(winnerTerms, weighted).map { $0 - $1 },
                score: candidate.score, difference: winner.score - candidate.score)
        }
        let scored = rows.enumerated().filter { $0.element.removals.isEmpty }
            .sorted { ($0.element.score, $0.offset) < ($1.element.score, $1.offset) }.map(\.element)
        candidates = scored + rows.filter { !$0.removals.isEmpty }
    }

    private static func weighted(_ candidate: CandidateRecord) -> [Double] {
        candidate.terms.map(\.weighted) + candidate.softPrices
    }
}
