import History
import Replay

/// Something that could have been otherwise at a decision, and how far.
public struct ChangeableInput: Codable, Sendable, Hashable {
    /// What it is.
    public enum Kind: String, Codable, Sendable, Hashable, CaseIterable {
        /// Storm level of a region in the hour of the decision, 0 to 5.
        case storm
        /// Storm warnings for a region, as issued in that hour, 0 to 4: raised to a level for all hours ahead, or lowered to it.
        case warning
        /// Congestion of a region in that hour, 0.5 to 5.
        case congestion
        /// Units of a product available for routing at a node.
        case stock
        /// Shipments waiting in a node's pick queue.
        case queue
        /// What a service asks above its tariff, as a share: 0 now, -0.5 to 1.
        case premium
        /// The weight of a rating in the rule set that decided, from 0 to five times what it is.
        case weight
    }

    /// What it is.
    public var kind: Kind
    /// Its key: the kind and whose it is, as in `congestion.Ningbo`. `--freeze` takes keys and kinds.
    public var key: String
    /// Whose it is: a region, a node, a node and a product, a rating.
    public var subject: String
    /// The value at the decision.
    public var value: Double
    /// The smallest value that is plausible.
    public var low: Double
    /// The largest.
    public var high: Double
    /// What counts as a change of 1: the spread the input has.
    ///
    /// Storm and congestion: the standard deviation over the hours of this world, at least 0.5 levels and 0.1. Stock and
    /// queue: the standard deviation over the candidates' nodes, at least 1. A warning: a level.
    /// A premium: 0.1. A weight: itself.
    public var spread: Double
    /// Whether only whole numbers make sense.
    public var isInteger: Bool
    /// Whether it stays as it is.
    public var isFrozen: Bool
    /// Region, node, service or position of the rating; in no file.
    var index = -1
    /// Product of a stock; in no file.
    var product = -1

    private enum CodingKeys: CodingKey {
        case kind, key, subject, value, low, high, spread, isInteger, isFrozen
    }

    /// How far it may go from where it is.
    func isPlausible(_ value: Double) -> Bool { value >= low && value <= high }
}

/// The inputs of one decision, and what a changed value of them means.
struct DecisionInputs {
    /// All of them: world by region, network by node, weights by rating.
    private(set) var inputs: [ChangeableInput] = []
    private let regionCount: Int
    private let hour: Int
    private let world: World
    private let ruleSets: [RuleSet]
    private let ruleSet: Int
    /// What a storm level adds to 1 in the slowness of transit.
    private let transitPerLevel: Double

    /// Lists the inputs of a decision.
    init(record: DecisionRecord, moment: DecisionMoment, frozen: [String], transitPerLevel: Double) {
        let context = moment.context
        let dataset = context.dataset
        regionCount = dataset.regions.count
        hour = record.order.hour
        world = context.world
        self.transitPerLevel = transitPerLevel
        if case .scored(let sets) = moment.strategy.assignment { ruleSets = sets } else { ruleSets = [] }
        ruleSet = record.plan.ruleSet ?? 0
        let lanes = dataset.lanes.rows(ofZone: record.order.zone)
        var nodes: [Int] = []
        for lane in lanes where nodes.last != Int(dataset.lanes.nodes[lane]) {
            nodes.append(Int(dataset.lanes.nodes[lane]))
        }
        addRegions(Set(nodes.map { dataset.nodes[$0].region } + [record.order.region]).sorted(), dataset: dataset)
        addNodes(nodes, record: record, moment: moment)
        for service in Set(lanes.map { Int(dataset.lanes.services[$0]) }).sorted() {
            add(
                .premium, dataset.services[service].id, index: service, value: 0, low: -0.5, high: 1, spread: 0.1)
        }
        addWeights()
        for position in inputs.indices {
            let input = inputs[position]
            inputs[position].isFrozen = frozen.contains { $0 == input.key || $0 == input.kind.rawValue }
        }
    }

    private mutating func addRegions(_ regions: [Int], dataset: Dataset) {
        for region in regions {
            let level = world.weather.stormLevel(region: region, at: hour)
            add(
                .storm, dataset.regions[region], index: region, value: level, low: 0, high: max(5, level),
                spread: max(0.5, world.weather.levelDeviation(region: region)))
        }
        if let warnings = world.warnings {
            for region in regions {
                let level = warnings.highest(region: region, issued: hour)
                add(
                    .warning, dataset.regions[region], index: region, value: Double(level), low: 0, high: 4, spread: 1,
                    isInteger: true)
            }
        }
        for region in regions {
            let ratio = world.congestion.value(region: region, hour: hour)
            add(
                .congestion, dataset.regions[region], index: region, value: ratio, low: min(0.5, ratio),
                high: max(5, ratio), spread: max(0.1, world.congestion.deviation(region: region)))
        }
    }

    private mutating func addNodes(_ nodes: [Int], record: DecisionRecord, moment: DecisionMoment) {
        let dataset = moment.context.dataset
        let lines = dataset.orders.lines(of: record.order.order)
        var products: [Int] = []
        for line in lines where record.order.parcel.carries(line: line - lines.lowerBound) {
            let product = Int(dataset.orders.lineProducts[line])
            if !products.contains(product) { products.append(product) }
        }
        for product in products {
            let units = nodes.map { Double(moment.state.available(node: $0, product: product)) }
            let ordered = lines.reduce(0) { sum, line in
                Int(dataset.orders.lineProducts[line]) == product
                    ? sum + Double(dataset.orders.lineQuantities[line]) : sum
            }
            // No node has ever had more than the largest opening stock, unless it has now.
            let opening = nodes.map { node in
                Double(dataset.inventory.onHand[dataset.inventory.position(node: node, product: product)])
            }
            let most = max(opening.max() ?? 0, units.max() ?? 0, ordered)
            for (node, value) in zip(nodes, units) {
                add(
                    .stock, dataset.nodes[node].id + "." + dataset.products.ids[product], index: node,
                    product: product, value: value, low: min(0, value), high: most,
                    spread: max(1, standardDeviation(units)), isInteger: true)
            }
        }
        let queues = nodes.map { Double(moment.state.waiting[$0]) }
        let longest = max(Self.shortQueue, 3 * (queues.max() ?? 0))
        for (node, value) in zip(nodes, queues) {
            add(
                .queue, dataset.nodes[node].id, index: node, value: value, low: 0, high: longest,
                spread: max(1, standardDeviation(queues)), isInteger: true)
        }
    }

    private mutating func addWeights() {
        guard ruleSets.indices.contains(ruleSet) else { return }
        for (position, use) in ruleSets[ruleSet].ratings.enumerated() where use.weight != 0 {
            add(
                .weight, use.rating.key, index: position, value: use.weight, low: min(0, 5 * use.weight),
                high: max(0, 5 * use.weight), spread: abs(use.weight))
        }
    }

    private mutating func add(
        _ kind: ChangeableInput.Kind, _ subject: String, index: Int, product: Int = -1, value: Double, low: Double,
        high: Double, spread: Double, isInteger: Bool = false
    ) {
        inputs.append(
            ChangeableInput(
                kind: kind, key: "\(kind.rawValue).\(subject)", subject: subject, value: value, low: low, high: high,
                spread: spread, isInteger: isInteger, isFrozen: false, index: index, product: product))
    }

    /// A queue that is plausible anywhere: shipments.
    private static let shortQueue = 30.0

    /// What other values of some inputs change.
    func change(_ values: [(input: ChangeableInput, value: Double)]) -> DecisionChange {
        var change = DecisionChange()
        var world = self.world
        var ruleSets = self.ruleSets
        for (input, value) in values {
            switch input.kind {
            case .storm:
                world.setStormLevel(
                    value, region: input.index, hour: hour, regionCount: regionCount, transitPerLevel: transitPerLevel)
                change.world = world
            case .warning:
                world.warnings?.set(Int(value), region: input.index, issued: hour)
                change.world = world
            case .congestion:
                world.setCongestion(value, region: input.index, hour: hour, regionCount: regionCount)
                change.world = world
            case .stock:
                change.stock.append(
                    DecisionChange.Stock(node: input.index, product: input.product, available: Int(value)))
            case .queue: change.queues.append(DecisionChange.Queue(node: input.index, waiting: Int(value)))
            case .premium:
                change.freight.append(DecisionChange.Freight(service: input.index, factor: 1 + value))
            case .weight:
                ruleSets[ruleSet].ratings[input.index].weight = value
                change.ruleSets = ruleSets
            }
        }
        return change
    }
}
