import DeterministicMath
import Sampling

/// The orders under way at time 0.
///
/// A node has a Poisson number of them, `per_station` for each station; a draw says whether one waits, is being picked
/// or is packed. No more are being picked than there are stations, and none at a node that is closed at time 0: the
/// others wait. A pick in progress has a uniform share of its time left; what is packed leaves with the next collection.
struct OpenOrders: Sendable {
    /// How far an order is.
    enum Stage: Sendable, Hashable {
        /// In the pick queue; needs so many seconds of a station.
        case waiting(Double)
        /// On a station until then.
        case picking(Double)
        /// Packed at time 0.
        case packed
    }
    /// An order under way.
    struct Row: Sendable, Hashable {
        /// Id: `open`, the node's and a number.
        var id: String
        /// Node index.
        var node: Int
        /// Service index.
        var service: Int
        /// How far it is.
        var stage: Stage
    }
    /// Rows by node.
    let rows: [Row]

    /// The open orders of a network.
    init(_ network: Network) {
        let specification = network.specification
        rows = specification.nodes.indices.flatMap { Self.rows(network, node: $0) }
    }

    /// Draws: of the node, 0 the number; of an order, 0 stage and service, 1 noise and time left.
    private static func rows(_ network: Network, node: Int) -> [Row] {
        let specification = network.specification
        let place = specification.nodes[node]
        let services = specification.carriers.services.indices.filter {
            specification.carriers.services[$0].nodes?.contains(node) ?? true
        }
        let entity = Entity.openOrders(node: place.id)
        let mean = specification.stock.openOrdersPerStation * Double(place.stations)
        guard mean > 0, !services.isEmpty else { return [] }
        let count = Poisson.quantile(
            mean: min(mean, Poisson.meanMax), uniform: network.draws.uniform(.generation, entity: entity))
        let isOpen = place.openingHours.nextOpen(from: 0, calendar: specification.clock.calendar) == 0
        let stages = CumulativeWeights(specification.stock.openStages)
        let seconds = place.secondsPerOrder + place.secondsPerLine + place.secondsPerItem
        var picking = 0
        return (0..<count).map { number in
            let order = Entity.openOrder(node: entity, number: number)
            let (stageDraw, serviceDraw) = network.draws.uniformPair(.generation, entity: order)
            let (noise, left) = network.draws.uniformPair(.generation, entity: order, draw: 1)
            let pickSeconds = (seconds * place.serviceDistribution.value(uniform: noise)).rounded()
            let stage: Stage
            switch stages.index(uniform: stageDraw) {
            case 1 where isOpen && picking < place.stations:
                picking += 1
                stage = .picking(max(1, (pickSeconds * left).rounded()))
            case 2:
                stage = .packed
            default:
                stage = .waiting(pickSeconds)
            }
            let service = services[min(services.count - 1, Int(serviceDraw * Double(services.count)))]
            return Row(id: "open-\(place.id)-\(number + 1)", node: node, service: service, stage: stage)
        }
    }
}
