import Storage

/// Rising instants, found in O(1): a table tells where each hour begins, from where a step or two is left.
struct HourlyIndex: BitwiseCopyable {
    /// The instants, rising.
    let values: Buffer<Double>
    /// The first instant at or after the beginning of each hour.
    private let firsts: Buffer<Int32>
    /// The beginning of the first hour, seconds.
    private let origin: Double

    /// An index over rising instants; built in O(instants + hours), at most `longest` hours.
    init(_ instants: [Double], in arena: Arena, longest: Int = 10_000) {
        values = arena.buffer(instants)
        let finite = instants.filter { $0.isFinite }
        let start = finite.first ?? 0
        origin = start
        let hours = min(Double(longest), max(1, ((finite.last ?? 0) - start) / 3_600 + 1))
        firsts = arena.buffer(repeating: 0, count: Int(hours))
        var position = 0
        for hour in firsts.indices {
            while position < values.count, values[position] < start + Double(hour) * 3_600 { position += 1 }
            firsts[hour] = Int32(position)
        }
    }

    /// The position of the first instant at or after `time`; the count if there is none.
    @inline(__always)
    func first(notBefore time: Double) -> Int {
        var position = start(time)
        while position < values.count, values[position] < time { position += 1 }
        return position
    }

    /// The position of the first instant after `time`; the count if there is none.
    @inline(__always)
    func first(after time: Double) -> Int {
        var position = start(time)
        while position < values.count, values[position] <= time { position += 1 }
        return position
    }

    /// The first instant at or after `time`, the one before it and the next one that is later.
    func span(notBefore time: Double) -> CalendarMemory.Collection {
        let position = first(notBefore: time)
        let at = position < values.count ? values[position] : .infinity
        let later = first(after: at)
        return CalendarMemory.Collection(
            after: position > 0 ? values[position - 1] : -.infinity, at: at,
            next: later < values.count ? values[later] : .infinity)
    }

    /// A position that is not beyond the one sought.
    @inline(__always)
    private func start(_ time: Double) -> Int {
        // An hour back, because the division may round a time just before an hour up to it.
        let hour = (time - origin) / 3_600 - 1
        guard hour >= 0 else { return 0 }
        return hour < Double(firsts.count) ? Int(firsts[Int(hour)]) : Int(firsts[firsts.count - 1])
    }
}

/// Sorted, disjoint spans of time, found in O(1).
struct SpanIndex: BitwiseCopyable {
    private let froms: Buffer<Double>
    private let tos: HourlyIndex

    init(_ spans: [Interval], in arena: Arena) {
        froms = arena.buffer(spans.map(\.from))
        tos = HourlyIndex(spans.map(\.to), in: arena)
    }

    /// The first instant at or after `time` within a span; +infinity if there is none.
    @inline(__always)
    func next(notBefore time: Double) -> Double {
        let position = tos.first(after: time)
        return position < froms.count ? max(time, froms[position]) : .infinity
    }

    /// ``next(notBefore:)`` with the times for which it holds.
    func opening(notBefore time: Double) -> CalendarMemory.Opening {
        let position = tos.first(after: time)
        return CalendarMemory.Opening(
            since: position > 0 ? tos.values[position - 1] : -.infinity,
            until: position < froms.count ? tos.values[position] : .infinity,
            opensAt: position < froms.count ? froms[position] : .infinity)
    }
}
