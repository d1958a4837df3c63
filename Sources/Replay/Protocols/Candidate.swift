import Domain
import History
import Storage

/// What a set of order lines weighs and is worth: what a shipment of them would carry.
public struct Parcel: Sendable, BitwiseCopyable {
    /// Number of lines.
    public var lines: Int = 0
    /// Number of units.
    public var items: Double = 0
    /// Kilograms.
    public var massKilograms: Double = 0
    /// Litres.
    public var volumeLitres: Double = 0
    /// Money: sum of price x quantity.
    public var value: Double = 0
    /// Money: sum of unit cost x quantity.
    public var goodsCost: Double = 0
    /// Tags of any product in it.
    public var productTags = TagSet()
    /// Tags that node and service must carry: the temperature classes in it.
    public var requiredTags = TagSet()
    /// Which lines of the order are in it, wholly or in part: bit i for the line at position i, bit 63 for all from
    /// there on. All lines unless said otherwise.
    public var lineSet = UInt64.max

    /// An empty parcel.
    public init() {}

    /// The parcel as a tariff sees it.
    @inlinable
    public var load: Load { Load(items: items, massKilograms: massKilograms) }

    /// Whether the order's line at a position is in it.
    @inlinable
    public func carries(line position: Int) -> Bool { lineSet >> UInt64(min(position, 63)) & 1 == 1 }
}

/// Everything about an order that no strategy influences, at the moment it is decided.
public struct OrderFacts: Sendable, BitwiseCopyable {
    /// Row in the dataset's orders.
    public var order: Int
    /// Copy of the recorded order, 0 with recorded demand.
    public var copy: Int
    /// The order's number in the stream of visits: breaks every tie between orders.
    public var visit: Int
    /// Stable hash of (order id, copy): the entity of its random numbers.
    public var entity: UInt64
    /// Seconds.
    public var placedAt: Double
    /// Seconds, +infinity if nothing was promised.
    public var promisedAt: Double
    /// Seconds: when it is decided.
    public var time: Double
    /// Zone index.
    public var zone: Int
    /// The zone's region.
    public var region: Int
    /// Where it goes.
    public var place: Place
    /// Segment index.
    public var segment: Int
    /// Channel index.
    public var channel: Int
    /// Tags of order and customer.
    public var tags: TagSet
    /// The lines that a candidate would carry.
    public var parcel: Parcel
    /// The lanes of its zone with the kilometres and hours to its own place; nil where nobody has worked them out.
    @usableFromInline var ownLanes: OwnLanes?

    /// Facts from their parts.
    public init(
        order: Int, copy: Int, visit: Int, entity: UInt64, placedAt: Double, promisedAt: Double, time: Double,
        zone: Int, region: Int, place: Place, segment: Int, channel: Int, tags: TagSet, parcel: Parcel
    ) {
        self.order = order
        self.copy = copy
        self.visit = visit
        self.entity = entity
        self.placedAt = placedAt
        self.promisedAt = promisedAt
        self.time = time
        self.zone = zone
        self.region = region
        self.place = place
        self.segment = segment
        self.channel = channel
        self.tags = tags
        self.parcel = parcel
    }

    /// The hour of the decision, counted from time 0.
    @inlinable
    public var hour: Int { (time / 3_600).floored }
}

/// A lane an order could take.
public struct LaneFacts: Sendable, BitwiseCopyable {
    /// Row in the dataset's lanes.
    public var lane: Int
    /// Node index.
    public var node: Int
    /// Service index.
    public var service: Int
    /// Kilometres.
    public var kilometres: Double
    /// Base transit hours.
    public var baseHours: Double
    /// Tariff index.
    public var tariff: Int

    /// Facts from their parts.
    @inlinable
    public init(lane: Int, node: Int, service: Int, kilometres: Double, baseHours: Double, tariff: Int) {
        self.lane = lane
        self.node = node
        self.service = service
        self.kilometres = kilometres
        self.baseHours = baseHours
        self.tariff = tariff
    }
}

/// What the lanes of a zone are as one order would take them, to its own place.
@usableFromInline
struct OwnLanes: Sendable, BitwiseCopyable {
    /// By row, from the zone's first on.
    @usableFromInline let kilometres: Buffer<Double>
    @usableFromInline let baseHours: Buffer<Double>
    /// The zone's first row.
    @usableFromInline let firstRow: Int

    init(kilometres: Buffer<Double>, baseHours: Buffer<Double>, firstRow: Int) {
        self.kilometres = kilometres
        self.baseHours = baseHours
        self.firstRow = firstRow
    }
}

/// The candidates of a decision: rows of the lane table, those of one node together.
public struct CandidateRows: Sendable, BitwiseCopyable {
    /// The rows; only the first ``count`` are meant.
    @usableFromInline let rows: Buffer<Int32>
    /// Number of candidates.
    public let count: Int

    /// The first rows of a buffer.
    @inlinable
    public init(_ rows: Buffer<Int32>, count: Int) {
        self.rows = rows
        self.count = count
    }

    /// The row of a candidate.
    @inlinable
    public subscript(_ index: Int) -> Int { Int(rows[index]) }
}
