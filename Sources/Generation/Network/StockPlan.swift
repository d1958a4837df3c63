import DeterministicMath
import Sampling

/// Stock at time 0 and what arrives during the horizon.
///
/// A node expects a product's demand of `m` units over the cover: orders, times lines an order, times the product's
/// share, times units a line, times the node's catchment. It is planned to hold `m + z sqrt(m)` units, z the safety
/// factor (the normal approximation of Poisson demand), times a lognormal imbalance of mean 1. With probability
/// `short_share` a product is short at a node: a uniform share of at most `short_level` is left. Fractions are rounded
/// by a draw, up with the probability of the fraction, so that the total is right on average.
struct StockPlan: Sendable {
    /// A product at a node.
    struct Stock: Sendable, Hashable {
        /// Node index.
        var node: Int
        /// Product index.
        var product: Int
        /// Units at time 0.
        var onHand: Int
        /// Units of these that are held back from routing.
        var safetyStock: Int
    }
    /// Stock that arrives.
    struct Arrival: Sendable, Hashable {
        /// Node index.
        var node: Int
        /// Product index.
        var product: Int
        /// Seconds from the start.
        var time: Double
        /// Units.
        var quantity: Int
    }
    /// Stock by node, then product; pairs of a node and a product it stocks, also with nothing on hand.
    let opening: [Stock]
    /// Arrivals by time, then node, then product.
    let arrivals: [Arrival]

    /// The plan of a network.
    init(_ network: Network) {
        var catchments = Catchments(network)
        let daily = Self.unitsPerDay(network)
        var opening: [Stock] = []
        var arrivals: [Arrival] = []
        let shares = network.catalogue.products.indices.map { catchments.shares(product: $0) }
        for node in network.nodePlaces.indices {
            for product in network.catalogue.products.indices where network.stocks(node: node, product: product) {
                let units = daily[product] * shares[product][node]
                opening.append(Self.opening(network, node: node, product: product, unitsPerDay: units))
                arrivals += Self.arrivals(network, node: node, product: product, unitsPerDay: units)
            }
        }
        self.opening = opening
        self.arrivals = arrivals.sorted { ($0.time, $0.node, $0.product) < ($1.time, $1.node, $1.product) }
    }

    /// Expected units of each product ordered a day, in the whole network.
    static func unitsPerDay(_ network: Network) -> [Double] {
        let specification = network.specification
        let customers = specification.customers
        let mixes = Basket.categoryWeights(specification)
        // Shares of segments; the last mix counts where there are none.
        let segmentTotal = customers.segments.map(\.share).reduce(0, +)
        let weights =
            segmentTotal > 0
            ? customers.segments.map { $0.share / segmentTotal } + [0]
            : customers.segments.map { _ in 0 } + [1]
        var categoryShares = [Double](repeating: 0, count: specification.categories.count)
        for (mix, weight) in zip(mixes, weights) {
            let total = mix.reduce(0, +)
            for category in categoryShares.indices { categoryShares[category] += weight * mix[category] / total }
        }
        let linesPerOrder = mean(customers.lineShares)
        let ordersPerDay = Double(network.orderCount) / Double(specification.clock.dayCount)
        return network.catalogue.products.indices.map { product in
            let category = network.catalogue.products[product].category
            return ordersPerDay * linesPerOrder * categoryShares[category]
                * network.catalogue.share(of: product) * mean(specification.categories[category].quantityShares)
        }
    }

    /// The mean of 1, 2, 3 ... with these shares.
    private static func mean(_ shares: [Double]) -> Double {
        shares.indices.reduce(0) { $0 + Double($1 + 1) * shares[$1] } / shares.reduce(0, +)
    }

    /// Draws 0 imbalance, 1 shortage and its level, 2 rounding.
    private static func opening(_ network: Network, node: Int, product: Int, unitsPerDay: Double) -> Stock {
        let stock = network.specification.stock
        let place = network.specification.nodes[node]
        let entity = Entity.stock(node: place.id, product: network.catalogue.products[product].id)
        let draws = network.draws
        let expected = unitsPerDay * (place.coverDays ?? stock.coverDays)
        let imbalance = lognormal(stock.spread, draws.uniform(.generation, entity: entity))
        var units = (expected + stock.safetyFactor * expected.squareRoot()) * imbalance
        let (shortage, level) = draws.uniformPair(.generation, entity: entity, draw: 1)
        if shortage < stock.shortShare { units *= stock.shortLevel * level }
        let onHand = Int((units + draws.uniform(.generation, entity: entity, draw: 2)).rounded(.down))
        let safety = Int((unitsPerDay * stock.safetyDays).rounded(.down))
        return Stock(node: node, product: product, onHand: onHand, safetyStock: min(safety, onHand))
    }

    /// Draws 3 the phase, from 16 on two a day: what arrives, its rounding.
    private static func arrivals(
        _ network: Network, node: Int, product: Int, unitsPerDay: Double
    ) -> [Arrival] {
        let stock = network.specification.stock
        guard let period = stock.replenishmentDays else { return [] }
        let clock = network.specification.clock
        let entity = Entity.stock(
            node: network.specification.nodes[node].id, product: network.catalogue.products[product].id)
        let phase = Int(network.draws.uniform(.generation, entity: entity, draw: 3) * Double(period))
        let expected = unitsPerDay * Double(period) * stock.replenishmentFill
        let firstDay = clock.calendar.day(of: 0)
        return (0...clock.dayCount).compactMap { day in
            let time = clock.calendar.instant(day: firstDay + day, minute: stock.replenishmentMinute)
            guard (day + phase) % period == 0, time > 0, time < clock.end else { return nil }
            let (amount, fraction) = network.draws.uniformPair(.generation, entity: entity, draw: 16 + day)
            let units = expected * lognormal(stock.replenishmentSpread, amount)
            let quantity = Int((units + fraction).rounded(.down))
            return quantity > 0 ? Arrival(node: node, product: product, time: time, quantity: quantity) : nil
        }
    }

    /// A lognormal factor of mean 1: `exp(s z - s^2 / 2)`.
    static func lognormal(_ deviation: Double, _ uniform: Double) -> Double {
        guard deviation > 0 else { return 1 }
        let normal = DeterministicMath.normalQuantile(uniform)
        return DeterministicMath.exp(deviation * normal - deviation * deviation / 2)
    }
}
