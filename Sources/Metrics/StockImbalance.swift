import Replay

/// How far the stock has moved from its opening distribution over the nodes: half the summed |share of a node at the end -
/// share at the start|, averaged over the products that have stock at both ends. 0: as it was; 1: all elsewhere.
///
/// Reserved units are gone, safety stock counts. Over the whole trial, not over measured orders.
struct StockImbalance: Metric {
    let declaration = MetricDeclaration(
        key: "stock_imbalance", summary: "Share of the stock that is at another node than at the start", unit: "share",
        direction: .lower, denominator: "products with stock at both ends", isCutByFacts: false)

    func value(of measures: Measures) -> Double? {
        measures.stockImbalance
    }
}
