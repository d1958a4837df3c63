/// What is otherwise when a decision is taken again: everything that is not named stays.
public struct DecisionChange: Sendable {
    /// Units of a product available for routing at a node.
    public struct Stock: Sendable, Hashable {
        /// Node index.
        public var node: Int
        /// Product index.
        public var product: Int
        /// On hand less reserved less safety stock.
        public var available: Int

        /// A stock from its parts.
        public init(node: Int, product: Int, available: Int) {
            self.node = node
            self.product = product
            self.available = available
        }
    }
    /// Shipments waiting in a node's pick queue.
    public struct Queue: Sendable, Hashable {
        /// Node index.
        public var node: Int
        /// Shipments.
        public var waiting: Int

        /// A queue from its parts.
        public init(node: Int, waiting: Int) {
            self.node = node
            self.waiting = waiting
        }
    }
    /// What a service asks.
    public struct Freight: Sendable, Hashable {
        /// Service index.
        public var service: Int
        /// Its tariffs are multiplied by this.
        public var factor: Double

        /// A factor of a service.
        public init(service: Int, factor: Double) {
            self.service = service
            self.factor = factor
        }
    }
    /// Another world, of the same dataset, demand and replication; nil = the same.
    public var world: World?
    /// Other rule sets; nil = the same. Of no use where the record decides.
    public var ruleSets: [RuleSet]?
    /// Other stock.
    public var stock: [Stock]
    /// Other queues.
    public var queues: [Queue]
    /// Other prices.
    public var freight: [Freight]

    /// No change unless said otherwise.
    public init(
        world: World? = nil, ruleSets: [RuleSet]? = nil, stock: [Stock] = [], queues: [Queue] = [],
        freight: [Freight] = []
    ) {
        self.world = world
        self.ruleSets = ruleSets
        self.stock = stock
        self.queues = queues
        self.freight = freight
    }
}

/// A decision that is to come out as given.
public struct ForcedDecision: Sendable, Hashable {
    /// Row in the orders.
    public var order: Int
    /// Which decision of the order, from 0.
    public var number: Int
    /// What is chosen first. Stock alone is asked for: the strategy's constraints do not bind it.
    ///
    /// What these steps leave is placed by the rule set of the plan, shipment by shipment.
    public var plan: DecisionPlan

    /// A forced decision from its parts.
    public init(order: Int, number: Int, plan: DecisionPlan) {
        self.order = order
        self.number = number
        self.plan = plan
    }
}
