/// How a strategy decides on a whole new order, and why not in a faster way. Whatever the path, the choice is the same to
/// the last bit: paths differ in what is computed beforehand and for whom.
public struct DecisionPath: Sendable, Hashable {
    /// The ways, from the fastest on.
    public enum Kind: String, Sendable, Hashable, CaseIterable {
        /// The record says which node.
        case recorded
        /// Orders of one line in one shipment, of whose course nothing is open as they are decided: choice, queue, transit and sums
        /// are one loop for up to eight strategies at once.
        case fused
        /// As ``ranked``, and no farther node is scored once none can be better: the cost hardly grows with the network.
        case pruned
        /// The best nodes of every order are ranked, once for all worlds where there are several; the first possible one is
        /// taken.
        case ranked
        /// Near nodes are asked first as the decision is taken, until no farther one can be better.
        case nearFirst = "near_first"
        /// As ``scanned``, for up to eight strategies at once.
        case lockstep
        /// What no strategy influences is scored for a block of orders and all strategies at once; each decision scans all
        /// lanes of its zone and adds what depends on what was decided before.
        case scanned
        /// Every candidate is asked by itself as the decision is taken.
        case asked

        /// A line for people.
        public var summary: String {
            switch self {
            case .recorded: "the record says which node"
            case .fused:
                "full scan of the zone's lanes, fused with all that becomes of an order, for up to eight at once"
            case .pruned: "first possible of the ranked nodes, near ones first until no farther one can be better"
            case .ranked: "first possible of the ranked nodes, after a full scan of the zone's lanes"
            case .nearFirst: "near nodes first, until no farther one can be better"
            case .lockstep: "full scan of the zone's lanes, for up to eight strategies at once"
            case .scanned: "full scan of the zone's lanes, scored in blocks"
            case .asked: "every candidate by itself"
            }
        }
    }
    /// The way.
    public var kind: Kind
    /// Why no faster one: a clause each, empty for the fastest.
    public var reasons: [String]
}

extension ReplayPlan {
    /// How a strategy of the plan decides on a whole new order in a world; in one without events unless said otherwise.
    public func decisionPath(ofStrategy index: Int, in world: World? = nil) -> DecisionPath {
        let strategy = strategies[index]
        let obstacle =
            fusionObstacle(in: world ?? World(replication: 0, seed: 0, dataset: dataset))
            ?? fusionObstacle(of: strategy)
        if obstacle == nil { return DecisionPath(kind: .fused, reasons: []) }
        guard case .scored(let ruleSets) = strategy.assignment, let rules = ruleSets.first else {
            return DecisionPath(kind: .recorded, reasons: [])
        }
        var reasons: [String] = []
        if let wave = strategy.waveSeconds { reasons.append("decides in waves of \(wave / 60) minutes") }
        for use in rules.constraints where use.softPrice != nil {
            reasons.append("breaking \(use.constraint.declaration.name) has a price")
        }
        if !CompiledStrategy.decidesAtOnce(strategy) { return DecisionPath(kind: .asked, reasons: reasons) }
        if let obstacle { reasons.append("not fused: \(obstacle)") }
        if isPruned(strategy: index) { return DecisionPath(kind: .pruned, reasons: reasons) }
        if isRanked(strategy: index) {
            let reason =
                tables.hasOrderPlaces
                ? "orders have places of their own, so that no node is near to all of a zone"
                : "nothing it weighs is known to rise with the kilometres"
            return DecisionPath(kind: .ranked, reasons: reasons + [reason])
        }
        for use in rules.ratings {
            let name = use.rating.declaration.name
            guard let rating = use.rating as? any ExogenousRating else {
                reasons.append("\(name) depends on what was decided before")
                continue
            }
            if !rating.dependence.isOfEveryWorld { reasons.append("\(name) differs from world to world") }
        }
        if isNearFirst(strategy: index) { return DecisionPath(kind: .nearFirst, reasons: reasons) }
        let isOfEveryWorld = RankedLanes.serves(strategy)
        if isOfEveryWorld, worldCount < RankedLanes.fewestWorlds {
            reasons.append("ranking pays from \(RankedLanes.fewestWorlds) worlds on")
        } else if isOfEveryWorld {
            reasons.append("ranking so many orders would take more than \(RankedLanes.largestSize >> 20) MiB")
        }
        if isLockstep(strategy: index) { return DecisionPath(kind: .lockstep, reasons: reasons) }
        reasons.append("fewer than \(LockstepGroup.fewestMembers) strategies could go in lockstep")
        return DecisionPath(kind: .scanned, reasons: reasons)
    }
}
