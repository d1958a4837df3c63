import Domain
import Storage

/// Rows as they are kept until the dataset is built.
extension DatasetBuilder {
    /// A row of `products`.
    struct Product: Sendable {
        var id: String
        var category: String
        var price: Double
        var unitCost: Double
        var massKilograms: Double
        var volumeLitres: Double
        var temperatureClass: TemperatureClass
        var tags: [String]
    }

    /// A row of `inventory`.
    struct Stock: Sendable {
        var node: String
        var product: String
        var onHand: Int
        var safetyStock: Int
    }

    /// A row of `tariffs`.
    struct TariffBand: Sendable {
        var tariff: String
        var fromKilograms: Double
        var terms: LoadTerms
    }

    /// A row of `lanes`.
    struct LaneOverride: Sendable {
        var node: String
        var zone: String
        var service: String
        var kilometres: Double?
        var hours: Double?
        var tariff: String?
        var isClosed: Bool
    }

    /// A row of `weather`.
    struct WeatherHour: Sendable {
        var region: String
        var time: Double
        var weatherClass: WeatherClass
        var intensity: Double
        var stormLevel: Double
    }

    /// One value of a row of `traffic` or `signals`.
    struct SignalHour: Sendable {
        var name: String
        var region: String
        var time: Double
        var value: Double
    }

    /// A line of an order.
    public struct Line: Sendable, Hashable {
        /// Product id.
        public var product: String
        /// Units, at least 1.
        public var quantity: Int
        /// Price a unit; nil = the product's.
        public var price: Double?

        /// A line.
        public init(_ product: String, _ quantity: Int = 1, price: Double? = nil) {
            self.product = product
            self.quantity = quantity
            self.price = price
        }
    }

    /// A row of `orders`.
    struct Order: Sendable {
        var id: String
        var placedAt: Double
        var approvedAt: Double?
        var promisedAt = Double.infinity
        var zone: String?
        var place: Place?
        var customer: String?
        var segment: String?
        var channel = ""
        var tags: [String] = []
        var weight = 1.0
    }
}

/// Orders and lines as they come, one array a column; ids that repeat are numbers.
struct OrderRows: Sendable {
    /// The id of each row, whose number is the row's.
    var ids = ByteIndex()
    var idHashes = LargeArray<UInt64>()
    /// The first id that came twice; its row is not kept.
    var repeatedId: String?
    var placedAt = LargeArray<Double>()
    /// NaN where approved when placed.
    var approvedAt = SparseColumn(usual: Double.nan)
    var promisedAt = LargeArray<Double>()
    /// Numbers in ``zoneNames``, -1 where only a place is given.
    var zones = LargeArray<Int32>()
    var zoneNames = ByteIndex()
    /// NaN where the zone's place holds.
    var x = SparseColumn(usual: Double.nan)
    var y = SparseColumn(usual: Double.nan)
    /// Numbers in ``customerNames``, -1 = none.
    var customers = SparseColumn(usual: Int32(-1))
    var customerNames = ByteIndex()
    /// Numbers in ``segmentNames``, -1 = the customer's.
    var segments = SparseColumn(usual: Int32(-1))
    var segmentNames = ByteIndex()
    /// Numbers in ``channelNames``.
    var channels = SparseColumn(usual: Int32(0))
    var channelNames = ByteIndex()
    /// Numbers in ``tagLists``.
    var tags = SparseColumn(usual: Int32(0))
    var tagLists: [[String]] = [[]]
    private var tagListNumbers: [[String]: Int32] = [[]: 0]
    var weights = SparseColumn(usual: 1.0)
    /// Rows that the reader has set aside.
    var rowsSetAside: Set<Int32> = []
    /// The first row that is out of range, as a problem of the order of that id.
    var problem: (id: String, problem: RangeProblem)?

    var lineOrders = LargeArray<Int32>()
    var lineProducts = LargeArray<Int32>()
    var productNames = ByteIndex()
    var lineQuantities = LargeArray<Int32>()
    /// NaN = the product's.
    var linePrices = SparseColumn(usual: Double.nan)

    var count: Int { ids.count }

    /// Makes room for so many orders.
    mutating func reserveCapacity(orders: Int) {
        ids.reserveCapacity(orders)
        idHashes.reserveCapacity(orders)
        placedAt.reserveCapacity(orders)
        approvedAt.reserveCapacity(orders)
        promisedAt.reserveCapacity(orders)
        zones.reserveCapacity(orders)
        x.reserveCapacity(orders)
        y.reserveCapacity(orders)
        customers.reserveCapacity(orders)
        segments.reserveCapacity(orders)
        channels.reserveCapacity(orders)
        tags.reserveCapacity(orders)
        weights.reserveCapacity(orders)
    }

    /// Makes room for so many lines.
    mutating func reserveCapacity(lines: Int) {
        lineOrders.reserveCapacity(lines)
        lineProducts.reserveCapacity(lines)
        lineQuantities.reserveCapacity(lines)
        linePrices.reserveCapacity(lines)
    }

    /// Whether the reader has set an order aside.
    @inline(__always)
    func isSetAside(_ row: Int) -> Bool { !rowsSetAside.isEmpty && rowsSetAside.contains(Int32(row)) }

    /// When an order was approved, seconds.
    @inline(__always)
    func approved(_ row: Int) -> Double { approvedAt[row].isNaN ? placedAt[row] : approvedAt[row] }

    /// A row without its id.
    struct Row {
        var placedAt = 0.0
        /// NaN = when it was placed.
        var approvedAt = Double.nan
        var promisedAt = Double.infinity
        var zone: Int32 = -1
        var x = Double.nan
        var y = Double.nan
        var customer: Int32 = -1
        var segment: Int32 = -1
        var channel: Int32 = 0
        var tags: Int32 = 0
        var weight = 1.0
    }

    mutating func append(_ order: DatasetBuilder.Order) {
        guard ids.insert(order.id).isNew else {
            repeatedId = repeatedId ?? order.id
            return
        }
        idHashes.append(StableHash.of(order.id))
        append(
            Row(
                placedAt: order.placedAt, approvedAt: order.approvedAt ?? .nan,
                promisedAt: order.promisedAt, zone: order.zone.map { zoneNames.insert($0).number } ?? -1,
                x: order.place?.x ?? .nan, y: order.place?.y ?? .nan,
                customer: order.customer.map { customerNames.insert($0).number } ?? -1,
                segment: order.segment.map { segmentNames.insert($0).number } ?? -1,
                channel: channelNames.insert(order.channel).number, tags: number(ofTags: order.tags),
                weight: order.weight))
    }

    /// Appends a row whose id has been added to ``ids`` and ``idHashes``.
    mutating func append(_ row: Row) {
        placedAt.append(row.placedAt)
        approvedAt.append(row.approvedAt, isUsual: row.approvedAt.isNaN || row.approvedAt == row.placedAt)
        promisedAt.append(row.promisedAt)
        zones.append(row.zone)
        x.append(row.x, isUsual: row.x.isNaN)
        y.append(row.y, isUsual: row.y.isNaN)
        customers.append(row.customer)
        segments.append(row.segment)
        channels.append(row.channel)
        tags.append(row.tags)
        weights.append(row.weight)
    }

    /// Appends the row of an order that is set aside: it keeps its place and nothing else.
    mutating func appendSetAside() {
        rowsSetAside.insert(Int32(placedAt.count))
        append(Row())
    }

    mutating func append(_ line: DatasetBuilder.Line, toOrderAt position: Int) {
        lineOrders.append(Int32(position))
        lineProducts.append(productNames.insert(line.product).number)
        lineQuantities.append(Int32(clamping: line.quantity))
        linePrices.append(line.price ?? .nan, isUsual: line.price == nil)
    }

    /// The number of a list of tags, a new one if need be.
    mutating func number(ofTags list: [String]) -> Int32 {
        if let number = tagListNumbers[list] { return number }
        let number = Int32(tagLists.count)
        tagLists.append(list)
        tagListNumbers[list] = number
        return number
    }
}

extension DatasetBuilder {
    /// Adds an order with its lines. `zone` nil = the zone nearest to `place`; `place` nil = the zone's; `segment` nil =
    /// the customer's; `promisedAt` +infinity = no promise; `approvedAt` nil = at once. Times are seconds from the start.
    public mutating func addOrder(
        _ id: String, placedAt: Double, zone: String? = nil, place: Place? = nil, customer: String? = nil,
        segment: String? = nil, promisedAt: Double = .infinity, approvedAt: Double? = nil, channel: String = "",
        tags: [String] = [], weight: Double = 1, lines: [Line]
    ) {
        let order = Order(
            id: id, placedAt: placedAt, approvedAt: approvedAt, promisedAt: promisedAt, zone: zone, place: place,
            customer: customer, segment: segment, channel: channel, tags: tags, weight: weight)
        if orders.problem == nil {
            let problem =
                DatasetRules.problem(in: order, description.coordinates)
                ?? lines.lazy.compactMap { DatasetRules.problem(in: $0) }.first
            if let problem { orders.problem = (id, problem) }
        }
        orders.append(order)
        for line in lines { orders.append(line, toOrderAt: orders.count - 1) }
    }

    /// Adds what really happened to an order; `product` nil = all its lines, NaN = never or not known. Times are
    /// seconds from the start.
    public mutating func addHistory(
        order: String, product: String? = nil, node: String? = nil, service: String? = nil, shippedAt: Double = .nan,
        deliveredAt: Double = .nan, cancelled: Bool = false, cancelledAt: Double = .nan, freightPaid: Double = .nan,
        complaint: Bool? = nil
    ) {
        let row = HistoryRows.Row(
            product: history.number(ofProduct: product), node: history.number(ofNode: node),
            service: history.number(ofService: service), shippedAt: shippedAt, deliveredAt: deliveredAt,
            cancelled: cancelled, cancelledAt: cancelledAt, freightPaid: freightPaid, complaint: complaint)
        history.append(row, ofOrder: order)
    }
}
