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
    /// - Throws: ``InputErrors`` with file, line and column for what is not valid YAML, unknown or missing keys, wrong
    ///   types, values out of range, ids used twice or not known: at most one error for each section and entry of a list.
    ///   What builds upon a section with an error, such as nodes upon cities, is not read.
    public init(yaml: String, file: String) throws(InputErrors) {
        let errors = ErrorCollector()
        let sections = SpecificationSections(
            try Self.root(yaml: yaml, file: file, errors: errors), errors: errors)
        try errors.throwIfAny()
        guard let name = sections.name, let origin = sections.origin, let licence = sections.licence,
            let currency = sections.currency, let promiseBy = sections.promiseBy, let seed = sections.seed,
            let orderCount = sections.orderCount, let clock = sections.clock, let cities = sections.cities,
            let regions = sections.regions, let demand = sections.demand, let categories = sections.categories,
            let customers = sections.customers, let nodes = sections.nodes, let carriers = sections.carriers,
            let stock = sections.stock, let signals = sections.signals
        else { preconditionFailure("a section that is not there has noted an error") }
        self.name = name
        self.origin = origin
        self.licence = licence
        self.currency = currency
        self.promiseBy = promiseBy
        self.seed = UInt64(seed)
        self.orderCount = orderCount
        self.clock = clock
        self.cities = cities
        self.regions = regions
        self.demand = demand
        self.categories = categories
        self.customers = customers
        self.nodes = nodes
        self.carriers = carriers
        self.stock = stock
        self.signals = signals
        weather = sections.weather
        traffic = sections.traffic
        history = sections.history
        try InputErrors.wrapping { () throws(InputError) in try checkTags(file: file) }
    }

    /// The whole file as a mapping.
    ///
    /// - Throws: ``InputErrors`` with all unknown keys: one of them may be a key that is missing, misspelt.
    private static func root(
        yaml: String, file: String, errors: ErrorCollector
    ) throws(InputErrors) -> SpecificationMapping {
        let root = try InputErrors.wrapping { () throws(InputError) in try DocumentValue(parsing: yaml, file: file) }
        _ = MappingReader(root, keys: keys, errors: errors)
        try errors.throwIfAny()
        return SpecificationMapping(root, errors: errors)
    }

    /// Reads a spec from a file.
    ///
    /// - Throws: ``InputErrors`` as ``init(yaml:file:)``, `OperationError` where the file cannot be read.
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
