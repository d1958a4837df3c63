import Storage

/// Hand-over of completed shipments to carriers with a daily capacity: first completed, first collected.
///
/// One line per (node, service) with a capacity. Completions are settled when nothing earlier can still come; they are kept
/// in the order in which they became known, so that settling them walks through the pool of shipments from end to end.
struct HandOver {
    /// A completed pick that waits for its collection.
    private struct Completion: BitwiseCopyable {
        let time: Double
        let visit: Int
        let ordinal: Int32
        var shipment: Int32
        /// Its (node, service).
        let line: Int32

        @inline(__always)
        func precedes(_ other: Completion) -> Bool {
            if time != other.time { return time < other.time }
            if visit != other.visit { return visit < other.visit }
            return ordinal < other.ordinal
        }
    }
    /// One (node, service).
    private struct Line: BitwiseCopyable {
        /// Day of the last collection, its capacity, and how much of that is used.
        var day = -1
        var capacity = 0
        var used = 0
        /// The last collection: none is earlier.
        var last = -Double.infinity
        /// Where its completions begin and end among those being settled.
        var first = 0
        var end = 0
    }
    private var completions: GrowingBuffer<Completion>
    /// The completions being settled, by line and in its order, as positions.
    private var order: GrowingBuffer<Int32>
    /// When each of them is collected, by position.
    private var collected: GrowingBuffer<Double>
    private let lines: Buffer<Line>
    private let serviceCount: Int
    private let capacities: [Int?]
    private let arena: Arena

    init(nodeCount: Int, capacities: [Int?], arena: Arena) {
        serviceCount = capacities.count
        self.capacities = capacities
        self.arena = arena
        completions = GrowingBuffer(in: arena)
        order = GrowingBuffer(in: arena)
        collected = GrowingBuffer(in: arena)
        lines = arena.buffer(repeating: Line(), count: nodeCount * capacities.count)
    }

    /// Whether a service's hand-over can be told at once from its completion.
    func isUnlimited(service: Int) -> Bool { capacities[service] == nil }

    /// Adds a completion.
    mutating func add(node: Int, service: Int, time: Double, visit: Int, ordinal: Int32, shipment: Int32) {
        completions.append(
            Completion(
                time: time, visit: visit, ordinal: ordinal, shipment: shipment,
                line: Int32(node * serviceCount + service)), in: arena)
    }

    /// Settles the completions up to an instant: appends each shipment with its hand-over instant, in the order in which
    /// they were added.
    mutating func settle(upTo time: Double, context: ReplayContext, into settled: inout [(shipment: Int32, at: Double)])
    {
        sort(upTo: time)
        for position in 0..<order.count {
            let index = Int(order[position])
            collected[index] = collect(
                line: Int(completions[index].line), completedAt: completions[index].time, context: context)
        }
        var left = 0
        for index in 0..<completions.count {
            let completion = completions[index]
            if completion.time <= time {
                settled.append((completion.shipment, collected[index]))
            } else {
                completions[left] = completion
                left += 1
            }
        }
        completions.removeLast(completions.count - left)
    }

    /// Gives the shipments still to be settled new numbers, in the order in which they were added.
    func renumber(_ number: (Int32) -> Int32) {
        for index in 0..<completions.count { completions[index].shipment = number(completions[index].shipment) }
    }

    /// Brings the completions up to an instant in order: by line, then first completed first.
    private mutating func sort(upTo time: Double) {
        for line in lines.indices { lines[line].end = 0 }
        order.removeAll()
        collected.removeAll()
        for index in 0..<completions.count {
            collected.append(.infinity, in: arena)
            guard completions[index].time <= time else { continue }
            lines[Int(completions[index].line)].end += 1
            order.append(0, in: arena)
        }
        var first = 0
        for line in lines.indices {
            let count = lines[line].end
            lines[line].first = first
            lines[line].end = first
            first += count
        }
        for index in 0..<completions.count where completions[index].time <= time {
            let line = Int(completions[index].line)
            let start = lines[line].first
            // Picks of a node end nearly in the order in which they are known: each finds its place in a step or two.
            var position = lines[line].end
            lines[line].end += 1
            while position > start, completions[index].precedes(completions[Int(order[position - 1])]) {
                order[position] = order[position - 1]
                position -= 1
            }
            order[position] = Int32(index)
        }
    }

    /// The hand-over instant of the next completion of a line.
    private func collect(line index: Int, completedAt time: Double, context: ReplayContext) -> Double {
        let service = index % serviceCount
        guard let capacity = capacities[service], capacity > 0 else { return .infinity }
        // A line's last collection takes along what is completed by then: most are.
        let last = lines[index].last
        var instant = time <= last ? last : context.collection(service: service, after: time)
        let calendar = context.calendar
        while instant < .infinity {
            // Instants never fall along a line, so that most lie on the day of the one before.
            var day = lines[index].day
            if day < 0 || instant >= calendar.midnights[day + 1] {
                day = calendar.day(of: instant)
                if day != lines[index].day {
                    lines[index].used = 0
                    lines[index].capacity = context.handOverCapacity(
                        capacity, node: index / serviceCount, service: service, day: day)
                }
                lines[index].day = day
            }
            if lines[index].used < lines[index].capacity {
                lines[index].used += 1
                lines[index].last = instant
                return instant
            }
            guard day + 1 < calendar.midnights.count - 1 else { return .infinity }
            instant = context.collection(service: service, after: calendar.midnights[day + 1])
        }
        return .infinity
    }
}
