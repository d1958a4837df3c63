import Domain
import History
import Ratings
import Replay
import TestKit

/// A rating's value for a candidate of the small network.
func value(
    _ name: String, _ given: [ParameterField] = [], in network: SmallNetwork, order: Int = 0, lines: [Int]? = nil,
    node: String = "n1", service: String = "van", at time: Double? = nil,
    state change: (inout SmallNetwork.StateParts) -> Void = { _ in }
) throws -> Double {
    let rating = try RatingCatalogue.members.make(name, given, dataset: network.dataset)
    let facts = network.facts(order: order, lines: lines, at: time)
    let lane = try network.lane(node: node, service: service, for: facts)
    switch rating {
    case let rating as any ExogenousRating:
        return rating.value(order: facts, lane: lane, in: network.context)
    case let rating as any EndogenousRating:
        return rating.value(
            order: facts, lane: lane, in: network.context, state: network.state(at: facts.time, change: change))
    default:
        throw InputError(found: "rating '\(name)' of no kind", expected: "exogenous or endogenous")
    }
}

/// The small network with weather, traffic and a signal in the hour of its first order, as its world has them.
func stormyNetwork(
    transitEffect: ReplaySettings.TransitEffect = .alongTheWay
) throws -> SmallNetwork {
    try SmallNetwork(
        transitEffect: transitEffect,
        change: { builder in
            builder.addWeather(region: "east", at: 36_000, .rain)
            builder.addWeather(region: "west", at: 36_000, .ice, stormLevel: 2)
            builder.addTraffic(region: "east", at: 36_000, congestion: 1.25)
            builder.addSignal("premium", region: "east", at: 36_000, value: 0.5)
        },
        shape: { world, dataset in
            if let weather = dataset.weather { world.weather = weather }
            if let traffic = dataset.traffic {
                world.congestion = traffic
                world.slowness = Slowness(series: traffic, regionCount: dataset.regions.count)
            }
        })
}
