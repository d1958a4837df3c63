import Domain
import Sampling
import Storage

/// Reads the tables of a dataset from the columns that ``DatasetEncoder`` wrote, on the heap or mapped from a file.
///
/// Small tables become arrays; orders and history stay columns of the store.
struct DatasetDecoder {
    let store: any ColumnStore

    /// All parts of the dataset.
    ///
    /// - Throws: `OperationError` when a column is missing or columns of a table differ in length.
    func parts() throws(OperationError) -> DatasetParts {
        let format = try store.column("format", of: Int64.self)
        guard Array(format) == [Int64(DatasetEncoder.formatVersion)] else {
            throw OperationError(
                "the columns are of another version of the dataset format, not \(DatasetEncoder.formatVersion)")
        }
        let productCount = try store.strings("products.id").count
        let nodes = try nodes()
        let orders = try orders()
        return DatasetParts(
            store: store, description: try description(), regions: Array(try store.strings("regions")),
            tags: Array(try store.strings("tags")), segments: Array(try store.strings("segments")),
            channels: Array(try store.strings("channels")), categories: Array(try store.strings("categories")),
            nodes: nodes, zones: try zones(), services: try services(), tariffs: try tariffs(),
            products: try products(), inventory: try inventory(nodeCount: nodes.count, productCount: productCount),
            replenishments: try replenishments(), transfers: try transfers(), lanes: try lanes(), orders: orders,
            ordersHavePlaces: try numbers("orders.have_places", UInt8.self) == [1], openOrders: try openOrders(),
            history: try history(orderCount: orders.count), weather: try weather(), traffic: try traffic(),
            signals: try signals(), contentHash: try text("content_hash", 0),
            quality: try quality())
    }

    private func description() throws(OperationError) -> DatasetDescription {
        let texts = Array(try store.strings("description"))
        let numbers = try numbers("description.numbers", Double.self)
        guard texts.count == 7, numbers.count == 2,
            let promiseBy = DatasetDescription.PromiseBasis(rawValue: texts[5]),
            let coordinates = CoordinateSystem(rawValue: texts[6])
        else { throw Self.damaged("description") }
        return DatasetDescription(
            name: texts[0], origin: texts[1], licence: texts[2], currency: texts[3], timeZone: texts[4],
            start: numbers[0], end: numbers[1], promiseBy: promiseBy, coordinates: coordinates, files: try files())
    }

    private func nodes() throws(OperationError) -> [Node] {
        let ids = try store.strings("nodes.id")
        let count = ids.count
        let names = try texts("nodes.name", count)
        let kinds = try texts("nodes.kind", count)
        let places = try places("nodes", count)
        let regions = try numbers("nodes.region", Int32.self, count)
        let groups = try texts("nodes.group", count)
        let isAlwaysOpen = try numbers("nodes.is_always_open", UInt8.self, count)
        let hours = try ragged("nodes.opening_hours", Int32.self, count)
        let stations = try numbers("nodes.stations", Int64.self, count)
        let perOrder = try numbers("nodes.service_seconds_per_order", Double.self, count)
        let perLine = try numbers("nodes.service_seconds_per_line", Double.self, count)
        let perItem = try numbers("nodes.service_seconds_per_item", Double.self, count)
        let distributions = try distributions("nodes.service_distribution", count)
        let limits = try numbers("nodes.daily_order_limit", Int64.self, count)
        let costPerOrder = try numbers("nodes.handling_cost_per_order", Double.self, count)
        let costPerLine = try numbers("nodes.handling_cost_per_line", Double.self, count)
        let costPerItem = try numbers("nodes.handling_cost_per_item", Double.self, count)
        let labour = try numbers("nodes.labour_cost_per_hour", Double.self, count)
        let tags = try tags("nodes.tags", count)
        return (0..<count).map { row in
            Node(
                id: ids[row], name: names[row], kind: kinds[row], place: places[row], region: Int(regions[row]),
                group: groups[row],
                openingHours: isAlwaysOpen[row] == 1 ? .always : WeeklyHours(spans: Self.spans(hours[row])),
                stations: Int(stations[row]), serviceSecondsPerOrder: perOrder[row],
                serviceSecondsPerLine: perLine[row], serviceSecondsPerItem: perItem[row],
                serviceDistribution: distributions[row], dailyOrderLimit: limits[row] < 0 ? nil : Int(limits[row]),
                handlingCostPerOrder: costPerOrder[row], handlingCostPerLine: costPerLine[row],
                handlingCostPerItem: costPerItem[row], labourCostPerHour: labour[row], tags: tags[row])
        }
    }

    private func zones() throws(OperationError) -> [Zone] {
        let ids = try store.strings("zones.id")
        let names = try texts("zones.name", ids.count)
        let places = try places("zones", ids.count)
        let regions = try numbers("zones.region", Int32.self, ids.count)
        let tags = try tags("zones.tags", ids.count)
        return (0..<ids.count).map {
            Zone(id: ids[$0], name: names[$0], place: places[$0], region: Int(regions[$0]), tags: tags[$0])
        }
    }

    private func products() throws(OperationError) -> ProductTable {
        var table = ProductTable()
        table.ids = Array(try store.strings("products.id"))
        let count = table.ids.count
        table.categories = try numbers("products.category", Int32.self, count).map(Int.init)
        table.prices = try numbers("products.price", Double.self, count)
        table.unitCosts = try numbers("products.unit_cost", Double.self, count)
        table.massKilograms = try numbers("products.mass_kg", Double.self, count)
        table.volumeLitres = try numbers("products.volume_litres", Double.self, count)
        table.temperatureClasses = try numbers("products.temperature_class", UInt8.self, count).map {
            TemperatureClass(rawValue: $0) ?? .ambient
        }
        table.tags = try tags("products.tags", count)
        return table
    }

    private func services() throws(OperationError) -> [Service] {
        let ids = try store.strings("services.id")
        let count = ids.count
        let carriers = try texts("services.carrier", count)
        let modes = try texts("services.mode", count)
        let nodes: [[Int]] = try ragged("services.nodes", Int32.self, count).map { $0.map(Int.init) }
        let tariffs = try numbers("services.tariff", Int32.self, count)
        let emissions = try numbers("services.emission", Int32.self, count)
        let maxima = try numbers("services.max_km", Double.self, count)
        let fixed = try numbers("services.fixed_hours", Double.self, count)
        let speeds = try numbers("services.km_per_hour", Double.self, count)
        let exponents = try numbers("services.distance_exponent", Double.self, count)
        let distributions = try distributions("services.transit_distribution", count)
        let cutOffs: [[Int]] = try ragged("services.cut_offs", Int32.self, count).map { $0.map(Int.init) }
        let capacities = try numbers("services.daily_capacity", Int64.self, count)
        let tags = try tags("services.tags", count)
        var result: [Service] = []
        for row in 0..<count {
            let emission: Int? = emissions[row] < 0 ? nil : Int(emissions[row])
            let maximum: Double? = maxima[row].isNaN ? nil : maxima[row]
            let capacity: Int? = capacities[row] < 0 ? nil : Int(capacities[row])
            let service = Service(
                id: ids[row], carrier: carriers[row], mode: modes[row], nodes: nodes[row],
                tariff: Int(tariffs[row]), emission: emission, maximumKilometres: maximum, fixedHours: fixed[row],
                kilometresPerHour: speeds[row], distanceExponent: exponents[row],
                transitDistribution: distributions[row], cutOffMinutes: cutOffs[row],
                dailyCapacity: capacity, tags: tags[row])
            result.append(service)
        }
        return result
    }

    private func tariffs() throws(OperationError) -> [Tariff] {
        var result: [Tariff] = []
        for numbers in try ragged("tariffs.bands", Double.self) {
            guard !numbers.isEmpty, numbers.count % 7 == 0 else { throw Self.damaged("tariffs.bands") }
            var bands: [(fromKilograms: Double, terms: LoadTerms)] = []
            for start in stride(from: 0, to: numbers.count, by: 7) {
                let terms = LoadTerms(
                    perShipment: numbers[start + 1], perItem: numbers[start + 2], perKilogram: numbers[start + 3],
                    perKilometre: numbers[start + 4], perItemKilometre: numbers[start + 5],
                    perKilogramKilometre: numbers[start + 6])
                bands.append((numbers[start], terms))
            }
            result.append(Tariff(bands: bands))
        }
        return result
    }

    /// Spans from triples of weekday, from, to.
    private static func spans(_ numbers: [Int32]) -> [WeeklyHours.Span] {
        stride(from: 0, to: numbers.count - 2, by: 3).map {
            WeeklyHours.Span(
                weekday: Int(numbers[$0]), fromMinute: Int(numbers[$0 + 1]), toMinute: Int(numbers[$0 + 2]))
        }
    }
}
