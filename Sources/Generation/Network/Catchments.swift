import DeterministicMath
import Domain

/// Which node a zone's demand for a product is expected at: the shares that stock is planned by.
///
/// Huff's law (Huff 1964, doi:10.2307/1249154): of the demand of zone i, node j of those that stock the product gets
/// `A_j (d_ij + d_0)^-g / sum over k of A_k (d_ik + d_0)^-g`, A the node's attractiveness, d the kilometres between
/// them. A large g sends nearly all to the nearest.
struct Catchments {
    private let network: Network
    /// A_j (d_ij + d_0)^-g, by zone, then node.
    private let pulls: [[Double]]
    /// Demand shares by node, for each set of stocking nodes met so far; looked up only.
    private var known: [[Bool]: [Double]] = [:]

    /// The catchments of a network.
    init(_ network: Network) {
        self.network = network
        let stock = network.specification.stock
        pulls = network.zones.map { zone in
            network.nodePlaces.indices.map { node in
                let kilometres = zone.place.distanceKilometres(to: network.nodePlaces[node], in: .geographic)
                return network.specification.nodes[node].attractiveness
                    * DeterministicMath.power(
                        kilometres + stock.catchmentOffsetKilometres, -stock.catchmentExponent)
            }
        }
    }

    /// Each node's share of all demand for a product, summing to 1; all 0 where no node with a pull stocks it.
    mutating func shares(product: Int) -> [Double] {
        let stocking = network.nodePlaces.indices.map { network.stocks(node: $0, product: product) }
        if let shares = known[stocking] { return shares }
        var shares = [Double](repeating: 0, count: stocking.count)
        for zone in network.zones.indices {
            let weights = stocking.indices.map { stocking[$0] ? pulls[zone][$0] : 0 }
            let total = weights.reduce(0, +)
            guard total > 0 else { continue }
            for node in shares.indices { shares[node] += network.demandShares[zone] * weights[node] / total }
        }
        known[stocking] = shares
        return shares
    }
}
