import Domain

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

    /// A row of `history`.
    struct HistoryRow: Sendable {
        var product: String?
        var node: String?
        var service: String?
        var shippedAt = Double.nan
        var deliveredAt = Double.nan
        var cancelled = false
        var cancelledAt = Double.nan
        var freightPaid = Double.nan
        var complaint: Bool?
    }
}

/// Orders and lines as they come, one array a column; ids that repeat are numbers.
struct OrderRows: Sendable {
    var ids: [String] = []
    var positions: [String: Int32] = [:]
    /// The first id that came twice.
    var repeatedId: String?
    var placedAt: [Double] = []
    var approvedAt: [Double] = []
    var promisedAt: [Double] = []
    /// Numbers in ``zoneNames``, -1 where only a place is given.
    var zones: [Int32] = []
    var zoneNames = IdentifierIndex()
    /// NaN where the zone's place holds.
    var x: [Double] = []
    var y: [Double] = []
    /// Numbers in ``customerNames``, -1 = none.
    var customers: [Int32] = []
    var customerNames = IdentifierIndex()
    /// Numbers in ``segmentNames``, -1 = the customer's.
    var segments: [Int32] = []
    var segmentNames = IdentifierIndex()
    var channels: [Int32] = []
    var channelNames = IdentifierIndex()
    /// Numbers in ``tagLists``.
    var tags: [Int32] = []
    var tagLists: [[String]] = [[]]
    private var tagListNumbers: [[String]: Int32] = [[]: 0]
    var weights: [Double] = []
    /// Whether the reader has set the order aside.
    var isSetAside: [Bool] = []
    /// The first row that is out of range, as a problem of the order of that id.
    var problem: (id: String, problem: RangeProblem)?

    var lineOrders: [Int32] = []
    var lineProducts: [Int32] = []
    var productNames = IdentifierIndex()
    var lineQuantities: [Int32] = []
    /// NaN = the product's.
    var linePrices: [Double] = []

    var count: Int { ids.count }

    mutating func append(_ order: DatasetBuilder.Order) {
        if positions.updateValue(Int32(ids.count), forKey: order.id) != nil, repeatedId == nil {
            repeatedId = order.id
        }
        ids.append(order.id)
        placedAt.append(order.placedAt)
        approvedAt.append(order.approvedAt ?? order.placedAt)
        promisedAt.append(order.promisedAt)
        zones.append(order.zone.map { zoneNames.intern($0) } ?? -1)
        x.append(order.place?.x ?? .nan)
        y.append(order.place?.y ?? .nan)
        customers.append(order.customer.map { customerNames.intern($0) } ?? -1)
        segments.append(order.segment.map { segmentNames.intern($0) } ?? -1)
        channels.append(channelNames.intern(order.channel))
        tags.append(number(ofTags: order.tags))
        weights.append(order.weight)
        isSetAside.append(false)
    }

    mutating func append(_ line: DatasetBuilder.Line, toOrderAt position: Int) {
        lineOrders.append(Int32(position))
        lineProducts.append(productNames.intern(line.product))
        lineQuantities.append(Int32(clamping: line.quantity))
        linePrices.append(line.price ?? .nan)
    }

    private mutating func number(ofTags list: [String]) -> Int32 {
        if let number = tagListNumbers[list] { return number }
        let number = Int32(tagLists.count)
        tagLists.append(list)
        tagListNumbers[list] = number
        return number
    }
}

/// History rows as they come, with the ids of their orders.
struct HistoryRows: Sendable {
    var orders: [String] = []
    var rows: [DatasetBuilder.HistoryRow] = []
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
        let row = HistoryRow(
            product: product, node: node, service: service, shippedAt: shippedAt, deliveredAt: deliveredAt,
            cancelled: cancelled, cancelledAt: cancelledAt, freightPaid: freightPaid, complaint: complaint)
        history.orders.append(order)
        history.rows.append(row)
    }
}
