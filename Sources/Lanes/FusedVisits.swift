import Storage

/// Some visits of a world with all that strategies share of them, column by column; see ``FusedLoop``.
///
/// A *row* is a visit's candidate: the visit's first row is its row offset, and a row each follows for its zone's lanes.
public struct FusedVisits: Sendable {
    /// By visit: seconds, units, kilograms, money, money, sampling weight (0 for an order that is not measured), and when it is late.
    public private(set) var times, units, masses, values, goodsCosts, weights, deadlines: Buffer<Double>
    /// By visit: the product, the zone's first lane and its number of lanes, and the zone's region.
    public private(set) var products, firstLanes, laneCounts, zoneRegions: Buffer<Int>
    /// By visit: where its rows begin, among those of ``features`` and in ``FusedMembers/base``.
    public let rowOffsets, baseOffsets: Buffer<Int>
    /// By visit: where they begin in ``kilometres`` and among those of the ramps.
    public private(set) var ownOffsets, rampOffsets: Buffer<Int>
    /// Service and transit factors, visit x distinct distribution.
    public let serviceFactors, transitFactors: Buffer<Double>
    /// Distinct distributions.
    public let serviceNoiseCount, transitNoiseCount: Int
    /// Kilometres and base hours from ``ownOffsets`` on: of the lanes, or of the rows where orders have places of their own.
    public private(set) var kilometres, baseHours: Buffer<Double>
    /// Rows there is room for.
    public let rowCapacity: Int
    /// Exogenous features that the loop adds itself, feature x row.
    public let features: Buffer<Double>
    /// How many they are, at most ``FusedLoop/mostFeatures``.
    public let featureCount: Int
    /// Ramps, ramp x row: see ``FusedMembers/rampWeights``.
    public private(set) var rampSlopes, rampIntercepts: Buffer<Double>
    /// Rows of a ramp.
    public private(set) var rampStride: Int
    /// How many they are, at most ``FusedLoop/mostRamps``.
    public let rampCount: Int
    /// By node: the share of the day's work that a second comes to; nil where nobody weighs it.
    public let dayFactors: Buffer<Double>?

    /// Room for so many visits and rows.
    public init(
        visits: Int, rows: Int, features: Int, ramps: Int, serviceNoises: Int, transitNoises: Int,
        kilometres: Buffer<Double>,
        baseHours: Buffer<Double>, dayFactors: Buffer<Double>?, in arena: Arena
    ) {
        precondition(features <= FusedLoop.mostFeatures && ramps <= FusedLoop.mostRamps, "what the loop can add")
        func numbers(_ count: Int) -> Buffer<Double> { arena.buffer(repeating: 0, count: count) }
        func places() -> Buffer<Int> { arena.buffer(repeating: 0, count: visits) }
        times = numbers(visits)
        units = numbers(visits)
        masses = numbers(visits)
        values = numbers(visits)
        goodsCosts = numbers(visits)
        weights = numbers(visits)
        deadlines = numbers(visits)
        products = places()
        firstLanes = places()
        laneCounts = places()
        zoneRegions = places()
        rowOffsets = places()
        ownOffsets = places()
        rampOffsets = places()
        baseOffsets = places()
        serviceFactors = arena.buffer(repeating: 1, count: visits * serviceNoises)
        transitFactors = arena.buffer(repeating: 1, count: visits * transitNoises)
        serviceNoiseCount = serviceNoises
        transitNoiseCount = transitNoises
        self.kilometres = kilometres
        self.baseHours = baseHours
        rowCapacity = rows
        self.features = numbers(features * rows)
        featureCount = features
        rampSlopes = numbers(ramps * rows)
        rampIntercepts = numbers(ramps * rows)
        rampCount = ramps
        rampStride = rows
        self.dayFactors = dayFactors
    }

    /// Takes over another's facts of the visits from one on, with its ways, and with `ramps` its ramps: the same memory.
    public mutating func takeFacts(of other: FusedVisits, from first: Int, ramps: Bool) {
        times = other.times.from(first)
        units = other.units.from(first)
        masses = other.masses.from(first)
        values = other.values.from(first)
        goodsCosts = other.goodsCosts.from(first)
        weights = other.weights.from(first)
        deadlines = other.deadlines.from(first)
        products = other.products.from(first)
        firstLanes = other.firstLanes.from(first)
        laneCounts = other.laneCounts.from(first)
        zoneRegions = other.zoneRegions.from(first)
        ownOffsets = other.ownOffsets.from(first)
        kilometres = other.kilometres
        baseHours = other.baseHours
        guard ramps else { return }
        precondition(other.rampCount == rampCount, "the same ramps")
        rampOffsets = other.rampOffsets.from(first)
        rampSlopes = other.rampSlopes
        rampIntercepts = other.rampIntercepts
        rampStride = other.rampStride
    }
}

/// Up to eight strategies side by side, what they weigh and what they did: values of members lie together,
/// `x[place x width + member]`; see ``FusedLoop``.
public struct FusedMembers: Sendable {
    /// Members there is room for, one of ``FusedLoop/widths``; those beyond ``count`` weigh nothing and have no stock.
    public let width: Int
    /// Members.
    public let count: Int
    /// Nodes.
    public let nodeCount: Int
    /// Weight / scale of each exogenous feature, feature x member.
    public let featureWeights: Buffer<Double>
    /// Weight / scale of each ramp, ramp x member. A ramp's value is slope x waiting + intercept, not below its floor and not above
    /// its cap.
    public let rampWeights: Buffer<Double>
    /// By ramp.
    public let rampFloors, rampCaps: Buffer<Double>
    /// Weight / scale by member of: waiting orders a station, units / available units, the share of the day's work.
    public let queueWeights, depthWeights, dayWeights: Buffer<Double>
    /// Scores that differ by no more than this are not told apart, by member.
    public let slack: Buffer<Double>
    /// What else is in the scores, place x member, from ``FusedVisits/baseOffsets`` on.
    public var base: Buffer<Double>
    /// What a kilometre adds to the score of a lane, lane x member; nil where nothing follows the kilometres but what is in ``base``.
    public let slopes: Buffer<Double>?
    /// By node and member: orders waiting, the next of their starts, when the next station is free, mean service seconds
    /// assigned today, service hours.
    public let waiting, nextStarts, earliest, committed, busyHours: Buffer<Double>
    /// Starts still to come, by node and member.
    public let rings: Buffer<FusedRing>
    /// What the rings are in.
    public private(set) var starts: GrowingBuffer<Double>
    /// Free times of stations: see ``StationTrees``.
    public let trees: Buffer<Double>
    /// The line of its tree in which ``earliest`` is found, by node and member.
    public let leaves: Buffer<Int>
    /// 1 / available units, +infinity of none; product x node x member.
    public let inverseStock: Buffer<Double>
    /// Sums, ``FusedSum`` x member.
    public let sums: Buffer<Double>
    /// Weights of lead times, member x bin.
    public let bins: Buffer<Double>
    /// The longest queue of any node, by member.
    public let peaks: Buffer<Double>
    /// Choices of the visit in work: the number of the candidate, -1 = none.
    public let choices: Buffer<Int>
    /// Bits of members none of whose choices are certain.
    public var doubtful: UInt32 = 0
    /// Bits of members whose choice of the visit in work is not.
    public internal(set) var unsure: UInt32 = 0
    /// The visit in work.
    public internal(set) var visit = 0
    private let arena: Arena

    /// Starts there is room for in a ring at first.
    private static let firstRoom = 8

    /// Members with all stations free from an instant on, no stock and no weights.
    public init(
        width: Int, count: Int, stations: [Int], trees: StationTrees, from time: Double, stockCount: Int,
        base: Buffer<Double>,
        slopes: Buffer<Double>?, features: Int, ramps: [(floor: Double, cap: Double)], binCount: Int, in arena: Arena
    ) {
        precondition(FusedLoop.widths.contains(width) && (1...width).contains(count), "no more members than lanes")
        self.width = width
        self.count = count
        nodeCount = stations.count
        self.arena = arena
        func numbers(_ count: Int, of value: Double = 0) -> Buffer<Double> {
            arena.buffer(repeating: value, count: count * width)
        }
        featureWeights = numbers(features)
        rampWeights = numbers(ramps.count)
        rampFloors = arena.buffer(ramps.map(\.floor))
        rampCaps = arena.buffer(ramps.map(\.cap))
        queueWeights = numbers(1)
        depthWeights = numbers(1)
        dayWeights = numbers(1)
        slack = numbers(1)
        self.base = base
        self.slopes = slopes
        waiting = numbers(nodeCount)
        nextStarts = numbers(nodeCount, of: .infinity)
        earliest = numbers(nodeCount, of: time)
        committed = numbers(nodeCount)
        busyHours = numbers(nodeCount)
        let room = Self.firstRoom
        rings = arena.buffer(
            (0..<(nodeCount * width)).map { FusedRing(offset: $0 * room, mask: UInt32(room - 1)) })
        starts = GrowingBuffer(in: arena, capacity: nodeCount * width * room)
        for _ in 0..<(nodeCount * width * room) { starts.append(.infinity, in: arena) }
        self.trees = trees.free(stations: stations, from: time, width: width, in: arena)
        leaves = arena.buffer((0..<(nodeCount * width)).map { trees.firstLeaf(ofNode: $0 / width) })
        inverseStock = numbers(stockCount, of: .infinity)
        sums = numbers(FusedSum.allCases.count)
        bins = numbers(binCount)
        peaks = numbers(1)
        choices = arena.buffer(repeating: -1, count: width)
    }

    /// Begins with the first visit of others.
    public mutating func beginVisits() { visit = 0 }

    /// Gives full rings twice their room.
    public mutating func growFullRings() {
        for place in rings.indices {
            let ring = rings[place]
            guard ring.tail &- ring.head >= ring.mask else { continue }
            let room = Int(ring.mask) + 1
            var larger = FusedRing(offset: starts.count, mask: UInt32(2 * room - 1))
            for position in 0...(ring.tail &- ring.head) {
                starts.append(starts[ring.offset + Int((ring.head &+ position) & ring.mask)], in: arena)
            }
            while starts.count < larger.offset + 2 * room { starts.append(.infinity, in: arena) }
            larger.tail = ring.tail &- ring.head
            rings[place] = larger
        }
    }
}

/// Starts of orders that wait at a node, never falling: a ring of 2^n places from `offset` on, with +infinity behind the last.
public struct FusedRing: BitwiseCopyable, Sendable {
    var offset: Int
    var mask: UInt32
    var head: UInt32 = 0
    var tail: UInt32 = 0
    private var unused: UInt32 = 0

    init(offset: Int, mask: UInt32) {
        self.offset = offset
        self.mask = mask
    }
}

/// What the fused loop sums, weighted; in the order in which it does.
public enum FusedSum: Int, CaseIterable, Sendable {
    case delivered, itemsDelivered, onTime, latenessHours, leadTimeHours, unserved, open, itemsUnserved, shipments,
        picks
    case pickWaitHours, deliveredValue, goodsCost, freight, handling, compensation, unservedCost, kilometres, carbon
    case complaints, serviceHours, lanesCounted, lanesWithHistory
}
