import Domain
import History

/// The routing rule of the past, and the stock it drew on.
///
/// `city_warehouse_first`: of the nodes of the listed kinds in the zone's own region, the nearest that has every line;
/// else the nearest of any kind anywhere; else each line from the nearest that has it, in line order. A node counts only if
/// it offers a service that reaches the zone and carries the lines' temperature; the order's promise names the first
/// service tried, the list the others. Stock is what is on hand beyond safety stock; it is taken when the order is
/// placed, and grows with the replenishments.
struct PastRouting {
    /// Lines of an order that ship together.
    struct Shipment {
        /// Node index; -1 = nobody had the lines.
        var node: Int
        /// Service index; -1 likewise.
        var service: Int
        /// Lines of the batch.
        var lines: [Int]
        /// Kilometres from node to zone.
        var kilometres: Double
    }
    private let network: Network
    private let past: HistorySpecification
    private let arrivals: [StockPlan.Arrival]
    private var nextArrival = 0
    /// Units that may be routed, node x product.
    private var available: [Int32]
    /// Nodes by rising distance from each zone.
    private let nearest: [[(node: Int, kilometres: Double)]]
    /// Temperature classes that each service carries. (A node stocks only what it can keep.)
    private let serviceClasses: [[TemperatureClass]]

    /// The rule at the start of the horizon.
    init(_ network: Network, past: HistorySpecification, stock: StockPlan) {
        self.network = network
        self.past = past
        arrivals = stock.arrivals
        let products = network.catalogue.products.count
        var available = [Int32](repeating: 0, count: network.nodePlaces.count * products)
        for pair in stock.opening {
            available[pair.node * products + pair.product] = Int32(pair.onHand - pair.safetyStock)
        }
        self.available = available
        nearest = network.zones.map { zone in
            network.nodePlaces.indices
                .map { ($0, zone.place.distanceKilometres(to: network.nodePlaces[$0], in: .geographic)) }
                .sorted { ($0.1, $0.0) < ($1.1, $1.0) }
        }
        serviceClasses = network.specification.carriers.services.map { service in
            TemperatureClass.allCases.filter { $0 == .ambient || service.tags.contains($0.word) }
        }
    }

    /// Lets replenishments arrive up to an instant.
    mutating func advance(to time: Double) {
        while nextArrival < arrivals.count, arrivals[nextArrival].time <= time {
            let arrival = arrivals[nextArrival]
            available[position(arrival.node, arrival.product)] += Int32(arrival.quantity)
            nextArrival += 1
        }
    }

    /// The shipments of an order; their stock is taken.
    mutating func route(_ order: Int, of batch: OrderBatch) -> [Shipment] {
        let lines = Array(batch.lines(of: order))
        let zone = Int(batch.zones[order])
        let promise = Int(batch.promises[order])
        let region = network.region(ofZone: zone)
        let whole =
            shipment(lines, of: batch, zone: zone, promise: promise) {
                network.region(ofNode: $0) == region
                    && (past.kinds.isEmpty || past.kinds.contains(network.specification.nodes[$0].kind))
            }
            ?? shipment(lines, of: batch, zone: zone, promise: promise) { _ in true }
        if let whole {
            take(whole, of: batch)
            return [whole]
        }
        var shipments: [Shipment] = []
        for line in lines {
            let found =
                shipment([line], of: batch, zone: zone, promise: promise) { _ in true }
                ?? Shipment(node: -1, service: -1, lines: [line], kilometres: 0)
            if found.node >= 0 { take(found, of: batch) }
            let same = shipments.firstIndex { $0.node == found.node && $0.service == found.service }
            if let same { shipments[same].lines.append(line) } else { shipments.append(found) }
        }
        return shipments
    }

    /// Gives the stock of a shipment back.
    mutating func giveBack(_ shipment: Shipment, of batch: OrderBatch) {
        for line in shipment.lines {
            available[position(shipment.node, Int(batch.lineProducts[line]))] += batch.lineQuantities[line]
        }
    }

    private mutating func take(_ shipment: Shipment, of batch: OrderBatch) {
        for line in shipment.lines {
            available[position(shipment.node, Int(batch.lineProducts[line]))] -= batch.lineQuantities[line]
        }
    }

    private func position(_ node: Int, _ product: Int) -> Int {
        node * network.catalogue.products.count + product
    }

    /// The nearest node that has the lines, passes the test and has a service for them.
    private func shipment(
        _ lines: [Int], of batch: OrderBatch, zone: Int, promise: Int, where isWanted: (Int) -> Bool
    ) -> Shipment? {
        for (node, kilometres) in nearest[zone] where isWanted(node) {
            guard
                lines.allSatisfy({
                    available[position(node, Int(batch.lineProducts[$0]))] >= batch.lineQuantities[$0]
                }),
                let service = service(lines, of: batch, node: node, kilometres: kilometres, promise: promise)
            else { continue }
            return Shipment(node: node, service: service, lines: lines, kilometres: kilometres)
        }
        return nil
    }

    /// The first service, in the order of the rule, that a node offers for the lines over a distance.
    private func service(
        _ lines: [Int], of batch: OrderBatch, node: Int, kilometres: Double, promise: Int
    ) -> Int? {
        let classes = lines.map { line in
            let product = network.catalogue.products[Int(batch.lineProducts[line])]
            return network.specification.categories[product.category].temperatureClass
        }
        func carries(_ index: Int) -> Bool {
            let service = network.specification.carriers.services[index]
            return service.nodes?.contains(node) ?? true
                && kilometres <= service.maximumKilometres ?? .infinity
                && classes.allSatisfy(serviceClasses[index].contains)
        }
        if promise >= 0, let first = past.serviceOfPromise[promise], carries(first) { return first }
        return past.services.first(where: carries)
    }
}
