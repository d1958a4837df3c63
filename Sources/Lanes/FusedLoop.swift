import CLanes
import Storage

/// Replays orders in one shipment whose whole course is known as they are decided, under up to eight strategies side by
/// side: choice, queue, service, transit and sums in one loop over visits.
///
/// A visit's candidate has the score base + slope x kilometres + sum of weight x feature + queue, depth and day terms + weighted ramps, and is possible
/// where the node has the units; the smallest is chosen, the first of equal ones. A choice whose second best lies within the
/// member's slack is not certain: the run stops there, and goes on with what the caller has chosen. What becomes of the order is
/// rounded product by product and sum by sum in the order of the Swift form, so that every ``VectorUnit`` gives the same bits.
public struct FusedLoop: Sendable {
    /// Why a run ended.
    public enum End: Sendable {
        /// All visits are replayed.
        case done
        /// The choices of ``FusedMembers/unsure`` members are to be set.
        case unsure
        /// A ring is full: ``FusedMembers/growFullRings()``.
        case full
    }
    /// Features that can be added in the loop.
    public static let mostFeatures = 4
    /// Ramps that can be.
    public static let mostRamps = 3
    /// Members that can be side by side. Of a single one the candidates are, of which a vector has as many.
    public static let widths = [1, 4, 8]

    /// What it is run with.
    public let unit: VectorUnit

    /// The loop on a unit that is supported.
    public init(_ unit: VectorUnit) {
        precondition(unit.isSupported, "a vector unit of this processor")
        self.unit = unit
    }

    /// Replays visits from ``FusedMembers/visit`` on up to `end`; with `isChosen` the first one's choices are set already.
    public func run(
        _ members: inout FusedMembers, visits: FusedVisits, network: FusedNetwork, upTo end: Int, isChosen: Bool
    ) -> End {
        guard unit != .portable else {
            return runPortably(&members, visits: visits, network: network, upTo: end, isChosen: isChosen)
        }
        var rawNetwork = clanes_fused_network(network)
        var rawVisits = clanes_fused_block(visits)
        var rawMembers = clanes_fused_group(members)
        let run =
            switch (unit, members.width) {
            case (.avx512, 8): clanes_fused_run_avx512_8
            case (.avx512, 4): clanes_fused_run_avx512_4
            case (.avx512, _): clanes_fused_run_avx512_1
            case (_, 8): clanes_fused_run_avx2_8
            case (_, 4): clanes_fused_run_avx2_4
            default: clanes_fused_run_avx2_1
            }
        let reason = run(&rawNetwork, &rawVisits, &rawMembers, Int64(end), isChosen ? 1 : 0)
        members.visit = Int(rawMembers.visit)
        members.unsure = rawMembers.unsure
        switch Int(reason) {
        case clanes_fused_done: return .done
        case clanes_fused_unsure: return .unsure
        default: return .full
        }
    }
}

/// Whole numbers as the loops in C read them.
private func whole(_ numbers: Buffer<Int>) -> UnsafePointer<Int64> {
    UnsafeRawPointer(numbers.unsafeMemory).assumingMemoryBound(to: Int64.self)
}

extension clanes_fused_network {
    fileprivate init(_ network: FusedNetwork) {
        self.init()
        node_records = UnsafePointer(network.nodes.records.unsafeMemory)
        price_records = UnsafePointer(network.lanes.prices.unsafeMemory)
        lane_nodes = whole(network.lanes.nodes)
        regions = whole(network.nodes.regions)
        service_noises = whole(network.nodes.serviceNoises)
        lane_transit_noises = whole(network.lanes.transitNoises)
        inverse_stations = UnsafePointer(network.nodes.inverseStations.unsafeMemory)
        tree_levels = whole(network.nodes.treeLevels)
        lane_has_history = network.lanes.hasHistory.map { UnsafePointer($0.unsafeMemory) }
        freight_terms = network.lanes.freightTerms
        emission_terms = network.lanes.emissionTerms
        slowness = UnsafePointer(network.hours.slowness.unsafeMemory)
        slowness_progress = UnsafePointer(network.hours.progress.unsafeMemory)
        service_multipliers = UnsafePointer(network.hours.multipliers.unsafeMemory)
        slowness_is_neutral = UnsafePointer(network.hours.isNeutral.unsafeMemory)
        slowness_hours = Int64(network.hours.slownessCount)
        multiplier_hours = Int64(network.hours.multiplierCount)
        is_slow_along_the_way = network.hours.isAlongTheWay ? 1 : 0
        is_late_at_deadline = network.isLateAtDeadline ? 1 : 0
        end = network.end
        unserved_per_order = network.money.unservedPerOrder
        unserved_per_item = network.money.unservedPerItem
        late_per_order = network.money.latePerOrder
        late_per_hour = network.money.latePerHour
        compensation_cap = network.money.compensationCap
        complaint_on_time = network.money.complaintOnTime
        complaint_late = network.money.complaintLate
        complaint_per_hour_late = network.money.complaintPerHourLate
        complaint_unserved = network.money.complaintUnserved
        bin_firsts = whole(network.bins.firsts)
        bin_nexts = UnsafePointer(network.bins.nexts.unsafeMemory)
        bin_low = network.bins.low
        bin_high = network.bins.high
        bin_origin = network.bins.origin
        bin_shift = FusedBins.lowerBits
        bin_count = Int64(network.bins.count)
    }
}

extension clanes_fused_block {
    fileprivate init(_ visits: FusedVisits) {
        self.init()
        times = UnsafePointer(visits.times.unsafeMemory)
        units = UnsafePointer(visits.units.unsafeMemory)
        masses = UnsafePointer(visits.masses.unsafeMemory)
        values = UnsafePointer(visits.values.unsafeMemory)
        goods_costs = UnsafePointer(visits.goodsCosts.unsafeMemory)
        weights = UnsafePointer(visits.weights.unsafeMemory)
        deadlines = UnsafePointer(visits.deadlines.unsafeMemory)
        products = whole(visits.products)
        first_lanes = whole(visits.firstLanes)
        lane_counts = whole(visits.laneCounts)
        row_offsets = whole(visits.rowOffsets)
        own_offsets = whole(visits.ownOffsets)
        ramp_offsets = whole(visits.rampOffsets)
        base_offsets = whole(visits.baseOffsets)
        zone_regions = whole(visits.zoneRegions)
        service_factors = UnsafePointer(visits.serviceFactors.unsafeMemory)
        transit_factors = UnsafePointer(visits.transitFactors.unsafeMemory)
        service_noise_count = Int64(visits.serviceNoiseCount)
        transit_noise_count = Int64(visits.transitNoiseCount)
        kilometres = UnsafePointer(visits.kilometres.unsafeMemory)
        base_hours = UnsafePointer(visits.baseHours.unsafeMemory)
        feature_count = Int64(visits.featureCount)
        ramp_count = Int64(visits.rampCount)
        row_capacity = Int64(visits.rowCapacity)
        ramp_stride = Int64(visits.rampStride)
        features = UnsafePointer(visits.features.unsafeMemory)
        ramp_slopes = UnsafePointer(visits.rampSlopes.unsafeMemory)
        ramp_intercepts = UnsafePointer(visits.rampIntercepts.unsafeMemory)
        day_factors = visits.dayFactors.map { UnsafePointer($0.unsafeMemory) }
    }
}

extension clanes_fused_group {
    fileprivate init(_ members: FusedMembers) {
        self.init()
        node_count = Int64(members.nodeCount)
        feature_weights = UnsafePointer(members.featureWeights.unsafeMemory)
        ramp_weights = UnsafePointer(members.rampWeights.unsafeMemory)
        ramp_floors = UnsafePointer(members.rampFloors.unsafeMemory)
        ramp_caps = UnsafePointer(members.rampCaps.unsafeMemory)
        queue_weights = UnsafePointer(members.queueWeights.unsafeMemory)
        depth_weights = UnsafePointer(members.depthWeights.unsafeMemory)
        day_weights = UnsafePointer(members.dayWeights.unsafeMemory)
        slack = UnsafePointer(members.slack.unsafeMemory)
        base = UnsafePointer(members.base.unsafeMemory)
        slopes = members.slopes.map { UnsafePointer($0.unsafeMemory) }
        waiting = members.waiting.unsafeMemory
        next_starts = members.nextStarts.unsafeMemory
        earliest = members.earliest.unsafeMemory
        committed = members.committed.unsafeMemory
        busy_hours = members.busyHours.unsafeMemory
        rings = UnsafeMutableRawPointer(members.rings.unsafeMemory).assumingMemoryBound(to: clanes_fused_ring.self)
        starts = members.starts.unsafeMemory
        trees = members.trees.unsafeMemory
        leaves = UnsafeMutableRawPointer(members.leaves.unsafeMemory).assumingMemoryBound(to: Int64.self)
        inverse_stock = members.inverseStock.unsafeMemory
        sums = members.sums.unsafeMemory
        bins = members.bins.unsafeMemory
        peaks = members.peaks.unsafeMemory
        choices = UnsafeMutableRawPointer(members.choices.unsafeMemory).assumingMemoryBound(to: Int64.self)
        active = UInt32(1) << UInt32(members.count) - 1
        doubtful = members.doubtful
        visit = Int64(members.visit)
    }
}
