import DeterministicMath
import Domain
import History
import Sampling

/// All that does not depend on single orders: zones, demand shares, products, customers, places of the nodes.
struct Network: Sendable {
    /// What was asked for.
    let specification: GenerationSpecification
    /// Source of all draws.
    let draws: Draws
    /// Number of orders of the horizon.
    let orderCount: Int
    /// Zones, city by city.
    let zones: [PlacedZone]
    /// Each zone's share of demand.
    let demandShares: [Double]
    /// Products.
    let catalogue: ProductCatalogue
    /// Customers.
    let customers: CustomerPool
    /// Places of the nodes.
    let nodePlaces: [Place]

    /// The network of a spec under a seed.
    init(_ specification: GenerationSpecification, orderCount: Int, seed: UInt64) {
        self.specification = specification
        self.orderCount = orderCount
        draws = Draws(seed: seed, replication: 0)
        zones = ZonePlacement.zones(of: specification.cities, draws: draws)
        demandShares = GravityDemand.shares(
            zones: zones, cities: specification.cities, demand: specification.demand)
        catalogue = ProductCatalogue(categories: specification.categories, draws: draws)
        customers = CustomerPool(zones: zones, customers: specification.customers, draws: draws)
        nodePlaces = specification.nodes.map {
            specification.cities[$0.city].centre
                .moved(eastKilometres: $0.eastKilometres, northKilometres: $0.northKilometres)
        }
    }

    /// Index of the region of a zone.
    func region(ofZone zone: Int) -> Int { region(ofCity: zones[zone].city) }

    /// Index of the region of a node.
    func region(ofNode node: Int) -> Int { region(ofCity: specification.nodes[node].city) }

    /// Index of the region of a city.
    private func region(ofCity city: Int) -> Int {
        specification.regions.firstIndex(of: specification.cities[city].region) ?? 0
    }

    /// Where a region's weather is taken: the mean of its cities' centres.
    func centre(ofRegion region: Int) -> Place {
        let centres = specification.cities.filter { $0.region == specification.regions[region] }.map(\.centre)
        let count = Double(centres.count)
        return Place(x: centres.map(\.x).reduce(0, +) / count, y: centres.map(\.y).reduce(0, +) / count)
    }

    /// Whether a node stocks a product: its tags, categories and assortment, and the category's own restrictions.
    func stocks(node: Int, product: Int) -> Bool {
        let node = specification.nodes[node]
        let product = catalogue.products[product]
        let category = specification.categories[product.category]
        if category.temperatureClass != .ambient, !node.tags.contains(category.temperatureClass.word) { return false }
        if !category.neededNodeTags.allSatisfy(node.tags.contains) { return false }
        if !category.onlyAt.isEmpty, !category.onlyAt.contains(node.id) { return false }
        if let categories = node.categories, !categories.contains(category.id) { return false }
        let assortment = node.assortments.first { $0.word == category.id }?.value ?? node.assortment
        return Double(product.rank) < assortment * Double(category.productCount)
    }
}
