/// What became of an order.
public enum OrderStatus: UInt8, Sendable, CaseIterable {
    /// All its shipments arrived and no line waits.
    case delivered
    /// Cancelled before its first pick.
    case cancelled
    /// Nothing of it was placed by its deadline.
    case unserved
    /// Unfinished at the end of the replay.
    case open

    /// The word in files.
    public var word: String {
        switch self {
        case .delivered: "delivered"
        case .cancelled: "cancelled"
        case .unserved: "unserved"
        case .open: "open"
        }
    }
}

/// One shipment of an order, as it turned out. Instants in seconds; +infinity = not by the end of the replay.
public struct ShipmentOutcome: Sendable, Hashable {
    /// Number within the order, by assignment.
    public var ordinal: Int
    /// Node index.
    public var node: Int
    /// Service index.
    public var service: Int
    /// Lines it carries: (row in the order's lines counted from 0, units).
    public var lines: [ShipmentLine]
    /// When it was decided.
    public var assignedAt: Double
    /// When its pick started.
    public var pickStart: Double
    /// When its pick ended.
    public var pickEnd: Double
    /// When the carrier took it.
    public var handedOverAt: Double
    /// When it arrived.
    public var arrivedAt: Double
    /// Whether it was cancelled or decided again before its pick.
    public var isVoid: Bool
    /// Kilometres of its lane.
    public var kilometres: Double
    /// Freight, money.
    public var freight: Double
    /// Handling and labour, money.
    public var handling: Double
    /// kg CO2e.
    public var carbonKilograms: Double
    /// Realised service seconds, 0 where the pick never started.
    public var serviceSeconds: Double

    /// Units of one line in a shipment.
    public struct ShipmentLine: Sendable, Hashable {
        /// Position in the order's lines.
        public var line: Int
        /// Units.
        public var quantity: Int

        /// A part of a line.
        public init(line: Int, quantity: Int) {
            self.line = line
            self.quantity = quantity
        }
    }

    /// A shipment from its parts.
    public init(
        ordinal: Int, node: Int, service: Int, lines: [ShipmentLine], assignedAt: Double,
        pickStart: Double = .infinity, pickEnd: Double = .infinity, handedOverAt: Double = .infinity,
        arrivedAt: Double = .infinity, isVoid: Bool = false, kilometres: Double = 0, freight: Double = 0,
        handling: Double = 0, carbonKilograms: Double = 0, serviceSeconds: Double = 0
    ) {
        self.ordinal = ordinal
        self.node = node
        self.service = service
        self.lines = lines
        self.assignedAt = assignedAt
        self.pickStart = pickStart
        self.pickEnd = pickEnd
        self.handedOverAt = handedOverAt
        self.arrivedAt = arrivedAt
        self.isVoid = isVoid
        self.kilometres = kilometres
        self.freight = freight
        self.handling = handling
        self.carbonKilograms = carbonKilograms
        self.serviceSeconds = serviceSeconds
    }
}

/// An order, as it turned out: what a recorder is told once per order, measured or not, by visit number.
public struct OrderOutcome: Sendable, Hashable {
    /// Visit number.
    public var visit: Int
    /// Row in the dataset's orders; in those of ``World/book`` where the world has orders of its own.
    public var order: Int
    /// Copy, 0 with recorded demand.
    public var copy: Int
    /// What became of it.
    public var status: OrderStatus
    /// Whether all its lines were delivered.
    public var isFilled: Bool
    /// Whether it is delivered, filled and by its promise.
    public var isOnTime: Bool
    /// When it was first decided; +infinity if never.
    public var decidedAt: Double
    /// When the last shipment arrived; +infinity if not delivered.
    public var deliveredAt: Double
    /// When it was cancelled; +infinity if it was not.
    public var cancelledAt: Double
    /// Hours late, 0 where not delivered or on time.
    public var latenessHours: Double
    /// Whether a line of it ever waited for stock.
    public var wasBackOrdered: Bool
    /// Whether it met a screening rule.
    public var wasReviewed: Bool
    /// Whether it counts in the measures.
    public var isMeasured: Bool
    /// Units that stayed unserved.
    public var itemsUnserved: Int
    /// Compensation, money.
    public var compensation: Double
    /// Penalty for unserved lines, money.
    public var unservedCost: Double
    /// Expected complaints.
    public var complaintProbability: Double
    /// All its shipments, void ones too, by ordinal.
    public var shipments: [ShipmentOutcome]

    /// An outcome with nothing happened yet.
    public init(visit: Int, order: Int, copy: Int) {
        self.visit = visit
        self.order = order
        self.copy = copy
        status = .open
        isFilled = false
        isOnTime = false
        decidedAt = .infinity
        deliveredAt = .infinity
        cancelledAt = .infinity
        latenessHours = 0
        wasBackOrdered = false
        wasReviewed = false
        isMeasured = true
        itemsUnserved = 0
        compensation = 0
        unservedCost = 0
        complaintProbability = 0
        shipments = []
    }
}
