import Domain
import History

/// The ids that the files of a world may name, looked up by text. For one thread.
final class WorldNames {
    let dataset: Dataset
    private lazy var rowsOfOrders: [UInt64: Int] = {
        var rows: [UInt64: Int] = [:]
        rows.reserveCapacity(dataset.orders.count)
        for row in 0..<dataset.orders.count { rows[dataset.orders.idHashes[row]] = row }
        return rows
    }()
    private lazy var rowsOfZones: [Int: Int] = {
        var rows: [Int: Int] = [:]
        for row in (0..<dataset.orders.count).reversed() { rows[Int(dataset.orders.zones[row])] = row }
        return rows
    }()
    private lazy var regions = Self.numbers(dataset.regions)
    private lazy var nodes = Self.numbers(dataset.nodes.map(\.id))
    private lazy var zones = Self.numbers(dataset.zones.map(\.id))
    private lazy var products = Self.numbers(dataset.products.ids)
    private lazy var services = Self.numbers(dataset.services.map(\.id))

    /// What can be looked up.
    enum Kind: String {
        case region, node, zone, product, service
    }

    init(_ dataset: Dataset) {
        self.dataset = dataset
    }

    /// The index of an id; nil if there is none.
    func index(_ kind: Kind, _ id: String) -> Int? {
        switch kind {
        case .region: regions[id]
        case .node: nodes[id]
        case .zone: zones[id]
        case .product: products[id]
        case .service: services[id]
        }
    }

    /// All ids of a kind.
    func known(_ kind: Kind) -> [String] {
        switch kind {
        case .region: dataset.regions
        case .node: dataset.nodes.map(\.id)
        case .zone: dataset.zones.map(\.id)
        case .product: dataset.products.ids
        case .service: dataset.services.map(\.id)
        }
    }

    /// The row of a recorded order by its id's hash; nil if there is none.
    func order(_ hash: UInt64) -> Int? { rowsOfOrders[hash] }

    /// The first recorded order to a zone; nil if there is none.
    func firstOrder(toZone zone: Int) -> Int? { rowsOfZones[zone] }

    private static func numbers(_ names: [String]) -> [String: Int] {
        Dictionary(zip(names, names.indices)) { first, _ in first }
    }
}
