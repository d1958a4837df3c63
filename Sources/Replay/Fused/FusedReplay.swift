import Dispatch
import Domain
import Foundation
import History
import Lanes
import Storage

/// The strategies of a world that the fused loop replays: block by block, group by group, by as many threads as are given.
///
/// A group goes from block to block in order; which thread takes it on does not matter. So the threads of one world are busy
/// whatever the number of groups: the one that is furthest behind goes next, and blocks are filled ahead of them.
final class FusedReplay: @unchecked Sendable {
    /// A block with what comes before it.
    private final class Slot {
        var block: FusedBlock
        /// What world and calendar bring before its first visit: positions among the events.
        var events = 0..<0
        var day = 0

        init(_ block: FusedBlock) { self.block = block }
    }
    /// A group, so that several threads can be at several of them.
    private final class Holder {
        var group: FusedGroup

        init(_ group: FusedGroup) { self.group = group }
    }
    /// How far everybody is; read and written under the lock. Slots and groups belong to the thread that was given them.
    private struct Progress {
        /// Blocks filled, and whether the next one is in the making.
        var filled = 0
        var isFilling = false
        /// Whether all visits are in blocks.
        var isOver = false
        /// Blocks that each group has replayed, and whether a thread is at it.
        var groups: [Int]
        var isBusy: [Bool]
    }
    /// Work for a thread.
    private enum Task {
        case fill(Int)
        case replay(group: Int, block: Int)
        case wait
        case none
    }

    private let slots: [Slot]
    private let groups: [Holder]
    private var progress: Progress
    private let turn = NSCondition()
    private let context: ReplayContext
    private let exogenous: ExogenousEvents
    private let visits: Range<Int>
    /// Where the next block begins.
    private var nextVisit: Int
    private var nextExogenous = 0
    private var day: Int
    /// Sums that are the same for all strategies.
    private var placed: [(fact: Fact, sum: Double)] = [(.orders, 0), (.lines, 0), (.items, 0), (.orderedValue, 0)]

    /// Blocks that are kept for the groups that are behind.
    private static let slotCount = 4

    /// The replays of some strategies, by position among all; nil where there is none or the dataset is not for it.
    init?(
        _ indices: [Int], replays: [StrategyReplay], visits: Range<Int>, tables: FusedTables?, context: ReplayContext,
        exogenous: ExogenousEvents, loop: FusedLoop, threads: Int
    ) {
        guard !indices.isEmpty, let tables else { return nil }
        self.context = context
        self.exogenous = exogenous
        self.visits = visits
        nextVisit = visits.lowerBound
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
        let book = tables.book(orders: visits, ramps: ramps, context: context)
        let slots = (0..<(threads > 1 ? Self.slotCount : 1)).map { _ in
            Slot(
                FusedBlock(
                    plan: plan, ramps: ramps, context: context, tables: tables, book: book,
                    visitCount: visits.count, weighsDay: weighsDay))
        }
        self.slots = slots
        groups = Self.parts(of: indices.count).map { part in
            Holder(
                FusedGroup(
                    members: part.map { (indices[$0], $0) }, replays: replays, ramps: ramps, lines: lines,
                    slots: slots.count, block: slots[0].block, plan: plan, context: context, tables: tables, loop: loop)
            )
        }
        progress = Progress(
            groups: [Int](repeating: 0, count: groups.count), isBusy: [Bool](repeating: false, count: groups.count))
        progress.isOver = visits.isEmpty
        for (number, slot) in slots.enumerated() {
            for holder in groups { holder.group.addBase(to: &slot.block, slot: number) }
        }
    }

    /// Members of the groups of so many strategies: eights, then a four where that is enough for the rest; one or two go alone, which
    /// costs less than a four.
    static func parts(of count: Int) -> [Range<Int>] {
        let eights = stride(from: 0, to: count, by: 8).map { $0..<min($0 + 8, count) }
        guard let rest = eights.last, rest.count <= 2 else { return eights }
        return eights.dropLast() + rest.map { $0..<($0 + 1) }
    }

    /// Replays all visits by some threads and hands over what became of them.
    func replay(_ replays: inout [StrategyReplay], threads: Int) {
        if threads > 1 {
            DispatchQueue.concurrentPerform(iterations: threads) { _ in work() }
        } else {
            work()
        }
        for holder in groups {
            holder.group.handOver(placed: placed, decisions: visits.count, nextExogenous: nextExogenous, to: &replays)
        }
    }

    /// Does what is to be done until nothing is left.
    private func work() {
        while true {
            turn.lock()
            var task = next()
            while case .wait = task {
                turn.wait()
                task = next()
            }
            turn.unlock()
            switch task {
            case .fill(let number):
                let isOver = fill(slots[number % slots.count])
                turn.lock()
                progress.filled += 1
                progress.isOver = isOver
                progress.isFilling = false
            case .replay(let group, let number):
                replay(groups[group], slot: number % slots.count)
                turn.lock()
                progress.groups[group] += 1
                progress.isBusy[group] = false
            case .wait, .none: return
            }
            turn.broadcast()
            turn.unlock()
        }
    }

    /// What is to be done next, and that it is being done. Filling comes first where groups would run out of blocks.
    private func next() -> Task {
        let last = progress.groups.min() ?? 0
        let mayFill = !progress.isOver && !progress.isFilling && progress.filled - last < slots.count
        let idle = progress.groups.indices.filter { !progress.isBusy[$0] && progress.groups[$0] < progress.filled }
        if mayFill, progress.filled - last < 2 || idle.isEmpty, slots.count > 1 || idle.isEmpty {
            progress.isFilling = true
            return .fill(progress.filled)
        }
        guard let group = idle.min(by: { progress.groups[$0] < progress.groups[$1] }) else {
            let isDone = progress.isOver && progress.groups.allSatisfy { $0 == progress.filled }
            return isDone ? .none : .wait
        }
        progress.isBusy[group] = true
        return .replay(group: group, block: progress.groups[group])
    }

    /// Fills a slot with the next visits; true where they are the last.
    private func fill(_ slot: Slot) -> Bool {
        let placedAt = context.tables.orders.placedAt
        let events = exogenous.events
        let firstEvent = nextExogenous
        while nextExogenous < events.count, events[nextExogenous].time <= placedAt[nextVisit] {
            if events[nextExogenous].rank == .midnight { day = context.calendar.day(of: events[nextExogenous].time) }
            nextExogenous += 1
        }
        slot.events = firstEvent..<nextExogenous
        slot.day = day
        if let factors = slot.block.visits.dayFactors {
            for node in factors.indices { factors[node] = 1 / context.tables.openStationSeconds(node: node, day: day) }
        }
        var end = visits.upperBound
        if nextExogenous < events.count {
            end = Self.first(placedAt, in: nextVisit..<end, notBefore: events[nextExogenous].time)
        }
        slot.block.fill(orders: nextVisit..<end, firstVisit: nextVisit - visits.lowerBound)
        count(slot.block)
        nextVisit += slot.block.count
        return nextVisit == visits.upperBound
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

    /// Replays the block of a slot under a group, and what comes before it.
    private func replay(_ holder: Holder, slot number: Int) {
        let slot = slots[number]
        for position in slot.events {
            let event = exogenous.events[position]
            switch event.rank {
            case .midnight: holder.group.beginDay()
            case .replenishment:
                let arriving = context.dataset.replenishments[event.subject]
                holder.group.receive(Int32(arriving.quantity), node: arriving.node, product: arriving.product)
            default: preconditionFailure("an event that the fused loop knows")
            }
        }
        holder.group.replay(slot.block, slot: number, day: slot.day)
    }

    /// Counts a block's orders as placed.
    private func count(_ block: FusedBlock) {
        for index in 0..<block.count {
            let weight = block.visits.weights[index]
            placed[0].sum += weight
            placed[1].sum += weight
            placed[2].sum += weight * block.visits.units[index]
            placed[3].sum += weight * block.visits.values[index]
        }
    }
}
