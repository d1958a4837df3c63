import Domain

/// Stock, replenishments, transfers and open orders.
extension DatasetAssembly {
    func assembleInventory() throws(InputError) -> Inventory {
        var inventory = Inventory(nodeCount: nodes.count, productCount: products.count)
        var isListed = [Bool](repeating: false, count: nodes.count * products.count)
        for stock in builder.stocks {
            let name = "stock of product '\(stock.product)' at node '\(stock.node)'"
            try Self.check(DatasetRules.problem(in: stock), in: name)
            let node = try nodeIds.index(stock.node, in: "inventory")
            let product = try productIds.index(stock.product, in: "inventory")
            let position = inventory.position(node: node, product: product)
            if isListed[position] { throw InputError(found: "the \(name) twice", expected: "each pair once") }
            isListed[position] = true
            inventory.onHand[position] = Int32(stock.onHand)
            inventory.safetyStock[position] = Int32(stock.safetyStock)
        }
        return inventory
    }

    func assembleReplenishments() throws(InputError) -> [Replenishment] {
        var result: [Replenishment] = []
        for (node, product, time, quantity) in builder.replenishments {
            try Self.check(
                DatasetRules.problem(inReplenishmentAt: time, quantity: quantity),
                in: "a replenishment of product '\(product)' at node '\(node)'")
            result.append(
                Replenishment(
                    node: try nodeIds.index(node, in: "replenishments"),
                    product: try productIds.index(product, in: "replenishments"), time: time, quantity: quantity))
        }
        return result.sorted {
            ($0.time, $0.node, $0.product, $0.quantity) < ($1.time, $1.node, $1.product, $1.quantity)
        }
    }

    /// Throws if the stock of a product at a node and what arrives of it do not add up in 32 bits.
    func checkTotals(_ inventory: Inventory, _ replenishments: [Replenishment]) throws(InputError) {
        var totals: [Int: Int] = [:]
        for arrival in replenishments {
            let position = inventory.position(node: arrival.node, product: arrival.product)
            let total = totals[position, default: Int(inventory.onHand[position])] + arrival.quantity
            totals[position] = total
            if total > Int(Int32.max) {
                throw InputError(
                    found: "\(total) units of product '\(products.ids[arrival.product])' at node "
                        + "'\(nodes[arrival.node].id)', replenishments included",
                    expected: "at most \(Int32.max)")
            }
        }
    }

    func assembleTransfers() throws(InputError) -> [Transfer] {
        var result: [Transfer] = []
        for (from, to, leadHours, costPerItem) in builder.transfers {
            let name = "the transfer from node '\(from)' to node '\(to)'"
            try Self.check(DatasetRules.problem(inTransferOfHours: leadHours, costPerItem: costPerItem), in: name)
            result.append(
                Transfer(
                    from: try nodeIds.index(from, in: "transfers"), to: try nodeIds.index(to, in: "transfers"),
                    leadHours: leadHours, costPerItem: costPerItem))
        }
        result.sort { ($0.from, $0.to) < ($1.from, $1.to) }
        for (left, right) in zip(result, result.dropFirst()) where (left.from, left.to) == (right.from, right.to) {
            throw InputError(
                found: "the transfer from node '\(nodes[left.from].id)' to node '\(nodes[left.to].id)' twice",
                expected: "each pair once")
        }
        return result
    }

    func assembleOpenOrders() throws(InputError) -> [OpenOrder] {
        let ids = try SortedIdentifiers(builder.openOrders.map(\.order), kind: "open order")
        var result: [OpenOrder] = []
        for row in ids.rows {
            let (order, stage, node, service) = builder.openOrders[row]
            let name = "open order '\(order)'"
            try Self.check(DatasetRules.problem(in: stage), in: name)
            result.append(
                OpenOrder(
                    order: order, stage: stage, node: try nodeIds.index(node, in: name),
                    service: try serviceIds.index(service, in: name)))
        }
        return result
    }
}
