import Documents
import Domain
import History

/// The sections of a spec file, as far as they can be read: nil is what has an error, or builds upon what has one and
/// would only repeat it.
struct SpecificationSections {
    private(set) var name: String?
    private(set) var origin: String?
    private(set) var licence: String?
    private(set) var currency: String?
    private(set) var promiseBy: DatasetDescription.PromiseBasis?
    private(set) var seed: Int?
    private(set) var orderCount: Int?
    private(set) var clock: HorizonClock?
    private(set) var cities: [CitySpecification]?
    private(set) var demand: DemandSpecification?
    private(set) var categories: [CategorySpecification]?
    private(set) var customers: CustomerSpecification?
    private(set) var nodes: [NodeSpecification]?
    private(set) var carriers: ServiceSpecification?
    private(set) var stock: StockSpecification?
    private(set) var signals: [SignalSpecification]?
    /// Nil too where the file has no such section.
    private(set) var weather: WeatherSpecification?
    /// Nil too where the file has no such section.
    private(set) var traffic: TrafficSpecification?
    /// Nil too where the file has no such section.
    private(set) var history: HistorySpecification?

    private let root: SpecificationMapping
    private let errors: ErrorCollector

    /// Reads all sections; errors are noted.
    init(_ root: SpecificationMapping, errors: ErrorCollector) {
        self.root = root
        self.errors = errors
        readFacts()
        readDemand()
        readNetwork()
        readSeries()
    }

    /// The regions in the order in which the cities name them.
    var regions: [String]? {
        cities.map { cities in
            var regions: [String] = []
            for city in cities where !regions.contains(city.region) { regions.append(city.region) }
            return regions
        }
    }

    /// What a section holds; nil where it has an error.
    private func read<Value>(_ body: (SpecificationMapping) throws(InputError) -> Value) -> Value? {
        errors.collect { () throws(InputError) in try body(root) }
    }

    private mutating func readFacts() {
        _ = read { root throws(InputError) in try root.integer("sandtable_generation", in: 1...1) }
        name = read { root throws(InputError) in try root.required("name").identifier() }
        origin = read { root throws(InputError) in try root.text("origin") }
        licence = read { root throws(InputError) in try root.text("licence") }
        currency = read { root throws(InputError) in try root.text("currency") }
        promiseBy = read { root throws(InputError) in
            try root.required("promise_by").word("promise basis", of: DatasetDescription.PromiseBasis.self)
        }
        seed = read { root throws(InputError) in try root.integer("seed", in: 0...Int.max, default: 1) }
        orderCount = read { root throws(InputError) in try root.integer("orders", in: 1...Int.max) }
        clock = read { root throws(InputError) in try HorizonClock(root) }
    }

    private mutating func readDemand() {
        cities = read { root throws(InputError) in try CitySpecification.read(root) }
        if let regions, let clock {
            demand = read { root throws(InputError) in
                try DemandSpecification(root, regions: regions, clock: clock)
            }
        }
        categories = read { root throws(InputError) in try CategorySpecification.read(root) }
        if let categories {
            customers = read { root throws(InputError) in
                try CustomerSpecification(root, categories: categories.map(\.id))
            }
        }
    }

    private mutating func readNetwork() {
        guard let cities, var restricted = categories else { return }
        nodes = read { root throws(InputError) in
            try NodeSpecification.read(root, cities: cities.map(\.id), categories: restricted.map(\.id))
        }
        guard let nodes else { return }
        categories = read { root throws(InputError) in
            try CategorySpecification.readRestrictions(of: &restricted, root, nodes: nodes.map(\.id))
            return restricted
        }
        carriers = read { root throws(InputError) in try ServiceSpecification(root, nodes: nodes) }
        stock = read { root throws(InputError) in try StockSpecification(root, nodes: nodes) }
    }

    private mutating func readSeries() {
        if let regions, let clock {
            weather =
                read { root throws(InputError) in
                    try WeatherSpecification.read(root, regions: regions, clock: clock)
                } ?? nil
            signals = read { root throws(InputError) in
                try SignalSpecification.read(root, regions: regions, clock: clock)
            }
        }
        traffic = read { root throws(InputError) in try TrafficSpecification.read(root) } ?? nil
        if let customers, let carriers, let nodes {
            history =
                read { root throws(InputError) in
                    try HistorySpecification.read(
                        root, promises: customers.promises.map(\.id), services: carriers.services,
                        kinds: nodes.map(\.kind))
                } ?? nil
        }
    }
}
