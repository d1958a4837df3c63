import DeterministicMath
import Domain
import History
import Replay
import Sampling

/// An order book of Poisson arrivals at one node with plenty of stock: what queueing theory speaks about.
///
/// Books of different numbers are independent in arrivals and in service times.
public struct PoissonBook: Sendable {
    /// Mean time a pick takes, seconds.
    public static let meanServiceSeconds = 60.0
    /// Arrival rate x mean service / stations.
    public let load: Double
    /// Parallel servers.
    public let stations: Int
    /// Unit-mean distribution of the service time.
    public let service: UnitDistribution
    /// Orders in the book, those of the warm-up included.
    public let orderCount: Int
    /// Orders at the beginning that are not measured, about.
    public let warmUpCount: Int

    /// A kind of book.
    public init(load: Double, stations: Int, service: UnitDistribution, orderCount: Int, warmUpCount: Int) {
        self.load = load
        self.stations = stations
        self.service = service
        self.orderCount = orderCount
        self.warmUpCount = warmUpCount
    }

    /// Seconds between arrivals, mean.
    private var meanGapSeconds: Double { Self.meanServiceSeconds / (load * Double(stations)) }

    /// The dataset of a book.
    ///
    /// - Throws: `InputError` when the parameters break a rule of datasets.
    public func dataset(number: Int) throws(InputError) -> Dataset {
        let draws = Draws(seed: 0x90_15_50, replication: UInt32(number))
        var builder = DatasetBuilder(name: "poisson", days: 0)
        builder.addNode(
            "n", at: Place(x: 0, y: 0), region: "r", stations: stations,
            serviceSecondsPerOrder: Self.meanServiceSeconds, serviceDistribution: service)
        builder.addZone("z", at: Place(x: 1, y: 0), region: "r")
        builder.addProduct("p", price: 1)
        builder.addStock(node: "n", product: "p", onHand: orderCount)
        builder.addTariff("t", LoadTerms(perShipment: 1))
        builder.addService("s", tariff: "t", kilometresPerHour: 60)
        var time = 0.0
        for order in 0..<orderCount {
            let uniform = draws.uniform(.generation, entity: StableHash.of(order))
            time -= DeterministicMath.log(uniform) * meanGapSeconds
            builder.addOrder("\(order)", placedAt: time, zone: "z", lines: [DatasetBuilder.Line("p")])
        }
        builder.description.end = time + 1
        return try builder.build()
    }

    /// Settings whose warm-up leaves out the first orders, and whose drain lets the last be picked.
    public func settings(of dataset: Dataset) -> ReplaySettings {
        ReplaySettings(from: 0, to: dataset.description.end, warmUp: Double(warmUpCount) * meanGapSeconds)
    }

    /// The world of a book: noise in the service times and nothing else.
    public func world(number: Int, dataset: Dataset) -> World {
        var world = World(replication: number, seed: 0x5E_47_1C_E5, dataset: dataset)
        world.hasServiceNoise = true
        return world
    }

    /// The strategy: there is nothing to choose.
    public static let strategy = StrategySpecification(name: "only node", assignment: .scored([RuleSet(ratings: [])]))
}
