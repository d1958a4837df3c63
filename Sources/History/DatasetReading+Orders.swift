import Domain

/// Orders and their lines.
extension DatasetReading {
    mutating func readOrders(hasCustomers: Bool) throws(InputError) {
        guard let orders = try open(.orders) else { return }
        while try orders.next() {
            if let order = try order(orders, hasCustomers: hasCustomers) { builder.orders.append(order) }
        }
        guard let lines = try open(.orderLines) else { return }
        var counts = [Int](repeating: 0, count: builder.orders.count)
        var keptLines = 0
        while try lines.next() {
            guard let (line, position) = try line(lines) else { continue }
            builder.orders.append(line, toOrderAt: position)
            counts[position] += 1
            keptLines += 1
        }
        for (position, count) in counts.enumerated() where count == 0 {
            builder.orders.isSetAside[position] = true
            let id = builder.orders.ids[position]
            log.count(
                "order_without_lines", in: .orders, "orders without a line that is kept", severity: .warning,
                treatment: .setAside
            ) { "\(orders.file): order '\(id)'" }
        }
        try close(orders, kept: counts.count { $0 > 0 })
        try close(lines, kept: keptLines)
        if keptLines == 0 { throw empty(orders) }
    }

    /// The current row of `orders`, or nil if it is set aside.
    private mutating func order(_ source: TableSource, hasCustomers: Bool) throws(InputError) -> DatasetBuilder.Order? {
        let columns = OrderColumns(source)
        var order = DatasetBuilder.Order(
            id: try source.required(columns.id, expected: "an id"),
            placedAt: try source.requiredInstant(columns.placedAt))
        try source.unique(order.id, at: columns.id, "the order '\(order.id)'")
        order.approvedAt = try source.instant(columns.approvedAt)
        order.promisedAt = try source.instant(columns.promisedAt) ?? .infinity
        order.zone = try source.text(columns.zone)
        order.place = try place(source, columns, zone: order.zone)
        order.customer = try source.text(columns.customer)
        order.segment = try source.text(columns.segment)
        order.channel = try source.text(columns.channel) ?? ""
        order.tags = try source.list(columns.tags)
        order.weight = try source.number(columns.weight) ?? 1
        let isApprovedEarly = (order.approvedAt ?? .infinity) < order.placedAt
        if isApprovedEarly { order.approvedAt = nil }
        try source.check(DatasetRules.problem(in: order, builder.description.coordinates))
        if order.placedAt < 0 || order.placedAt >= builder.description.end {
            setAside(order.id)
            source.setAside(
                "placed_outside", "orders placed before the start or not before the end", at: columns.placedAt)
            return nil
        }
        if let zone = order.zone, !zones.contains(zone) {
            setAside(order.id)
            source.setAside("unknown_zone", "orders of a zone that is not in zones", at: columns.zone)
            return nil
        }
        if isApprovedEarly {
            source.repaired(
                "approved_before_placed", "orders approved before they were placed, now approved at once",
                at: columns.approvedAt)
        }
        if order.promisedAt < order.placedAt {
            source.note("promised_before_placed", "orders promised before they were placed", at: columns.promisedAt)
        }
        if columns.approvedAt != nil, order.approvedAt == nil, !isApprovedEarly {
            source.note("approval_missing", "orders without a time of approval, approved at once")
        }
        if columns.promisedAt != nil, order.promisedAt == .infinity {
            source.note("promise_missing", "orders without a promise, which cannot be late")
        }
        if hasCustomers, let customer = order.customer, builder.customers[customer] == nil {
            source.note("unknown_customer", "orders of a customer that is not in customers", at: columns.customer)
        }
        if let place = order.place { notePlace(place, source) }
        return order
    }

    /// The place of an order, if it has its own.
    private func place(_ source: TableSource, _ columns: OrderColumns, zone: String?) throws(InputError) -> Place? {
        let x = try source.number(columns.x)
        let y = try source.number(columns.y)
        if let x, let y { return Place(x: x, y: y) }
        if x != nil || y != nil {
            throw InputError(at: source.rowLocation, found: "one coordinate", expected: "both x and y, or neither")
        }
        if zone == nil {
            throw InputError(
                at: source.rowLocation, found: "neither a zone nor a place", expected: "a zone, or x and y")
        }
        return nil
    }

    /// Remembers an order that is set aside, so that its lines and history can be told from those of no order.
    private mutating func setAside(_ id: String) { idsSetAside.insert(id) }

    /// The current row of `order_lines` with its order's position, or nil if it is set aside.
    private func line(_ source: TableSource) throws(InputError) -> (DatasetBuilder.Line, Int)? {
        let price = source.column("price")
        let order = try source.required(source.column("order"), expected: "the id of an order")
        let product = try source.required(source.column("product"), expected: "the id of a product")
        let line = DatasetBuilder.Line(
            product, try source.requiredCount(source.column("quantity")), price: try source.number(price))
        try source.check(DatasetRules.problem(in: line))
        guard let position = builder.orders.positions[order] else {
            if idsSetAside.contains(order) {
                source.setAside("order_set_aside", "lines of an order that is set aside", at: source.column("order"))
            } else {
                source.setAside("unknown_order", "lines of an order that is not in orders", at: source.column("order"))
            }
            return nil
        }
        guard products.contains(product) else {
            source.setAside(
                "unknown_product", "lines of a product that is not in products", at: source.column("product"))
            return nil
        }
        if line.price == 0 { source.note("price_zero", "lines with a price of 0", at: price) }
        return (line, Int(position))
    }
}

/// Where the columns of `orders` stand.
private struct OrderColumns {
    let id, placedAt, approvedAt, promisedAt, zone, x, y, customer, segment, channel, tags, weight: Int?

    init(_ source: TableSource) {
        id = source.column("id")
        placedAt = source.column("placed_at")
        approvedAt = source.column("approved_at")
        promisedAt = source.column("promised_at")
        zone = source.column("zone")
        x = source.column("x")
        y = source.column("y")
        customer = source.column("customer")
        segment = source.column("segment")
        channel = source.column("channel")
        tags = source.column("tags")
        weight = source.column("weight")
    }
}
