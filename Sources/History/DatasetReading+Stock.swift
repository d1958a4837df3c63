import Domain

/// Inventory, replenishments, transfers, customers, open orders.
extension DatasetReading {
    mutating func readInventory() throws(InputError) {
        guard let source = try open(.inventory) else { return }
        let columns = (source.column("node"), source.column("product"))
        while try source.next() {
            let stock = DatasetBuilder.Stock(
                node: try source.reference(columns.0, to: nodes),
                product: try source.reference(columns.1, to: products),
                onHand: try source.requiredCount(source.column("on_hand")),
                safetyStock: try source.count(source.column("safety_stock")) ?? 0)
            try source.check(DatasetRules.problem(in: stock))
            try source.unique(
                TableSource.key(stock.node, stock.product), at: columns.0,
                "the stock of product '\(stock.product)' at node '\(stock.node)'")
            if stock.safetyStock > stock.onHand {
                source.note("safety_above_stock", "more safety stock than stock", at: source.column("safety_stock"))
            }
            builder.stocks.append(stock)
        }
        try close(source, kept: builder.stocks.count)
    }

    mutating func readReplenishments() throws(InputError) {
        guard let source = try open(.replenishments) else { return }
        while try source.next() {
            let node = try source.reference(source.column("node"), to: nodes)
            let product = try source.reference(source.column("product"), to: products)
            let time = try source.requiredInstant(source.column("at"))
            let quantity = try source.requiredCount(source.column("quantity"))
            try source.check(DatasetRules.problem(inReplenishmentAt: time, quantity: quantity))
            if time < 0 {
                source.note("arrived_before_start", "stock that arrives before the start", at: source.column("at"))
            }
            builder.addReplenishment(node: node, product: product, at: time, quantity: quantity)
        }
        try close(source, kept: builder.replenishments.count)
    }

    mutating func readTransfers() throws(InputError) {
        guard let source = try open(.transfers) else { return }
        let column = source.column("from_node")
        while try source.next() {
            let from = try source.reference(column, to: nodes)
            let to = try source.reference(source.column("to_node"), to: nodes)
            let leadHours = try source.requiredNumber(source.column("lead_hours"))
            let cost = try source.number(source.column("cost_per_item")) ?? 0
            try source.check(DatasetRules.problem(inTransferOfHours: leadHours, costPerItem: cost))
            try source.unique(
                TableSource.key(from, to), at: column, "the transfer from node '\(from)' to node '\(to)'")
            builder.addTransfer(from: from, to: to, leadHours: leadHours, costPerItem: cost)
        }
        try close(source, kept: builder.transfers.count)
    }

    /// Whether there is a table of customers.
    mutating func readCustomers() throws(InputError) -> Bool {
        guard let source = try open(.customers) else { return false }
        let column = source.column("id")
        while try source.next() {
            let id = try source.required(column, expected: "an id")
            try source.unique(id, at: column, "the customer '\(id)'")
            builder.addCustomer(
                id, segment: try source.text(source.column("segment")) ?? "",
                preferences: try source.list(source.column("preferences")))
        }
        try close(source, kept: builder.customers.count)
        return true
    }

    mutating func readOpenOrders() throws(InputError) {
        guard let source = try open(.openOrders) else { return }
        let column = source.column("order")
        let readyAt = source.column("ready_at")
        let stages: [(String, (Double) -> OpenOrder.Stage)] = [
            ("waiting", { .waiting(serviceSeconds: $0) }), ("picking", { .picking(until: $0) }),
            ("packed", { .packed(at: $0) }),
        ]
        while try source.next() {
            let order = try source.required(column, expected: "an id")
            try source.unique(order, at: column, "the open order '\(order)'")
            let stageColumn = source.column("stage")
            let word = try source.required(stageColumn, expected: "a stage")
            guard let make = try source.word(stageColumn, stages) else { continue }
            let seconds: Double
            if word == "waiting" {
                seconds = try source.requiredNumber(source.column("service_seconds"))
            } else {
                seconds = try source.requiredInstant(readyAt)
            }
            let stage = make(seconds)
            try source.check(DatasetRules.problem(in: stage))
            let node = try source.reference(source.column("node"), to: nodes)
            let service = try source.reference(source.column("service"), to: services)
            builder.addOpenOrder(order, stage: stage, node: node, service: service)
        }
        try close(source, kept: builder.openOrders.count)
    }
}
