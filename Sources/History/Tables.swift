import Domain

/// Temperature a product must be kept at.
public enum TemperatureClass: UInt8, Sendable, CaseIterable {
    /// No demand.
    case ambient
    /// Needs node and service with tag `chilled`.
    case chilled
    /// Needs node and service with tag `frozen`.
    case frozen

    /// The word in files: `ambient`, `chilled`, `frozen`.
    public var word: String {
        switch self {
        case .ambient: "ambient"
        case .chilled: "chilled"
        case .frozen: "frozen"
        }
    }
}

/// Products, one array a column.
public struct ProductTable: Sendable {
    /// Ids, unique.
    public var ids: [String] = []
    /// Indices into ``Dataset/categories``.
    public var categories: [Int] = []
    /// Catalogue price a unit.
    public var prices: [Double] = []
    /// Cost of goods a unit.
    public var unitCosts: [Double] = []
    /// Kilograms a unit.
    public var massKilograms: [Double] = []
    /// Litres a unit.
    public var volumeLitres: [Double] = []
    /// Temperature classes.
    public var temperatureClasses: [TemperatureClass] = []
    /// Tags.
    public var tags: [TagSet] = []

    /// An empty table.
    public init() {}

    /// Number of products.
    public var count: Int { ids.count }
}

/// Stock at time 0 as a dense node x product matrix, row-major by node.
public struct Inventory: Sendable {
    /// Number of products: the row length.
    public let productCount: Int
    /// Units on hand, node x product.
    public var onHand: [Int32]
    /// Units held back from routing, node x product.
    public var safetyStock: [Int32]

    /// A matrix of zeros.
    public init(nodeCount: Int, productCount: Int) {
        self.productCount = productCount
        onHand = [Int32](repeating: 0, count: nodeCount * productCount)
        safetyStock = [Int32](repeating: 0, count: nodeCount * productCount)
    }

    /// Position of a (node, product) pair in both matrices.
    @inlinable
    public func position(node: Int, product: Int) -> Int { node * productCount + product }
}

/// Stock that arrives at a node.
public struct Replenishment: Sendable {
    /// Node index.
    public var node: Int
    /// Product index.
    public var product: Int
    /// Seconds.
    public var time: Double
    /// Units, at least 1.
    public var quantity: Int

    /// A row of `replenishments`.
    public init(node: Int, product: Int, time: Double, quantity: Int) {
        self.node = node
        self.product = product
        self.time = time
        self.quantity = quantity
    }
}

/// A transfer relation between nodes.
public struct Transfer: Sendable {
    /// Node index.
    public var from: Int
    /// Node index.
    public var to: Int
    /// Hours on the way.
    public var leadHours: Double
    /// Money a unit.
    public var costPerItem: Double

    /// A row of `transfers`.
    public init(from: Int, to: Int, leadHours: Double, costPerItem: Double) {
        self.from = from
        self.to = to
        self.leadHours = leadHours
        self.costPerItem = costPerItem
    }
}

/// An order under way at time 0.
public struct OpenOrder: Sendable {
    /// How far it is.
    public enum Stage: Sendable, Hashable {
        /// In the pick queue; needs this many seconds of a station.
        case waiting(serviceSeconds: Double)
        /// On a station until this time.
        case picking(until: Double)
        /// Packed at this time, waiting for hand-over.
        case packed(at: Double)
    }
    /// Its id.
    public var order: String
    /// How far it is.
    public var stage: Stage
    /// Node index.
    public var node: Int
    /// Service index.
    public var service: Int

    /// A row of `open_orders`.
    public init(order: String, stage: Stage, node: Int, service: Int) {
        self.order = order
        self.stage = stage
        self.node = node
        self.service = service
    }
}
