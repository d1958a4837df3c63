/// A shipment that is not settled yet.
struct LiveShipment {
    /// Position of its order in the pool.
    var order: Int
    var ordinal: Int
    var node: Int
    var service: Int
    var lane: Int
    /// Lines in the pool of parts; `partCount` -1 = the whole order.
    var firstPart: Int
    var partCount: Int
    var parcel: Parcel
    var kilometres: Double
    var baseHours: Double
    var tariff: Int
    var assignedAt: Double
    var pickStart = Double.infinity
    var pickEnd = Double.infinity
    var handedOverAt = Double.infinity
    var arrivedAt = Double.infinity
    var serviceSeconds = 0.0
    /// Pick seconds of an opening order, which take no noise; negative = draw.
    var fixedSeconds = -1.0
    var isVoid = false
    /// Next shipment of the order, -1 at the end.
    var next = -1
}

/// An order that is not settled yet.
struct LiveOrder {
    /// Facts with the parcel of the whole order.
    var facts: OrderFacts
    var generation: UInt32
    var firstShipment = -1
    var lastShipment = -1
    var shipmentCount = 0
    /// Shipments that are not void.
    var liveShipments = 0
    var cancellationTime: Double
    /// First pick start known of a shipment that is not void; +infinity if none.
    var firstPickStart = Double.infinity
    /// Shipments whose pick start is not known yet, or never will be because the order is cancelled first.
    var pendingPicks = 0
    /// Shipments whose hand-over is not known yet.
    var pendingHandOvers = 0
    /// Units per line still waiting, in the pool of quantities; -1 = none waits.
    var waitingQuantities = -1
    var deadline = Double.infinity
    var isDeadlinePassed = false
    var decidedAt = Double.infinity
    var cancelledAt = Double.infinity
    var itemsUnserved = 0
    var wasBackOrdered = false
    var wasReviewed = false
    var isMeasured = true
    /// An order under way at time 0: occupies, is not counted.
    var isOpening = false
    var isLive = true
    /// Whether a cancellation event is on its way.
    var hasCancellationEvent = false

    init(facts: OrderFacts, generation: UInt32, cancellationTime: Double) {
        self.facts = facts
        self.generation = generation
        self.cancellationTime = cancellationTime
    }
}
