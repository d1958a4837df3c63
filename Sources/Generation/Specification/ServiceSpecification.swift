import Documents
import Domain
import Sampling

/// Carriers: their tariffs, emission factors and services, which the dataset takes over as they stand.
struct ServiceSpecification: Sendable {
    /// One mass band of a tariff. An entry of `tariffs`.
    struct Band: Sendable {
        /// Id of the tariff; several bands may share it.
        var id: String
        /// Lower bound in kilograms.
        var fromKilograms: Double
        /// Terms.
        var terms: LoadTerms
    }
    /// A carrier product. An entry of `services`.
    struct Service: Sendable {
        /// Id.
        var id: String
        /// Carrier's name.
        var carrier: String
        /// Mode.
        var mode: String
        /// Indices of the nodes that offer it, rising; nil = all.
        var nodes: [Int]?
        /// Id of its tariff.
        var tariff: String
        /// Id of its emission factor, if any.
        var emission: String?
        /// Longest lane in kilometres.
        var maximumKilometres: Double?
        /// Hours that do not depend on distance.
        var fixedHours: Double
        /// Speed.
        var kilometresPerHour: Double
        /// Exponent of distance.
        var distanceExponent: Double
        /// Unit-mean noise of the transit time.
        var transitDistribution: UnitDistribution
        /// Hand-over times in minutes after midnight.
        var cutOffMinutes: [Int]
        /// Shipments per node and day.
        var dailyCapacity: Int?
        /// Tags.
        var tags: [String]
    }
    /// Tariffs and emission factors, band by band.
    var bands: [Band]
    /// Services.
    var services: [Service]

    /// Reads `tariffs` and `services`.
    init(_ root: SpecificationMapping, nodes: [NodeSpecification]) throws(InputError) {
        var bands: [Band] = []
        try root.each(root.required("tariffs").list()) { entry throws(InputError) in
            let values = try entry.mapping(
                keys: [
                    "id", "from_kg", "per_shipment", "per_item", "per_kg", "per_km", "per_item_km", "per_kg_km",
                ])
            bands.append(
                Band(
                    id: try values.required("id").identifier(),
                    fromKilograms: try values.number("from_kg", in: 0...1e6, default: 0),
                    terms: LoadTerms(
                        perShipment: try values.number("per_shipment", in: -1e9...1e9, default: 0),
                        perItem: try values.number("per_item", in: -1e9...1e9, default: 0),
                        perKilogram: try values.number("per_kg", in: -1e9...1e9, default: 0),
                        perKilometre: try values.number("per_km", in: -1e9...1e9, default: 0),
                        perItemKilometre: try values.number("per_item_km", in: -1e9...1e9, default: 0),
                        perKilogramKilometre: try values.number("per_kg_km", in: -1e9...1e9, default: 0))))
        }
        var services: [Service] = []
        try root.each(root.required("services").list()) { entry throws(InputError) in
            services.append(
                try Self.service(entry, known: services.map(\.id), tariffs: bands.map(\.id), nodes: nodes))
        }
        guard !services.isEmpty else { throw try root.required("services").error(expected: "at least one service") }
        self.bands = bands
        self.services = services
    }

    /// Reads an entry of `services`.
    private static func service(
        _ entry: DocumentValue, known: [String], tariffs: [String], nodes: [NodeSpecification]
    ) throws(InputError) -> Service {
        let values = try entry.mapping(
            keys: [
                "id", "carrier", "mode", "nodes", "node_types", "tariff", "emission", "max_km", "fixed_hours",
                "km_per_hour", "distance_exponent", "transit_distribution", "cut_offs", "daily_capacity", "tags",
            ])
        var cutOffs: [Int] = []
        for cutOff in try values.list("cut_offs") { cutOffs.append(try cutOff.minuteOfDay()) }
        cutOffs.sort()
        return Service(
            id: try values.required("id").identifier(notIn: known), carrier: try values.text("carrier", default: ""),
            mode: try values.text("mode", default: ""), nodes: try offering(values, nodes: nodes),
            tariff: try values.required("tariff").word("tariff", among: tariffs),
            emission: try values.optional("emission")?.word("tariff", among: tariffs),
            maximumKilometres: try values.optional("max_km")?.number(in: 0...1e5),
            fixedHours: try values.number("fixed_hours", in: 0...1e4, default: 0),
            kilometresPerHour: try values.number("km_per_hour", in: 1e-6...1e6),
            distanceExponent: try values.number("distance_exponent", in: 1e-3...5, default: 1),
            transitDistribution: try values.distribution("transit_distribution"),
            cutOffMinutes: cutOffs, dailyCapacity: try values.optional("daily_capacity")?.integer(in: 0...Int.max),
            tags: try values.tags("tags"))
    }

    /// The nodes that `nodes` (ids) and `node_types` (type ids) name together; nil where neither is there.
    private static func offering(
        _ values: SpecificationMapping, nodes: [NodeSpecification]
    ) throws(InputError) -> [Int]? {
        let ids = try values.optional("nodes")?.words("node", among: nodes.map(\.id))
        let types = try values.optional("node_types")?
            .words("node type", among: nodes.map(\.type).filter { !$0.isEmpty })
        guard ids != nil || types != nil else { return nil }
        return nodes.indices.filter { index in
            ids?.contains(nodes[index].id) == true || types?.contains(nodes[index].type) == true
        }
    }
}
