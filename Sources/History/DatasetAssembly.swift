import DeterministicMath
import Domain
import Storage

/// Turns the rows of a ``DatasetBuilder`` into columns: names to indices, rows sorted, lanes laid out.
///
/// Everything is sorted by id, and names are numbered in sorted order, so that the order of rows in files leaves no
/// trace.
struct DatasetAssembly {
    let builder: DatasetBuilder
    let regions: SortedNames
    let tags: TagNames
    let segments: SortedNames
    let channels: SortedNames
    let categories: SortedNames
    let nodeIds: SortedIdentifiers
    let zoneIds: SortedIdentifiers
    let productIds: SortedIdentifiers
    let serviceIds: SortedIdentifiers
    let tariffIds: SortedIdentifiers
    var nodes: [Node] = []
    var zones: [Zone] = []
    var products = ProductTable()
    var tariffs: [Tariff] = []
    var services: [Service] = []

    /// Checks the small tables and resolves their references.
    init(_ builder: DatasetBuilder) throws(InputError) {
        self.builder = builder
        try Self.check(DatasetRules.problem(in: builder.description), in: "dataset '\(builder.description.name)'")
        regions = SortedNames(builder.nodes.map(\.region) + builder.zones.map(\.region), withBlank: false)
        tags = try TagNames(Self.tagLists(builder))
        segments = SortedNames(
            builder.customers.values.map(\.segment) + builder.orders.segmentNames.texts, withBlank: true)
        channels = SortedNames(builder.orders.channelNames.texts, withBlank: true)
        categories = SortedNames(builder.products.map(\.category), withBlank: true)
        nodeIds = try SortedIdentifiers(builder.nodes.map(\.node.id), kind: "node")
        zoneIds = try SortedIdentifiers(builder.zones.map(\.zone.id), kind: "zone")
        productIds = try SortedIdentifiers(builder.products.map(\.id), kind: "product")
        serviceIds = try SortedIdentifiers(builder.services.map(\.service.id), kind: "service")
        tariffIds = try SortedIdentifiers(
            Set(builder.bands.map(\.tariff)).sorted(by: identifierPrecedes), kind: "tariff")
        nodes = try assembleNodes()
        zones = try assembleZones()
        products = try assembleProducts()
        tariffs = try assembleTariffs()
        services = try assembleServices()
    }

    /// All columns of the dataset, on the heap, with their hash.
    ///
    /// - Throws: `InputError` for what is wrong with the larger tables.
    func store() throws(InputError) -> MemoryColumnStore {
        let store = MemoryColumnStore()
        let encoder = DatasetEncoder(store: store)
        try addTablesBeforeOrders(to: encoder)
        let orders = try OrderAssembly(self)
        encoder.add(orders)
        encoder.add(try assembleOpenOrders())
        encoder.add(try HistoryAssembly(self, orders: orders))
        try addSeries(to: encoder)
        encoder.addContentHash()
        return store
    }

    /// Adds the tables whose columns come before those of the orders.
    func addTablesBeforeOrders(to encoder: DatasetEncoder) throws(InputError) {
        encoder.add(builder.description)
        encoder.add(
            regions: regions.names, tags: tags.names, segments: segments.names, channels: channels.names,
            categories: categories.names)
        encoder.add(nodes)
        encoder.add(zones)
        encoder.add(products)
        let inventory = try assembleInventory()
        let replenishments = try assembleReplenishments()
        try checkTotals(inventory, replenishments)
        encoder.add(inventory)
        encoder.add(replenishments)
        encoder.add(try assembleTransfers())
        encoder.add(tariffs)
        encoder.add(services)
        encoder.add(try LaneAssembly(self).table())
    }

    /// Adds weather, traffic and signals, whose columns are the last of the content.
    func addSeries(to encoder: DatasetEncoder) throws(InputError) {
        try SeriesAssembly(self).add(to: encoder)
    }

    /// Every list of tags there is.
    private static func tagLists(_ builder: DatasetBuilder) -> [[String]] {
        builder.nodes.map(\.tags) + builder.zones.map(\.tags) + builder.products.map(\.tags)
            + builder.services.map(\.tags) + builder.customers.values.map(\.preferences) + builder.orders.tagLists
    }

    /// The error of a row of a small table whose value is out of range.
    static func error(_ problem: RangeProblem, in row: String) -> InputError {
        InputError(
            found: "\(problem.column) \(problem.value.isEmpty ? "blank" : problem.value) of \(row)",
            expected: problem.expected)
    }

    /// Throws if there is a problem.
    static func check(_ problem: RangeProblem?, in row: @autoclosure () -> String) throws(InputError) {
        if let problem { throw error(problem, in: row()) }
    }

    private func assembleNodes() throws(InputError) -> [Node] {
        var result: [Node] = []
        for row in nodeIds.rows {
            var (node, region, tagList) = builder.nodes[row]
            try Self.check(DatasetRules.problem(in: node, builder.description.coordinates), in: "node '\(node.id)'")
            node.region = regions.index(region)
            node.tags = tags.set(tagList)
            result.append(node)
        }
        return result
    }

    private func assembleZones() throws(InputError) -> [Zone] {
        var result: [Zone] = []
        for row in zoneIds.rows {
            var (zone, region, tagList) = builder.zones[row]
            try Self.check(DatasetRules.problem(in: zone, builder.description.coordinates), in: "zone '\(zone.id)'")
            zone.region = regions.index(region)
            zone.tags = tags.set(tagList)
            result.append(zone)
        }
        return result
    }

    private func assembleProducts() throws(InputError) -> ProductTable {
        var table = ProductTable()
        for row in productIds.rows {
            let product = builder.products[row]
            try Self.check(DatasetRules.problem(in: product), in: "product '\(product.id)'")
            table.ids.append(product.id)
            table.categories.append(categories.index(product.category))
            table.prices.append(product.price)
            table.unitCosts.append(product.unitCost)
            table.massKilograms.append(product.massKilograms)
            table.volumeLitres.append(product.volumeLitres)
            table.temperatureClasses.append(product.temperatureClass)
            table.tags.append(tags.set(product.tags))
        }
        return table
    }

    private func assembleTariffs() throws(InputError) -> [Tariff] {
        var bands = [[(fromKilograms: Double, terms: LoadTerms)]](repeating: [], count: tariffIds.rows.count)
        for band in builder.bands {
            try Self.check(DatasetRules.problem(in: band), in: "tariff '\(band.tariff)'")
            let index = try tariffIds.index(band.tariff, in: "tariffs")
            if bands[index].contains(where: { $0.fromKilograms == band.fromKilograms }) {
                throw InputError(
                    found: "the band from \(band.fromKilograms.shortText) kg of tariff '\(band.tariff)' twice",
                    expected: "each band once")
            }
            bands[index].append((band.fromKilograms, band.terms))
        }
        return bands.map { Tariff(bands: $0) }
    }

    private func assembleServices() throws(InputError) -> [Service] {
        var result: [Service] = []
        for row in serviceIds.rows {
            var (service, nodeList, tariff, emission, tagList) = builder.services[row]
            let name = "service '\(service.id)'"
            try Self.check(DatasetRules.problem(in: service), in: name)
            service.tariff = try tariffIds.index(tariff, in: name)
            if let emission { service.emission = try tariffIds.index(emission, in: name) }
            if let nodeList {
                var indices: Set<Int> = []
                for id in nodeList { indices.insert(try nodeIds.index(id, in: name)) }
                service.nodes = indices.sorted()
            } else {
                service.nodes = Array(nodes.indices)
            }
            service.tags = tags.set(tagList)
            result.append(service)
        }
        return result
    }
}

/// Names numbered in the order of ids, the blank name first where it has a meaning.
struct SortedNames: Sendable {
    let names: [String]
    private let places: [String: Int]

    init(_ all: [String], withBlank: Bool) {
        let distinct = Set(all).subtracting(withBlank ? [""] : []).sorted(by: identifierPrecedes)
        names = (withBlank ? [""] : []) + distinct
        places = Dictionary(uniqueKeysWithValues: names.enumerated().map { ($1, $0) })
    }

    /// The number of a name, which is one of those given.
    func index(_ name: String) -> Int { places[name] ?? 0 }

    /// The number of a name, if it is one of those given.
    func number(_ name: String) -> Int? { places[name] }
}

/// Tags numbered in the order of ids.
struct TagNames: Sendable {
    let names: [String]
    private let places: [String: Int]

    /// - Throws: `InputError` for more tags than a ``TagSet`` holds.
    init(_ lists: [[String]]) throws(InputError) {
        names = Set(lists.joined()).sorted(by: identifierPrecedes)
        guard names.count <= TagSet.capacity else {
            throw InputError(
                found: "\(names.count) distinct tags, such as '\(names[TagSet.capacity])'",
                expected: "at most \(TagSet.capacity) in a dataset")
        }
        places = Dictionary(uniqueKeysWithValues: names.enumerated().map { ($1, $0) })
    }

    /// The set of a list of tags.
    func set(_ list: [String]) -> TagSet {
        var set = TagSet()
        for tag in list {
            if let place = places[tag] { set.insert(place) }
        }
        return set
    }
}
