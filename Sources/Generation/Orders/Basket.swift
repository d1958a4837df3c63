import Sampling

/// What an order holds: lines of different products, and how many units of each.
///
/// The number of lines follows `basket.lines`. The first line's category follows the categories' shares as the segment
/// weighs them; each further line stays in it with probability `same_category` and is drawn like the first otherwise.
/// The product follows Zipf's law within the category. A product that the order has already is drawn again, up to
/// ``attempts`` times; then the line is left out (which happens where a category has hardly more products than lines).
struct Basket: Sendable {
    /// Tries for a product that is not in the order yet.
    static let attempts = 8

    /// Most lines of an order: each takes 16 of an entity's 65,536 draws.
    static let linesMax = 1000

    private let draws: Draws
    private let catalogue: ProductCatalogue
    private let lineCounts: CumulativeWeights
    private let sameCategory: Double
    /// By segment, the last for orders without one.
    private let mixes: [CumulativeWeights]
    /// By category.
    private let quantities: [CumulativeWeights]

    /// The baskets of a network.
    init(_ network: Network) {
        let specification = network.specification
        draws = network.draws
        catalogue = network.catalogue
        lineCounts = CumulativeWeights(specification.customers.lineShares)
        sameCategory = specification.customers.sameCategory
        mixes = Self.categoryWeights(specification).map { CumulativeWeights($0) }
        quantities = specification.categories.map { CumulativeWeights($0.quantityShares) }
    }

    /// The categories' weights by segment, the last without a segment.
    static func categoryWeights(_ specification: GenerationSpecification) -> [[Double]] {
        let plain = specification.categories.map(\.share)
        let weighed = specification.customers.segments.map { segment in
            let weights = specification.categories.map { category in
                category.share * (segment.categories.first { $0.word == category.id }?.value ?? 1)
            }
            return weights.contains { $0 > 0 } ? weights : plain
        }
        return weighed + [plain]
    }

    /// Adds the lines of an order to a batch; `segment` -1 = none, `entity` the order's.
    ///
    /// Draws from 16 on, 16 for each line.
    func addLines(to batch: inout OrderBatch, segment: Int, entity: UInt64, countUniform: Double) {
        let mix = mixes[segment < 0 ? mixes.count - 1 : segment]
        let first = batch.lineProducts.count
        var firstCategory = -1
        for line in 0...lineCounts.index(uniform: countUniform) {
            for attempt in 0..<Self.attempts {
                let draw = 16 + (line * Self.attempts + attempt) * 2
                let (stay, kind) = draws.uniformPair(.generation, entity: entity, draw: draw)
                let (rank, amount) = draws.uniformPair(.generation, entity: entity, draw: draw + 1)
                let category = firstCategory >= 0 && stay < sameCategory ? firstCategory : mix.index(uniform: kind)
                let product = Int32(
                    catalogue.offsets[category] + catalogue.popularity[category].index(uniform: rank))
                if batch.lineProducts[first...].contains(product) { continue }
                if firstCategory < 0 { firstCategory = category }
                batch.lineProducts.append(product)
                batch.lineQuantities.append(Int32(quantities[category].index(uniform: amount) + 1))
                break
            }
        }
        batch.lineOffsets.append(batch.lineProducts.count)
    }
}
