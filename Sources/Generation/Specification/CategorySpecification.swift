import Documents
import Domain
import History

/// A family of products that share prices, handling and where they may lie. An entry of `categories`.
struct CategorySpecification: Sendable {
    /// A lognormal quantity by its median and the standard deviation of its logarithm.
    struct Spread: Sendable {
        /// Median.
        var median: Double
        /// Standard deviation of the logarithm; 0 = every product the same.
        var deviation: Double
    }
    /// Id; products are called `id-1`, `id-2` ..., the most popular first.
    var id: String
    /// Number of products.
    var productCount: Int
    /// Share of all order lines before segments weigh it, relative to the other categories.
    var share: Double
    /// Zipf's exponent of popularity within the category.
    var zipfExponent: Double
    /// Price a unit.
    var price: Spread
    /// Cost of goods as a share of the price.
    var costShare: Double
    /// Kilograms a unit.
    var massKilograms: Spread
    /// Litres a unit.
    var volumeLitres: Spread
    /// Temperature the products must be kept at.
    var temperatureClass: TemperatureClass
    /// Tags of every product.
    var tags: [String]
    /// Probability that a product carries a tag, by tag.
    var tagShares: [(word: String, value: Double)]
    /// Share of lines with 1, 2, 3 ... units.
    var quantityShares: [Double]
    /// Tags a node must carry to stock it.
    var neededNodeTags: [String]
    /// Ids of the only nodes that stock it; empty = no such restriction.
    var onlyAt: [String] = []

    /// The keys of a category.
    static let keys = [
        "id", "products", "share", "zipf_exponent", "price", "cost_share", "mass_kg", "volume_litres",
        "temperature_class", "tags", "tag_shares", "quantities", "needs_node_tags", "only_at",
    ]

    /// Reads `categories`.
    static func read(_ root: SpecificationMapping) throws(InputError) -> [CategorySpecification] {
        var categories: [CategorySpecification] = []
        try root.each(root.required("categories").list()) { entry throws(InputError) in
            let values = try entry.mapping(keys: keys)
            let id = try values.required("id").identifier(notIn: categories.map(\.id))
            categories.append(try CategorySpecification(id: id, values: values))
        }
        guard categories.contains(where: { $0.share > 0 }) else {
            throw try root.required("categories").error(expected: "at least one category with a share above 0")
        }
        return categories
    }

    /// Reads `only_at` of every category: apart, because nodes name categories and categories name nodes.
    static func readRestrictions(
        of categories: inout [CategorySpecification], _ root: SpecificationMapping, nodes: [String]
    ) throws(InputError) {
        for (index, entry) in try root.required("categories").list().enumerated() {
            let onlyAt = try entry.mapping(keys: keys).optional("only_at")
            categories[index].onlyAt = try onlyAt?.words("node", among: nodes) ?? []
        }
    }

    private init(id: String, values: SpecificationMapping) throws(InputError) {
        self.id = id
        productCount = try values.integer("products", in: 1...10_000_000)
        share = try values.number("share", in: 0...1e9)
        zipfExponent = try values.number("zipf_exponent", in: 0...5, default: 1)
        price = try Self.spread(values.required("price"), below: 1e9)
        costShare = try values.number("cost_share", in: 0...10, default: 0.7)
        massKilograms = try Self.spread(values.required("mass_kg"), below: 1e6)
        volumeLitres = try Self.spread(values.required("volume_litres"), below: 1e6)
        temperatureClass = try Self.temperature(values.optional("temperature_class"))
        tags = try values.tags("tags")
        tagShares = try values.optional("tag_shares")?.numbersByWord(in: 0...1, of: "tag") ?? []
        quantityShares = try values.optional("quantities")?.shares() ?? [1]
        neededNodeTags = try values.tags("needs_node_tags")
    }

    /// A median alone, or `{median, spread}`.
    private static func spread(_ value: DocumentValue, below bound: Double) throws(InputError) -> Spread {
        if value.isScalar { return Spread(median: try value.number(in: 0...bound), deviation: 0) }
        let parts = try value.mapping(keys: ["median", "spread"])
        return Spread(
            median: try parts.number("median", in: 0...bound), deviation: try parts.number("spread", in: 0...3))
    }

    /// `ambient`, `chilled` or `frozen`; ambient where nothing is said.
    private static func temperature(_ value: DocumentValue?) throws(InputError) -> TemperatureClass {
        guard let value else { return .ambient }
        let word = try value.word("temperature class", among: TemperatureClass.allCases.map(\.word))
        return TemperatureClass.allCases.first { $0.word == word } ?? .ambient
    }
}
