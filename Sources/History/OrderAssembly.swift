import DeterministicMath
import Domain

/// Orders by placed-at, then id, with their lines by product.
struct OrderAssembly {
    /// Positions of the kept orders in the builder's rows, in their final order.
    let rows: [Int]
    /// The final index of each of the builder's rows, -1 where set aside.
    let places: [Int32]
    var zones: [Int32] = []
    var x: [Double] = []
    var y: [Double] = []
    var segments: [Int32] = []
    var channels: [Int32] = []
    var tags: [TagSet] = []
    var lineOffsets: [Int64] = [0]
    var lineProducts: [Int32] = []
    var lineQuantities: [Int32] = []
    var linePrices: [Double] = []
    /// Whether any order has a place of its own.
    var havePlaces = false
    let source: OrderRows

    /// Resolves, sorts and fills in.
    ///
    /// - Throws: `InputError` for an unknown id, an id that comes twice, a value out of range, an order without lines.
    init(_ assembly: DatasetAssembly) throws(InputError) {
        let source = assembly.builder.orders
        self.source = source
        if let id = source.repeatedId { throw InputError(found: "the order '\(id)' twice", expected: "each id once") }
        if let (id, problem) = source.problem { throw DatasetAssembly.error(problem, in: "order '\(id)'") }
        let rows = (0..<source.count).filter { !source.isSetAside[$0] }.sorted {
            source.placedAt[$0] != source.placedAt[$1]
                ? source.placedAt[$0] < source.placedAt[$1] : identifierPrecedes(source.ids[$0], source.ids[$1])
        }
        self.rows = rows
        var places = [Int32](repeating: -1, count: source.count)
        for (place, row) in rows.enumerated() { places[row] = Int32(place) }
        self.places = places
        try fillOrders(assembly)
        try fillLines(assembly)
    }

    /// One entry of each column an order.
    private mutating func fillOrders(_ assembly: DatasetAssembly) throws(InputError) {
        let zoneOfName = source.zoneNames.names.map { assembly.zoneIds.index($0) }
        let segmentOfName = source.segmentNames.names.map { Int32(assembly.segments.index($0)) }
        let channelOfName = source.channelNames.names.map { Int32(assembly.channels.index($0)) }
        let setOfList = source.tagLists.map { assembly.tags.set($0) }
        let customers = source.customerNames.names.map { assembly.builder.customers[$0] }
        let segmentOfCustomer = customers.map { Int32($0.map { assembly.segments.index($0.segment) } ?? 0) }
        let setOfCustomer = customers.map { assembly.tags.set($0?.preferences ?? []) }
        let nearest = NearestZone(assembly.zones, assembly.builder.description.coordinates)
        for row in rows {
            let placedAt = source.placedAt[row]
            guard placedAt >= 0, placedAt < assembly.builder.description.end else {
                throw InputError(
                    found: "placed_at \(placedAt.shortText) of order '\(source.ids[row])'",
                    expected: "an instant from the dataset's start to before its end")
            }
            let hasPlace = !source.x[row].isNaN
            let zone: Int
            if source.zones[row] >= 0 {
                guard let known = zoneOfName[Int(source.zones[row])] else {
                    let id = source.zoneNames.names[Int(source.zones[row])]
                    _ = try assembly.zoneIds.index(id, in: "order '\(source.ids[row])'")
                    continue
                }
                zone = known
            } else {
                guard hasPlace, let found = nearest.zone(to: Place(x: source.x[row], y: source.y[row])) else {
                    throw InputError(found: "no zone for order '\(source.ids[row])'", expected: "a zone or a place")
                }
                zone = found
            }
            zones.append(Int32(zone))
            x.append(hasPlace ? source.x[row] : assembly.zones[zone].place.x)
            y.append(hasPlace ? source.y[row] : assembly.zones[zone].place.y)
            havePlaces = havePlaces || x.last != assembly.zones[zone].place.x || y.last != assembly.zones[zone].place.y
            let customer = Int(source.customers[row])
            let ownSegment = source.segments[row]
            segments.append(
                ownSegment >= 0 ? segmentOfName[Int(ownSegment)] : customer >= 0 ? segmentOfCustomer[customer] : 0)
            channels.append(channelOfName[Int(source.channels[row])])
            let ownTags = setOfList[Int(source.tags[row])]
            tags.append(customer >= 0 ? ownTags.union(setOfCustomer[customer]) : ownTags)
        }
    }

    /// Lines by order, then product, quantity and price.
    private mutating func fillLines(_ assembly: DatasetAssembly) throws(InputError) {
        var productOfName: [Int32] = []
        for name in source.productNames.names {
            productOfName.append(Int32(try assembly.productIds.index(name, in: "order lines")))
        }
        var counts = [Int](repeating: 0, count: rows.count)
        for order in source.lineOrders where places[Int(order)] >= 0 { counts[Int(places[Int(order)])] += 1 }
        for (place, count) in counts.enumerated() {
            if count == 0 {
                throw InputError(found: "the order '\(source.ids[rows[place]])' without lines", expected: "a line")
            }
            lineOffsets.append(lineOffsets[place] + Int64(count))
        }
        var next = lineOffsets
        var sorted = [Int](repeating: 0, count: Int(lineOffsets[rows.count]))
        for (line, order) in source.lineOrders.enumerated() where places[Int(order)] >= 0 {
            let place = Int(places[Int(order)])
            sorted[Int(next[place])] = line
            next[place] += 1
        }
        let products = source.lineProducts.map { productOfName[Int($0)] }
        let prices = source.linePrices.enumerated().map { line, own in
            own.isNaN ? assembly.products.prices[Int(products[line])] : own
        }
        let quantities = source.lineQuantities
        for place in rows.indices {
            let range = Int(lineOffsets[place])..<Int(lineOffsets[place + 1])
            let lines =
                range.count == 1
                ? [sorted[range.lowerBound]]
                : sorted[range].sorted {
                    (products[$0], quantities[$0], prices[$0]) < (products[$1], quantities[$1], prices[$1])
                }
            for line in lines {
                lineProducts.append(products[line])
                lineQuantities.append(quantities[line])
                linePrices.append(prices[line])
            }
        }
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
