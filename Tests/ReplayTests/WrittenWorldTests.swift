import Domain
import History
import Replay
import TestKit
import Testing
import Worlds

/// Worlds of random cases, written to files and read back.
@Suite struct WrittenWorldTests {
    /// What the trials of a world come to, order by order, as text: equal for equal bits.
    private func outcome(of one: RandomCase, in world: World) throws -> (orders: [[String]], measures: [Measures]) {
        let plan = try ReplayPlan(dataset: one.dataset, settings: one.settings, strategies: one.strategies)
        let replayed = CaseReplays.engine(plan, world: world)
        return (replayed.orders.map { $0.map { "\($0)" } }, replayed.trials.map(\.measures))
    }

    /// A world written and read back under another seed.
    private func readBack(_ world: World, of one: RandomCase, noiseShipments: Int) throws -> World {
        try withTemporaryFolder { root in
            let export = WorldExport(
                scenario: "case", dataset: one.dataset, settings: one.settings, noiseShipments: noiseShipments)
            try export.write(world, to: root + "/w")
            let file = try PerturbationCatalogue.members.make(
                "file", [ParameterField("folder", ParameterValue(.text(root + "/w")))], dataset: one.dataset)
            return try WorldSampler.sample(
                [file], dataset: one.dataset, settings: one.settings, seed: 4_711, replication: world.replication)
        }
    }

    @Test("A world that is written and read back does the same to every order, to the last bit, everything on or not")
    func everyOrder() throws {
        var orderCount = 0
        for number in 0..<TestScale.cases(60) {
            let one = try RandomCase(number: number)
            for world in [one.world, try SampledCase.world(one)] {
                guard world.book?.copies.isEmpty != true else { continue }
                let back = try readBack(world, of: one, noiseShipments: number % 3)
                let (before, after) = (try outcome(of: one, in: world), try outcome(of: one, in: back))
                #expect(before.orders == after.orders, "case \(number)")
                #expect(before.measures == after.measures, "case \(number)")
                orderCount += before.orders.joined().count
            }
        }
        #expect(orderCount > 100 * TestScale.cases(60))
    }
}
