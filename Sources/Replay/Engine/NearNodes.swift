import Storage

/// The nodes of every zone, the nearest first: where scores rise with the kilometres a search for the best may end early.
final class NearNodes: Sendable {
    /// The lanes of a zone that leave from one node, neighbours in the lane table.
    struct Run: BitwiseCopyable {
        let firstRow: Int
        let endRow: Int
        /// The fewest kilometres of any of them.
        let kilometres: Double
    }
    /// Lanes that are scored in one go where the search may end early.
    static let batchLength = 32
    /// From this many lanes of a zone on, ending early pays even for one world.
    static let manyLanes = 400
    private let runs: Buffer<Run>
    /// Where the runs of each zone begin, and the end.
    private let offsets: [Int]
    private let arena = Arena()

    /// Sorts the nodes of all zones.
    init(tables: ReplayTables) {
        var runs: [Run] = []
        var offsets = [0]
        for zone in tables.dataset.zones.indices {
            runs += Self.runs(of: tables.dataset.lanes.rows(ofZone: zone), in: tables)
            offsets.append(runs.count)
        }
        self.runs = arena.buffer(runs)
        self.offsets = offsets
    }

    /// Positions of a zone's runs.
    @inline(__always)
    func positions(zone: Int) -> Range<Int> { offsets[zone]..<offsets[zone + 1] }

    /// A run, by position.
    @inline(__always)
    subscript(position: Int) -> Run { runs[position] }

    /// The kilometres of a zone's farthest run.
    func farthest(zone: Int) -> Double {
        let positions = positions(zone: zone)
        return positions.isEmpty ? 0 : runs[positions.upperBound - 1].kilometres
    }

    /// The node runs among some lanes, the nearest first.
    private static func runs(of lanes: Range<Int>, in tables: ReplayTables) -> [Run] {
        var runs: [Run] = []
        var first = lanes.lowerBound
        while first < lanes.upperBound {
            var end = first + 1
            while end < lanes.upperBound, tables.laneNodes[end] == tables.laneNodes[first] { end += 1 }
            let kilometres = (first..<end).reduce(.infinity) { min($0, tables.laneKilometres[$1]) }
            runs.append(Run(firstRow: first, endRow: end, kilometres: kilometres))
            first = end
        }
        return runs.sorted { ($0.kilometres, $0.firstRow) < ($1.kilometres, $1.firstRow) }
    }
}

/// Whether looking at near nodes first pays for a strategy in a trial: where it mostly looks at more than half of the nodes, as
/// where stock and queues weigh more than the way, scanning them all from a block costs less.
struct NearSearch {
    /// As of the block of visits at hand, which is scored for those that do not look at near nodes first.
    private(set) var isOn: Bool
    private var pays = true
    private var decisions = 0
    private var looked = 0
    private var all = 0
    private static let decisionsToJudge = 64

    init(isOn: Bool) { self.isOn = isOn }

    /// Counts a decision that looked at some of a zone's nodes.
    mutating func count(looked: Int, of all: Int) {
        decisions += 1
        self.looked += looked
        self.all += all
        guard decisions == Self.decisionsToJudge else { return }
        if 2 * self.looked > self.all { pays = false }
        (decisions, self.looked, self.all) = (0, 0, 0)
    }

    /// A block of visits begins.
    mutating func beginBlock() { isOn = isOn && pays }
}

/// A line over the kilometres below which no score lies, but for rounding within the slack.
struct LowerLine {
    let line: FreightLine
    let slack: Double

    /// Below every score of lanes that are not nearer.
    @inline(__always)
    func bound(kilometres: Double) -> Double { line.price(kilometres: kilometres) - slack }
}

extension CompiledRuleSet {
    /// A line over the kilometres below which no score of an order lies; nil where a rating knows none or a weight turns it
    /// around, or where it does not rise.
    func lowerLine(_ facts: OrderFacts, near: NearNodes, in context: ReplayContext) -> LowerLine? {
        // An order's own kilometres are not those of the zone, by which the nodes are sorted.
        if context.tables.hasOrderPlaces { return nil }
        var fixed = 0.0
        var perKilometre = 0.0
        var size = 0.0
        func add(_ line: FreightLine?, weight: Double, offset: Double, scale: Double) -> Bool {
            if weight == 0 { return true }
            guard let line, weight > 0, scale > 0 else { return false }
            fixed += weight * ((line.fixed - offset) / scale)
            perKilometre += weight * (line.perKilometre / scale)
            size += weight * ((abs(line.fixed) + abs(offset)) / scale)
            return true
        }
        for term in exogenous {
            let line = term.rating.lowerLine(order: facts, in: context)
            guard add(line, weight: term.weight, offset: term.offset, scale: term.scale) else { return nil }
        }
        for term in endogenous {
            let line = term.rating.lowerLine(order: facts, in: context)
            guard add(line, weight: term.weight, offset: term.offset, scale: term.scale) else { return nil }
        }
        guard perKilometre > 0 else { return nil }
        // Far more than the rounding of a few dozen additions, far less than a difference anybody would mind.
        let farthest = max(0, near.farthest(zone: facts.zone))
        return LowerLine(
            line: FreightLine(fixed: fixed, perKilometre: perKilometre), slack: 1e-12 * (size + perKilometre * farthest)
        )
    }
}

extension StrategySpecification {
    /// Whether carriers' prices are in the scores by which it decides at first.
    var paysFreight: Bool {
        guard case .scored(let rules) = assignment, let first = rules.first else { return false }
        return first.ratings.contains { ($0.rating as? any ExogenousRating)?.paysFreight ?? false }
    }
}

extension StrategyReplay {
    /// The best lane for a whole new order: near nodes first, until no farther one can be better. Candidates are asked as
    /// where every one is asked by itself, and of equals the first row is taken, so that the choice is the same.
    mutating func nearFirstLane(_ facts: OrderFacts, needs: OrderNeeds, near: NearNodes) -> BlockChoice {
        let rules = strategy.ruleSets[0]
        guard let lower = rules.lowerLine(facts, near: near, in: context) else { return .unknown }
        let positions = near.positions(zone: facts.zone)
        var best = SetChoice()
        var next = positions.lowerBound
        while next < positions.upperBound, !(lower.bound(kilometres: near[next].kilometres) > best.score) {
            var count = 0
            while next < positions.upperBound, count < NearNodes.batchLength {
                let run = near[next]
                next += 1
                let node = Int(context.tables.laneNodes[run.firstRow])
                guard canShip(node: node, needs: needs, usesSafetyStock: rules.usesSafetyStock) else { continue }
                for row in run.firstRow..<run.endRow where isPossible(row, facts: facts, rules: rules) {
                    scratch.exactRows[count] = Int32(row)
                    count += 1
                }
            }
            setExactScores(count: count, facts: facts, rules: rules)
            for index in 0..<count { best.improve(row: scratch.exactRows[index], score: scratch.exact[index], set: 0) }
        }
        nearSearch.count(looked: next - positions.lowerBound, of: positions.count)
        return best.row >= 0 ? .lane(Int(best.row)) : .none
    }
}
