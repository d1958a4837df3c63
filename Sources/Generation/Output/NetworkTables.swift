import Domain
import History

/// Writes the tables that do not depend on single orders.
struct NetworkTables {
    private let network: Network
    private let writer: DatasetWriter
    private var specification: GenerationSpecification { network.specification }

    /// A writer of a network's tables.
    init(_ network: Network, to writer: DatasetWriter) {
        self.network = network
        self.writer = writer
    }

    /// Writes them all.
    func write(stock: StockPlan, series: RecordedSeries) throws(OperationError) {
        try writeNodes()
        try writeZones()
        try writeProducts()
        try writeStock(stock)
        try writeTransfers()
        try writeCarriers()
        try writeCustomers()
        try writeOpenOrders()
        try writeSeries(series)
    }

    private func writeNodes() throws(OperationError) {
        let table = try writer.table(
            .nodes,
            columns: [
                "id", "name", "kind", "x", "y", "region", "group", "opening_hours", "stations",
                "service_seconds_per_order", "service_seconds_per_line", "service_seconds_per_item",
                "service_distribution", "daily_order_limit", "handling_cost_per_order", "handling_cost_per_line",
                "handling_cost_per_item", "labour_cost_per_hour", "tags",
            ])
        for (index, node) in specification.nodes.enumerated() {
            try table.row([
                .text(node.id), .text(node.name), .text(node.kind), .number(network.nodePlaces[index].x),
                .number(network.nodePlaces[index].y), .text(specification.regions[network.region(ofNode: index)]),
                .text(node.group), .text(node.openingHoursText), .integer(node.stations),
                .number(node.secondsPerOrder), .number(node.secondsPerLine), .number(node.secondsPerItem),
                .text(node.serviceDistribution.description), .init(node.dailyOrderLimit), .number(node.costPerOrder),
                .number(node.costPerLine), .number(node.costPerItem), .number(node.labourCostPerHour),
                .list(node.tags),
            ])
        }
    }

    private func writeZones() throws(OperationError) {
        let table = try writer.table(.zones, columns: ["id", "name", "x", "y", "region", "tags"])
        for (index, zone) in network.zones.enumerated() {
            try table.row([
                .text(zone.id), .text(zone.name), .number(zone.place.x), .number(zone.place.y),
                .text(specification.regions[network.region(ofZone: index)]), .list(zone.tags),
            ])
        }
    }

    private func writeProducts() throws(OperationError) {
        let table = try writer.table(
            .products,
            columns: [
                "id", "category", "price", "unit_cost", "mass_kg", "volume_litres", "temperature_class", "tags",
            ])
        for product in network.catalogue.products {
            let category = specification.categories[product.category]
            try table.row([
                .text(product.id), .text(category.id), .number(product.price), .number(product.unitCost),
                .number(product.massKilograms), .number(product.volumeLitres),
                .text(category.temperatureClass.word), .list(product.tags),
            ])
        }
    }

    private func writeStock(_ stock: StockPlan) throws(OperationError) {
        let products = network.catalogue.products
        let inventory = try writer.table(.inventory, columns: ["node", "product", "on_hand", "safety_stock"])
        for pair in stock.opening where pair.onHand > 0 {
            try inventory.row([
                .text(specification.nodes[pair.node].id), .text(products[pair.product].id), .integer(pair.onHand),
                .integer(pair.safetyStock),
            ])
        }
        guard !stock.arrivals.isEmpty else { return }
        let arrivals = try writer.table(.replenishments, columns: ["node", "product", "at", "quantity"])
        for arrival in stock.arrivals {
            try arrivals.row([
                .text(specification.nodes[arrival.node].id), .text(products[arrival.product].id),
                .text(specification.clock.text(arrival.time)), .integer(arrival.quantity),
            ])
        }
    }

    /// A link takes the first rule that has it.
    private func writeTransfers() throws(OperationError) {
        let rules = specification.stock.transfers
        guard !rules.isEmpty else { return }
        let table = try writer.table(
            .transfers, columns: ["from_node", "to_node", "lead_hours", "cost_per_item"])
        for from in specification.nodes.indices {
            for to in specification.nodes.indices where to != from {
                let kilometres = network.nodePlaces[from]
                    .distanceKilometres(to: network.nodePlaces[to], in: .geographic)
                let rule = rules.first {
                    $0.from.contains(from) && $0.to.contains(to) && kilometres <= $0.maximumKilometres
                }
                guard let rule else { continue }
                let hours = rule.fixedHours + kilometres / rule.kilometresPerHour
                try table.row([
                    .text(specification.nodes[from].id), .text(specification.nodes[to].id),
                    .number(rounded(hours, decimals: 2)),
                    .number(rounded(rule.costPerItem + rule.costPerItemKilometre * kilometres, decimals: 2)),
                ])
            }
        }
    }

    private func writeCarriers() throws(OperationError) {
        let tariffs = try writer.table(
            .tariffs,
            columns: [
                "id", "from_kg", "per_shipment", "per_item", "per_kg", "per_km", "per_item_km", "per_kg_km",
            ])
        for band in specification.carriers.bands {
            try tariffs.row([
                .text(band.id), .number(band.fromKilograms), .number(band.terms.perShipment),
                .number(band.terms.perItem), .number(band.terms.perKilogram), .number(band.terms.perKilometre),
                .number(band.terms.perItemKilometre), .number(band.terms.perKilogramKilometre),
            ])
        }
        let services = try writer.table(
            .services,
            columns: [
                "id", "carrier", "mode", "nodes", "tariff", "emission", "max_km", "fixed_hours", "km_per_hour",
                "distance_exponent", "transit_distribution", "cut_offs", "daily_capacity", "tags",
            ])
        for service in specification.carriers.services {
            let cutOffs = service.cutOffMinutes.map { "\(twoDigits($0 / 60)):\(twoDigits($0 % 60))" }
            try services.row([
                .text(service.id), .text(service.carrier), .text(service.mode),
                .list(service.nodes?.map { specification.nodes[$0].id } ?? ["*"]), .text(service.tariff),
                .init(service.emission), .init(service.maximumKilometres), .number(service.fixedHours),
                .number(service.kilometresPerHour), .number(service.distanceExponent),
                .text(service.transitDistribution.description), .list(cutOffs), .init(service.dailyCapacity),
                .list(service.tags),
            ])
        }
    }

    private func writeCustomers() throws(OperationError) {
        let pool = network.customers
        guard pool.count > 0 else { return }
        let segments = specification.customers.segments
        let table = try writer.table(.customers, columns: ["id", "segment", "preferences"])
        for zone in network.zones.indices {
            for customer in pool.offsets[zone]..<pool.offsets[zone + 1] {
                let segment = segments[Int(pool.segments[customer])]
                let preferences = segment.preferences.enumerated()
                    .filter { pool.preferences[customer] >> UInt64($0.offset) & 1 == 1 }
                    .map(\.element.word)
                try table.row([
                    .text(CustomerPool.id(zone: network.zones[zone].id, number: customer - pool.offsets[zone])),
                    .text(segment.id), .list(preferences),
                ])
            }
        }
    }

    private func writeOpenOrders() throws(OperationError) {
        let open = OpenOrders(network)
        guard !open.rows.isEmpty else { return }
        let table = try writer.table(
            .openOrders, columns: ["order", "stage", "node", "service", "ready_at", "service_seconds"])
        let clock = specification.clock
        for row in open.rows {
            let (stage, readyAt, seconds): (String, TableWriter.Cell, TableWriter.Cell) =
                switch row.stage {
                case .waiting(let seconds): ("waiting", .blank, .number(seconds))
                case .picking(let time): ("picking", .text(clock.text(time)), .blank)
                case .packed: ("packed", .text(clock.text(0)), .blank)
                }
            try table.row([
                .text(row.id), .text(stage), .text(specification.nodes[row.node].id),
                .text(specification.carriers.services[row.service].id), readyAt, seconds,
            ])
        }
    }

    /// Weather, congestion and signals, every hour of every region.
    private func writeSeries(_ series: RecordedSeries) throws(OperationError) {
        let hours = specification.clock.hourCount
        let clock = specification.clock
        if let weather = series.weather {
            let table = try writer.table(.weather, columns: ["region", "at", "class", "intensity", "storm_level"])
            for (region, name) in specification.regions.enumerated() {
                for hour in 0..<hours {
                    let cell = region * hours + hour
                    try table.row([
                        .text(name), .text(clock.text(Double(hour) * 3600)), .text(weather.classes[cell].word),
                        .number(weather.intensities[cell]), .number(weather.stormLevels[cell]),
                    ])
                }
            }
        }
        if let traffic = series.traffic {
            let table = try writer.table(.traffic, columns: ["region", "at", "congestion"])
            for (region, name) in specification.regions.enumerated() {
                for hour in 0..<hours {
                    try table.row([
                        .text(name), .text(clock.text(Double(hour) * 3600)),
                        .number(traffic.values[region * hours + hour]),
                    ])
                }
            }
        }
        guard !series.signals.isEmpty else { return }
        let table = try writer.table(.signals, columns: ["region", "at"] + series.signals.map(\.name))
        for (region, name) in specification.regions.enumerated() {
            for hour in 0..<hours {
                try table.row(
                    [.text(name), .text(clock.text(Double(hour) * 3600))]
                        + series.signals.map { .number($0.series.values[region * hours + hour]) })
            }
        }
    }
}
