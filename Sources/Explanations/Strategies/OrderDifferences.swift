import Domain
import Experiments
import History
import Replay

/// The orders that two strategies treat differently: how many, how, and some to look at.
public struct OrderDifferences: Codable, Sendable, Hashable {
    /// The first of these that holds says how an order differs.
    public enum Kind: String, Codable, Sendable, Hashable, CaseIterable {
        /// Only one of the two shipped anything.
        case served
        /// Another number of shipments.
        case split
        /// Other nodes.
        case node
        /// The same nodes by other services.
        case service
        /// The same nodes and services with other lines.
        case lines
        /// The same choice, but another end: queues, stock or capacity were others.
        case course
    }
    /// How many orders differ in one way.
    public struct Share: Codable, Sendable, Hashable {
        /// The way.
        public var kind: Kind
        /// Orders, over all worlds.
        public var orders: Int
        /// Of all measured orders of all worlds.
        public var share: Double
        /// Of these, on time with the first strategy only.
        public var onlyFirstOnTime: Int
        /// Of these, on time with the second strategy only.
        public var onlySecondOnTime: Int
    }
    /// What one strategy did with an order.
    public struct Side: Codable, Sendable, Hashable {
        /// `node by service` of each shipment; empty where nothing was shipped.
        public var shipments: [String]
        /// What became of the order.
        public var status: String
        /// Whether it was filled by its promise.
        public var onTime: Bool
        /// Hours from placed to delivered; null where it was not.
        @Nullable public var leadTimeHours: Double?
        /// Freight, handling, compensation and penalties.
        public var cost: Double
    }
    /// An order to look at.
    public struct Example: Codable, Sendable, Hashable {
        /// The order's id.
        public var order: String
        /// Its copy, 0 for the recorded one.
        public var copy: Int
        /// Its zone's region.
        public var region: String
        /// When it was placed, local time.
        public var placed: String
        /// How it differs.
        public var kind: Kind
        /// With the first strategy.
        public var first: Side
        /// With the second.
        public var second: Side
    }

    /// Measured orders of all worlds.
    public var orders: Int
    /// Those that differ.
    public var differing: Int
    /// By kind, in the kinds' order; kinds that do not occur are left out.
    public var shares: [Share]
    /// The world the examples are from.
    public var exampleReplication: Int
    /// Of each kind in turn the order whose difference matters most: on time with one strategy only first, then by the
    /// difference of their delivery. The kinds that decide most often whether an order is on time come first.
    public var examples: [Example]

    /// What was counted in some worlds, in their order; examples are those of the first.
    init(_ worlds: [WorldOrders], firstWorld: Int, dataset: Dataset) throws(InputError) {
        orders = worlds.reduce(0) { $0 + $1.orders }
        differing = worlds.reduce(0) { $0 + $1.counts.reduce(0) { $0 + $1.orders } }
        var shares: [Share] = []
        for (position, kind) in Kind.allCases.enumerated() {
            let counts = worlds.map { $0.counts[position] }
            let count = counts.reduce(0) { $0 + $1.orders }
            guard count > 0 else { continue }
            shares.append(
                Share(
                    kind: kind, orders: count, share: Double(count) / Double(max(1, orders)),
                    onlyFirstOnTime: counts.reduce(0) { $0 + $1.onlyFirstOnTime },
                    onlySecondOnTime: counts.reduce(0) { $0 + $1.onlySecondOnTime }))
        }
        self.shares = shares
        exampleReplication = firstWorld
        let local = try LocalTime(timeZone: dataset.description.timeZone)
        examples = (worlds.first?.examples ?? []).map { pair in
            let order = pair.first.order
            let placedAt = dataset.orders.placedAt[order]
            func side(_ choice: OrderChoice) -> Side {
                Side(
                    shipments: choice.legs.map {
                        "\(dataset.nodes[$0.node].id) by \(dataset.services[$0.service].id)"
                    }, status: choice.status.word, onTime: choice.isOnTime,
                    leadTimeHours: choice.deliveredAt.isFinite ? (choice.deliveredAt - placedAt) / 3_600 : nil,
                    cost: choice.cost)
            }
            return Example(
                order: dataset.orders.ids[order], copy: pair.first.copy,
                region: dataset.regions[dataset.zones[Int(dataset.orders.zones[order])].region],
                placed: local.text(of: dataset.description.start + placedAt), kind: pair.kind, first: side(pair.first),
                second: side(pair.second))
        }
    }
}

/// The orders of one world under two strategies, of which the first is replayed first.
struct WorldOrders: Sendable {
    /// How many orders differ in one way.
    struct Count: Sendable {
        var orders = 0
        var onlyFirstOnTime = 0
        var onlySecondOnTime = 0
    }
    /// An order under both.
    struct Pair: Sendable {
        var visit: Int
        var kind: OrderDifferences.Kind
        var first: OrderChoice
        var second: OrderChoice

        /// Whether only one of the two is on time.
        var flips: Bool { first.isOnTime != second.isOnTime }
        /// Seconds between the two deliveries.
        var distance: Double {
            if first.deliveredAt == second.deliveredAt { return 0 }
            return abs(first.deliveredAt - second.deliveredAt)
        }
    }
    private(set) var orders = 0
    private(set) var counts = [Count](repeating: Count(), count: OrderDifferences.Kind.allCases.count)
    /// By kind, in the kinds' order: those that matter most, the first first.
    private var kept = [[Pair]](repeating: [], count: OrderDifferences.Kind.allCases.count)
    private let exampleCount: Int
    /// The first strategy's choices, by visit.
    private var waiting: [Int: OrderChoice] = [:]

    /// No orders yet; so many examples are kept.
    init(exampleCount: Int) {
        self.exampleCount = exampleCount
    }

    /// Takes an outcome; every order of the first strategy comes before those of the second.
    mutating func take(_ outcome: OrderOutcome, isFirst: Bool) {
        guard outcome.isMeasured else { return }
        let choice = OrderChoice(outcome)
        if isFirst {
            waiting[outcome.visit] = choice
            return
        }
        guard let first = waiting.removeValue(forKey: outcome.visit) else { return }
        orders += 1
        guard let kind = first.difference(from: choice),
            let position = OrderDifferences.Kind.allCases.firstIndex(of: kind)
        else { return }
        counts[position].orders += 1
        if first.isOnTime, !choice.isOnTime { counts[position].onlyFirstOnTime += 1 }
        if choice.isOnTime, !first.isOnTime { counts[position].onlySecondOnTime += 1 }
        keep(Pair(visit: outcome.visit, kind: kind, first: first, second: choice), of: position)
    }

    /// Keeps an order among the examples of its kind if it matters more than the least of them.
    private mutating func keep(_ pair: Pair, of kind: Int) {
        guard exampleCount > 0 else { return }
        let position = kept[kind].firstIndex { Self.precedes(pair, $0) } ?? kept[kind].count
        guard position < exampleCount else { return }
        kept[kind].insert(pair, at: position)
        if kept[kind].count > exampleCount { kept[kind].removeLast() }
    }

    /// The examples: of each kind in turn the one that matters most, the kinds that most often decide whether an order is
    /// on time first.
    var examples: [Pair] {
        let flips = counts.map { $0.onlyFirstOnTime + $0.onlySecondOnTime }
        let kinds = kept.indices.sorted { (-flips[$0], $0) < (-flips[$1], $1) }
        var examples: [Pair] = []
        for place in 0..<exampleCount {
            for kind in kinds where place < kept[kind].count && examples.count < exampleCount {
                examples.append(kept[kind][place])
            }
        }
        return examples
    }

    private static func precedes(_ left: Pair, _ right: Pair) -> Bool {
        if left.flips != right.flips { return left.flips }
        if left.distance != right.distance { return left.distance > right.distance }
        return left.visit < right.visit
    }
}
