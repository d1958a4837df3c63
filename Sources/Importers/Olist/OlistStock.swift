import Domain

/// Opening stock: what the recorded sales suggest that a node holds.
struct OlistStock {
    /// A node's stock of a product.
    struct Entry {
        let hub: Int
        let product: Int
        let units: Int
    }

    /// Stock by product, then node.
    let entries: [Entry]

    /// Units of each node and product.
    ///
    /// Where the node's sellers sold s > 0 units of the product: ceil(stockFactor x s), which is at least what the node
    /// shipped over the whole horizon. Where they sold only other products of its category: ceil(categoryStockShare x
    /// S), S the units sold anywhere. A product without a category is only where it was sold.
    init(book: OlistBook, hubs: OlistHubs, options: OlistOptions) {
        var soldByHub = [[Int: Int]](repeating: [:], count: book.products.count)
        var hubsByCategory: [String: Set<Int>] = [:]
        for order in book.orders {
            for item in order.items {
                let hub = hubs.hubOfSeller[item.seller]
                soldByHub[item.product][hub, default: 0] += 1
                hubsByCategory[book.products[item.product].category, default: []].insert(hub)
            }
        }
        var entries: [Entry] = []
        for (product, sold) in soldByHub.enumerated() where !sold.isEmpty {
            let category = book.products[product].category
            let candidates = category.isEmpty ? Set(sold.keys) : hubsByCategory[category] ?? []
            let total = sold.values.reduce(0, +)
            for hub in candidates.sorted() {
                let units =
                    sold[hub].map { options.stockFactor * Double($0) } ?? options.categoryStockShare * Double(total)
                if units > 0 { entries.append(Entry(hub: hub, product: product, units: Int(units.rounded(.up)))) }
            }
        }
        self.entries = entries
    }
}
