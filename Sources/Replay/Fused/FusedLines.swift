import Storage

/// What the members of a group weigh of ratings that are straight lines over the kilometres, whatever the order: added up once,
/// so that a candidate costs one product however many there are. What an order's load adds to them is left out: it is the same for
/// all candidates, so it decides nothing.
struct FusedLines {
    /// What is added to the score of a lane, lane x member.
    let fixed: Buffer<Double>
    /// What a kilometre adds, lane x member; nil where kilometres are the lanes' own, so that they are in ``fixed``.
    let slopes: Buffer<Double>?
    /// Bounds by member of what is behind both and of what is left out: absolute, for each kilometre of the longest way, for each item
    /// and kilogram of the largest load.
    let bounds: [LaneLine]

    /// The sums of some members' terms. `lines` has the ratings' lines by key and lane.
    init(
        _ members: [CompiledRuleSet], lines: [String: [LaneLine]], width: Int, context: ReplayContext,
        in arena: Arena
    ) {
        let laneCount = context.tables.laneNodes.count
        let hasSlopes = context.tables.hasOrderPlaces && !lines.isEmpty
        let fixed = arena.buffer(repeating: 0.0, count: laneCount * width)
        let slopes = hasSlopes ? arena.buffer(repeating: 0.0, count: laneCount * width) : nil
        bounds = members.enumerated().map { member, rules in
            var bound = LaneLine.level(0)
            for term in rules.exogenous {
                guard let own = lines[term.rating.key] else { continue }
                let weight = term.weight / term.scale
                var (most, steepest) = (abs(term.offset), 0.0)
                for lane in 0..<laneCount {
                    let place = lane * width + member
                    fixed[place] += weight * own[lane].fixed
                    if let slopes {
                        slopes[place] += weight * own[lane].perKilometre
                    } else {
                        fixed[place] += weight * own[lane].perKilometre * context.tables.laneKilometres[lane]
                    }
                    most = max(most, abs(own[lane].fixed))
                    steepest = max(steepest, abs(own[lane].perKilometre))
                }
                let load = own.first ?? .level(0)
                bound = LaneLine(
                    fixed: bound.fixed + abs(weight) * most, perKilometre: bound.perKilometre + abs(weight) * steepest,
                    perItem: bound.perItem + abs(weight * load.perItem),
                    perKilogram: bound.perKilogram + abs(weight * load.perKilogram))
            }
            return bound
        }
        self.fixed = fixed
        self.slopes = slopes
    }

    /// The lines of the ratings that have them for every lane, with the same for a load, of those that would be computed order by order;
    /// by key.
    static func lines(of strategies: [CompiledStrategy], context: ReplayContext) -> [String: [LaneLine]] {
        var found: [String: [LaneLine]] = [:]
        var none: Set<String> = []
        for term in strategies.flatMap(\.ruleSets[0].exogenous) {
            let rating = term.rating
            guard rating.isOfOrder(hasOrderPlaces: context.tables.hasOrderPlaces), found[rating.key] == nil,
                !none.contains(rating.key)
            else { continue }
            let lines = context.tables.laneNodes.indices.compactMap { rating.straightLine(lane: $0, in: context) }
            if lines.count == context.tables.laneNodes.count, lines.allSatisfy({ $0.addsAlike(lines[0]) }) {
                found[rating.key] = lines
            } else {
                none.insert(rating.key)
            }
        }
        return found
    }
}
