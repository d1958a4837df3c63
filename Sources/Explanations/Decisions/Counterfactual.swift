/// The change of one or several inputs with which the strategy would have chosen another node. The decision was taken
/// again with exactly these values, and came out so.
public struct Counterfactual: Codable, Sendable, Hashable {
    /// One input's part of it.
    public struct Part: Codable, Sendable, Hashable {
        /// Key of the input.
        public var key: String
        /// What it was.
        public var from: Double
        /// What it would have to be.
        public var to: Double
        /// |to - from| in the input's spreads.
        public var distance: Double
    }
    /// Whether nothing smaller does it.
    public enum Proof: String, Codable, Sendable, Hashable {
        /// All smaller whole numbers were tried, or the scores are linear in the inputs and this is the optimum.
        case provedSmallest = "proved_smallest"
        /// Searched in steps over the plausible range and halved to rounding: a smaller one may lie between steps.
        case smallestFound = "smallest_found"
    }
    /// What changes.
    public var parts: [Part]
    /// Sum of distances.
    public var distance: Double
    /// Nodes chosen then, in order of choice.
    public var nodes: [String]
    /// Whether it is the smallest.
    public var proof: Proof
}

/// What a single input would have to be, all others as they were.
public struct InputAnswer: Codable, Sendable, Hashable {
    /// The input.
    public var input: ChangeableInput
    /// Whether any candidate's score, or who is a candidate, changes anywhere in the range.
    public var matters: Bool
    /// The smallest change; nil = none in the plausible range, or frozen.
    public var smallest: Counterfactual?
}

/// All answers on one decision.
public struct Counterfactuals: Codable, Sendable, Hashable {
    /// Each input by itself, in the order world, network, weights.
    public var alone: [InputAnswer]
    /// The smallest change of all weights together; nil = none in the plausible range.
    public var weights: Counterfactual?
    /// The smallest change of all other continuous inputs together in which the scores are linear; nil = none.
    public var features: Counterfactual?
    /// Keys of the inputs in ``features``.
    public var linearFeatures: [String]
    /// How often the decision was taken again.
    public var decisions: Int

    /// The smallest change of all: by distance, then in the order of the answers.
    public var best: Counterfactual? {
        let all = alone.compactMap(\.smallest) + [weights, features].compactMap { $0 }
        return all.enumerated().min { ($0.element.distance, $0.offset) < ($1.element.distance, $1.offset) }?.element
    }
}
