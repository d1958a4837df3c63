import History
import Replay

/// Why a strategy chose as it did for one order in one world: who was asked, what spoke for the chosen node, what would
/// have had to be otherwise, what another choice would have done.
public struct DecisionExplanation: Codable, Sendable, Hashable {
    /// Units of a product.
    public struct Line: Codable, Sendable, Hashable {
        /// Product.
        public var product: String
        /// Units.
        public var quantity: Int

        init(_ line: ShipmentOutcome.ShipmentLine, order: Int, dataset: Dataset) {
            let row = dataset.orders.lines(of: order).lowerBound + line.line
            product = dataset.products.ids[Int(dataset.orders.lineProducts[row])]
            quantity = line.quantity
        }
    }
    /// Name of the scenario.
    public var scenario: String
    /// The strategy.
    public var strategy: String
    /// The world, from 0.
    public var replication: Int
    /// The order's id.
    public var order: String
    /// Its zone.
    public var zone: String
    /// The zone's region.
    public var region: String
    /// Local time at which it was placed.
    public var placedAt: String
    /// Local time of the decision that is explained; nil if it was never decided.
    public var decidedAt: String?
    /// Local time of the promise; nil if nothing was promised.
    public var promisedAt: String?
    /// How often it was decided: again where it waited for stock or left a failed node.
    public var decisionCount: Int
    /// Which decision is explained, from 0; nil if there was none.
    public var decision: Int?
    /// Whether the record decides, so that there is nothing to weigh.
    public var followsRecord: Bool
    /// What was to be placed.
    public var lines: [Line]
    /// Money of the dataset.
    public var currency: String
    /// A funnel a comparison: of each rule set tried the whole order, then the shipments of the split that was chosen.
    public var funnels: [DecisionFunnel]
    /// The contributions of each comparison that chose somebody, in order.
    public var contributions: [DecisionContributions]
    /// What would have had to be otherwise; nil where nothing was weighed.
    public var counterfactuals: Counterfactuals?
    /// What the second best candidate, or the one asked for, would have done; nil where there is none.
    public var consequence: DecisionConsequence?
}
