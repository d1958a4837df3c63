/// Something that may not be assigned for a while: products that are banned or cannot be kept cold, people who are missing,
/// a carrier that does not drive.
///
/// In its span no candidate is possible for a line of one of its products from one of its nodes by one of its services to one
/// of its regions. What was assigned before stays assigned. It is known as it begins.
public struct Ban: Sendable, Hashable {
    /// When it is in force.
    public let span: Interval
    /// Which products may not be assigned.
    public let products: IndexChoice
    /// From which nodes.
    public let nodes: IndexChoice
    /// By which services.
    public let services: IndexChoice
    /// To which regions.
    public let regions: IndexChoice

    /// Whether it is of nothing, say of cold goods where there are none: then it is none, and its end no event.
    public var isEmpty: Bool {
        products.isEmpty || nodes.isEmpty || services.isEmpty || regions.isEmpty
    }

    /// A ban from its parts; what is not said is every one.
    public init(
        span: Interval, products: IndexChoice = .every, nodes: IndexChoice = .every, services: IndexChoice = .every,
        regions: IndexChoice = .every
    ) {
        self.span = span
        self.products = products
        self.nodes = nodes
        self.services = services
        self.regions = regions
    }
}

/// Some of the things of a kind, by index, or every one.
public struct IndexChoice: Sendable, Hashable {
    /// Whether each is chosen, up to the last that is; nil = every one.
    private let flags: [Bool]?

    /// Every one.
    public static let every = IndexChoice(flags: nil)

    private init(flags: [Bool]?) { self.flags = flags }

    /// These; indices from 0, in any order.
    public init(_ indices: some Collection<Int>) {
        var flags = [Bool](repeating: false, count: (indices.max() ?? -1) + 1)
        for index in indices { flags[index] = true }
        self.init(flags: flags)
    }

    /// Whether it is none.
    public var isEmpty: Bool { flags.map { !$0.contains(true) } ?? false }

    /// Whether it is every one.
    public var isEvery: Bool { flags == nil }

    /// The indices chosen, rising; nil = every one.
    public var indices: [Int]? { flags.map { flags in flags.indices.filter { flags[$0] } } }

    /// Whether one is chosen.
    public func contains(_ index: Int) -> Bool {
        guard let flags else { return true }
        return index < flags.count && flags[index]
    }
}

/// Pick stations of a node that are out of use for a while. Those of overlapping losses add up.
public struct StationLoss: Sendable, Hashable {
    /// When.
    public let span: Interval
    /// How many, at least 1.
    public let stations: Int

    /// A loss from its parts.
    public init(span: Interval, stations: Int) {
        self.span = span
        self.stations = stations
    }
}
