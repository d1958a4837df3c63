import Replay

/// How deep the order digs into the node's stock: units ordered / units available, of the product where that is
/// largest. 1 takes the last unit, 0.01 one in a hundred.
///
/// Less than one unit available (safety stock in use) counts as one.
struct StockDepthRating: EndogenousRating {
    /// Its line in the catalogue.
    static let entry = MemberEntry.plain(StockDepthRating())

    let declaration = RatingDeclaration(
        name: "stock_depth", summary: "Units ordered / units available at the node, worst line", unit: "share")

    var isByNode: Bool { true }

    func value(
        order: OrderFacts, lane: LaneFacts, in context: ReplayContext, state: NetworkState
    ) -> Double {
        var deepest = 0.0
        order.forEachProduct(in: context.dataset) { product, quantity in
            let available = max(1, Double(state.available(node: lane.node, product: product)))
            deepest = max(deepest, Double(quantity) / available)
        }
        return deepest
    }
}
