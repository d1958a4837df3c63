/// A shipment that is not settled yet: what its parcel comes to, and its times.
struct LiveShipment: BitwiseCopyable {
    /// Position of its order in the pool.
    var order: Int
    var ordinal: Int32
    var node: Int32
    var service: Int32
    /// Row of the lane table, -1 for an order under way at the start.
    var lane: Int32
    /// Lines in the pool of parts; `partCount` -1 = the whole order.
    var firstPart: Int32 = 0
    var partCount: Int32 = -1
    /// Next shipment of the order, or next free place in the pool; -1 at the end.
    var next: Int32 = -1
    /// Whether it was cancelled or decided again before its pick.
    var isVoid = false
    /// Whether it waits in the queue without ever taking a station: its order is cancelled first.
    var isAbandoned = false
    /// Whether it waits for the detection of an outage that will have it decided again.
    var isHeld = false
    /// Whether not all its units are there: its pick will fail.
    var isShort = false
    /// Whether its pick has failed.
    var hasFailed = false
    var assignedAt: Double
    var kilometres: Double
    /// Mean service seconds x the draw of this shipment, before the hour's multiplier.
    var serviceWork: Double
    /// Base transit hours x the draw of this shipment.
    var transitWork: Double
    var pickStart = Double.infinity
    var pickEnd = Double.infinity
    var handedOverAt = Double.infinity
    var arrivedAt = Double.infinity
    var serviceSeconds = 0.0
    /// What its parcel comes to.
    var load: ShipmentLoad
}

/// What the parcel of a shipment comes to, whatever happens to it later.
struct ShipmentLoad: BitwiseCopyable {
    var freight = 0.0
    /// Handling without labour.
    var handling = 0.0
    var carbonKilograms = 0.0
    var items = 0.0
    var value = 0.0
    var goodsCost = 0.0
}

/// An order that is not settled yet.
struct LiveOrder: BitwiseCopyable {
    /// Row in the dataset's orders, -1 for an order under way at the start.
    var order: Int
    var visit: Int
    /// Stable hash of (order id, copy).
    var entity: UInt64
    var region: Int32
    var generation: UInt32
    var firstShipment: Int32 = -1
    var lastShipment: Int32 = -1
    var shipmentCount: Int32 = 0
    /// Shipments that are not void.
    var liveShipments: Int32 = 0
    /// Shipments whose pick start is not known yet, or never will be because the order is cancelled first.
    var pendingPicks: Int32 = 0
    /// Shipments whose hand-over is not known yet.
    var pendingHandOvers: Int32 = 0
    /// Units per line still waiting, in the pool of quantities; -1 = none waits.
    var waitingQuantities = -1
    var itemsUnserved = 0
    var cancellationTime: Double
    /// First pick start known of a shipment that is not void; +infinity if none.
    var firstPickStart = Double.infinity
    var deadline = Double.infinity
    var decidedAt = Double.infinity
    var cancelledAt = Double.infinity
    var isDeadlinePassed = false
    var wasBackOrdered = false
    var wasReviewed = false
    var isMeasured = true
    /// An order under way at time 0: occupies, is not counted.
    var isOpening = false
    var isLive = true
    /// Whether a cancellation event is on its way.
    var hasCancellationEvent = false
    /// The place in the pool that was freed before this one, -1 at the end.
    var nextFree = -1

    init(order: Int, visit: Int, entity: UInt64, region: Int, generation: UInt32, cancellationTime: Double) {
        self.order = order
        self.visit = visit
        self.entity = entity
        self.region = Int32(region)
        self.generation = generation
        self.cancellationTime = cancellationTime
    }
}
