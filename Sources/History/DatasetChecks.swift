import Domain
import Storage

/// How many orders each zone and how many lines each product has.
struct OrderCensus {
    var ordersByZone: [Int]
    var linesByProduct: [Int]

    /// Nothing counted.
    init(zoneCount: Int, productCount: Int) {
        ordersByZone = [Int](repeating: 0, count: zoneCount)
        linesByProduct = [Int](repeating: 0, count: productCount)
    }

    /// All orders of a dataset counted.
    init(_ dataset: Dataset) {
        self.init(zoneCount: dataset.zones.count, productCount: dataset.products.count)
        for zone in dataset.orders.zones { ordersByZone[Int(zone)] += 1 }
        for product in dataset.orders.lineProducts { linesByProduct[Int(product)] += 1 }
    }
}

/// What can only be seen when all tables are there: reach, cold chain, stock.
struct DatasetChecks {
    /// An order's own place farther from its zone's than this is counted; the largest delivery area of a city is
    /// smaller.
    static let farFromZoneKilometres = 300.0

    let dataset: Dataset
    let census: OrderCensus
    let log: QualityLog

    /// Runs all checks.
    func run() {
        zonesWithoutLane()
        coldChain()
        productsWithoutStock()
        farPlaces()
        zonesOutOfTheWay()
    }

    /// Zones that no lane reaches: their orders can never be served.
    private func zonesWithoutLane() {
        for (index, zone) in dataset.zones.enumerated() where dataset.lanes.rows(ofZone: index).isEmpty {
            log.count("zone_without_lane", in: .zones, "zones that no lane reaches", severity: .warning) {
                "zone '\(zone.id)' with \(census.ordersByZone[index]) orders"
            }
        }
    }

    /// Products whose temperature class no node or no service has the tag for.
    private func coldChain() {
        for temperature in TemperatureClass.allCases where temperature != .ambient {
            guard dataset.products.temperatureClasses.contains(temperature) else { continue }
            let tag = dataset.tags.firstIndex(of: temperature.word)
            let isOffered = tag.map { tag in
                dataset.nodes.contains { $0.tags.contains(tag) } && dataset.services.contains { $0.tags.contains(tag) }
            }
            if isOffered == true { continue }
            let products = dataset.products.ids.indices.filter {
                dataset.products.temperatureClasses[$0] == temperature
            }
            for product in products {
                log.count(
                    "temperature_without_carrier", in: .products,
                    "products of a temperature class that no node or no service carries", severity: .warning
                ) { "product '\(dataset.products.ids[product])' is \(temperature.word)" }
            }
        }
    }

    /// Ordered products that no node has in stock or will get.
    private func productsWithoutStock() {
        let inventory = dataset.inventory
        var isStocked = [Bool](repeating: false, count: dataset.products.count)
        for (position, onHand) in inventory.onHand.enumerated() where onHand > 0 {
            isStocked[position % inventory.productCount] = true
        }
        for arrival in dataset.replenishments { isStocked[arrival.product] = true }
        for (product, count) in census.linesByProduct.enumerated() where count > 0 && !isStocked[product] {
            log.count("product_without_stock", in: .products, "ordered products that no node has or gets") {
                "product '\(dataset.products.ids[product])' in \(count) order lines"
            }
        }
    }

    /// Zones that are far from every node as zones of this dataset go: a sign or a digit of a coordinate is often
    /// wrong there.
    private func zonesOutOfTheWay() {
        let distances = dataset.zones.map { zone in
            dataset.nodes.reduce(Double.infinity) {
                min($0, $1.place.distanceKilometres(to: zone.place, in: dataset.description.coordinates))
            }
        }
        // The 90th percentile, rank rounded down: with few zones the farthest does not set its own measure.
        let usual = distances.sorted()[(distances.count - 1) * 9 / 10]
        for (zone, distance) in zip(dataset.zones, distances)
        where distance > 10 * usual && distance > Self.farFromZoneKilometres {
            log.count(
                "zone_out_of_the_way", in: .zones, "zones ten times as far from any node as nine in ten others"
            ) { "zone '\(zone.id)': \(distance.rounded().shortText) km from the nearest node" }
        }
    }

    /// Orders whose own place is far from their zone's.
    private func farPlaces() {
        guard dataset.ordersHavePlaces else { return }
        let orders = dataset.orders
        for order in 0..<orders.count {
            let zone = dataset.zones[Int(orders.zones[order])]
            let place = Place(x: orders.x[order], y: orders.y[order])
            guard place != zone.place else { continue }
            let kilometres = place.distanceKilometres(to: zone.place, in: dataset.description.coordinates)
            if kilometres > Self.farFromZoneKilometres {
                log.count(
                    "place_far_from_zone", in: .orders,
                    "orders more than \(Self.farFromZoneKilometres.shortText) km from their zone's place"
                ) { "order '\(orders.ids[order])': \(kilometres.rounded().shortText) km from zone '\(zone.id)'" }
            }
        }
    }
}
