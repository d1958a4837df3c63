import CLanes
import Storage

/// What no strategy influences of one world, as the fused loop reads it; see ``FusedLoop``.
///
/// Whoever keeps it keeps the arenas of its buffers.
public struct FusedNetwork: Sendable {
    /// Numbers of the nodes, one each.
    public struct Nodes: Sendable {
        /// Mean pick-and-pack seconds of an order without its units, and of each unit.
        public var serviceFixed, servicePerItem: Buffer<Double>
        /// Handling of an order without its units, and of each unit; labour an hour. Money.
        public var handlingFixed, handlingPerItem, labourPerHour: Buffer<Double>
        /// 1 / stations.
        public var inverseStations: Buffer<Double>
        /// Region, and number of the distribution of service times.
        public var regions, serviceNoises: Buffer<Int>
        /// How the free times of its stations are laid out: see ``StationTrees``.
        public var treeLevels, treeOffsets, treeSizes: Buffer<Int>

        /// Nodes from their numbers.
        public init(
            serviceFixed: Buffer<Double>, servicePerItem: Buffer<Double>, handlingFixed: Buffer<Double>,
            handlingPerItem: Buffer<Double>, labourPerHour: Buffer<Double>, inverseStations: Buffer<Double>,
            regions: Buffer<Int>, serviceNoises: Buffer<Int>, trees: StationTrees
        ) {
            self.serviceFixed = serviceFixed
            self.servicePerItem = servicePerItem
            self.handlingFixed = handlingFixed
            self.handlingPerItem = handlingPerItem
            self.labourPerHour = labourPerHour
            self.inverseStations = inverseStations
            self.regions = regions
            self.serviceNoises = serviceNoises
            treeLevels = trees.levels
            treeOffsets = trees.offsets
            treeSizes = trees.sizes
        }
    }
    /// Numbers of the lanes, one each.
    public struct Lanes: Sendable {
        /// Node, tariff of freight, tariff of emissions (one of nothing where there is none), number of the distribution of transit
        /// times.
        public var nodes, tariffs, emissions, transitNoises: Buffer<Int>
        /// 1 where history used the lane; nil without history.
        public var hasHistory: Buffer<UInt8>?

        /// Lanes from their numbers.
        public init(
            nodes: Buffer<Int>, tariffs: Buffer<Int>, emissions: Buffer<Int>, transitNoises: Buffer<Int>,
            hasHistory: Buffer<UInt8>?
        ) {
            self.nodes = nodes
            self.tariffs = tariffs
            self.emissions = emissions
            self.transitNoises = transitNoises
            self.hasHistory = hasHistory
        }
    }
    /// Tariffs of one mass band, six terms in eights: per shipment, item, kilogram; per kilometre, item-km, kg-km.
    public struct Tariffs: Sendable {
        /// Tariff x 8.
        public var terms: Buffer<Double>
        /// The terms that any tariff of freight has, a bit each; a term that none has is left out of all sums.
        public var freight: UInt32
        /// The same of emissions.
        public var emissions: UInt32

        /// Tariffs from their terms.
        public init(terms: Buffer<Double>, freight: UInt32, emissions: UInt32) {
            self.terms = terms
            self.freight = freight
            self.emissions = emissions
        }
    }
    /// What differs by region and hour; 1 beyond the hours.
    public struct Hours: Sendable {
        /// Hours of each of the two.
        public var slownessCount, multiplierCount: Int
        /// Region x hour: how much slower transit is, and what service times are multiplied by.
        public var slowness, multipliers: Buffer<Double>
        /// Region x (hour + 1): hours of work done by then.
        public var progress: Buffer<Double>
        /// 1 for regions whose slowness is 1 in all hours.
        public var isNeutral: Buffer<UInt8>
        /// Whether transit is slowed hour by hour, half in the node's region and half in the zone's; else by the hour of hand-over at
        /// the node's.
        public var isAlongTheWay: Bool

        /// Series from their values.
        public init(
            slownessCount: Int, multiplierCount: Int, slowness: Buffer<Double>, multipliers: Buffer<Double>,
            progress: Buffer<Double>, isNeutral: Buffer<UInt8>, isAlongTheWay: Bool
        ) {
            self.slownessCount = slownessCount
            self.multiplierCount = multiplierCount
            self.slowness = slowness
            self.multipliers = multipliers
            self.progress = progress
            self.isNeutral = isNeutral
            self.isAlongTheWay = isAlongTheWay
        }
    }
    /// What goes wrong costs this, and how many complaints it brings.
    public struct Money: Sendable {
        /// Money for an order that nobody could ship and for each of its units; for one that is late and each hour of it, at most the
        /// cap.
        public var unservedPerOrder = 0.0, unservedPerItem = 0.0, latePerOrder = 0.0, latePerHour = 0.0
        /// See above.
        public var compensationCap = Double.infinity
        /// Probabilities.
        public var complaintOnTime = 0.0, complaintLate = 0.0, complaintPerHourLate = 0.0, complaintUnserved = 0.0

        /// Nothing.
        public init() {}
    }

    /// By node.
    public var nodes: Nodes
    /// By lane.
    public var lanes: Lanes
    /// By tariff.
    public var tariffs: Tariffs
    /// By region and hour.
    public var hours: Hours
    /// Costs.
    public var money: Money
    /// Whether an order that arrives at its very deadline is late: by the day it is.
    public var isLateAtDeadline: Bool
    /// The last instant of the replay, seconds.
    public var end: Double
    /// The bins of lead times.
    public var bins: FusedBins

    /// A network from its parts.
    public init(
        nodes: Nodes, lanes: Lanes, tariffs: Tariffs, hours: Hours, money: Money, isLateAtDeadline: Bool, end: Double,
        bins: FusedBins
    ) {
        self.nodes = nodes
        self.lanes = lanes
        self.tariffs = tariffs
        self.hours = hours
        self.money = money
        self.isLateAtDeadline = isLateAtDeadline
        self.end = end
        self.bins = bins
    }
}

/// Logarithmic bins: where each begins, and the bin in which each stretch of numbers alike in their upper bits begins.
public struct FusedBins: Sendable {
    /// Where each begins; the first has no beginning.
    public var beginnings: Buffer<Double>
    /// The first bin of each stretch from `origin` on.
    public var firsts: Buffer<Int32>
    /// Numbers below and from these on fall in the first and the last bin.
    public var low, high: Double
    /// The bits of `low` above `shift`.
    public var origin, shift: UInt64

    /// Bins from their parts.
    public init(
        beginnings: Buffer<Double>, firsts: Buffer<Int32>, low: Double, high: Double, origin: UInt64, shift: UInt64
    ) {
        self.beginnings = beginnings
        self.firsts = firsts
        self.low = low
        self.high = high
        self.origin = origin
        self.shift = shift
    }

    /// The bin of a number.
    @inline(__always)
    func bin(of value: Double) -> Int {
        if value < low { return 0 }
        if value >= high { return beginnings.count - 1 }
        var bin = Int(firsts[Int((value.bitPattern >> shift) - origin)])
        while beginnings[bin + 1] <= value { bin += 1 }
        return bin
    }
}

/// Where the free times of nodes' stations lie: a tree of lines of eight for each node and member, in which each value above
/// the last level is the least of its child line. The station that is free first is found, and given away, in as many steps as
/// there are levels. A node of one station has no tree.
public struct StationTrees: Sendable {
    /// Levels by node, 0 for one station.
    public let levels: Buffer<Int>
    /// Where each node's trees begin, those of its members one after the other.
    public let offsets: Buffer<Int>
    /// Values of one tree.
    public let sizes: Buffer<Int>
    /// Values of all trees.
    public let count: Int

    /// Trees for some stations by node, for so many members.
    public init(stations: [Int], width: Int, in arena: Arena) {
        var levels: [Int] = []
        var offsets: [Int] = []
        var sizes: [Int] = []
        var count = 0
        for number in stations {
            precondition(number >= 1, "a station")
            var depth = 0
            var leaves = 1
            var lines = 0
            while number > 1, leaves < number {
                depth += 1
                lines += leaves
                leaves *= 8
            }
            levels.append(depth)
            offsets.append(count)
            sizes.append(8 * lines)
            count += 8 * lines * width
        }
        self.levels = arena.buffer(levels)
        self.offsets = arena.buffer(offsets)
        self.sizes = arena.buffer(sizes)
        self.count = count
    }

    /// Trees of stations that are all free from an instant on.
    public func free(stations: [Int], from time: Double, width: Int, in arena: Arena) -> Buffer<Double> {
        let trees = arena.buffer(repeating: Double.infinity, count: count)
        for (node, number) in stations.enumerated() where levels[node] > 0 {
            for member in 0..<width {
                let tree = trees.from(offsets[node] + member * sizes[node])
                // The last level begins behind all lines above it, and each level above has a value for each line of the next.
                var values = number
                var first = sizes[node]
                var width = 1
                for _ in 1..<levels[node] { width *= 8 }
                while width >= 1 {
                    first -= 8 * width
                    for place in 0..<values { tree[first + place] = time }
                    values = (values + 7) / 8
                    width /= 8
                }
            }
        }
        return trees
    }

    /// Gives the station that is free at `earliest`, the first of all, until `end`; returns when the next one is free.
    @inline(__always)
    static func occupy(_ tree: Buffer<Double>, levels: Int, earliest: Double, until end: Double) -> Double {
        guard levels > 0 else { return end }
        var line = 0
        for _ in 1..<levels { line = 8 * line + place(of: earliest, in: tree, line: line) + 1 }
        tree[8 * line + place(of: earliest, in: tree, line: line)] = end
        while line > 0 {
            tree[line - 1] = least(of: tree, line: line)
            line = (line - 1) / 8
        }
        return least(of: tree, line: 0)
    }

    /// The first place of a value in a line.
    @inline(__always)
    private static func place(of value: Double, in tree: Buffer<Double>, line: Int) -> Int {
        var place = 0
        while tree[8 * line + place] != value { place += 1 }
        return place
    }

    /// The least value of a line.
    @inline(__always)
    private static func least(of tree: Buffer<Double>, line: Int) -> Double {
        var least = tree[8 * line]
        for place in 1..<8 { least = min(least, tree[8 * line + place]) }
        return least
    }
}
