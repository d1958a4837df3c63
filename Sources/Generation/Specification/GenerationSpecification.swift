import Documents
import Domain
import History
import Storage

/// A spec file, read and checked: everything ``Generator`` needs to make a dataset.
public struct GenerationSpecification: Sendable {
    /// Name of the dataset.
    public let name: String
    /// Number of orders, unless the caller wants another.
    public let orderCount: Int
    /// Seed of every draw, unless the caller wants another.
    public let seed: UInt64

    let origin: String
    let licence: String
    let currency: String
    let promiseBy: DatasetDescription.PromiseBasis
    let clock: HorizonClock
    let cities: [CitySpecification]
    /// Region names in the order in which the cities name them.
    let regions: [String]
    let demand: DemandSpecification
    let categories: [CategorySpecification]
    let customers: CustomerSpecification
    let nodes: [NodeSpecification]
    let carriers: ServiceSpecification
    let stock: StockSpecification
    let weather: WeatherSpecification?
    let traffic: TrafficSpecification?
    let signals: [SignalSpecification]
    let history: HistorySpecification?

    /// The keys of a spec file.
    static let keys = [
        "sandtable_generation", "name", "origin", "licence", "currency", "time_zone", "start", "days", "promise_by",
        "seed", "orders", "zones", "cities", "demand", "categories", "customers", "segments", "channels", "promises",
        "basket", "node_types", "nodes", "tariffs", "services", "catchments", "stock", "replenishments", "transfers",
        "open_orders", "weather", "traffic", "signals", "history",
    ]

    /// Reads a spec from its text.
    ///
    /// - Parameters:
    ///   - yaml: the text.
    ///   - file: the file as the user named it, for messages.
    /// - Throws: ``InputError`` with file, line and column for what is not valid YAML, an unknown or missing key, a
    ///   wrong type, a value out of range, an id used twice or not known.
    public init(yaml: String, file: String) throws(InputError) {
        let root = try DocumentValue(parsing: yaml, file: file).mapping(keys: Self.keys)
        _ = try root.integer("sandtable_generation", in: 1...1)
        name = try root.required("name").identifier()
        origin = try root.text("origin")
        licence = try root.text("licence")
        currency = try root.text("currency")
        promiseBy = try root.required("promise_by").word("promise basis", of: DatasetDescription.PromiseBasis.self)
        clock = try HorizonClock(root)
        seed = UInt64(try root.integer("seed", in: 0...Int.max, default: 1))
        orderCount = try root.integer("orders", in: 1...Int.max)
        cities = try CitySpecification.read(root)
        var regions: [String] = []
        for city in cities where !regions.contains(city.region) { regions.append(city.region) }
        self.regions = regions
        demand = try DemandSpecification(root, regions: regions, clock: clock)
        var categories = try CategorySpecification.read(root)
        customers = try CustomerSpecification(root, categories: categories.map(\.id))
        nodes = try NodeSpecification.read(root, cities: cities.map(\.id), categories: categories.map(\.id))
        try CategorySpecification.readRestrictions(of: &categories, root, nodes: nodes.map(\.id))
        self.categories = categories
        carriers = try ServiceSpecification(root, nodes: nodes)
        stock = try StockSpecification(root, nodes: nodes)
        weather = try WeatherSpecification.read(root, regions: regions, clock: clock)
        traffic = try TrafficSpecification.read(root)
        signals = try SignalSpecification.read(root, regions: regions, clock: clock)
        history = try HistorySpecification.read(
            root, promises: customers.promises.map(\.id), services: carriers.services, kinds: nodes.map(\.kind))
        try checkTags(file: file)
    }

    /// Reads a spec from a file.
    ///
    /// - Throws: ``InputError`` as ``init(yaml:file:)``, `OperationError` where the file cannot be read.
    public init(path: String) throws {
        try self.init(yaml: String(decoding: FileSystem.read(path), as: UTF8.self), file: path)
    }

    /// Refuses a spec with more different tags than a dataset can have.
    private func checkTags(file: String) throws(InputError) {
        var tags: Set<String> = []
        for city in cities { tags.formUnion(city.tags + city.coreTags) }
        for category in categories { tags.formUnion(category.tags + category.tagShares.map(\.word)) }
        for segment in customers.segments { tags.formUnion(segment.preferences.map(\.word)) }
        for node in nodes { tags.formUnion(node.tags) }
        for service in carriers.services { tags.formUnion(service.tags) }
        tags.formUnion(customers.promises.compactMap(\.tag) + [customers.highValueTag])
        guard tags.count <= TagSet.capacity else {
            throw InputError(
                at: SourceLocation(file: file), found: "\(tags.count) different tags",
                expected: "at most \(TagSet.capacity)")
        }
    }
}
