import Domain
import History

// Lines over the kilometres below which no lane of the network lies: what ratings tell the engine so that it need not score
// far lanes.
extension ReplayContext {
    /// Below the freight of a parcel on every lane; nil where a price falls with the kilometres.
    public func lowestFreight(of parcel: Parcel) -> FreightLine? {
        lowest(tariffs: tables.freightTariffs, load: parcel.load)
    }

    /// Below the emissions of a parcel on every lane: 0 where a service states none; nil where they fall with the kilometres.
    public func lowestCarbonKilograms(of parcel: Parcel) -> FreightLine? {
        var emissions: [Int] = []
        for service in tables.services.indices {
            if tables.services[service].emission < 0 { return FreightLine(fixed: 0, perKilometre: 0) }
            emissions.append(tables.services[service].emission)
        }
        return lowest(tariffs: emissions, load: parcel.load)
    }

    /// The lowest fixed part and the lowest slope of some tariffs.
    private func lowest(tariffs: [Int], load: Load) -> FreightLine? {
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
