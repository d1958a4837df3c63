/// First-come-first-served pick queues by the Kiefer-Wolfowitz recursion (1955): start = max(ready, earliest free of c
/// stations, node available).
///
/// Exact where shipments join in time order and none leaves later than it is known to when it joins: an order that will
/// be cancelled before its start never takes a station, so the recursion holds with such orders too.
struct PickQueues {
    /// Free times of all stations, a min-heap per node.
    private var freeAt: [Double]
    /// First station of each node, and the count at the end.
    private let offsets: [Int]
    /// Starts still to come of shipments that take a station, by node; never falling.
    private var starts: [StartRing]
    /// The first of them, by node; +infinity if none.
    private var nextStart: [Double]

    /// Idle stations from an instant on.
    init(stations: [Int], from time: Double) {
        var offsets = [0]
        for count in stations { offsets.append(offsets[offsets.count - 1] + count) }
        self.offsets = offsets
        freeAt = [Double](repeating: time, count: offsets[offsets.count - 1])
        starts = [StartRing](repeating: StartRing(), count: stations.count)
        nextStart = [Double](repeating: .infinity, count: stations.count)
    }

    /// When the next station of a node is free.
    func earliestFree(node: Int) -> Double { freeAt[offsets[node]] }

    /// Gives the earliest free station of a node until `end`.
    mutating func occupy(node: Int, until end: Double) {
        let base = offsets[node]
        let count = offsets[node + 1] - base
        var hole = 0
        while true {
            var child = 2 * hole + 1
            if child >= count { break }
            if child + 1 < count, freeAt[base + child + 1] < freeAt[base + child] { child += 1 }
            if freeAt[base + child] >= end { break }
            freeAt[base + hole] = freeAt[base + child]
            hole = child
        }
        freeAt[base + hole] = end
    }

    /// Notes that a shipment waits until `start`.
    mutating func noteWaiting(node: Int, start: Double) {
        starts[node].append(start)
        if start < nextStart[node] { nextStart[node] = start }
    }

    /// Takes the shipments that have started by `time` out of the queue lengths in `waiting`.
    mutating func advance(to time: Double, waiting: inout [Int32]) {
        for node in nextStart.indices where nextStart[node] <= time {
            let started = starts[node].removeStarted(by: time)
            waiting[node] -= Int32(started)
            nextStart[node] = starts[node].first
        }
    }
}

/// Pick starts to come, in order: a ring with a head.
private struct StartRing {
    private var values: [Double] = []
    private var head = 0

    /// The next start; +infinity if there is none.
    var first: Double { head < values.count ? values[head] : .infinity }

    /// Adds a start, not before the last one.
    mutating func append(_ start: Double) {
        // Shift down when half of the buffer is history, so that it stays as long as the longest queue.
        if head > 64, head * 2 > values.count {
            values.removeFirst(head)
            head = 0
        }
        values.append(start)
    }

    /// Drops the starts that are not after `time`; returns how many.
    mutating func removeStarted(by time: Double) -> Int {
        let before = head
        while head < values.count, values[head] <= time { head += 1 }
        return head - before
    }
}
