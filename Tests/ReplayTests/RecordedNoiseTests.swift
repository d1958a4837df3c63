import Replay
import TestKit
import Testing

@Suite struct RecordedNoiseTests {
    @Test("With noise from the record alone, every order takes its own factor, over many blocks of visits")
    func everyOrderItsOwn() throws {
        let book = PoissonBook(load: 0.5, stations: 2, service: .exponential, orderCount: 150, warmUpCount: 0)
        let dataset = try book.dataset(number: 0)
        var world = World(replication: 0, seed: 1, dataset: dataset)
        var noise = RecordedNoise()
        let factors = (0..<150).map { 0.25 + Double(($0 * 37) % 101) / 64 }
        for (order, factor) in factors.enumerated() {
            var shipment = RecordedNoise.Shipment()
            (shipment.serviceFactor, shipment.transitFactor) = (factor, 2 * factor)
            let isNew = noise.add(shipment, entity: dataset.orders.idHashes[order], ordinal: 0)
            #expect(isNew)
        }
        world.recordedNoise = noise
        let plan = try ReplayPlan(
            dataset: dataset, settings: book.settings(of: dataset), strategies: [PoissonBook.strategy])
        var seen = 0
        _ = plan.replay(world: world, strategies: 0..<1) { _, outcome in
            seen += 1
            for shipment in outcome.shipments {
                #expect(shipment.serviceSeconds == PoissonBook.meanServiceSeconds * factors[outcome.order])
            }
        }
        #expect(seen == 150)
    }
}
