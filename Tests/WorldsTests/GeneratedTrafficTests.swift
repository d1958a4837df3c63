import DeterministicMath
import Domain
import History
import Replay
import TestKit
import Testing
import Worlds

@Suite struct GeneratedTrafficTests {
    /// The congestion of a world with generated traffic.
    private func traffic(
        sigma: Double = 0.2, persistence: Double = 0.7, stepHours: Double = 1, replication: Int = 3,
        in network: SmallNetwork
    ) throws -> World {
        try world(
            [
                perturbation(
                    "generated_traffic",
                    [
                        ParameterField("sigma", ParameterValue(.number(sigma))),
                        ParameterField("persistence", ParameterValue(.number(persistence))),
                        ParameterField("step_hours", ParameterValue(.number(stepHours))),
                    ], in: network)
            ], network, replication: replication)
    }

    @Test("Its mean is 1, its logarithm spreads by sigma and remembers the step before by the persistence")
    func moments() throws {
        let network = try SmallNetwork()
        let count = 2_000
        var mean = 0.0
        var square = 0.0
        var product = 0.0
        for replication in 0..<count {
            let world = try traffic(replication: replication, in: network)
            let now = world.congestion.value(region: 0, hour: 9)
            let level = (DeterministicMath.log(now) + 0.02) / 0.2
            let before = (DeterministicMath.log(world.congestion.value(region: 0, hour: 8)) + 0.02) / 0.2
            mean += now / Double(count)
            square += level * level / Double(count)
            product += level * before / Double(count)
        }
        // Four standard errors of 2,000 independent worlds: a value's is 0.2, a square's sqrt 2, a product's sqrt 1.49.
        #expect(abs(mean - 1) < 4 * 0.2 / 2_000.0.squareRoot())
        #expect(abs(square - 1) < 4 * (2 / 2_000.0).squareRoot())
        #expect(abs(product - 0.7) < 4 * (1.49 / 2_000.0).squareRoot())
    }

    @Test("The hours of a step share a value, regions have their own, and transit slows as strategies see it")
    func steps() throws {
        let network = try SmallNetwork()
        let sampled = try traffic(stepHours: 24, in: network)
        let congestion = sampled.congestion
        #expect((1..<24).allSatisfy { congestion.value(region: 0, hour: $0) == congestion.value(region: 0, hour: 0) })
        #expect(congestion.value(region: 0, hour: 24) != congestion.value(region: 0, hour: 23))
        #expect(congestion.value(region: 1, hour: 0) != congestion.value(region: 0, hour: 0))
        // The horizon is two days, the drain fourteen.
        #expect(congestion.hourCount == 16 * 24)
        for hour in [0, 30, 383] {
            #expect(
                sampled.slowness.value(region: 1, at: 3_600 * Double(hour)) == congestion.value(region: 1, hour: hour))
        }
    }

    @Test("Other parameters transform the same draws, and another world has others")
    func draws() throws {
        let network = try SmallNetwork()
        func level(_ world: World, _ sigma: Double, hour: Int) -> Double {
            (DeterministicMath.log(world.congestion.value(region: 0, hour: hour)) + 0.5 * sigma * sigma) / sigma
        }
        let mild = try traffic(sigma: 0.1, in: network)
        let harsh = try traffic(sigma: 0.8, in: network)
        for hour in 0..<100 { #expect(abs(level(mild, 0.1, hour: hour) - level(harsh, 0.8, hour: hour)) < 1e-9) }
        let other = try traffic(sigma: 0.1, replication: 4, in: network)
        #expect(other.congestion.value(region: 0, hour: 5) != mild.congestion.value(region: 0, hour: 5))
        // Without memory hour 5 stands for itself, with perfect memory it is hour 0.
        let fresh = try traffic(persistence: 0, in: network)
        let constant = try traffic(persistence: 1, in: network)
        #expect(constant.congestion.value(region: 0, hour: 5) == fresh.congestion.value(region: 0, hour: 0))
        #expect(fresh.congestion.value(region: 0, hour: 5) != fresh.congestion.value(region: 0, hour: 0))
    }

    @Test("It stands in the place of recorded traffic, and multiplies it where both are asked for")
    func besideTheRecord() throws {
        let network = try SmallNetwork { $0.addTraffic(region: "east", at: 36_000, congestion: 1.25) }
        let drawn = try perturbation("generated_traffic", in: network)
        let alone = try world([drawn], network)
        let both = try world([drawn, perturbation("recorded_traffic", in: network)], network)
        let factor = alone.congestion.value(region: 0, hour: 10)
        #expect(factor != 1.25)
        #expect(both.congestion.value(region: 0, hour: 10) == 1.25 * factor)
        #expect(both.slowness.value(region: 0, at: 36_000) == 1.25 * factor)
        #expect(drawn.assumptions.count == 1)
        // Without spread it is free roads: nothing where nothing is recorded, the end of the record where it is.
        let none = try perturbation("generated_traffic", [ParameterField("sigma", 0)], in: network)
        #expect(none.key(in: network.dataset) == "generated_traffic(sigma: 0)")
        #expect(try none.key(in: SmallNetwork().dataset) == nil)
        #expect(drawn.key(in: network.dataset) == "generated_traffic(sigma: 0.2, persistence: 0.7, step_hours: 1)")
    }
}
