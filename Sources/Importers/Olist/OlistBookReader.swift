import Domain

/// Reads the tables in the order in which they depend on each other.
struct OlistBookReader {
    let sources: OlistSources
    var book = OlistBook()
    private var sellerIndex: [String: Int] = [:]
    private var productIndex: [String: Int] = [:]
    var orderIndex: [String: Int] = [:]
    var setAsideOrders: Set<String> = []

    /// A reader of the tables.
    init(sources: OlistSources) {
        self.sources = sources
    }

    /// The book.
    ///
    /// - Throws: `InputError` for cells that cannot be read, and for an empty book.
    mutating func read(log: inout FindingLog) throws(InputError) -> OlistBook {
        try readSellers(log: &log)
        try readProducts(log: &log)
        let items = try readItems(log: &log)
        try readOrders(items: items, log: &log)
        try readPayments(log: &log)
        try readReviews(log: &log)
        return book
    }

    private mutating func readSellers(log: inout FindingLog) throws(InputError) {
        let table = sources.sellers
        let id = try OlistColumn(table, "seller_id")
        let zip = try OlistColumn(table, "seller_zip_code_prefix")
        let city = try OlistColumn(table, "seller_city")
        let state = try OlistColumn(table, "seller_state")
        var account = FindingLog.Account(file: table.file, use: "sellers, grouped into nodes")
        for row in 0..<table.count {
            account.read += 1
            guard sellerIndex[id[row]] == nil else {
                log.setAsideRepeated("seller", id[row], at: table.location(row), of: &account)
                continue
            }
            account.kept += 1
            sellerIndex[id[row]] = book.sellers.count
            book.sellers.append(
                .init(id: id[row], zip: zip[row], city: city[row], state: state[row], row: row))
        }
        log.add(account)
    }

    private mutating func readProducts(log: inout FindingLog) throws(InputError) {
        try readTranslation(log: &log)
        let table = sources.products
        let id = try OlistColumn(table, "product_id")
        let category = try OlistColumn(table, "product_category_name")
        let grams = try OlistColumn(table, "product_weight_g")
        var sides: [OlistColumn] = []
        for name in ["product_length_cm", "product_height_cm", "product_width_cm"] {
            sides.append(try OlistColumn(table, name))
        }
        var account = FindingLog.Account(file: table.file, use: "products")
        var untranslated: Set<String> = []
        for row in 0..<table.count {
            account.read += 1
            guard productIndex[id[row]] == nil else {
                log.setAsideRepeated("product", id[row], at: table.location(row), of: &account)
                continue
            }
            account.kept += 1
            let place = table.location(row)
            if category[row].isEmpty { log.add("blank_category", .kept, "product without a category; kept", at: place) }
            if grams[row].isEmpty { log.add("blank_mass", .repaired, "product without a mass; taken as 0", at: place) }
            if sources.translation != nil, !category[row].isEmpty, book.englishCategories[category[row]] == nil,
                untranslated.insert(category[row]).inserted
            {
                log.add(
                    "untranslated_category", .kept, "category without an English name; the Portuguese one is kept",
                    at: place, detail: category[row])
            }
            var litres = 0.001
            for side in sides { litres *= side[row].isEmpty ? 0 : try side.number(row) }
            productIndex[id[row]] = book.products.count
            book.products.append(
                .init(
                    id: id[row], category: category[row],
                    massKilograms: grams[row].isEmpty ? 0 : try grams.number(row) / 1000,
                    volumeLitres: litres.rounded(toSignificantDigits: 15)))
        }
        log.add(account)
    }

    private mutating func readTranslation(log: inout FindingLog) throws(InputError) {
        guard let table = sources.translation else { return }
        let portuguese = try OlistColumn(table, "product_category_name")
        let english = try OlistColumn(table, "product_category_name_english")
        var account = FindingLog.Account(file: table.file, use: "category names")
        for row in 0..<table.count {
            account.read += 1
            if book.englishCategories.updateValue(english[row], forKey: portuguese[row]) != nil {
                account.setAside("repeated name")
            } else {
                account.kept += 1
            }
        }
        log.add(account)
    }

    /// Items by order id, in file order; those of unknown products or sellers are set aside.
    private mutating func readItems(log: inout FindingLog) throws(InputError) -> [String: [OlistBook.Item]] {
        let table = sources.items
        let order = try OlistColumn(table, "order_id")
        let product = try OlistColumn(table, "product_id")
        let seller = try OlistColumn(table, "seller_id")
        let price = try OlistColumn(table, "price")
        let freight = try OlistColumn(table, "freight_value")
        var items: [String: [OlistBook.Item]] = [:]
        for row in 0..<table.count {
            guard let productIndex = productIndex[product[row]], let sellerIndex = sellerIndex[seller[row]] else {
                log.add(
                    "item_without_product_or_seller", .setAside, "item of an unknown product or seller; set aside",
                    at: table.location(row), detail: "\(product[row]), \(seller[row])")
                continue
            }
            let item = OlistBook.Item(
                product: productIndex, seller: sellerIndex, price: try price.number(row),
                freight: try freight.number(row), row: row)
            if item.freight == 0 {
                log.add("freight_zero", .kept, "freight 0: kept, left out of the freight fit", at: table.location(row))
            }
            items[order[row], default: []].append(item)
        }
        return items
    }
}

extension FindingLog {
    /// Sets a row aside whose id an earlier one has.
    mutating func setAsideRepeated(_ what: String, _ id: String, at place: SourceLocation, of account: inout Account) {
        account.setAside("repeated id")
        add("repeated_\(what)", .setAside, "\(what) id for the second time; set aside", at: place, detail: id)
    }
}
