import HeapModule

/// Hand-over of completed shipments to carriers with a daily capacity: first completed, first collected.
///
/// One line per (node, service) with a capacity. Completions are settled when nothing earlier can still come.
struct HandOver {
    /// A completed pick that waits for its collection.
    private struct Completion: Comparable {
        let time: Double
        let visit: Int
        let ordinal: Int
        let shipment: Int

        static func < (left: Completion, right: Completion) -> Bool {
            (left.time, left.visit, left.ordinal) < (right.time, right.visit, right.ordinal)
        }
    }
    /// One (node, service).
    private struct Line {
        var completions = Heap<Completion>()
        /// Day of the last collection, and how many of its capacity are used.
        var day = -1
        var used = 0
        /// The last collection: none is earlier.
        var last = -Double.infinity
    }
    private var lines: [Line]
    private let serviceCount: Int
    private let capacities: [Int?]

    init(nodeCount: Int, capacities: [Int?]) {
        serviceCount = capacities.count
        self.capacities = capacities
        lines = [Line](repeating: Line(), count: nodeCount * capacities.count)
    }

    /// Whether a service's hand-over can be told at once from its completion.
    func isUnlimited(service: Int) -> Bool { capacities[service] == nil }

    /// Adds a completion.
    mutating func add(node: Int, service: Int, time: Double, visit: Int, ordinal: Int, shipment: Int) {
        lines[node * serviceCount + service].completions.insert(
            Completion(time: time, visit: visit, ordinal: ordinal, shipment: shipment))
    }

    /// Settles the completions up to an instant: appends each shipment with its hand-over instant.
    mutating func settle(upTo time: Double, context: ReplayContext, into settled: inout [(shipment: Int, at: Double)]) {
        for index in lines.indices {
            while let first = lines[index].completions.min, first.time <= time {
                _ = lines[index].completions.popMin()
                settled.append((first.shipment, collect(line: index, completedAt: first.time, context: context)))
            }
        }
    }

    /// The hand-over instant of the next completion of a line.
    private mutating func collect(line index: Int, completedAt time: Double, context: ReplayContext) -> Double {
        let service = index % serviceCount
        guard let capacity = capacities[service], capacity > 0 else { return .infinity }
        var instant = context.nextCollection(service: service, after: max(time, lines[index].last))
        let calendar = context.calendar
        while instant < .infinity {
            let day = calendar.day(of: instant)
            if day != lines[index].day {
                lines[index].day = day
                lines[index].used = 0
            }
            if lines[index].used < capacity {
                lines[index].used += 1
                lines[index].last = instant
                return instant
            }
            guard day + 1 < calendar.midnights.count - 1 else { return .infinity }
            instant = context.nextCollection(service: service, after: calendar.midnights[day + 1])
        }
        return .infinity
    }
}
