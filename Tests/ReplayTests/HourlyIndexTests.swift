import Storage
import Testing

@testable import Replay

@Suite struct HourlyIndexTests {
    @Test("The index finds what a search from the start finds, on, beside, before and beyond every instant")
    func positions() {
        let arena = Arena()
        let instants = [-7_300, -3_600, -3_600, 0, 1, 3_599.999999, 3_600, 7_200, 90_000, 90_000.5, 1e6]
        let index = HourlyIndex(instants, in: arena)
        let short = HourlyIndex(instants, in: arena, longest: 3)
        var times: [Double] = [-1e9, 1e9, -.infinity, .infinity, 50_000]
        for instant in instants { times += [instant, instant.nextDown, instant.nextUp, instant + 1_800] }
        for time in times {
            let notBefore = instants.firstIndex { $0 >= time } ?? instants.count
            let after = instants.firstIndex { $0 > time } ?? instants.count
            #expect(index.first(notBefore: time) == notBefore, "\(time)")
            #expect(index.first(after: time) == after, "\(time)")
            #expect(short.first(notBefore: time) == notBefore, "\(time)")
        }
    }

    @Test(
        "The next instant within a span is the time itself inside, the next beginning outside, infinity after the last")
    func spans() {
        let index = SpanIndex(
            [Interval(from: -.infinity, to: 10), Interval(from: 20, to: 4_000), Interval(from: 9_000, to: .infinity)],
            in: Arena.shared)
        #expect(index.next(notBefore: -5) == -5)
        #expect(index.next(notBefore: 10) == 20)
        #expect(index.next(notBefore: 3_999) == 3_999)
        #expect(index.next(notBefore: 4_000) == 9_000)
        #expect(index.next(notBefore: 1e12) == 1e12)
        let closing = SpanIndex([Interval(from: 0, to: 1)], in: Arena.shared)
        #expect(closing.next(notBefore: 1) == .infinity)
    }
}

extension Arena {
    /// Memory of the test.
    fileprivate static let shared = Arena()
}
