import Domain
import Sampling

/// Nodes, zones, products, tariffs, services, lanes, stock.
extension DatasetReading {
    mutating func readNodes() throws(InputError) {
        guard let source = try open(.nodes) else { return }
        let id = source.column("id")
        let hours = source.column("opening_hours")
        while try source.next() {
            var openingHours = WeeklyHours.always
            if let hours, let text = try source.text(hours) {
                openingHours = try WeeklyHours(parsing: text, at: source.reader.location(of: hours))
            }
            func number(_ name: String) throws(InputError) -> Double { try source.number(source.column(name)) ?? 0 }
            let node = Node(
                id: try source.required(id, expected: "an id"), name: try source.text(source.column("name")) ?? "",
                kind: try source.text(source.column("kind")) ?? "warehouse", place: try place(source), region: -1,
                group: try source.text(source.column("group")) ?? "", openingHours: openingHours,
                stations: try source.count(source.column("stations")) ?? 1,
                serviceSecondsPerOrder: try number("service_seconds_per_order"),
                serviceSecondsPerLine: try number("service_seconds_per_line"),
                serviceSecondsPerItem: try number("service_seconds_per_item"),
                serviceDistribution: try source.distribution(source.column("service_distribution")),
                dailyOrderLimit: try source.count(source.column("daily_order_limit")),
                handlingCostPerOrder: try number("handling_cost_per_order"),
                handlingCostPerLine: try number("handling_cost_per_line"),
                handlingCostPerItem: try number("handling_cost_per_item"),
                labourCostPerHour: try number("labour_cost_per_hour"))
            try source.check(DatasetRules.problem(in: node, builder.description.coordinates))
            try source.unique(node.id, at: id, "the node '\(node.id)'")
            source.notePlace(node.place, builder.description.coordinates)
            let region = try source.required(source.column("region"), expected: "a region")
            builder.nodes.append((node, region, try source.list(source.column("tags"))))
            nodes.insert(node.id)
            regions.insert(region)
        }
        try close(source, kept: builder.nodes.count)
        if nodes.isEmpty { throw empty(source) }
    }

    mutating func readZones() throws(InputError) {
        guard let source = try open(.zones) else { return }
        let id = source.column("id")
        while try source.next() {
            let zone = Zone(
                id: try source.required(id, expected: "an id"), name: try source.text(source.column("name")) ?? "",
                place: try place(source), region: -1)
            try source.check(DatasetRules.problem(in: zone, builder.description.coordinates))
            try source.unique(zone.id, at: id, "the zone '\(zone.id)'")
            source.notePlace(zone.place, builder.description.coordinates)
            let region = try source.required(source.column("region"), expected: "a region")
            builder.zones.append((zone, region, try source.list(source.column("tags"))))
            zones.insert(zone.id)
            regions.insert(region)
        }
        try close(source, kept: builder.zones.count)
        if zones.isEmpty { throw empty(source) }
    }

    mutating func readProducts() throws(InputError) {
        guard let source = try open(.products) else { return }
        let id = source.column("id")
        let mass = source.column("mass_kg")
        let price = source.column("price")
        let classes = TemperatureClass.allCases.map { ($0.word, $0) }
        while try source.next() {
            let product = DatasetBuilder.Product(
                id: try source.required(id, expected: "an id"),
                category: try source.text(source.column("category")) ?? "", price: try source.number(price) ?? 0,
                unitCost: try source.number(source.column("unit_cost")) ?? 0,
                massKilograms: try source.number(mass) ?? 0,
                volumeLitres: try source.number(source.column("volume_litres")) ?? 0,
                temperatureClass: try source.word(source.column("temperature_class"), classes) ?? .ambient,
                tags: try source.list(source.column("tags")))
            try source.check(DatasetRules.problem(in: product))
            try source.unique(product.id, at: id, "the product '\(product.id)'")
            if product.massKilograms == 0 { source.note("mass_zero", "products without a mass", at: mass) }
            if product.price == 0 { source.note("price_zero", "products without a price", at: price) }
            builder.products.append(product)
            products.insert(product.id)
        }
        try close(source, kept: builder.products.count)
        if products.isEmpty { throw empty(source) }
    }

    mutating func readTariffs() throws(InputError) {
        guard let source = try open(.tariffs) else { return }
        let id = source.column("id")
        while try source.next() {
            func term(_ name: String) throws(InputError) -> Double { try source.number(source.column(name)) ?? 0 }
            let band = DatasetBuilder.TariffBand(
                tariff: try source.required(id, expected: "an id"), fromKilograms: try term("from_kg"),
                terms: LoadTerms(
                    perShipment: try term("per_shipment"), perItem: try term("per_item"),
                    perKilogram: try term("per_kg"), perKilometre: try term("per_km"),
                    perItemKilometre: try term("per_item_km"), perKilogramKilometre: try term("per_kg_km")))
            try source.check(DatasetRules.problem(in: band))
            try source.unique(
                TableSource.key(band.tariff, band.fromKilograms.shortText), at: id,
                "the band from \(band.fromKilograms.shortText) kg of tariff '\(band.tariff)'")
            builder.bands.append(band)
            tariffs.insert(band.tariff)
        }
        try close(source, kept: builder.bands.count)
    }

    mutating func readServices() throws(InputError) {
        guard let source = try open(.services) else { return }
        let id = source.column("id")
        let offered = source.column("nodes")
        while try source.next() {
            let service = Service(
                id: try source.required(id, expected: "an id"),
                carrier: try source.text(source.column("carrier")) ?? "",
                mode: try source.text(source.column("mode")) ?? "", nodes: [], tariff: -1,
                maximumKilometres: try source.number(source.column("max_km")),
                fixedHours: try source.number(source.column("fixed_hours")) ?? 0,
                kilometresPerHour: try source.requiredNumber(source.column("km_per_hour")),
                distanceExponent: try source.number(source.column("distance_exponent")) ?? 1,
                transitDistribution: try source.distribution(source.column("transit_distribution")),
                cutOffMinutes: try cutOffs(source), dailyCapacity: try source.count(source.column("daily_capacity")))
            try source.check(DatasetRules.problem(in: service))
            try source.unique(service.id, at: id, "the service '\(service.id)'")
            var nodeList: [String]?
            let list = try source.list(offered)
            if !list.isEmpty, list != ["*"] {
                for node in list { try source.check(node, at: offered, isIn: nodes) }
                nodeList = list
            }
            let tariff = try source.reference(source.column("tariff"), to: tariffs)
            let emission = try source.optionalReference(source.column("emission"), to: tariffs)
            builder.services.append(
                (service, nodeList, tariff, emission, try source.list(source.column("tags"))))
            services.insert(service.id)
        }
        try close(source, kept: builder.services.count)
        if services.isEmpty { throw empty(source) }
    }

    mutating func readLanes() throws(InputError) {
        guard let source = try open(.lanes) else { return }
        let columns = (source.column("node"), source.column("zone"), source.column("service"))
        while try source.next() {
            let lane = DatasetBuilder.LaneOverride(
                node: try source.reference(columns.0, to: nodes), zone: try source.reference(columns.1, to: zones),
                service: try source.reference(columns.2, to: services),
                kilometres: try source.number(source.column("km")), hours: try source.number(source.column("hours")),
                tariff: try source.optionalReference(source.column("tariff"), to: tariffs),
                isClosed: try source.flag(source.column("closed")) ?? false)
            try source.check(DatasetRules.problem(in: lane))
            try source.unique(
                TableSource.key(lane.node, lane.zone, lane.service), at: columns.0,
                "the lane from node '\(lane.node)' to zone '\(lane.zone)' by service '\(lane.service)'")
            if let service = builder.services.first(where: { $0.service.id == lane.service }),
                let offering = service.nodes, !offering.contains(lane.node)
            {
                throw InputError(
                    at: columns.2.map { source.reader.location(of: $0) },
                    found: "service '\(lane.service)', which node '\(lane.node)' does not offer",
                    expected: "a service that the node offers")
            }
            builder.lanes.append(lane)
        }
        try close(source, kept: builder.lanes.count)
    }

    /// The place in columns `x` and `y`, both required.
    private func place(_ source: TableSource) throws(InputError) -> Place {
        Place(x: try source.requiredNumber(source.column("x")), y: try source.requiredNumber(source.column("y")))
    }

    /// The minutes of `cut_offs`.
    private func cutOffs(_ source: TableSource) throws(InputError) -> [Int] {
        guard let column = source.column("cut_offs") else { return [] }
        var result: Set<Int> = []
        for text in try source.list(column) {
            guard let minute = minutes(ofClock: Substring(text)) else {
                throw source.reader.error(column, expected: "times such as 17:30, separated by ';',")
            }
            result.insert(minute)
        }
        return result.sorted()
    }

    /// The error of a required table without rows.
    func empty(_ source: TableSource) -> InputError {
        InputError(
            at: SourceLocation(file: source.reader.path), found: "no rows",
            expected: "at least one in '\(source.table.name)'")
    }
}
