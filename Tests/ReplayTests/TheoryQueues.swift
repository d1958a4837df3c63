import Sampling
import TestKit

/// A queue of theory and how many orders show its mean wait as sharply as is asked for.
struct TheoryQueue: Sendable, CustomStringConvertible {
    let name: String
    let load: Double
    let stations: Int
    let service: UnitDistribution
    /// Orders over all books: at least 1.4 times what a trial run asked for.
    let orderCount: Int

    init(_ name: String, load: Double, stations: Int = 1, _ service: UnitDistribution, orders: Int) {
        self.name = name
        self.load = load
        self.stations = stations
        self.service = service
        orderCount = orders
    }

    var description: String { "\(name) at load \(load)" }

    /// Independent books: at least 24, none of more than 400,000 orders.
    var bookCount: Int { max(24, (orderCount + 399_999) / 400_000) }

    /// Mean wait by theory, seconds.
    var expectedWait: Double {
        let mean = PoissonBook.meanServiceSeconds
        if case .exponential = service {
            return QueueingTheory.meanWaitExponential(load: load, servers: stations, meanService: mean)
        }
        return QueueingTheory.meanWaitGeneral(load: load, meanService: mean, squaredVariation: service.variance)
    }

    /// What runs with all tests of an optimised build.
    static let subset: [TheoryQueue] = [
        TheoryQueue("M/M/1", load: 0.5, .exponential, orders: 1_800_000),
        TheoryQueue("M/M/2", load: 0.5, stations: 2, .exponential, orders: 3_200_000),
        TheoryQueue("M/M/5", load: 0.95, stations: 5, .exponential, orders: 7_500_000),
        TheoryQueue("M/D/1", load: 0.8, .deterministic, orders: 2_800_000),
        TheoryQueue("M/G/1 gamma", load: 0.5, .gamma(shape: 2), orders: 1_500_000),
        TheoryQueue("M/G/1 lognormal", load: 0.5, .lognormal(sigma: 0.8), orders: 2_000_000),
    ]

    /// M/M/c for c = 1, 2, 5, 10, 50, M/D/1 and M/G/1 with three services, at loads .5, .8 and .95.
    static let all: [TheoryQueue] = [
        TheoryQueue("M/M/1", load: 0.5, .exponential, orders: 1_800_000),
        TheoryQueue("M/M/1", load: 0.8, .exponential, orders: 8_500_000),
        TheoryQueue("M/M/1", load: 0.95, .exponential, orders: 6_000_000),
        TheoryQueue("M/M/2", load: 0.5, stations: 2, .exponential, orders: 3_200_000),
        TheoryQueue("M/M/2", load: 0.8, stations: 2, .exponential, orders: 10_500_000),
        TheoryQueue("M/M/2", load: 0.95, stations: 2, .exponential, orders: 6_500_000),
        TheoryQueue("M/M/5", load: 0.5, stations: 5, .exponential, orders: 10_000_000),
        TheoryQueue("M/M/5", load: 0.8, stations: 5, .exponential, orders: 16_500_000),
        TheoryQueue("M/M/5", load: 0.95, stations: 5, .exponential, orders: 7_500_000),
        TheoryQueue("M/M/10", load: 0.5, stations: 10, .exponential, orders: 58_000_000),
        TheoryQueue("M/M/10", load: 0.8, stations: 10, .exponential, orders: 28_000_000),
        TheoryQueue("M/M/10", load: 0.95, stations: 10, .exponential, orders: 8_000_000),
        // One order in 140,000 waits.
        TheoryQueue("M/M/50", load: 0.5, stations: 50, .exponential, orders: 20_000_000),
        TheoryQueue("M/M/50", load: 0.8, stations: 50, .exponential, orders: 235_000_000),
        TheoryQueue("M/M/50", load: 0.95, stations: 50, .exponential, orders: 17_000_000),
        TheoryQueue("M/D/1", load: 0.5, .deterministic, orders: 600_000),
        TheoryQueue("M/D/1", load: 0.8, .deterministic, orders: 2_800_000),
        TheoryQueue("M/D/1", load: 0.95, .deterministic, orders: 7_500_000),
        TheoryQueue("M/G/1 gamma", load: 0.5, .gamma(shape: 2), orders: 1_500_000),
        TheoryQueue("M/G/1 gamma", load: 0.8, .gamma(shape: 2), orders: 5_500_000),
        TheoryQueue("M/G/1 gamma", load: 0.95, .gamma(shape: 2), orders: 6_000_000),
        TheoryQueue("M/G/1 lognormal", load: 0.5, .lognormal(sigma: 0.8), orders: 2_000_000),
        TheoryQueue("M/G/1 lognormal", load: 0.8, .lognormal(sigma: 0.8), orders: 8_000_000),
        TheoryQueue("M/G/1 lognormal", load: 0.95, .lognormal(sigma: 0.8), orders: 6_000_000),
        TheoryQueue("M/G/1 two phases", load: 0.5, .hyperexponential(squaredVariation: 3), orders: 4_500_000),
        TheoryQueue("M/G/1 two phases", load: 0.8, .hyperexponential(squaredVariation: 3), orders: 19_000_000),
        TheoryQueue("M/G/1 two phases", load: 0.95, .hyperexponential(squaredVariation: 3), orders: 31_000_000),
    ]
}
