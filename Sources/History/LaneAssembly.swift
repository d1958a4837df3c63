import DeterministicMath
import Domain

/// Lays out every lane: node x service x zone within `max_km`, with the overrides of `lanes`.
///
/// Base hours = fixed hours + km^exponent / (km an hour); km is the distance of the places unless overridden.
struct LaneAssembly {
    private let assembly: DatasetAssembly
    /// Overrides by (zone, node, service).
    private var overrides: [Key: (row: DatasetBuilder.LaneOverride, tariff: Int?)] = [:]

    private struct Key: Hashable {
        var zone: Int
        var node: Int
        var service: Int
    }

    /// Resolves the overrides.
    ///
    /// - Throws: `InputError` for an unknown id, a lane that comes twice, a service that the node does not offer.
    init(_ assembly: DatasetAssembly) throws(InputError) {
        self.assembly = assembly
        for row in assembly.builder.lanes {
            let name = "the lane from node '\(row.node)' to zone '\(row.zone)' by service '\(row.service)'"
            try DatasetAssembly.check(DatasetRules.problem(in: row), in: name)
            let key = Key(
                zone: try assembly.zoneIds.index(row.zone, in: "lanes"),
                node: try assembly.nodeIds.index(row.node, in: "lanes"),
                service: try assembly.serviceIds.index(row.service, in: "lanes"))
            guard assembly.services[key.service].nodes.contains(key.node) else {
                throw InputError(found: name, expected: "a service that the node offers")
            }
            var tariff: Int?
            if let id = row.tariff { tariff = try assembly.tariffIds.index(id, in: name) }
            if overrides.updateValue((row, tariff), forKey: key) != nil {
                throw InputError(found: "\(name) twice", expected: "each lane once")
            }
        }
    }

    /// All lanes, by zone, node, service.
    func table() throws(InputError) -> LaneTable {
        var table = LaneTable(offsets: [0], nodes: [], services: [], kilometres: [], baseHours: [], tariffs: [])
        let offered = servicesByNode()
        let system = assembly.builder.description.coordinates
        for (zoneIndex, zone) in assembly.zones.enumerated() {
            for (nodeIndex, node) in assembly.nodes.enumerated() {
                let distance = node.place.distanceKilometres(to: zone.place, in: system)
                for serviceIndex in offered[nodeIndex] {
                    let service = assembly.services[serviceIndex]
                    let override = overrides[Key(zone: zoneIndex, node: nodeIndex, service: serviceIndex)]
                    let kilometres = override?.row.kilometres ?? distance
                    if override?.row.isClosed == true { continue }
                    if let maximum = service.maximumKilometres, kilometres > maximum { continue }
                    table.nodes.append(Int32(nodeIndex))
                    table.services.append(Int32(serviceIndex))
                    table.kilometres.append(kilometres)
                    table.baseHours.append(override?.row.hours ?? service.baseHours(kilometres: kilometres))
                    table.tariffs.append(Int32(override?.tariff ?? service.tariff))
                }
            }
            table.offsets.append(table.nodes.count)
        }
        return table
    }

    /// The services each node offers, rising.
    private func servicesByNode() -> [[Int]] {
        var result = [[Int]](repeating: [], count: assembly.nodes.count)
        for (index, service) in assembly.services.enumerated() {
            for node in service.nodes { result[node].append(index) }
        }
        return result
    }
}
