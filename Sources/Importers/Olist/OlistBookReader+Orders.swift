import Domain

/// Orders, payments and reviews.
extension OlistBookReader {
    /// Orders with their customers and items.
    mutating func readOrders(
        items: [String: [OlistBook.Item]], log: inout FindingLog
    ) throws(InputError) {
        let table = sources.orders
        let customers = try OlistCustomers(sources.customers)
        let id = try OlistColumn(table, "order_id")
        let customer = try OlistColumn(table, "customer_id")
        let status = try OlistColumn(table, "order_status")
        let placed = try OlistColumn(table, "order_purchase_timestamp")
        let approved = try OlistColumn(table, "order_approved_at")
        let shipped = try OlistColumn(table, "order_delivered_carrier_date")
        let delivered = try OlistColumn(table, "order_delivered_customer_date")
        let promised = try OlistColumn(table, "order_estimated_delivery_date")
        var account = FindingLog.Account(file: table.file, use: "orders")
        var itemAccount = FindingLog.Account(file: sources.items.file, use: "order lines")
        itemAccount.read = sources.items.count
        itemAccount.setAside(
            "unknown product or seller", count: itemAccount.read - items.values.reduce(0) { $0 + $1.count })
        var seen: Set<String> = []
        var keptOrders: Set<String> = []
        var keptCustomers: [Int] = []
        for row in 0..<table.count {
            account.read += 1
            let place = table.location(row)
            guard seen.insert(id[row]).inserted else {
                log.setAsideRepeated("order", id[row], at: place, of: &account)
                continue
            }
            guard let placedTime = try placed.time(row) else {
                throw placed.error(row, expected: "the time of purchase")
            }
            guard let customerRow = customers.row(of: customer[row]) else {
                account.setAside("unknown customer")
                setAsideOrders.insert(id[row])
                log.add(
                    "order_without_customer", .setAside, "order of an unknown customer; set aside", at: place,
                    detail: customer[row])
                continue
            }
            var order = OlistBook.Order(
                id: id[row], row: row, status: status[row], placed: placedTime, approved: try approved.time(row),
                shipped: try shipped.time(row), delivered: try delivered.time(row), promised: try promised.time(row),
                person: customers.person[customerRow], zip: customers.zip[customerRow],
                city: customers.city[customerRow], state: customers.state[customerRow])
            OlistChecks.check(order, at: place, log: &log)
            order.items = items[order.id] ?? []
            if order.items.isEmpty {
                account.setAside("no items")
                setAsideOrders.insert(order.id)
                log.add(
                    "order_without_items", .setAside, "order without items; set aside", at: place,
                    detail: "status \(order.status)")
                continue
            }
            if !order.hasOneSeller {
                log.add(
                    "several_sellers", .kept, "order from several sellers: one delivery date for all of them; kept",
                    at: place)
            }
            account.kept += 1
            itemAccount.kept += order.items.count
            keptOrders.insert(order.id)
            keptCustomers.append(customerRow)
            book.orders.append(order)
        }
        // A sum over a dictionary, but of whole numbers: its order does not matter.
        itemAccount.setAside(
            "order unknown or set aside",
            count: items.reduce(0) { $0 + (keptOrders.contains($1.key) ? 0 : $1.value.count) })
        log.add(account)
        log.add(itemAccount)
        customers.report(keptRows: keptCustomers, log: &log)
        sortAndIndex()
    }

    /// Puts the orders in time order and counts what sellers and products sold.
    private mutating func sortAndIndex() {
        book.orders.sort {
            let (a, b) = ($0.placed.wallSeconds, $1.placed.wallSeconds)
            return a != b ? a < b : identifierPrecedes($0.id, $1.id)
        }
        for (index, order) in book.orders.enumerated() {
            orderIndex[order.id] = index
            for item in order.items {
                book.sellers[item.seller].itemCount += 1
                book.products[item.product].prices.append(item.price)
            }
        }
    }

    /// Payment types, and whether what was paid is what was to be paid.
    mutating func readPayments(log: inout FindingLog) throws(InputError) {
        let table = sources.payments
        let order = try OlistColumn(table, "order_id")
        let type = try OlistColumn(table, "payment_type")
        let value = try OlistColumn(table, "payment_value")
        var account = FindingLog.Account(file: table.file, use: "order tags")
        var paid = [Double?](repeating: nil, count: book.orders.count)
        for row in 0..<table.count {
            account.read += 1
            guard let index = orderIndex[order[row]] else {
                account.setAside(setAsideOrders.contains(order[row]) ? "its order is set aside" : "unknown order")
                continue
            }
            account.kept += 1
            let amount = try value.number(row)
            paid[index] = (paid[index] ?? 0) + amount
            if amount == 0 { log.add("payment_zero", .kept, "payment of 0; kept", at: table.location(row)) }
            if type[row] == "not_defined" {
                log.add("payment_undefined", .kept, "payment type not defined; no tag", at: table.location(row))
            } else if !book.orders[index].paymentTypes.contains(type[row]) {
                book.orders[index].paymentTypes.append(type[row])
            }
        }
        log.add(account)
        for (index, order) in book.orders.enumerated() {
            guard let paid = paid[index] else {
                log.add(
                    "order_without_payment", .kept, "order without a payment; kept",
                    at: sources.orders.location(order.row))
                continue
            }
            var due = 0.0
            for item in order.items { due += item.price + item.freight }
            // Rounding of instalments stays below five cents.
            if (paid - due).magnitude > 0.05 {
                log.add(
                    "paid_differs", .kept, "payments differ from items + freight by more than 0.05; kept",
                    at: sources.orders.location(order.row),
                    detail: "paid \(paid.rounded(toSignificantDigits: 9).shortText)"
                        + ", due \(due.rounded(toSignificantDigits: 9).shortText)")
            }
        }
    }

    /// The score of each order's last answered review.
    mutating func readReviews(log: inout FindingLog) throws(InputError) {
        let table = sources.reviews
        let order = try OlistColumn(table, "order_id")
        let score = try OlistColumn(table, "review_score")
        let answered = try OlistColumn(table, "review_answer_timestamp")
        var account = FindingLog.Account(file: table.file, use: "complaints")
        var last: [Int: (time: Double, row: Int)] = [:]
        var reviewed: Set<String> = []
        var reviewedTwice: Set<String> = []
        for row in 0..<table.count {
            account.read += 1
            let place = table.location(row)
            if !reviewed.insert(order[row]).inserted, reviewedTwice.insert(order[row]).inserted {
                log.add(
                    "several_reviews", .kept, "order with more than one review: the one answered last counts",
                    at: place, detail: order[row])
            }
            guard let index = orderIndex[order[row]] else {
                account.setAside(setAsideOrders.contains(order[row]) ? "its order is set aside" : "unknown order")
                continue
            }
            guard let value = Int(score[row]), (1...5).contains(value) else {
                throw score.error(row, expected: "a score from 1 to 5")
            }
            let time = try answered.time(row)?.wallSeconds ?? -.infinity
            if let known = last[index] {
                account.setAside("another review of the order was answered later")
                if time < known.time { continue }
            } else {
                account.kept += 1
            }
            last[index] = (time, row)
            book.orders[index].reviewScore = value
        }
        log.add(account)
    }
}
