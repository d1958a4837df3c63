import DeterministicMath
import Domain
import Storage

/// Orders by placed-at, then id, with their lines by product.
struct OrderAssembly {
    /// Positions of the kept orders in the builder's rows, in their final order.
    let rows: [Int]
    /// Whether the builder's rows are all kept and in their final order already.
    let areInOrder: Bool
    /// The final index of each of the builder's rows, -1 where set aside.
    let places: [Int32]
    var zones: [Int32] = []
    /// Where the orders go; empty unless ``havePlaces``.
    var x: [Double] = []
    var y: [Double] = []
    var segments = SparseColumn(usual: Int32(0))
    var channels = SparseColumn(usual: Int32(0))
    var tags = SparseColumn(usual: TagSet())
    var lineOffsets: [Int64] = [0]
    var lineProducts: [Int32] = []
    var lineQuantities: [Int32] = []
    /// Empty unless ``havePrices``.
    var linePrices: [Double] = []
    /// Whether any order has a place of its own.
    var havePlaces = false
    /// Whether any line has a price of its own.
    let havePrices: Bool
    /// The zones' places.
    let zonePlaces: [Place]
    /// The products' prices.
    let productPrices: [Double]
    let source: OrderRows

    /// Resolves, sorts and fills in.
    ///
    /// - Throws: `InputError` for an unknown id, an id that comes twice, a value out of range, an order without lines.
    init(_ assembly: DatasetAssembly) throws(InputError) {
        let source = assembly.builder.orders
        self.source = source
        if let id = source.repeatedId { throw InputError(found: "the order '\(id)' twice", expected: "each id once") }
        if let (id, problem) = source.problem { throw DatasetAssembly.error(problem, in: "order '\(id)'") }
        (rows, areInOrder) = Self.sortedRows(source)
        var places = [Int32](repeating: -1, count: source.count)
        for (place, row) in rows.enumerated() { places[row] = Int32(truncatingIfNeeded: place) }
        self.places = places
        havePrices = !source.linePrices.isUniform
        zonePlaces = assembly.zones.map(\.place)
        productPrices = assembly.products.prices
        try fillOrders(assembly)
        try fillLines(assembly)
    }

    /// The rows that are kept, by placed-at, then id; they often are in that order already.
    private static func sortedRows(_ source: OrderRows) -> (rows: [Int], areInOrder: Bool) {
        func precedes(_ left: Int, _ right: Int) -> Bool {
            if source.placedAt[left] != source.placedAt[right] { return source.placedAt[left] < source.placedAt[right] }
            return source.ids.withBytes(left) { left in
                source.ids.withBytes(right) { right in identifierPrecedes(left, right) }
            }
        }
        let kept = source.rowsSetAside.isEmpty ? nil : (0..<source.count).filter { !source.isSetAside($0) }
        let rows = kept ?? Array(0..<source.count)
        for place in rows.indices.dropFirst() where !precedes(rows[place - 1], rows[place]) {
            return (rows.sorted(by: precedes), false)
        }
        return (rows, kept == nil)
    }

    /// A column of the builder's rows in the final order.
    func ordered<Element>(_ values: [Element]) -> [Element] { areInOrder ? values : rows.map { values[$0] } }

    /// When each order was approved; empty where each was when it was placed.
    var approvedAt: [Double] { source.approvedAt.isUniform ? [] : rows.map { source.approved($0) } }

    /// One entry of each column an order.
    private mutating func fillOrders(_ assembly: DatasetAssembly) throws(InputError) {
        let zoneOfName = source.zoneNames.texts.map { assembly.zoneIds.index($0) }
        let segmentOfName = source.segmentNames.texts.map { Int32(assembly.segments.index($0)) }
        let channelOfName = source.channelNames.texts.map { Int32(assembly.channels.index($0)) }
        let setOfList = source.tagLists.map { assembly.tags.set($0) }
        let customers = source.customerNames.texts.map { assembly.builder.customers[$0] }
        let segmentOfCustomer = customers.map { Int32($0.map { assembly.segments.index($0.segment) } ?? 0) }
        let setOfCustomer = customers.map { assembly.tags.set($0?.preferences ?? []) }
        zones.reserveCapacity(rows.count)
        try fillZones(assembly, zoneOfName)
        fillPlaces()
        channels = SparseColumn(usual: channelOfName.first ?? 0)
        for row in rows {
            let customer = Int(source.customers[row])
            let ownSegment = source.segments[row]
            segments.append(
                ownSegment >= 0 ? segmentOfName[Int(ownSegment)] : customer >= 0 ? segmentOfCustomer[customer] : 0)
            channels.append(channelOfName[Int(source.channels[row])])
            let ownTags = setOfList[Int(source.tags[row])]
            tags.append(customer >= 0 ? ownTags.union(setOfCustomer[customer]) : ownTags)
        }
    }

    /// The zone of each order, which lies in the horizon.
    private mutating func fillZones(_ assembly: DatasetAssembly, _ zoneOfName: [Int?]) throws(InputError) {
        let nearest = NearestZone(assembly.zones, assembly.builder.description.coordinates)
        for row in rows {
            let placedAt = source.placedAt[row]
            guard placedAt >= 0, placedAt < assembly.builder.description.end else {
                throw InputError(
                    found: "placed_at \(placedAt.shortText) of order '\(source.ids.text(row))'",
                    expected: "an instant from the dataset's start to before its end")
            }
            if source.zones[row] >= 0 {
                guard let known = zoneOfName[Int(source.zones[row])] else {
                    let id = source.zoneNames.text(Int(source.zones[row]))
                    _ = try assembly.zoneIds.index(id, in: "order '\(source.ids.text(row))'")
                    continue
                }
                zones.append(Int32(known))
            } else {
                guard !source.x[row].isNaN, let found = nearest.zone(to: Place(x: source.x[row], y: source.y[row]))
                else {
                    throw InputError(
                        found: "no zone for order '\(source.ids.text(row))'", expected: "a zone or a place")
                }
                zones.append(Int32(found))
            }
        }
    }

    /// Where the orders go, if any goes elsewhere than to its zone's place.
    private mutating func fillPlaces() {
        havePlaces =
            !source.x.isUniform
            && rows.indices.contains { index in
                let row = rows[index]
                guard !source.x[row].isNaN else { return false }
                let place = zonePlaces[Int(zones[index])]
                return source.x[row] != place.x || source.y[row] != place.y
            }
        guard havePlaces else { return }
        for (row, zone) in zip(rows, zones) {
            let hasPlace = !source.x[row].isNaN
            x.append(hasPlace ? source.x[row] : zonePlaces[Int(zone)].x)
            y.append(hasPlace ? source.y[row] : zonePlaces[Int(zone)].y)
        }
    }

    /// Lines by order, then product, quantity and price.
    private mutating func fillLines(_ assembly: DatasetAssembly) throws(InputError) {
        var productOfName: [Int32] = []
        for name in source.productNames.texts {
            productOfName.append(Int32(try assembly.productIds.index(name, in: "order lines")))
        }
        let sorted = try linesByOrder()
        let products = source.lineProducts.map { productOfName[Int($0)] }
        let prices = source.linePrices
        let quantities = source.lineQuantities
        if sorted.isEmpty {
            // Each order has one line, in the order of the orders.
            lineProducts = products
            lineQuantities = quantities
            if havePrices {
                linePrices = products.indices.map { prices[$0].isNaN ? productPrices[Int(products[$0])] : prices[$0] }
            }
            return
        }
        func price(_ line: Int) -> Double {
            prices[line].isNaN ? productPrices[Int(products[line])] : prices[line]
        }
        func precedes(_ left: Int, _ right: Int) -> Bool {
            (products[left], quantities[left], price(left)) < (products[right], quantities[right], price(right))
        }
        lineProducts.reserveCapacity(sorted.count)
        lineQuantities.reserveCapacity(sorted.count)
        if havePrices { linePrices.reserveCapacity(sorted.count) }
        for place in rows.indices {
            let range = Int(lineOffsets[place])..<Int(lineOffsets[place + 1])
            let isSorted = range.dropFirst().allSatisfy { !precedes(sorted[$0], sorted[$0 - 1]) }
            for line in isSorted ? sorted[range] : sorted[range].sorted(by: precedes)[...] {
                lineProducts.append(products[line])
                lineQuantities.append(quantities[line])
                if havePrices { linePrices.append(price(line)) }
            }
        }
    }

    /// The lines of kept orders, order by order; none where they are so already, one an order. Fills ``lineOffsets``.
    private mutating func linesByOrder() throws(InputError) -> [Int] {
        var counts = [Int](repeating: 0, count: rows.count)
        for order in source.lineOrders where places[Int(order)] >= 0 { counts[Int(places[Int(order)])] += 1 }
        lineOffsets.reserveCapacity(rows.count + 1)
        for (place, count) in counts.enumerated() {
            if count == 0 {
                throw InputError(
                    found: "the order '\(source.ids.text(rows[place]))' without lines", expected: "a line")
            }
            lineOffsets.append(lineOffsets[place] + Int64(count))
        }
        if areInOrder, source.lineOrders.count == rows.count,
            source.lineOrders.indices.allSatisfy({ Int(source.lineOrders[$0]) == $0 })
        {
            return []
        }
        var next = lineOffsets
        var sorted = [Int](repeating: 0, count: Int(lineOffsets[rows.count]))
        for (line, order) in source.lineOrders.enumerated() where places[Int(order)] >= 0 {
            let place = Int(places[Int(order)])
            sorted[Int(next[place])] = line
            next[place] += 1
        }
        return sorted
    }
}

/// Finds the zone nearest to a place, ties to the lowest index. O(zones) a place.
///
/// On the sphere the nearest is the one whose unit vector has the largest scalar product: no angle is needed.
struct NearestZone {
    private let vectors: [(Double, Double, Double)]
    private let system: CoordinateSystem

    init(_ zones: [Zone], _ system: CoordinateSystem) {
        self.system = system
        vectors = zones.map { Self.vector($0.place, system) }
    }

    func zone(to place: Place) -> Int? {
        let target = Self.vector(place, system)
        var best: (zone: Int, score: Double)?
        for (zone, vector) in vectors.enumerated() {
            let score: Double
            switch system {
            case .plane:
                let dx = vector.0 - target.0
                let dy = vector.1 - target.1
                score = -(dx * dx + dy * dy)
            case .geographic:
                score = vector.0 * target.0 + vector.1 * target.1 + vector.2 * target.2
            }
            if score > best?.score ?? -.infinity { best = (zone, score) }
        }
        return best?.zone
    }

    private static func vector(_ place: Place, _ system: CoordinateSystem) -> (Double, Double, Double) {
        guard system == .geographic else { return (place.x, place.y, 0) }
        let longitude = place.x * Double.pi / 180
        let latitude = place.y * Double.pi / 180
        let radius = DeterministicMath.cosine(latitude)
        return (
            radius * DeterministicMath.cosine(longitude), radius * DeterministicMath.sine(longitude),
            DeterministicMath.sine(latitude)
        )
    }
}
