import Domain
import Sampling

/// Makes a ``Dataset`` from rows appended in memory, in any order, with references by id.
///
/// ```swift
/// var builder = DatasetBuilder(name: "two corners")
/// builder.addNode("n1", at: Place(x: 0, y: 0), region: "r", serviceSecondsPerOrder: 60)
/// builder.addZone("z1", at: Place(x: 30, y: 40), region: "r")
/// builder.addProduct("p1", price: 10, massKilograms: 1)
/// builder.addStock(node: "n1", product: "p1", onHand: 5)
/// builder.addTariff("flat", LoadTerms(perShipment: 4))
/// builder.addService("van", tariff: "flat", kilometresPerHour: 50)
/// builder.addOrder("o1", placedAt: 60, zone: "z1", lines: [.init("p1")])
/// let dataset = try builder.build()
/// ```
///
/// What is not given has the default of the dataset format. Columns live on the heap. The same rows in another order
/// make the same dataset, with the same ``Dataset/contentHash``.
public struct DatasetBuilder: Sendable {
    /// Customers by id.
    typealias Customers = [String: (segment: String, preferences: [String])]

    /// dataset.yaml.
    public var description: DatasetDescription
    var nodes: [(node: Node, region: String, tags: [String])] = []
    var zones: [(zone: Zone, region: String, tags: [String])] = []
    var products: [Product] = []
    var stocks: [Stock] = []
    var replenishments: [(node: String, product: String, time: Double, quantity: Int)] = []
    var transfers: [(from: String, to: String, leadHours: Double, costPerItem: Double)] = []
    var bands: [TariffBand] = []
    var services: [(service: Service, nodes: [String]?, tariff: String, emission: String?, tags: [String])] = []
    var lanes: [LaneOverride] = []
    var customers: Customers = [:]
    var openOrders: [(order: String, stage: OpenOrder.Stage, node: String, service: String)] = []
    var weather: [WeatherHour] = []
    var traffic: [SignalHour] = []
    var signals: [SignalHour] = []
    var orders = OrderRows()
    var history = HistoryRows()

    /// An empty dataset of a description.
    public init(description: DatasetDescription) {
        self.description = description
    }

    /// An empty dataset of some days from 2026-01-12T00:00:00Z, a Monday, in the plane unless said otherwise.
    public init(
        name: String = "built", days: Double = 7, timeZone: String = "UTC", start: Double = 1_768_176_000,
        promiseBy: DatasetDescription.PromiseBasis = .instant, coordinates: CoordinateSystem = .plane
    ) {
        description = DatasetDescription(
            name: name, origin: "built in memory", licence: "none", currency: "EUR", timeZone: timeZone, start: start,
            end: days * 86_400, promiseBy: promiseBy, coordinates: coordinates)
    }

    /// Adds a place that can ship.
    public mutating func addNode(
        _ id: String, name: String = "", kind: String = "warehouse", at place: Place, region: String,
        group: String = "", openingHours: WeeklyHours = .always, stations: Int = 1, serviceSecondsPerOrder: Double = 0,
        serviceSecondsPerLine: Double = 0, serviceSecondsPerItem: Double = 0,
        serviceDistribution: UnitDistribution = .deterministic, dailyOrderLimit: Int? = nil,
        handlingCostPerOrder: Double = 0, handlingCostPerLine: Double = 0, handlingCostPerItem: Double = 0,
        labourCostPerHour: Double = 0, tags: [String] = []
    ) {
        let node = Node(
            id: id, name: name, kind: kind, place: place, region: -1, group: group, openingHours: openingHours,
            stations: stations, serviceSecondsPerOrder: serviceSecondsPerOrder,
            serviceSecondsPerLine: serviceSecondsPerLine, serviceSecondsPerItem: serviceSecondsPerItem,
            serviceDistribution: serviceDistribution, dailyOrderLimit: dailyOrderLimit,
            handlingCostPerOrder: handlingCostPerOrder, handlingCostPerLine: handlingCostPerLine,
            handlingCostPerItem: handlingCostPerItem, labourCostPerHour: labourCostPerHour)
        nodes.append((node, region, tags))
    }

    /// Adds a place delivered to.
    public mutating func addZone(
        _ id: String, name: String = "", at place: Place, region: String, tags: [String] = []
    ) {
        zones.append((Zone(id: id, name: name, place: place, region: -1), region, tags))
    }

    /// Adds a product.
    public mutating func addProduct(
        _ id: String, category: String = "", price: Double = 0, unitCost: Double = 0, massKilograms: Double = 0,
        volumeLitres: Double = 0, temperatureClass: TemperatureClass = .ambient, tags: [String] = []
    ) {
        products.append(
            Product(
                id: id, category: category, price: price, unitCost: unitCost, massKilograms: massKilograms,
                volumeLitres: volumeLitres, temperatureClass: temperatureClass, tags: tags))
    }

    /// Adds the stock of a product at a node; each pair once.
    public mutating func addStock(node: String, product: String, onHand: Int, safetyStock: Int = 0) {
        stocks.append(Stock(node: node, product: product, onHand: onHand, safetyStock: safetyStock))
    }

    /// Adds stock that arrives, in seconds from the start.
    public mutating func addReplenishment(node: String, product: String, at time: Double, quantity: Int) {
        replenishments.append((node, product, time, quantity))
    }

    /// Adds a transfer relation; each pair once.
    public mutating func addTransfer(from: String, to: String, leadHours: Double, costPerItem: Double = 0) {
        transfers.append((from, to, leadHours, costPerItem))
    }

    /// Adds one mass band of a tariff or emission factor; each bound once.
    public mutating func addTariff(_ id: String, fromKilograms: Double = 0, _ terms: LoadTerms) {
        bands.append(TariffBand(tariff: id, fromKilograms: fromKilograms, terms: terms))
    }

    /// Adds a carrier product; `nodes` nil = all offer it.
    public mutating func addService(
        _ id: String, carrier: String = "", mode: String = "", nodes: [String]? = nil, tariff: String,
        emission: String? = nil, maximumKilometres: Double? = nil, fixedHours: Double = 0, kilometresPerHour: Double,
        distanceExponent: Double = 1, transitDistribution: UnitDistribution = .deterministic,
        cutOffMinutes: [Int] = [], dailyCapacity: Int? = nil, tags: [String] = []
    ) {
        let service = Service(
            id: id, carrier: carrier, mode: mode, nodes: [], tariff: -1, maximumKilometres: maximumKilometres,
            fixedHours: fixedHours, kilometresPerHour: kilometresPerHour, distanceExponent: distanceExponent,
            transitDistribution: transitDistribution, cutOffMinutes: Array(Set(cutOffMinutes)).sorted(),
            dailyCapacity: dailyCapacity)
        services.append((service, nodes, tariff, emission, tags))
    }

    /// Overrides the lane of a node, zone and service; each once.
    public mutating func addLane(
        node: String, zone: String, service: String, kilometres: Double? = nil, hours: Double? = nil,
        tariff: String? = nil, closed: Bool = false
    ) {
        lanes.append(
            LaneOverride(
                node: node, zone: zone, service: service, kilometres: kilometres, hours: hours, tariff: tariff,
                isClosed: closed))
    }

    /// Adds a customer; an id that is there already is replaced.
    public mutating func addCustomer(_ id: String, segment: String = "", preferences: [String] = []) {
        customers[id] = (segment, preferences)
    }

    /// Adds an order that was under way at time 0.
    public mutating func addOpenOrder(_ order: String, stage: OpenOrder.Stage, node: String, service: String) {
        openOrders.append((order, stage, node, service))
    }

    /// Adds the weather of a region in the hour that `time` (seconds from the start) falls in; each hour once.
    public mutating func addWeather(
        region: String, at time: Double, _ weatherClass: WeatherClass, intensity: Double = 0, stormLevel: Double = 0
    ) {
        weather.append(
            WeatherHour(
                region: region, time: time, weatherClass: weatherClass, intensity: intensity, stormLevel: stormLevel))
    }

    /// Adds the congestion (above 0, 1.3 = 30 % slower) of a region in an hour; each hour once.
    public mutating func addTraffic(region: String, at time: Double, congestion: Double) {
        traffic.append(SignalHour(name: "congestion", region: region, time: time, value: congestion))
    }

    /// Adds the value of a signal of a region in an hour; each hour once.
    public mutating func addSignal(_ name: String, region: String, at time: Double, value: Double) {
        signals.append(SignalHour(name: name, region: region, time: time, value: value))
    }

    /// Makes the dataset: resolves ids, sorts rows, lays out lanes, fills in defaults.
    ///
    /// - Throws: `InputError` when an id is unknown or comes twice, a value is out of range, an order has no line, or
    ///   there are more than 128 tags.
    public func build() throws(InputError) -> Dataset {
        try Dataset(store: DatasetAssembly(self).store())
    }
}
