import CLanes
import Storage

/// What no strategy influences of one world, as the fused loop reads it; see ``FusedLoop``.
///
/// Whoever keeps it keeps the arenas of its buffers.
public struct FusedNetwork: Sendable {
    /// Numbers of the nodes, one each.
    public struct Nodes: Sendable {
        /// Node x 8: mean pick-and-pack seconds of an order without its units, and of each unit; handling the same; labour an hour;
        /// then whole numbers: see ``Nodes/init(serviceFixed:servicePerItem:handlingFixed:handlingPerItem:labourPerHour:stations:regions:serviceNoises:hours:trees:in:)``.
        let records: Buffer<Double>
        /// 1 / stations.
        let inverseStations: Buffer<Double>
        /// Region, number of the distribution of service times, levels of its ``StationTrees``.
        let regions, serviceNoises, treeLevels: Buffer<Int>

        /// Nodes from their numbers; `hours` are those of slowness.
        public init(
            serviceFixed: Buffer<Double>, servicePerItem: Buffer<Double>, handlingFixed: Buffer<Double>,
            handlingPerItem: Buffer<Double>, labourPerHour: Buffer<Double>, inverseStations: Buffer<Double>,
            regions: Buffer<Int>, serviceNoises: Buffer<Int>, hours: Int, trees: StationTrees, in arena: Arena
        ) {
            self.inverseStations = inverseStations
            self.regions = regions
            self.serviceNoises = serviceNoises
            treeLevels = trees.levels
            var records: [Double] = []
            for node in regions.indices {
                records += [
                    serviceFixed[node], servicePerItem[node], handlingFixed[node], handlingPerItem[node],
                    labourPerHour[node],
                ]
                for whole in [trees.sizes[node], regions[node] * hours, trees.offsets[node]] {
                    records.append(Double(bitPattern: UInt64(whole)))
                }
            }
            self.records = arena.buffer(records)
        }

        /// Mean service seconds of an order of some units.
        func meanSeconds(_ node: Int, items: Double) -> Double { records[8 * node] + records[8 * node + 1] * items }

        /// Handling of it without labour.
        func handling(_ node: Int, items: Double) -> Double { records[8 * node + 2] + records[8 * node + 3] * items }

        /// Labour an hour.
        func labourPerHour(_ node: Int) -> Double { records[8 * node + 4] }

        /// Where the tree of a member begins.
        func tree(_ node: Int, member: Int) -> Int {
            Int(records[8 * node + 7].bitPattern) + member * Int(records[8 * node + 5].bitPattern)
        }
    }
    /// Numbers of the lanes, one each.
    public struct Lanes: Sendable {
        /// Node and number of the distribution of transit times.
        let nodes, transitNoises: Buffer<Int>
        /// Lane x 8: the terms of its tariffs that any lane has, those of freight first.
        let prices: Buffer<Double>
        /// The terms that there are of freight and of emissions: per shipment, item, kilogram; per kilometre, item-km, kg-km; a bit
        /// each. A term that no lane has is left out of all sums.
        let freightTerms, emissionTerms: UInt32
        /// 1 where history used the lane; nil without history.
        let hasHistory: Buffer<UInt8>?

        /// Terms that lanes may have in all.
        public static let mostTerms = 8

        /// Lanes from their numbers; six terms of freight and of emissions for each. Nil where there are more than ``mostTerms``
        /// that are not 0 in all lanes.
        public init?(
            nodes: Buffer<Int>, transitNoises: Buffer<Int>, freight: [[Double]], emissions: [[Double]],
            hasHistory: Buffer<UInt8>?, in arena: Arena
        ) {
            self.nodes = nodes
            self.transitNoises = transitNoises
            self.hasHistory = hasHistory
            func used(_ terms: [[Double]]) -> [Int] { (0..<6).filter { term in terms.contains { $0[term] != 0 } } }
            let (ofFreight, ofEmissions) = (used(freight), used(emissions))
            guard ofFreight.count + ofEmissions.count <= Self.mostTerms else { return nil }
            func bits(_ terms: [Int]) -> UInt32 { terms.reduce(0) { $0 | 1 << UInt32($1) } }
            freightTerms = bits(ofFreight)
            emissionTerms = bits(ofEmissions)
            let prices = arena.buffer(repeating: 0.0, count: 8 * nodes.count)
            for lane in nodes.indices {
                let own = ofFreight.map { freight[lane][$0] } + ofEmissions.map { emissions[lane][$0] }
                for (place, term) in own.enumerated() { prices[8 * lane + place] = term }
            }
            self.prices = prices
        }

        /// Freight of a load over a distance.
        func freight(_ lane: Int, items: Double, mass: Double, kilometres: Double) -> Double {
            price(prices.from(8 * lane), terms: freightTerms, items: items, mass: mass, kilometres: kilometres)
        }

        /// Emissions of a load over a distance.
        func emissions(_ lane: Int, items: Double, mass: Double, kilometres: Double) -> Double {
            price(
                prices.from(8 * lane + freightTerms.nonzeroBitCount), terms: emissionTerms, items: items, mass: mass,
                kilometres: kilometres)
        }

        /// A price; `terms` tells which terms there are, one after the other.
        private func price(
            _ numbers: Buffer<Double>, terms: UInt32, items: Double, mass: Double, kilometres: Double
        ) -> Double {
            var next = 0
            var line = (fixed: 0.0, slope: 0.0)
            for (term, factor) in [1, items, mass, 1, items, mass].enumerated() where terms >> UInt32(term) & 1 == 1 {
                if term < 3 { line.fixed += numbers[next] * factor } else { line.slope += numbers[next] * factor }
                next += 1
            }
            return line.fixed + line.slope * kilometres
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
        nodes: Nodes, lanes: Lanes, hours: Hours, money: Money, isLateAtDeadline: Bool, end: Double,
        bins: FusedBins
    ) {
        self.nodes = nodes
        self.lanes = lanes
        self.hours = hours
        self.money = money
        self.isLateAtDeadline = isLateAtDeadline
        self.end = end
        self.bins = bins
    }
}

/// Logarithmic bins: numbers alike in their upper bits are a stretch, which has its first bin and reaches over one more at
/// the most.
public struct FusedBins: Sendable {
    /// Number of bins.
    public let count: Int
    /// The first bin of each stretch from `origin` on, and where the next one begins.
    let firsts: Buffer<Int>
    let nexts: Buffer<Double>
    /// Numbers below and from these on fall in the first and the last bin.
    let low, high: Double
    /// The bits of `low` above the lower ones.
    let origin: UInt64
    /// Bits that tell numbers of one stretch apart: 128 stretches to a power of two, each less than 0.8 % wide.
    static let lowerBits: UInt64 = 45

    /// Bins of 0.8 % and more that begin at some numbers, the first two of which are -infinity and the low end of the range, the
    /// last one its high end.
    public init(beginnings: [Double], in arena: Arena) {
        count = beginnings.count
        low = beginnings[1]
        high = beginnings[beginnings.count - 1]
        origin = low.bitPattern >> Self.lowerBits
        let stretches = Int(high.bitPattern >> Self.lowerBits - origin) + 1
        var firsts: [Int] = []
        var nexts: [Double] = []
        var bin = 0
        for stretch in 0..<stretches {
            let first = Double(bitPattern: (origin + UInt64(stretch)) << Self.lowerBits)
            while bin + 1 < count, beginnings[bin + 1] <= first { bin += 1 }
            firsts.append(bin)
            nexts.append(bin + 1 < count ? beginnings[bin + 1] : .infinity)
            let end = Double(bitPattern: (origin + UInt64(stretch) + 1) << Self.lowerBits)
            precondition(bin + 2 >= count || beginnings[bin + 2] >= end, "bins wider than a stretch")
        }
        self.firsts = arena.buffer(firsts)
        self.nexts = arena.buffer(nexts)
    }

    /// The bin of a number.
    @inline(__always)
    func bin(of value: Double) -> Int {
        if value < low { return 0 }
        if value >= high { return count - 1 }
        let stretch = Int((value.bitPattern >> Self.lowerBits) - origin)
        return firsts[stretch] + (nexts[stretch] <= value ? 1 : 0)
    }
}

/// Where the free times of nodes' stations lie: a tree of lines of eight for each node and member, in which each value above
/// the last level is the least of its child line. The station that is free first is found in as many steps as there are levels.
public struct StationTrees: Sendable {
    /// Levels by node.
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
            var depth = 1
            var leaves = 8
            var lines = 1
            while leaves < number {
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
        for (node, number) in stations.enumerated() {
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

    /// The first line of the last level of a node's trees.
    func firstLeaf(ofNode node: Int) -> Int {
        var line = 0
        for _ in 1..<levels[node] { line = 8 * line + 1 }
        return line
    }

    /// Gives the station that is free at `earliest`, in the line `leaf`, until `end`; returns when the next one is free, whose line
    /// becomes `leaf`.
    @inline(__always)
    static func occupy(
        _ tree: Buffer<Double>, levels: Int, leaf: inout Int, earliest: Double, until end: Double
    ) -> Double {
        tree[8 * leaf + place(of: earliest, in: tree, line: leaf)] = end
        var line = leaf
        var least = least(of: tree, line: line)
        for _ in 1..<levels {
            tree[line - 1] = least
            line = (line - 1) / 8
            least = Self.least(of: tree, line: line)
        }
        for _ in 1..<levels { line = 8 * line + place(of: least, in: tree, line: line) + 1 }
        leaf = line
        return least
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
