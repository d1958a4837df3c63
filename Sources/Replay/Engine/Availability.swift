import History
import Storage

/// When picks may start at each node of a world, and how outages stretch those in progress.
struct Availability: Sendable {
    /// Spans in which the node is open and up, by node; nil = always.
    private let spans: [SpanIndex?]
    /// Outages by node.
    private let outages: [[Interval]]
    /// Whether there are any.
    private let hasOutages: Bool
    /// Stations out of use by node; empty = none is.
    private let losses: [[StationLoss]]
    private let arena: Arena

    /// Opening hours less outages.
    init(tables: ReplayTables, world: World) {
        let arena = Arena()
        self.arena = arena
        outages = world.outages
        losses = world.stationLosses
        hasOutages = world.outages.contains { !$0.isEmpty }
        spans = zip(tables.openSpans, world.outages).map { open, outages in
            guard open != nil || !outages.isEmpty else { return nil }
            return SpanIndex(
                Self.subtract(outages, from: open ?? [Interval(from: -.infinity, to: .infinity)]), in: arena)
        }
    }

    /// The first instant at or after `time` at which a pick may start at a node; +infinity if none is known.
    func start(node: Int, notBefore time: Double) -> Double {
        spans[node]?.next(notBefore: time) ?? time
    }

    /// Whether a node ever has stations out of use.
    @inline(__always)
    func losesStations(node: Int) -> Bool { !losses.isEmpty && !losses[node].isEmpty }

    /// The first instant at or after `time` at which a pick may start at a node that loses stations; +infinity if none is
    /// known. `freeAt` tells when a station is free while so many, fewer than `stations`, are out of use.
    func start(node: Int, notBefore time: Double, stations: Int, freeAt: (Int) -> Double) -> Double {
        var instant = time
        while instant < .infinity {
            var lost = 0
            var change = Double.infinity
            for loss in losses[node] {
                if loss.span.from <= instant, instant < loss.span.to { lost += loss.stations }
                for boundary in [loss.span.from, loss.span.to] where boundary > instant {
                    change = min(change, boundary)
                }
            }
            if lost < stations {
                let start = start(node: node, notBefore: max(instant, freeAt(lost)))
                if start < change { return start }
            }
            instant = change
        }
        return .infinity
    }

    /// When a pick of `seconds` that started at `start` ends: outages suspend it.
    func end(node: Int, start: Double, seconds: Double) -> Double {
        var end = start + seconds
        guard hasOutages else { return end }
        for outage in outages[node] where outage.to > start {
            if outage.from >= end { break }
            end += outage.to - max(outage.from, start)
        }
        return end
    }

    /// Whether an instant lies in an outage of a node.
    func isOut(node: Int, at time: Double) -> Bool {
        hasOutages && outages[node].contains { $0.from <= time && time < $0.to }
    }

    /// Sorted spans less sorted, disjoint holes.
    private static func subtract(_ holes: [Interval], from spans: [Interval]) -> [Interval] {
        var result: [Interval] = []
        for span in spans {
            var from = span.from
            for hole in holes where hole.to > span.from && hole.from < span.to {
                if hole.from > from { result.append(Interval(from: from, to: hole.from)) }
                from = max(from, hole.to)
            }
            if from < span.to { result.append(Interval(from: from, to: span.to)) }
        }
        return result
    }
}
