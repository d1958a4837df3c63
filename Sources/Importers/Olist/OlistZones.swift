import Domain

/// The zones: leading digits of the customers' zip prefixes.
struct OlistZones {
    /// A zone.
    struct Zone {
        let id: String
        let name: String
        let place: Place
        let state: String
    }

    /// Zones by id.
    let zones: [Zone]
    /// The zone of each order.
    let zoneOfOrder: [Int]
    /// The place of each order's customer.
    let placeOfOrder: [Place]

    /// Groups the customers of the orders; a zone lies at the mean of its orders' places, each order counting once.
    ///
    /// - Throws: `InputError` for a zip prefix that is none.
    init(
        book: OlistBook, geography: OlistGeography, options: OlistOptions, customers: SourceTable,
        log: inout FindingLog
    ) throws(InputError) {
        // All customers, also those whose order is set aside, so that the report covers the table.
        let zip = try OlistColumn(customers, "customer_zip_code_prefix")
        for row in 0..<customers.count {
            _ = try OlistHubs.place(ofZip: zip[row], geography, at: customers.location(row), log: &log)
        }
        var ids: [String] = []
        var places: [Place] = []
        for order in book.orders {
            ids.append(String(order.zip.prefix(options.zoneDigits)))
            places.append(geography.place(ofZip: order.zip)?.place ?? Place(x: 0, y: 0))
        }
        let sorted = Set(ids).sorted(by: identifierPrecedes)
        let index = Dictionary(uniqueKeysWithValues: sorted.enumerated().map { ($1, $0) })
        let zoneOfOrder = ids.map { index[$0] ?? 0 }
        var sums = [(x: Double, y: Double, count: Double)](repeating: (0, 0, 0), count: sorted.count)
        var cities = [[String: Int]](repeating: [:], count: sorted.count)
        var states = [[String: Int]](repeating: [:], count: sorted.count)
        for (order, zone) in zoneOfOrder.enumerated() {
            sums[zone].x += places[order].x
            sums[zone].y += places[order].y
            sums[zone].count += 1
            cities[zone][CityName.plain(book.orders[order].city), default: 0] += 1
            states[zone][book.orders[order].state, default: 0] += 1
        }
        zones = sorted.indices.map { zone in
            let (x, y, count) = sums[zone]
            return Zone(
                id: sorted[zone], name: CityName.title(mostFrequent(cities[zone])),
                place: Place(x: (x / count * 1e5).rounded() / 1e5, y: (y / count * 1e5).rounded() / 1e5),
                state: mostFrequent(states[zone]))
        }
        self.zoneOfOrder = zoneOfOrder
        placeOfOrder = places
    }
}
