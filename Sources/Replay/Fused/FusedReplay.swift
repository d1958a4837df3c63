import Domain
import History
import Lanes
import Storage

/// The strategies of a world that the fused loop replays: block by block, group by group.
struct FusedReplay {
    private var block: FusedBlock
    private var groups: [FusedGroup] = []
    private let context: ReplayContext
    private let exogenous: ExogenousEvents
    private var nextExogenous = 0
    private var day: Int
    /// Sums that are the same for all strategies.
    private var placed: [(fact: Fact, sum: Double)] = [(.orders, 0), (.lines, 0), (.items, 0), (.orderedValue, 0)]

    /// The replays of some strategies, by position among all; nil where there is none or the dataset is not for it.
    init?(
        _ indices: [Int], replays: [StrategyReplay], tables: FusedTables?, context: ReplayContext,
        exogenous: ExogenousEvents, loop: FusedLoop
    ) {
        guard !indices.isEmpty, let tables else { return nil }
        self.context = context
        self.exogenous = exogenous
        day = context.calendar.day(of: context.settings.from)
        let strategies = indices.enumerated().map { column, index in
            CompiledStrategy(replays[index].strategy.specification, column: column)
        }
        let lines = FusedLines.lines(of: strategies, context: context)
        let plan = FeaturePlan(
            strategies: strategies, hasOrderPlaces: context.tables.hasOrderPlaces, sharesAll: true,
            leftOut: Set(lines.keys))
        var ramps: [any RampRating] = []
        var weighsDay = false
        for term in strategies.flatMap(\.ruleSets[0].endogenous) {
            if let ramp = term.rating as? any RampRating, !ramps.contains(where: { $0.key == ramp.key }) {
                ramps.append(ramp)
            }
            if let rating = term.rating as? any FusedRating, rating.fusedForm == .shareOfDay { weighsDay = true }
        }
        block = FusedBlock(plan: plan, ramps: ramps, context: context, tables: tables, weighsDay: weighsDay)
        var first = 0
        while first < indices.count {
            let end = min(first + 8, indices.count)
            groups.append(
                FusedGroup(
                    members: (first..<end).map { (indices[$0], $0) }, replays: replays, ramps: ramps, lines: lines,
                    block: &block, plan: plan, context: context, tables: tables, loop: loop))
            first = end
        }
        setDayFactors()
    }

    /// Replays all visits and hands over what became of them.
    mutating func replay(_ visits: Range<Int>, replays: inout [StrategyReplay]) {
        let placedAt = context.tables.orders.placedAt
        var next = visits.lowerBound
        while next < visits.upperBound {
            happen(before: placedAt[next])
            var end = visits.upperBound
            if nextExogenous < exogenous.events.count {
                end = Self.first(placedAt, in: next..<end, notBefore: exogenous.events[nextExogenous].time)
            }
            block.fill(orders: next..<end, firstVisit: next - visits.lowerBound)
            count(next..<(next + block.count))
            for group in groups.indices { groups[group].replay(block, day: day, replays: &replays) }
            next += block.count
        }
        for group in groups {
            group.handOver(placed: placed, decisions: visits.count, nextExogenous: nextExogenous, to: &replays)
        }
    }

    /// The first of some orders that is placed at or after an instant.
    private static func first(_ placedAt: Column<Double>, in orders: Range<Int>, notBefore time: Double) -> Int {
        var (low, high) = (orders.lowerBound, orders.upperBound)
        while low < high {
            let middle = (low + high) / 2
            if placedAt[middle] < time { low = middle + 1 } else { high = middle }
        }
        return low
    }

    /// What world and calendar bring at or before an instant.
    private mutating func happen(before time: Double) {
        while nextExogenous < exogenous.events.count, exogenous.events[nextExogenous].time <= time {
            let event = exogenous.events[nextExogenous]
            nextExogenous += 1
            switch event.rank {
            case .midnight:
                day = context.calendar.day(of: event.time)
                for group in groups { group.beginDay() }
                setDayFactors()
            case .replenishment:
                let arriving = context.dataset.replenishments[event.subject]
                for group in groups {
                    group.receive(Int32(arriving.quantity), node: arriving.node, product: arriving.product)
                }
            default: preconditionFailure("an event that the fused loop knows")
            }
        }
    }

    /// Sets what a second's work is of each node's day.
    private func setDayFactors() {
        guard let factors = block.visits.dayFactors else { return }
        for node in factors.indices { factors[node] = 1 / context.tables.openStationSeconds(node: node, day: day) }
    }

    /// Counts orders as placed.
    private mutating func count(_ orders: Range<Int>) {
        for index in 0..<orders.count {
            let weight = block.visits.weights[index]
            placed[0].sum += weight
            placed[1].sum += weight
            placed[2].sum += weight * block.visits.units[index]
            placed[3].sum += weight * block.visits.values[index]
        }
    }
}
