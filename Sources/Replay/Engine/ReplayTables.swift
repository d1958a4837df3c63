import Domain
import History
import Sampling
import Storage

/// The dataset as the engine reads it: flattened, with its calendar laid out in instants. Shared by all trials.
public final class ReplayTables: Sendable {
    /// The dataset.
    public let dataset: Dataset
    /// Its orders.
    let orders: OrderColumns
    /// What each order weighs and is worth, asked for by every strategy in every world; empty where that is too much.
    private let parcels: Buffer<Parcel>
    /// The most memory for them, bytes.
    private static let largestParcels = 64 << 20
    /// Who shipped them in truth; nil without history.
    let history: HistoryColumns?
    /// Horizon, screening, money.
    public let settings: ReplaySettings
    /// Local days from before the horizon to beyond the end of the replay.
    public let calendar: LocalCalendar
    /// Units on hand at time 0 less safety stock, product x node.
    public let openingAvailable: [Int32]
    /// Safety stock, product x node.
    public let safetyStock: [Int32]
    /// When each node is open, by its opening hours: sorted spans over the calendar; nil = always.
    public let openSpans: [[Interval]?]
    /// The same, for looking up; nil = always.
    let openings: [SpanIndex?]
    /// Hand-over instants of each service, rising, over the calendar; nil = at any time.
    let collections: [HourlyIndex?]
    /// When history says the customer cancelled before shipment, by order; +infinity if not. Empty without history.
    public let recordedCancellations: [Double]
    /// Whether ``recordedCancellations`` holds any.
    let hasRecordedCancellations: Bool
    /// The most lanes any zone has.
    let largestZone: Int
    /// The node of each lane; this and the next four are ``lanes`` in columns.
    public let laneNodes: Buffer<Int32>
    /// Where the lanes of each lane's node to its zone end.
    let laneRunEnds: Buffer<Int32>
    /// The service of each lane.
    public let laneServices: Buffer<Int32>
    /// The tariff of each lane.
    public let laneTariffs: Buffer<Int32>
    /// The kilometres of each lane.
    public let laneKilometres: Buffer<Double>
    /// The base hours of each lane.
    public let laneBaseHours: Buffer<Double>
    /// The tariffs that lanes have, each once.
    @usableFromInline let freightTariffs: Buffer<Int>
    /// Units on hand at time 0 less safety stock at all nodes, where they are not below 0, by product.
    public let openingTotals: Buffer<Double>
    /// The lowest of each of the nodes' numbers.
    let leastNode: LeastNode
    /// Below the base hours of every lane.
    let leastTransit: LeastTransit
    /// Whether history used a lane; empty without history.
    public let laneHasHistory: [Bool]
    /// All lanes as candidates see them, by row of the lane table.
    public let lanes: Buffer<LaneFacts>
    /// Numbers of the nodes.
    public let nodes: Buffer<NodeNumbers>
    /// Numbers of the services.
    public let services: Buffer<ServiceNumbers>
    /// Numbers of the products.
    let products: Buffer<ProductNumbers>
    /// The mass bands of all tariffs, by tariff and rising bound.
    @usableFromInline let tariffBands: Buffer<TariffBand>
    /// First band of each tariff, and the count at the end.
    @usableFromInline let tariffOffsets: Buffer<Int>
    /// The distinct distributions of service times.
    let serviceNoises: [UnitDistribution]
    /// The distinct distributions of transit times.
    let transitNoises: [UnitDistribution]
    /// What the buffers live in.
    private let arena: Arena
    /// The tables that lend this one buffers.
    private let lender: ReplayTables?
    /// Whether an order may go to a place of its own rather than its zone's.
    public let hasOrderPlaces: Bool
    /// Shipments a node may be assigned a day; `Int32.max` = unlimited.
    public let dailyLimits: [Int32]
    /// Whether any node has a daily limit.
    public let hasDailyLimits: Bool
    /// Station seconds on offer, node x day of the calendar.
    private let openStationSeconds: [Double]

    /// Lays out the tables of a dataset for a horizon. `lanesUsedIn` is the dataset whose history tells which lanes were used,
    /// where that is another.
    public init(
        dataset: Dataset, settings: ReplaySettings, lanesUsedIn recorded: Dataset? = nil
    ) throws(InputError) {
        self.dataset = dataset
        orders = OrderColumns(dataset.orders)
        history = dataset.history.map { HistoryColumns($0) }
        self.settings = settings
        let calendar = try LocalCalendar.make(
            description: dataset.description, from: min(0, settings.from) - 86_400, to: settings.end + 15 * 86_400)
        self.calendar = calendar
        let nodeCount = dataset.nodes.count
        let productCount = dataset.products.count
        var available = [Int32](repeating: 0, count: nodeCount * productCount)
        var safety = available
        for node in 0..<nodeCount {
            for product in 0..<productCount {
                let source = dataset.inventory.position(node: node, product: product)
                let target = product * nodeCount + node
                safety[target] = dataset.inventory.safetyStock[source]
                available[target] = dataset.inventory.onHand[source] - safety[target]
            }
        }
        openingAvailable = available
        safetyStock = safety
        let openSpans = dataset.nodes.map { Self.spans(of: $0.openingHours, in: calendar) }
        self.openSpans = openSpans
        let arena = Arena()
        self.arena = arena
        lender = nil
        openings = openSpans.map { spans in spans.map { SpanIndex($0, in: arena) } }
        collections = dataset.services.map { service in
            if service.cutOffMinutes.isEmpty { return nil }
            let instants = (0..<(calendar.midnights.count - 1)).flatMap { day in
                service.cutOffMinutes.map { calendar.instant(day: day, minute: $0) }
            }
            return HourlyIndex(instants, in: arena)
        }
        let products = arena.buffer((0..<productCount).map { Self.numbers(ofProduct: $0, in: dataset) })
        self.products = products
        parcels = Self.parcels(of: orders, products: products, in: arena)
        recordedCancellations = Self.recordedCancellations(in: dataset)
        hasRecordedCancellations = recordedCancellations.contains { $0 < .infinity }
        largestZone = dataset.zones.indices.map { dataset.lanes.rows(ofZone: $0).count }.max() ?? 0
        laneNodes = arena.buffer(dataset.lanes.nodes)
        laneRunEnds = arena.buffer(Self.runEnds(of: dataset))
        laneServices = arena.buffer(dataset.lanes.services)
        laneBaseHours = arena.buffer(dataset.lanes.baseHours)
        laneTariffs = arena.buffer(dataset.lanes.tariffs)
        laneKilometres = arena.buffer(dataset.lanes.kilometres)
        freightTariffs = arena.buffer(Set(dataset.lanes.tariffs).sorted().map { Int($0) })
        openingTotals = arena.buffer(Self.totals(of: available, rowLength: nodeCount, rows: productCount))
        leastNode = LeastNode(dataset.nodes)
        leastTransit = LeastTransit(dataset.lanes)
        laneHasHistory = Self.lanesWithHistory(in: recorded ?? dataset)
        let table = dataset.lanes
        let rows = (0..<table.count).map { row in
            LaneFacts(
                lane: row, node: Int(table.nodes[row]), service: Int(table.services[row]),
                kilometres: table.kilometres[row], baseHours: table.baseHours[row], tariff: Int(table.tariffs[row]))
        }
        lanes = arena.buffer(rows)
        let serviceNoises = Self.distinct(dataset.nodes.map(\.serviceDistribution))
        let transitNoises = Self.distinct(dataset.services.map(\.transitDistribution))
        nodes = arena.buffer(
            dataset.nodes.map { node in
                NodeNumbers(node, serviceNoise: serviceNoises.firstIndex(of: node.serviceDistribution) ?? 0)
            })
        services = arena.buffer(
            dataset.services.map { service in
                ServiceNumbers(
                    service, transitNoise: transitNoises.firstIndex(of: service.transitDistribution) ?? 0)
            })
        self.serviceNoises = serviceNoises
        self.transitNoises = transitNoises
        (tariffBands, tariffOffsets) = Self.bands(of: dataset.tariffs, in: arena)
        hasOrderPlaces = dataset.ordersHavePlaces
        dailyLimits = dataset.nodes.map { $0.dailyOrderLimit.map { Int32(clamping: $0) } ?? .max }
        hasDailyLimits = dataset.nodes.contains { $0.dailyOrderLimit != nil }
        openStationSeconds = Self.stationSeconds(of: dataset.nodes, openSpans: openSpans, calendar: calendar)
    }

    /// The same tables with the freight of one service multiplied by a factor: a decision may be taken again under them.
    init(_ other: ReplayTables, freightOf service: Int, times factor: Double) {
        var bands = other.tariffBands.array
        var offsets = other.tariffOffsets.array
        var rows = other.lanes.array
        var dearer: [Int: Int] = [:]
        for row in rows.indices where rows[row].service == service {
            let tariff = rows[row].tariff
            if let known = dearer[tariff] {
                rows[row].tariff = known
                continue
            }
            for band in other.tariffOffsets[tariff]..<other.tariffOffsets[tariff + 1] {
                bands.append(
                    TariffBand(
                        fromKilograms: bands[band].fromKilograms, terms: bands[band].terms.multiplied(by: factor)))
            }
            rows[row].tariff = offsets.count - 1
            dearer[tariff] = rows[row].tariff
            offsets.append(bands.count)
        }
        let arena = Arena()
        self.arena = arena
        lender = other
        lanes = arena.buffer(rows)
        laneTariffs = arena.buffer(rows.map { Int32($0.tariff) })
        tariffBands = arena.buffer(bands)
        tariffOffsets = arena.buffer(offsets)
        freightTariffs = arena.buffer(Set(rows.map(\.tariff)).sorted())
        openingTotals = other.openingTotals
        dataset = other.dataset
        orders = other.orders
        parcels = other.parcels
        history = other.history
        settings = other.settings
        calendar = other.calendar
        openingAvailable = other.openingAvailable
        safetyStock = other.safetyStock
        openSpans = other.openSpans
        openings = other.openings
        collections = other.collections
        recordedCancellations = other.recordedCancellations
        hasRecordedCancellations = other.hasRecordedCancellations
        largestZone = other.largestZone
        laneNodes = other.laneNodes
        laneRunEnds = other.laneRunEnds
        laneServices = other.laneServices
        laneKilometres = other.laneKilometres
        laneBaseHours = other.laneBaseHours
        leastNode = other.leastNode
        leastTransit = other.leastTransit
        laneHasHistory = other.laneHasHistory
        nodes = other.nodes
        services = other.services
        products = other.products
        serviceNoises = other.serviceNoises
        transitNoises = other.transitNoises
        hasOrderPlaces = other.hasOrderPlaces
        dailyLimits = other.dailyLimits
        hasDailyLimits = other.hasDailyLimits
        openStationSeconds = other.openStationSeconds
    }

    /// Where the run of lanes of one node in one zone ends, by lane: a zone's lanes are sorted by node.
    private static func runEnds(of dataset: Dataset) -> [Int32] {
        var ends = [Int32](repeating: 0, count: dataset.lanes.count)
        for zone in dataset.zones.indices {
            let rows = dataset.lanes.rows(ofZone: zone)
            var end = rows.upperBound
            for row in rows.reversed() {
                if row + 1 < rows.upperBound, dataset.lanes.nodes[row] != dataset.lanes.nodes[row + 1] { end = row + 1 }
                ends[row] = Int32(end)
            }
        }
        return ends
    }

    /// What the orders weigh and are worth; none where that would be too much to keep.
    private static func parcels(
        of orders: OrderColumns, products: Buffer<ProductNumbers>, in arena: Arena
    ) -> Buffer<Parcel> {
        let isKept = orders.count * MemoryLayout<Parcel>.stride <= largestParcels
        let parcels = arena.buffer(repeating: Parcel(), count: isKept ? orders.count : 0)
        for order in parcels.indices { parcels[order] = orders.parcel(of: order, products: products) }
        return parcels
    }

    /// The sums of rows, what is below 0 left out: whole numbers, exact in any order.
    private static func totals(of units: [Int32], rowLength: Int, rows: Int) -> [Double] {
        (0..<rows).map { row in
            units[(row * rowLength)..<((row + 1) * rowLength)].reduce(0) { $0 + Double(max(0, $1)) }
        }
    }

    /// What a whole order weighs and is worth.
    @inline(__always)
    func parcel(ofOrder order: Int) -> Parcel {
        parcels.count > 0 ? parcels[order] : orders.parcel(of: order, products: products)
    }

    /// Whether a lane's node and service both have some tags.
    func carries(_ required: TagSet, lane row: Int) -> Bool {
        required.bits == 0
            || (nodes[Int(laneNodes[row])].tags.isSuperset(of: required)
                && services[Int(laneServices[row])].tags.isSuperset(of: required))
    }

    /// Station seconds a node offers on a local day: open seconds x stations.
    public func openStationSeconds(node: Int, day: Int) -> Double {
        openStationSeconds[node * (calendar.midnights.count - 1) + day]
    }

    /// The different ones of some distributions, in order of first use.
    private static func distinct(_ distributions: [UnitDistribution]) -> [UnitDistribution] {
        distributions.reduce(into: []) { found, next in
            if !found.contains(next) { found.append(next) }
        }
    }

    /// The bands of all tariffs in one run, and where each tariff's begin.
    private static func bands(of tariffs: [Tariff], in arena: Arena) -> (Buffer<TariffBand>, Buffer<Int>) {
        var bands: [TariffBand] = []
        var offsets = [0]
        for tariff in tariffs {
            for (index, band) in tariff.bands.enumerated() {
                bands.append(
                    TariffBand(fromKilograms: index == 0 ? -.infinity : band.fromKilograms, terms: band.terms))
            }
            offsets.append(bands.count)
        }
        return (arena.buffer(bands), arena.buffer(offsets))
    }

    /// The prices of a load by a tariff, over any distance.
    @inlinable
    public func freightLine(tariff: Int, load: Load) -> FreightLine {
        var index = tariffOffsets[tariff + 1] - 1
        while load.massKilograms < tariffBands[index].fromKilograms { index -= 1 }
        let terms = tariffBands[index].terms
        return FreightLine(
            fixed: terms.perShipment + terms.perItem * load.items + terms.perKilogram * load.massKilograms,
            perKilometre: terms.perKilometre + terms.perItemKilometre * load.items
                + terms.perKilogramKilometre * load.massKilograms)
    }

    /// Opening hours as sorted spans of instants; touching spans (24:00 and 00:00) become one.
    private static func spans(of hours: WeeklyHours, in calendar: LocalCalendar) -> [Interval]? {
        guard let spans = hours.spans else { return nil }
        var result: [Interval] = []
        for day in 0..<(calendar.midnights.count - 1) {
            for span in spans where span.weekday == calendar.weekday(of: day) {
                result.append(
                    Interval(
                        from: calendar.instant(day: day, minute: span.fromMinute),
                        to: calendar.instant(day: day, minute: span.toMinute)))
            }
        }
        return Interval.union(result)
    }

    /// The numbers of a product.
    private static func numbers(ofProduct product: Int, in dataset: Dataset) -> ProductNumbers {
        let table = dataset.products
        return ProductNumbers(
            massKilograms: table.massKilograms[product], volumeLitres: table.volumeLitres[product],
            unitCost: table.unitCosts[product], tags: table.tags[product],
            requiredTags: tags(for: table.temperatureClasses[product], in: dataset))
    }

    /// The tags a temperature class demands; a class whose tag the dataset does not know can be carried by nobody, so
    /// it asks for a bit that no set has.
    private static func tags(for temperature: TemperatureClass, in dataset: Dataset) -> TagSet {
        guard temperature != .ambient else { return TagSet() }
        var set = TagSet()
        set.insert(dataset.tags.firstIndex(of: temperature.word) ?? TagSet.capacity - 1)
        return set
    }

    /// Cancellations before shipment, by order: see rule 3 of <doc:ReplaySemantics>.
    private static func recordedCancellations(in dataset: Dataset) -> [Double] {
        guard let history = dataset.history else { return [] }
        return (0..<dataset.orders.count).map { order in
            let rows = history.rows(of: order)
            guard rows.contains(where: { history.cancelled[$0] == 1 }) else { return .infinity }
            var known = Double.infinity
            for row in rows where history.cancelled[row] == 1 && !history.cancelledAt[row].isNaN {
                known = min(known, history.cancelledAt[row])
            }
            // A shipment that left by then makes the cancellation a return.
            for row in rows where history.shippedAt[row] <= known { return .infinity }
            return max(known == .infinity ? -.infinity : known, dataset.orders.placedAt[order])
        }
    }

    /// The lanes history used; a row without service marks all lanes of its node and zone.
    private static func lanesWithHistory(in dataset: Dataset) -> [Bool] {
        guard let history = dataset.history else { return [] }
        var used = [Bool](repeating: false, count: dataset.lanes.count)
        for order in 0..<dataset.orders.count {
            let rows = history.rows(of: order)
            if rows.isEmpty { continue }
            for lane in dataset.lanes.rows(ofZone: Int(dataset.orders.zones[order])) where !used[lane] {
                for row in rows
                where history.nodes[row] == dataset.lanes.nodes[lane]
                    && (history.services[row] < 0 || history.services[row] == dataset.lanes.services[lane])
                {
                    used[lane] = true
                }
            }
        }
        return used
    }

    /// Open seconds x stations, node x day.
    private static func stationSeconds(
        of nodes: [Node], openSpans: [[Interval]?], calendar: LocalCalendar
    ) -> [Double] {
        let days = calendar.midnights.count - 1
        var seconds = [Double](repeating: 0, count: nodes.count * days)
        for (node, spans) in openSpans.enumerated() {
            for day in 0..<days {
                let whole = Interval(from: calendar.midnights[day], to: calendar.midnights[day + 1])
                var open = 0.0
                for span in spans ?? [whole] {
                    open += max(0, min(span.to, whole.to) - max(span.from, whole.from))
                }
                seconds[node * days + day] = open * Double(nodes[node].stations)
            }
        }
        return seconds
    }
}
