import Domain
import History

// Lines over the kilometres below which no lane of the network lies: what ratings tell the engine so that it need not score
// far lanes.
extension ReplayContext {
    /// Below the freight of a parcel on every lane; nil where a price falls with the kilometres.
    public func lowestFreight(of parcel: Parcel) -> FreightLine? {
        lowest(
            tariffs: tables.freightTariffs.indices.lazy.map { [tables] in tables.freightTariffs[$0] }, load: parcel.load
        )
    }

    /// Below the emissions of a parcel on every lane: 0 where a service states none; nil where they fall with the kilometres.
    public func lowestCarbonKilograms(of parcel: Parcel) -> FreightLine? {
        var emissions: [Int] = []
        for service in tables.services.indices {
            if tables.services[service].emission < 0 { return .level(0) }
            emissions.append(tables.services[service].emission)
        }
        return lowest(tariffs: emissions, load: parcel.load)
    }

    /// The lowest fixed part and the lowest slope of some tariffs.
    private func lowest(tariffs: some Sequence<Int>, load: Load) -> FreightLine? {
        var fixed = Double.infinity
        var perKilometre = Double.infinity
        for tariff in tariffs {
            let line = tables.freightLine(tariff: tariff, load: load)
            fixed = min(fixed, line.fixed)
            perKilometre = min(perKilometre, line.perKilometre)
        }
        return perKilometre >= 0 && perKilometre < .infinity
            ? FreightLine(fixed: fixed, perKilometre: perKilometre) : nil
    }

    /// Below the transit hours of every lane in the hour of an instant; a level line at 0 where some lane takes so long that
    /// expectations are capped.
    public func lowestTransitHours(at time: Double) -> FreightLine {
        let least = world.slowness.least(hour: (time / 3_600).floored)
        let transit = tables.leastTransit
        guard transit.longest * least <= Self.longestBoundedHours else { return .level(0) }
        return FreightLine(fixed: transit.fixed * least, perKilometre: transit.perKilometre * least)
    }

    /// Below what ratings cap expected hours at.
    private static var longestBoundedHours: Double { 8_000 }

    /// Below handling and mean labour of a parcel at every node: the lowest of each part.
    public func lowestHandlingAndLabour(of parcel: Parcel) -> Double {
        let least = tables.leastNode
        let lines = Double(parcel.lines)
        let seconds =
            least.serviceSecondsPerOrder + least.serviceSecondsPerLine * lines
            + least.serviceSecondsPerItem * parcel.items
        return least.handlingCostPerOrder + least.handlingCostPerLine * lines
            + least.handlingCostPerItem * parcel.items + least.labourCostPerHour * (seconds / 3_600)
    }
}

/// A line over the kilometres below which no lane's base hours lie, and the longest of them.
struct LeastTransit: Sendable {
    private(set) var fixed = 0.0
    private(set) var perKilometre = 0.0
    private(set) var longest = 0.0

    init(_ lanes: LaneTable) {
        guard let least = lanes.baseHours.min() else { return }
        fixed = least
        perKilometre = .infinity
        for (hours, kilometres) in zip(lanes.baseHours, lanes.kilometres) {
            longest = max(longest, hours)
            if kilometres > 0 { perKilometre = min(perKilometre, (hours - least) / kilometres) }
        }
        if perKilometre == .infinity { perKilometre = 0 }
    }
}

/// The lowest of each of the nodes' numbers, none below 0: those of no node in particular.
struct LeastNode: Sendable {
    var serviceSecondsPerOrder = Double.infinity
    var serviceSecondsPerLine = Double.infinity
    var serviceSecondsPerItem = Double.infinity
    var handlingCostPerOrder = Double.infinity
    var handlingCostPerLine = Double.infinity
    var handlingCostPerItem = Double.infinity
    var labourCostPerHour = Double.infinity

    init(_ nodes: [Node]) {
        for node in nodes {
            serviceSecondsPerOrder = min(serviceSecondsPerOrder, node.serviceSecondsPerOrder)
            serviceSecondsPerLine = min(serviceSecondsPerLine, node.serviceSecondsPerLine)
            serviceSecondsPerItem = min(serviceSecondsPerItem, node.serviceSecondsPerItem)
            handlingCostPerOrder = min(handlingCostPerOrder, node.handlingCostPerOrder)
            handlingCostPerLine = min(handlingCostPerLine, node.handlingCostPerLine)
            handlingCostPerItem = min(handlingCostPerItem, node.handlingCostPerItem)
            labourCostPerHour = min(labourCostPerHour, node.labourCostPerHour)
        }
    }
}
