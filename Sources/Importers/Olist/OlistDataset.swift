import Domain
import Storage
import Statistics

/// The tables of the dataset that the Olist book becomes.
struct OlistDataset {
    let book: OlistBook
    let hubs: OlistHubs
    let zones: OlistZones
    let fits: OlistFits
    let options: OlistOptions

    /// The one service: the record names no carrier.
    static let service = "parcel"

    /// Every table.
    func tables(log: inout FindingLog) -> DraftDataset {
        var dataset = DraftDataset()
        dataset.replace(nodes)
        dataset.replace(zoneTable)
        dataset.replace(products)
        dataset.replace(inventory)
        dataset.replace(tariffs)
        dataset.replace(services)
        dataset.replace(customers)
        let orders = OlistOrderTables(dataset: self, log: &log)
        dataset.replace(orders.orders)
        dataset.replace(orders.lines)
        dataset.replace(orders.history)
        return dataset
    }

    /// Nodes with so many stations that no queue forms: four times the most orders that were ever between approval and
    /// hand-over at once, over all nodes. The recorded time from approval to hand-over already holds all waiting.
    var stations: Int { max(1, 4 * fits.pick.peakConcurrency) }

    private var nodes: TableDraft {
        var draft = TableDraft(
            name: "nodes",
            columns: [
                "id", "name", "kind", "x", "y", "region", "stations", "service_seconds_per_order",
                "service_distribution",
            ])
        for (index, hub) in hubs.hubs.enumerated() {
            let seconds = (fits.meanPickHours(node: index) * 3600).rounded(toSignificantDigits: 9)
            draft.append([
                hub.id, hub.name, "supplier", hub.place.x.shortText, hub.place.y.shortText, hub.state, String(stations),
                seconds.shortText, "lognormal:\(fits.pick.deviationWithin.shortText)",
            ])
        }
        return draft
    }

    private var zoneTable: TableDraft {
        var draft = TableDraft(name: "zones", columns: ["id", "name", "x", "y", "region"])
        for zone in zones.zones {
            draft.append([zone.id, zone.name, zone.place.x.shortText, zone.place.y.shortText, zone.state])
        }
        return draft
    }

    private var products: TableDraft {
        var draft = TableDraft(name: "products", columns: ["id", "category", "price", "mass_kg", "volume_litres"])
        for (index, product) in book.products.enumerated() where !product.prices.isEmpty {
            draft.append([
                product.id, book.category(of: index), CellValue.number(median(product.prices)).text,
                product.massKilograms.shortText, product.volumeLitres.shortText,
            ])
        }
        return draft
    }

    private var inventory: TableDraft {
        var draft = TableDraft(name: "inventory", columns: ["node", "product", "on_hand"])
        for entry in OlistStock(book: book, hubs: hubs, options: options).entries {
            draft.append([hubs.hubs[entry.hub].id, book.products[entry.product].id, String(entry.units)])
        }
        return draft
    }

    private var tariffs: TableDraft {
        var draft = TableDraft(name: "tariffs", columns: ["id"] + OlistFits.tariffTerms)
        draft.append([OlistDataset.service] + fits.freight.values.map(\.shortText))
        // Kilograms CO2e a kilogram and kilometre: a tonne is 1,000 kg.
        let emission = (options.emissionKilogramsPerTonneKilometre / 1000).rounded(toSignificantDigits: 15)
        draft.append(["road-emission"] + OlistFits.tariffTerms.map { $0 == "per_kg_km" ? emission.shortText : "0" })
        return draft
    }

    private var services: TableDraft {
        var draft = TableDraft(
            name: "services",
            columns: [
                "id", "carrier", "mode", "tariff", "emission", "km_per_hour", "distance_exponent",
                "transit_distribution",
            ])
        draft.append([
            OlistDataset.service, "not recorded", "road", OlistDataset.service, "road-emission",
            fits.kilometresPerHour.shortText, fits.transit.values[1].shortText,
            "lognormal:\(fits.transit.residualDeviation.shortText)",
        ])
        return draft
    }

    private var customers: TableDraft {
        var draft = TableDraft(name: "customers", columns: ["id"])
        var seen: Set<String> = []
        for order in book.orders where seen.insert(order.person).inserted { draft.append([order.person]) }
        return draft
    }
}

/// The tables of an order book, and what happened to it.
struct OlistOrderTables {
    private(set) var orders = TableDraft(
        name: "orders",
        columns: ["id", "placed_at", "customer", "zone", "promised_at", "approved_at", "tags", "weight"])
    private(set) var lines = TableDraft(name: "order_lines", columns: ["order", "product", "quantity", "price"])
    private(set) var history = TableDraft(
        name: "history",
        columns: [
            "order", "product", "node", "service", "shipped_at", "delivered_at", "cancelled", "freight_paid",
            "complaint",
        ])

    /// A line: one product of an order.
    private struct Line {
        let product: Int
        var quantity = 0
        var price = 0.0
        var freight = 0.0
        /// Units by seller, in the order of their items.
        var sellers: [(seller: Int, quantity: Int)] = []
    }

    /// Writes every order of the book.
    init(dataset: OlistDataset, log: inout FindingLog) {
        for (index, order) in dataset.book.orders.enumerated() {
            append(order, zone: dataset.zones.zones[dataset.zones.zoneOfOrder[index]].id, options: dataset.options)
            let lines = OlistOrderTables.lines(of: order, log: &log)
            for line in lines {
                self.lines.append([
                    order.id, dataset.book.products[line.product].id, String(line.quantity),
                    CellValue.number(line.price / Double(line.quantity)).text,
                ])
            }
            appendHistory(of: order, lines: lines, dataset: dataset)
        }
    }

    private mutating func append(_ order: OlistBook.Order, zone: String, options: OlistOptions) {
        let weight = order.status == "delivered" ? options.deliveredWeight : 1
        orders.append([
            order.id, order.placed.text, order.person, zone, order.promised?.text ?? "", order.approved?.text ?? "",
            order.paymentTypes.joined(separator: ";"), weight.shortText,
        ])
    }

    /// One history row where all lines left one node, else one a line.
    private mutating func appendHistory(of order: OlistBook.Order, lines: [Line], dataset: OlistDataset) {
        func node(_ line: Line) -> Int {
            // Several sellers of one product in one order: the line left the node of most units, the first of equal.
            let seller = line.sellers.max { $0.quantity < $1.quantity }?.seller ?? 0
            return dataset.hubs.hubOfSeller[seller]
        }
        func append(product: String, node: Int, freight: Double) {
            history.append([
                order.id, product, dataset.hubs.hubs[node].id, OlistDataset.service, order.shipped?.text ?? "",
                order.delivered?.text ?? "", order.status == "canceled" ? "true" : "false",
                CellValue.number(freight).text,
                order.reviewScore.map { $0 <= OlistComplaints.highestScore ? "true" : "false" } ?? "",
            ])
        }
        let nodes = lines.map(node)
        if nodes.allSatisfy({ $0 == nodes[0] }) {
            var freight = 0.0
            for item in order.items { freight += item.freight }
            append(product: "", node: nodes[0], freight: freight)
        } else {
            for (line, node) in zip(lines, nodes) {
                append(product: dataset.book.products[line.product].id, node: node, freight: line.freight)
            }
        }
    }

    private static func lines(of order: OlistBook.Order, log: inout FindingLog) -> [Line] {
        var lines: [Line] = []
        for item in order.items {
            let position: Int
            if let known = lines.firstIndex(where: { $0.product == item.product }) {
                position = known
            } else {
                position = lines.count
                lines.append(Line(product: item.product))
            }
            lines[position].quantity += 1
            lines[position].price += item.price
            lines[position].freight += item.freight
            if let known = lines[position].sellers.firstIndex(where: { $0.seller == item.seller }) {
                lines[position].sellers[known].quantity += 1
            } else {
                lines[position].sellers.append((item.seller, 1))
            }
        }
        return lines
    }
}
