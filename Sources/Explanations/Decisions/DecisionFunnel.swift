import History
import Replay

/// From all lanes of the order's zone to the one chosen: how many each constraint removed.
public struct DecisionFunnel: Codable, Sendable, Hashable {
    /// Candidates removed for one reason; each counts once, under the first reason it met.
    public struct Removal: Codable, Sendable, Hashable {
        /// The reason: `node_down`, `daily_limit`, `node_tag`, `service_tag`, `banned`, `stock`, `constraint`, `world`,
        /// `covers_less`, `other_nodes`.
        public var reason: String
        /// What exactly: the product that lacks, the constraint with its parameters.
        public var detail: String
        /// How many lanes.
        public var lanes: Int
        /// Their nodes, each once, in order.
        public var nodes: [String]
    }
    /// Number of the rule set, from 0.
    public var ruleSet: Int
    /// Shipment of a split, from 0; nil where one candidate was to take the whole order.
    public var shipment: Int?
    /// Lanes of the zone.
    public var candidates: Int
    /// What was removed, in the order in which the engine asks.
    public var removals: [Removal]
    /// Lanes whose scores competed.
    public var scored: Int
    /// The chosen node; nil where none was.
    public var node: String?
    /// The chosen service.
    public var service: String?

    /// The funnel of an attempt.
    init(_ attempt: DecisionAttempt, dataset: Dataset) {
        ruleSet = attempt.ruleSet
        shipment = attempt.splitStep
        candidates = attempt.candidates.count
        scored = attempt.candidates.count { $0.isScored }
        let chosen = attempt.chosen.map { attempt.candidates[$0].lane }
        node = chosen.map { dataset.nodes[$0.node].id }
        service = chosen.map { dataset.services[$0.service].id }
        var found: [(rank: Int, removal: Removal)] = []
        for candidate in attempt.candidates {
            guard let first = candidate.removals.first else { continue }
            let (rank, reason, detail) = Self.words(first, dataset: dataset)
            let id = dataset.nodes[candidate.lane.node].id
            if let known = found.firstIndex(where: { $0.removal.reason == reason && $0.removal.detail == detail }) {
                found[known].removal.lanes += 1
                if found[known].removal.nodes.last != id { found[known].removal.nodes.append(id) }
            } else {
                found.append((rank, Removal(reason: reason, detail: detail, lanes: 1, nodes: [id])))
            }
        }
        removals = found.enumerated().sorted { ($0.element.rank, $0.offset) < ($1.element.rank, $1.offset) }
            .map(\.element.removal)
    }

    /// Its place in the engine's order, its word and its particulars.
    static func words(
        _ removal: CandidateRemoval, dataset: Dataset
    ) -> (rank: Int, reason: String, detail: String) {
        switch removal {
        case .nodeDown: (0, "node_down", "")
        case .dailyLimit(_, let limit): (1, "daily_limit", "\(limit) orders a day")
        case .nodeLacksTag: (2, "node_tag", "")
        case .serviceLacksTag: (3, "service_tag", "")
        case .banned: (4, "banned", "")
        case .stock(let product, let needed, _):
            (5, "stock", "fewer than \(needed) of \(dataset.products.ids[product])")
        case .constraint(_, let key): (6, "constraint", key)
        case .world: (7, "world", "")
        case .coversLess(_, let most): (8, "covers_less", "others carry \(most)")
        case .outsideChosenNodes: (9, "other_nodes", "")
        }
    }
}
