import Foundation
import Replay
import TestKit
import Testing

/// The two writings of the article on replays, the engine and the plain simulator, on random cases.
@Suite struct AgreementTests {
    static let caseCount = TestScale.cases(1_000)
    /// How often each feature must have come up over all cases, at least; once in the few cases of a debug build.
    static let occurrencesMin = TestScale.isOptimised ? 50 : 1

    /// On 1,000 random cases engine and plain simulator agree on every order's assignment, times, costs and status, and
    /// every feature of a replay has come up at least 50 times.
    @Test func agree() throws {
        var features: [ReplayFeature: Int] = [:]
        var orderCount = 0
        var failures = 0
        for number in 0..<Self.caseCount {
            let one = try RandomCase(number: number)
            let result = try CaseReplays.compare(one)
            features.merge(result.features) { $0 + $1 }
            orderCount += result.orderCount
            guard let first = result.differences.first else { continue }
            failures += 1
            // The first few suffice to start with.
            if failures <= 5 { Issue.record("case \(number): \(first)") }
        }
        #expect(failures == 0, "cases on which engine and plain simulator differ")
        #expect(orderCount > 80 * Self.caseCount, "orders replayed")
        for feature in ReplayFeature.allCases {
            let count = features[feature, default: 0]
            #expect(count >= Self.occurrencesMin, "\(feature) came up \(count) times")
        }
    }

    /// One case, named by the environment variable SANDTABLE_CASE, cut down to the fewest orders that still disagree and
    /// printed: the way to look into a failure.
    @Test(.enabled(if: ProcessInfo.processInfo.environment["SANDTABLE_CASE"] != nil))
    func explain() throws {
        let text = try #require(ProcessInfo.processInfo.environment["SANDTABLE_CASE"])
        let one = try RandomCase(number: try #require(Int(text)))
        func differs(_ one: RandomCase) -> Bool { ((try? CaseReplays.compare(one))?.differences.isEmpty) == false }
        guard differs(one) else { return }
        let smallest = one.minimised(while: differs)
        let differences = try CaseReplays.compare(smallest).differences
        Issue.record("\(smallest)\n\(differences.joined(separator: "\n"))")
    }

    /// The same number makes the same case, and leaving an order out changes no other.
    @Test func casesAreReproducible() throws {
        for number in 0..<20 {
            let one = try RandomCase(number: number)
            #expect(one.description == (try RandomCase(number: number)).description)
            let fewer = try RandomCase(number: number, keptOrders: [0, 3, 4])
            #expect(fewer.dataset.orders.count == 3)
            let kept = Set((0..<3).map { "\(fewer.dataset.orders.ids[$0]) \(fewer.dataset.orders.placedAt[$0])" })
            let all = Set(
                one.dataset.orders.placedAt.indices.map {
                    "\(one.dataset.orders.ids[$0]) \(one.dataset.orders.placedAt[$0])"
                })
            #expect(kept.isSubset(of: all))
        }
    }
}
