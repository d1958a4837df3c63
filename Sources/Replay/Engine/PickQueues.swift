import Storage

/// First-come-first-served pick queues by the Kiefer-Wolfowitz recursion (1955): start = max(ready, earliest free of c
/// stations, node available).
///
/// Exact where shipments join in time order and none leaves later than it is known to when it joins: an order that will
/// be cancelled before its start never takes a station, so the recursion holds with such orders too. Nor does one that
/// is to be decided again when an outage is detected: nothing that joins its queue after it starts before then.
struct PickQueues {
    /// Free times of all stations, a min-heap per node.
    private let freeAt: Buffer<Double>
    /// First station of each node, and the count at the end.
    private let offsets: Buffer<Int>
    /// Starts still to come of shipments that take a station, by node; never falling.
    private let starts: Buffer<StartQueue>
    /// The first of them, by node; +infinity if none.
    private let nextStart: Buffer<Double>
    /// The nodes that have one, a min-heap by it: what an instant costs grows with the picks that start, not with the nodes.
    private var upcoming: GrowingBuffer<Upcoming>
    private let arena: Arena

    /// A node and its next start.
    private struct Upcoming: BitwiseCopyable {
        var start: Double
        var node: Int
    }

    /// Idle stations from an instant on.
    init(stations: [Int], from time: Double, arena: Arena) {
        var offsets = [0]
        for count in stations { offsets.append(offsets[offsets.count - 1] + count) }
        self.arena = arena
        freeAt = arena.buffer(repeating: time, count: offsets[offsets.count - 1])
        self.offsets = arena.buffer(offsets)
        starts = arena.buffer(stations.map { _ in StartQueue(in: arena) })
        nextStart = arena.buffer(repeating: .infinity, count: stations.count)
        upcoming = GrowingBuffer(in: arena, capacity: max(1, stations.count))
    }

    /// When the next station of a node is free.
    @inline(__always)
    func earliestFree(node: Int) -> Double { freeAt[offsets[node]] }

    /// Stations of a node.
    func stationCount(node: Int) -> Int { offsets[node + 1] - offsets[node] }

    /// When the next station of a node is free while some of them are out of use: the free time before which just as many
    /// others lie.
    func earliestFree(node: Int, leaving lost: Int) -> Double {
        (offsets[node]..<offsets[node + 1]).map { freeAt[$0] }.sorted()[lost]
    }

    /// Gives the earliest free station of a node until `end`.
    func occupy(node: Int, until end: Double) {
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
        starts[node].append(start, in: arena)
        // Starts of a node never fall, so that its entry in the heap stands until its first start has come.
        guard nextStart[node] == .infinity, start < .infinity else { return }
        nextStart[node] = start
        upcoming.append(Upcoming(start: start, node: node), in: arena)
        var hole = upcoming.count - 1
        while hole > 0 {
            let parent = (hole - 1) / 2
            if upcoming[parent].start <= start { break }
            upcoming[hole] = upcoming[parent]
            hole = parent
        }
        upcoming[hole] = Upcoming(start: start, node: node)
    }

    /// Forgets the shipments that have started by `time` at the node with the earliest of the starts to come; nil if none
    /// has started.
    @inline(__always)
    mutating func removeFirstStarted(by time: Double) -> (node: Int, count: Int32)? {
        guard upcoming.count > 0, upcoming[0].start <= time else { return nil }
        return (upcoming[0].node, advanceFirst(to: time))
    }

    /// The node with the earliest start goes on; returns how many have started.
    private mutating func advanceFirst(to time: Double) -> Int32 {
        let node = upcoming[0].node
        let started = starts[node].removeStarted(by: time)
        let next = starts[node].first
        nextStart[node] = next
        guard next == .infinity else {
            sift(Upcoming(start: next, node: node))
            return started
        }
        let last = upcoming[upcoming.count - 1]
        upcoming.removeLast(1)
        if upcoming.count > 0 { sift(last) }
        return started
    }

    /// Puts an entry in the place of the heap's first.
    private func sift(_ entry: Upcoming) {
        let count = upcoming.count
        var hole = 0
        while true {
            var child = 2 * hole + 1
            if child >= count { break }
            if child + 1 < count, upcoming[child + 1].start < upcoming[child].start { child += 1 }
            if upcoming[child].start >= entry.start { break }
            upcoming[hole] = upcoming[child]
            hole = child
        }
        upcoming[hole] = entry
    }

    /// How many of a node's waiting shipments start by an instant.
    func startedCount(node: Int, by time: Double) -> Int32 {
        nextStart[node] <= time ? starts[node].count(by: time) : 0
    }
}

/// Pick starts to come, in order: a run with a head.
private struct StartQueue: BitwiseCopyable {
    private var values: GrowingBuffer<Double>
    private var head = 0

    init(in arena: Arena) { values = GrowingBuffer(in: arena) }

    /// The next start; +infinity if there is none.
    var first: Double { head < values.count ? values[head] : .infinity }

    /// Adds a start, not before the last one.
    mutating func append(_ start: Double, in arena: Arena) {
        if head == values.count {
            values.removeAll()
            head = 0
        } else if head > 64, head * 2 > values.count {
            // Shift down when half of the run is history, so that it stays as long as the longest queue.
            values.removeFirst(head)
            head = 0
        }
        values.append(start, in: arena)
    }

    /// Drops the starts that are not after `time`; returns how many.
    mutating func removeStarted(by time: Double) -> Int32 {
        let before = head
        while head < values.count, values[head] <= time { head += 1 }
        return Int32(head - before)
    }

    /// How many starts are not after `time`.
    func count(by time: Double) -> Int32 {
        var position = head
        while position < values.count, values[position] <= time { position += 1 }
        return Int32(position - head)
    }
}
