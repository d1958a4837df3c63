import DeterministicMath
import Domain
import History
import Sampling

/// The products, category by category, and how popular each is.
///
/// Popularity within a category follows Zipf's law: the product of rank r has a share proportional to `r^-s` (Zipf
/// 1949). Its number is its rank, so that a category can grow at its tail and leave the others alone. Prices, masses
/// and volumes are lognormal around the category's medians.
struct ProductCatalogue: Sendable {
    /// A product.
    struct Product: Sendable {
        /// Id: the category's, a dash, the rank from 1.
        var id: String
        /// Index of the category.
        var category: Int
        /// Rank within the category, from 0.
        var rank: Int
        /// Price a unit, to 0.01.
        var price: Double
        /// Cost of goods a unit, to 0.01.
        var unitCost: Double
        /// Kilograms, to 0.001.
        var massKilograms: Double
        /// Litres, to 0.01.
        var volumeLitres: Double
        /// Tags: the category's, then those it drew.
        var tags: [String]
    }
    /// All products.
    let products: [Product]
    /// The first product of each category, and the number of products at the end.
    let offsets: [Int]
    /// Popularity within each category.
    let popularity: [CumulativeWeights]

    /// The catalogue of a spec.
    init(categories: [CategorySpecification], draws: Draws) {
        var products: [Product] = []
        var offsets = [0]
        var popularity: [CumulativeWeights] = []
        for (index, category) in categories.enumerated() {
            for rank in 0..<category.productCount {
                products.append(Self.product(category, index: index, rank: rank, draws: draws))
            }
            offsets.append(products.count)
            popularity.append(
                CumulativeWeights(
                    (0..<category.productCount).map {
                        DeterministicMath.power(Double($0 + 1), -category.zipfExponent)
                    }))
        }
        self.products = products
        self.offsets = offsets
        self.popularity = popularity
    }

    /// A product's share of its category's lines.
    func share(of product: Int) -> Double {
        let sums = popularity[products[product].category].sums
        let rank = products[product].rank
        return (sums[rank] - (rank > 0 ? sums[rank - 1] : 0)) / sums[sums.count - 1]
    }

    /// Draws of a product: 0 price, 1 mass, 2 volume, from 8 the tags.
    private static func product(
        _ category: CategorySpecification, index: Int, rank: Int, draws: Draws
    ) -> Product {
        let id = "\(category.id)-\(rank + 1)"
        let entity = Entity.product(id)
        func lognormal(_ spread: CategorySpecification.Spread, draw: Int) -> Double {
            guard spread.deviation > 0 else { return spread.median }
            let normal = DeterministicMath.normalQuantile(draws.uniform(.generation, entity: entity, draw: draw))
            return spread.median * DeterministicMath.exp(spread.deviation * normal)
        }
        let price = rounded(lognormal(category.price, draw: 0), decimals: 2)
        var tags = category.tags
        for (k, tag) in category.tagShares.enumerated()
        where draws.uniform(.generation, entity: entity, draw: 8 + k) < tag.value && !tags.contains(tag.word) {
            tags.append(tag.word)
        }
        return Product(
            id: id, category: index, rank: rank, price: price,
            unitCost: rounded(price * category.costShare, decimals: 2),
            massKilograms: rounded(lognormal(category.massKilograms, draw: 1), decimals: 3),
            volumeLitres: rounded(lognormal(category.volumeLitres, draw: 2), decimals: 2), tags: tags)
    }
}
