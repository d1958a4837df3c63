import Domain
import History
import Storage

// The plan of a decision: what it takes is reserved at once, and given back when it is dropped.
extension StrategyReplay {
    /// Adds parts to the plan: reserves stock and counts, merging into a shipment on the same lane. `parcel` is what the
    /// parts come to.
    mutating func take(_ lane: LaneFacts, run: PartRun, parcel: Parcel) {
        let seconds = state.committedSecondsToday[lane.node]
        scratch.steps.append(
            PlanStep(lane: lane.lane, node: lane.node, parts: run, committedSeconds: seconds), in: arena)
        if let index = plannedIndex(lane: lane.lane) {
            let before = context.meanServiceSeconds(node: lane.node, parcel: scratch.plan[index].parcel)
            merge(run, into: index)
            let more = context.meanServiceSeconds(node: lane.node, parcel: scratch.plan[index].parcel) - before
            state.setCommittedSeconds(seconds + more, node: lane.node)
        } else {
            scratch.plan.append(PlannedShipment(lane: lane, parts: run, parcel: parcel), in: arena)
            countAssignment(lane, parcel: parcel)
        }
        for index in run.indices {
            let part = scratch.parts[index]
            scratch.remaining[Int(part.line)] -= part.quantity
            addStock(part, node: lane.node, sign: -1)
        }
    }

    /// Counts a shipment in its node's day.
    mutating func countAssignment(_ lane: LaneFacts, parcel: Parcel) {
        countAssignment(lane, meanSeconds: context.meanServiceSeconds(node: lane.node, parcel: parcel))
    }

    /// Counts a shipment of a mean service time in its node's day.
    @inline(__always)
    mutating func countAssignment(_ lane: LaneFacts, meanSeconds: Double) {
        state.addAssigned(1, node: lane.node, service: lane.service, serviceCount: context.tables.services.count)
        state.setCommittedSeconds(state.committedSecondsToday[lane.node] + meanSeconds, node: lane.node)
    }

    /// Gives back what the plan has reserved.
    mutating func dropPlan() {
        for index in 0..<scratch.plan.count {
            let node = scratch.plan[index].lane.node
            for position in scratch.plan[index].parts.indices {
                let part = scratch.parts[position]
                scratch.remaining[Int(part.line)] += part.quantity
                addStock(part, node: node, sign: 1)
            }
            state.addAssigned(
                -1, node: node, service: scratch.plan[index].lane.service, serviceCount: context.tables.services.count)
        }
        // Restored, not subtracted, so that a dropped plan leaves no rounding behind.
        var step = scratch.steps.count
        while step > 0 {
            step -= 1
            state.setCommittedSeconds(scratch.steps[step].committedSeconds, node: scratch.steps[step].node)
        }
        scratch.steps.removeAll()
        scratch.plan.removeAll()
    }

    /// Adds (or takes) the stock of a part.
    private mutating func addStock(_ part: LinePart, node: Int, sign: Int32) {
        let first = context.tables.orders.lines(of: orders[plannedSlot].order).lowerBound
        let product = Int(context.tables.orders.lineProducts[first + Int(part.line)])
        state.addStock(sign * part.quantity, node: node, product: product)
    }

    /// The planned shipment on a lane.
    mutating func plannedIndex(lane: Int) -> Int? {
        for index in 0..<scratch.plan.count where scratch.plan[index].lane.lane == lane { return index }
        return nil
    }

    /// Merges parts into a planned shipment: by position, units of one line added up.
    private mutating func merge(_ run: PartRun, into index: Int) {
        let planned = scratch.plan[index].parts
        let order = orders[plannedSlot].order
        guard planned.count > 0, run.count > 0 else { return }
        if planned.first + planned.count == run.first,
            scratch.parts[run.first - 1].line < scratch.parts[run.first].line
        {
            // What follows the shipment's parts only has to be counted among them.
            scratch.plan[index].parts.count += run.count
            add(run, order: order, to: &scratch.plan[index].parcel)
            return
        }
        let merged = appendMerged(planned, run)
        scratch.plan[index].parts = merged
        setParcel(of: merged, order: order, to: &scratch.plan[index].parcel)
    }

    /// Appends the parts of two runs by position, units of one line added up.
    mutating func appendMerged(_ left: PartRun, _ right: PartRun) -> PartRun {
        let first = scratch.parts.count
        var (a, b) = (left.first, right.first)
        let (endA, endB) = (a + left.count, b + right.count)
        while a < endA || b < endB {
            if b == endB || (a < endA && scratch.parts[a].line < scratch.parts[b].line) {
                scratch.parts.append(scratch.parts[a], in: arena)
                a += 1
            } else if a == endA || scratch.parts[b].line < scratch.parts[a].line {
                scratch.parts.append(scratch.parts[b], in: arena)
                b += 1
            } else {
                let units = scratch.parts[a].quantity + scratch.parts[b].quantity
                scratch.parts.append(LinePart(line: scratch.parts[a].line, quantity: units), in: arena)
                a += 1
                b += 1
            }
        }
        return PartRun(first: first, count: scratch.parts.count - first)
    }

    /// Appends everything that remains.
    mutating func appendRemaining() -> PartRun {
        let first = scratch.parts.count
        for line in 0..<scratch.remaining.count where scratch.remaining[line] > 0 { appendPart(line: line) }
        return PartRun(first: first, count: scratch.parts.count - first)
    }

    /// Appends what remains of the lines in a set: bit i for the line at position i.
    mutating func appendSet(_ set: UInt64) -> PartRun {
        let first = scratch.parts.count
        var left = set
        while left != 0 {
            appendPart(line: left.trailingZeroBitCount)
            left &= left - 1
        }
        return PartRun(first: first, count: scratch.parts.count - first)
    }

    /// Appends what remains of a line.
    mutating func appendPart(line: Int) {
        scratch.parts.append(LinePart(line: Int32(line), quantity: scratch.remaining[line]), in: arena)
    }

    /// Sets the parcel of `facts` to what parts of its order weigh and are worth; parts by position.
    mutating func setParcel(of run: PartRun, facts: inout OrderFacts) {
        setParcel(of: run, order: facts.order, to: &facts.parcel)
    }

    /// Sets a parcel to what parts of an order weigh and are worth; parts by position.
    mutating func setParcel(of run: PartRun, order: Int, to parcel: inout Parcel) {
        parcel = Parcel()
        parcel.lineSet = 0
        add(run, order: order, to: &parcel)
    }

    /// Sets the parcel of `facts` to what remains of the lines in a set.
    mutating func setParcel(ofSet set: UInt64, facts: inout OrderFacts) {
        let first = context.tables.orders.lines(of: facts.order).lowerBound
        facts.parcel = Parcel()
        facts.parcel.lineSet = set
        var left = set
        while left != 0 {
            let line = left.trailingZeroBitCount
            context.add(line: first + line, quantity: Int(scratch.remaining[line]), to: &facts.parcel)
            left &= left - 1
        }
    }

    /// Adds parts to a parcel that has none of their lines.
    mutating func add(_ run: PartRun, order: Int, to parcel: inout Parcel) {
        let first = context.tables.orders.lines(of: order).lowerBound
        for index in run.indices {
            let part = scratch.parts[index]
            parcel.lineSet |= 1 << UInt64(min(part.line, 63))
            context.add(line: first + Int(part.line), quantity: Int(part.quantity), to: &parcel)
        }
    }
}
