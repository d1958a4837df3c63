import Domain
import Storage

/// Writes the tables of a dataset into named columns; ``DatasetDecoder`` reads them back. This pair is the cache
/// format: a change to it changes ``formatVersion``.
struct DatasetEncoder {
    /// Part of every cache key and content hash.
    static let formatVersion = 2

    let store: MemoryColumnStore

    func add(_ description: DatasetDescription) {
        store.add(
            "description",
            [
                description.name, description.origin, description.licence, description.currency, description.timeZone,
                description.promiseBy.rawValue, description.coordinates.rawValue,
            ])
        store.add("description.numbers", [description.start, description.end])
    }

    func add(regions: [String], tags: [String], segments: [String], channels: [String], categories: [String]) {
        store.add("regions", regions)
        store.add("tags", tags)
        store.add("segments", segments)
        store.add("channels", channels)
        store.add("categories", categories)
    }

    func add(_ nodes: [Node]) {
        store.add("nodes.id", nodes.map(\.id))
        store.add("nodes.name", nodes.map(\.name))
        store.add("nodes.kind", nodes.map(\.kind))
        add("nodes", places: nodes.map(\.place), regions: nodes.map(\.region))
        store.add("nodes.group", nodes.map(\.group))
        store.add("nodes.is_always_open", nodes.map { UInt8($0.openingHours.spans == nil ? 1 : 0) })
        addRagged(
            "nodes.opening_hours",
            nodes.map { node in
                (node.openingHours.spans ?? []).flatMap {
                    [Int32($0.weekday), Int32($0.fromMinute), Int32($0.toMinute)]
                }
            })
        store.add("nodes.stations", nodes.map { Int64($0.stations) })
        store.add("nodes.service_seconds_per_order", nodes.map(\.serviceSecondsPerOrder))
        store.add("nodes.service_seconds_per_line", nodes.map(\.serviceSecondsPerLine))
        store.add("nodes.service_seconds_per_item", nodes.map(\.serviceSecondsPerItem))
        store.add("nodes.service_distribution", nodes.map(\.serviceDistribution.description))
        store.add("nodes.daily_order_limit", nodes.map { Int64($0.dailyOrderLimit ?? -1) })
        store.add("nodes.handling_cost_per_order", nodes.map(\.handlingCostPerOrder))
        store.add("nodes.handling_cost_per_line", nodes.map(\.handlingCostPerLine))
        store.add("nodes.handling_cost_per_item", nodes.map(\.handlingCostPerItem))
        store.add("nodes.labour_cost_per_hour", nodes.map(\.labourCostPerHour))
        add("nodes.tags", tags: nodes.map(\.tags))
    }

    func add(_ zones: [Zone]) {
        store.add("zones.id", zones.map(\.id))
        store.add("zones.name", zones.map(\.name))
        add("zones", places: zones.map(\.place), regions: zones.map(\.region))
        add("zones.tags", tags: zones.map(\.tags))
    }

    func add(_ products: ProductTable) {
        store.add("products.id", products.ids)
        store.add("products.category", products.categories.map(Int32.init))
        store.add("products.price", products.prices)
        store.add("products.unit_cost", products.unitCosts)
        store.add("products.mass_kg", products.massKilograms)
        store.add("products.volume_litres", products.volumeLitres)
        store.add("products.temperature_class", products.temperatureClasses.map(\.rawValue))
        add("products.tags", tags: products.tags)
    }

    /// Only pairs with stock are written: most of the matrix is empty in large catalogues.
    func add(_ inventory: Inventory) {
        let positions = inventory.onHand.indices.filter {
            inventory.onHand[$0] != 0 || inventory.safetyStock[$0] != 0
        }
        store.add("inventory.position", positions.map(Int64.init))
        store.add("inventory.on_hand", positions.map { inventory.onHand[$0] })
        store.add("inventory.safety_stock", positions.map { inventory.safetyStock[$0] })
    }

    func add(_ replenishments: [Replenishment]) {
        store.add("replenishments.node", replenishments.map { Int32($0.node) })
        store.add("replenishments.product", replenishments.map { Int32($0.product) })
        store.add("replenishments.at", replenishments.map(\.time))
        store.add("replenishments.quantity", replenishments.map { Int64($0.quantity) })
    }

    func add(_ transfers: [Transfer]) {
        store.add("transfers.from", transfers.map { Int32($0.from) })
        store.add("transfers.to", transfers.map { Int32($0.to) })
        store.add("transfers.lead_hours", transfers.map(\.leadHours))
        store.add("transfers.cost_per_item", transfers.map(\.costPerItem))
    }

    func add(_ tariffs: [Tariff]) {
        addRagged(
            "tariffs.bands",
            tariffs.map { tariff in
                tariff.bands.flatMap { band in
                    [
                        band.fromKilograms, band.terms.perShipment, band.terms.perItem, band.terms.perKilogram,
                        band.terms.perKilometre, band.terms.perItemKilometre, band.terms.perKilogramKilometre,
                    ]
                }
            })
    }

    func add(_ services: [Service]) {
        store.add("services.id", services.map(\.id))
        store.add("services.carrier", services.map(\.carrier))
        store.add("services.mode", services.map(\.mode))
        addRagged("services.nodes", services.map { $0.nodes.map(Int32.init) })
        store.add("services.tariff", services.map { Int32($0.tariff) })
        store.add("services.emission", services.map { Int32($0.emission ?? -1) })
        store.add("services.max_km", services.map { $0.maximumKilometres ?? .nan })
        store.add("services.fixed_hours", services.map(\.fixedHours))
        store.add("services.km_per_hour", services.map(\.kilometresPerHour))
        store.add("services.distance_exponent", services.map(\.distanceExponent))
        store.add("services.transit_distribution", services.map(\.transitDistribution.description))
        addRagged("services.cut_offs", services.map { $0.cutOffMinutes.map(Int32.init) })
        store.add("services.daily_capacity", services.map { Int64($0.dailyCapacity ?? -1) })
        add("services.tags", tags: services.map(\.tags))
    }

    func add(_ lanes: LaneTable) {
        store.add("lanes.offsets", lanes.offsets.map(Int64.init))
        store.add("lanes.node", lanes.nodes)
        store.add("lanes.service", lanes.services)
        store.add("lanes.km", lanes.kilometres)
        store.add("lanes.hours", lanes.baseHours)
        store.add("lanes.tariff", lanes.tariffs)
    }

    func add(_ orders: OrderAssembly) {
        let source = orders.source
        store.add(identifiers: "orders.id", count: orders.rows.count) { place, take in
            source.ids.withBytes(orders.rows[place], take)
        }
        store.add("orders.id_hash", orders.rows.ordered(source.idHashes))
        store.add("orders.placed_at", orders.rows.ordered(source.placedAt))
        if source.approvedAt.isUniform {
            store.add("orders.approved_at", sameAs: "orders.placed_at")
        } else {
            store.add("orders.approved_at", orders.approvedAt)
        }
        store.add("orders.promised_at", orders.rows.ordered(source.promisedAt))
        store.add("orders.zone", orders.zones)
        if orders.havePlaces {
            store.add("orders.x", orders.x)
            store.add("orders.y", orders.y)
        } else {
            store.add("orders.x", table: orders.zonePlaces.map(\.x), at: "orders.zone")
            store.add("orders.y", table: orders.zonePlaces.map(\.y), at: "orders.zone")
        }
        add("orders.segment", orders.segments, count: orders.rows.count) { $0 }
        add("orders.channel", orders.channels, count: orders.rows.count) { $0 }
        add("orders.tags.low", orders.tags, count: orders.rows.count) { UInt64(truncatingIfNeeded: $0.bits) }
        add("orders.tags.high", orders.tags, count: orders.rows.count) { UInt64(truncatingIfNeeded: $0.bits >> 64) }
        if source.weights.isUniform {
            store.add("orders.weight", repeating: source.weights.usual, count: orders.rows.count)
        } else {
            store.add("orders.weight", orders.rows.gathered { source.weights[$0] })
        }
        store.add("orders.line_offsets", orders.lineOffsets)
        store.add("orders.line_product", orders.lineProducts)
        store.add("orders.line_quantity", orders.lineQuantities)
        if orders.havePrices {
            store.add("orders.line_price", orders.linePrices)
        } else {
            store.add("orders.line_price", table: orders.productPrices, at: "orders.line_product")
        }
        addHavePlaces(orders.havePlaces)
    }

    func addHavePlaces(_ havePlaces: Bool) { store.add("orders.have_places", [UInt8(havePlaces ? 1 : 0)]) }

    func add(_ openOrders: [OpenOrder]) {
        store.add("open_orders.order", openOrders.map(\.order))
        store.add(
            "open_orders.stage",
            openOrders.map { order -> UInt8 in
                switch order.stage {
                case .waiting: 0
                case .picking: 1
                case .packed: 2
                }
            })
        store.add(
            "open_orders.seconds",
            openOrders.map { order -> Double in
                switch order.stage {
                case .waiting(let seconds): seconds
                case .picking(let time): time
                case .packed(let time): time
                }
            })
        store.add("open_orders.node", openOrders.map { Int32($0.node) })
        store.add("open_orders.service", openOrders.map { Int32($0.service) })
    }

    func add(_ history: HistoryAssembly) {
        if history.isEmpty { return }
        store.add("history.offsets", history.offsets)
        let source = history.source
        store.add("history.product", history.products)
        store.add("history.node", history.nodes)
        store.add("history.service", history.services)
        store.add("history.shipped_at", history.order.ordered(source.shippedAt))
        store.add("history.delivered_at", history.order.ordered(source.deliveredAt))
        store.add("history.cancelled", history.order.ordered(source.cancelled))
        store.add("history.cancelled_at", history.cancelledAt)
        store.add("history.freight_paid", history.order.ordered(source.freightPaid))
        store.add("history.complaint", history.order.ordered(source.complaint))
    }

    func add(_ weather: WeatherSeries) {
        store.add("weather.hours", [Int64(weather.hourCount)])
        store.add("weather.class", weather.classes.map(\.rawValue))
        store.add("weather.intensity", weather.intensities)
        store.add("weather.storm_level", weather.stormLevels)
    }

    func add(traffic: HourlySeries) {
        store.add("traffic.hours", [Int64(traffic.hourCount)])
        store.add("traffic.congestion", traffic.values)
    }

    func add(signal name: String, _ series: HourlySeries) {
        store.add("signals.\(name).hours", [Int64(series.hourCount)])
        store.add("signals.\(name).values", series.values)
    }

    func addSignalNames(_ names: [String]) {
        store.add("signals", names)
    }

    /// Hashes all columns so far and adds the hash.
    func addContentHash() { add(contentHash: Self.contentHash(of: store.digests())) }

    /// Adds the hash of the columns that are the content, and the version of the format.
    func add(contentHash: String) {
        store.add("content_hash", [contentHash])
        store.add("format", [Int64(Self.formatVersion)])
    }

    /// A hash of the values of columns, in their order, up to `content_hash`; the same in whatever form they are kept.
    static func contentHash(of digests: [ColumnDigest]) -> String {
        let hash = SHA256()
        hash.update(UInt64(formatVersion))
        for digest in digests.prefix(while: { !$0.name.hasPrefix("content_hash") }) { digest.update(hash) }
        return hash.finish()
    }

    /// Adds what is stated of files; not part of the content.
    func add(files: [String: DatasetDescription.FileFacts]) {
        let sorted = files.sorted { $0.key < $1.key }
        store.add("files", sorted.flatMap { [$0.key, $0.value.sha256] })
        store.add("files.rows", sorted.map { Int64($0.value.rows) })
    }

    /// Adds the quality report; not part of the content.
    func add(_ quality: QualityReport) {
        store.add(
            "quality",
            quality.findings.flatMap {
                [
                    $0.severity.rawValue, $0.code, $0.table, $0.treatment.rawValue, $0.message,
                    $0.examples.joined(separator: "\n"),
                ]
            })
        store.add("quality.counts", quality.findings.map { Int64($0.count) })
        store.add("quality.tables", quality.tables.flatMap { [$0.table, $0.file] })
        store.add("quality.rows", quality.tables.flatMap { [Int64($0.read), Int64($0.kept)] })
    }

    private func add(_ table: String, places: [Place], regions: [Int]) {
        store.add(table + ".x", places.map(\.x))
        store.add(table + ".y", places.map(\.y))
        store.add(table + ".region", regions.map(Int32.init))
    }

    /// Adds what is made of each value of a column.
    private func add<Value, Element: ColumnElement>(
        _ name: String, _ values: SparseColumn<Value>, count: Int, _ element: (Value) -> Element
    ) {
        if values.isUniform {
            store.add(name, repeating: element(values.usual), count: count)
        } else {
            store.add(name, RowOrder(all: count).gathered { element(values[$0]) })
        }
    }

    private func add(_ name: String, tags: [TagSet]) {
        store.add(name + ".low", tags.map { UInt64(truncatingIfNeeded: $0.bits) })
        store.add(name + ".high", tags.map { UInt64(truncatingIfNeeded: $0.bits >> 64) })
    }

    /// Lists of different lengths: where each begins, and all their values.
    private func addRagged<Element: ColumnElement>(_ name: String, _ lists: [[Element]]) {
        var offsets: [Int64] = [0]
        var total = 0
        for list in lists {
            total += list.count
            offsets.append(Int64(total))
        }
        store.add(name + ".offsets", offsets)
        store.add(name, Array(lists.joined()))
    }
}
