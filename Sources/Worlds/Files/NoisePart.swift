import Domain
import History
import Replay

/// What chance does to shipments: `noise.csv`, as factors or as the uniform numbers that factors are quantiles at.
///
/// Without it a world's noise follows from seed and replication; with it the listed shipments have theirs, and all others
/// are drawn.
struct NoisePart: WorldPart {
    static let table = WorldTable(
        name: "noise", summary: "what chance does to service and transit of shipments, and to cancellations",
        columns: [
            "order", "copy", "shipment", "service_factor", "transit_factor", "service_uniform", "transit_uniform",
            "cancellation_uniform",
        ], required: ["order"], group: .service)

    /// A shipment of a copy of an order.
    private struct Key: Hashable, Comparable {
        var order: Int
        var copy: Int
        var shipment: Int

        static func < (left: Key, right: Key) -> Bool {
            (left.order, left.copy, left.shipment) < (right.order, right.copy, right.shipment)
        }
    }
    /// What is known of one.
    private struct Row {
        var key: Key
        var noise: RecordedNoise.Shipment
    }
    /// By order, copy and shipment.
    private let rows: [Row]
    /// The same, to be looked up.
    private let noise: RecordedNoise

    init?(of world: World, in export: WorldExport) {
        let recorded = world.recordedNoise ?? RecordedNoise()
        let shipments = max(export.noiseShipments, recorded.largestOrdinal + 1)
        let orders = (world.book?.dataset ?? export.dataset).orders
        var rows: [Row] = []
        for visit in 0..<orders.count {
            let placedAt = orders.placedAt[visit]
            guard export.settings.from <= placedAt, placedAt < export.settings.to else { continue }
            let entity = orders.idHashes[visit]
            let source = world.book.map { Int($0.copies[visit].source) } ?? visit
            let copy = world.book.map { Int($0.copies[visit].copy) } ?? 0
            for shipment in 0..<shipments {
                var noise = recorded.shipment(entity: entity, ordinal: shipment)
                if shipment < export.noiseShipments { noise.fill(from: world, entity: entity, ordinal: shipment) }
                if !noise.isEmpty {
                    rows.append(Row(key: Key(order: source, copy: copy, shipment: shipment), noise: noise))
                }
            }
        }
        if rows.isEmpty { return nil }
        self.init(rows, dataset: export.dataset)
    }

    init(reading reader: inout WorldTableReader) throws(InputError) {
        var seen: Set<Key> = []
        var rows: [Row] = []
        while try reader.nextRow() {
            let key = Key(
                order: try reader.order("order"), copy: try reader.integer("copy", in: 0...Int(Int32.max)) ?? 0,
                shipment: try reader.integer("shipment", in: 0...65_535) ?? 0)
            guard seen.insert(key).inserted else {
                let copy = key.copy > 0 ? "copy \(key.copy) of " : ""
                throw reader.error(
                    "order",
                    found: "shipment \(key.shipment) of \(copy)order '\(reader.dataset.orders.ids[key.order])' twice",
                    expected: "each once")
            }
            let noise = try Self.noise(reader)
            guard noise.cancellationUniform.isNaN || key.shipment == 0 else {
                throw reader.error("cancellation_uniform", expected: "none but with shipment 0, as it is of the order")
            }
            rows.append(Row(key: key, noise: noise))
        }
        self.init(rows, dataset: reader.dataset)
    }

    /// Rows in any order.
    private init(_ rows: [Row], dataset: Dataset) {
        self.rows = rows.sorted { $0.key < $1.key }
        var noise = RecordedNoise()
        for row in rows {
            let hash = dataset.orders.idHashes[row.key.order]
            let entity = row.key.copy == 0 ? hash : StableHash.combine(hash, StableHash.of(row.key.copy))
            _ = noise.add(row.noise, entity: entity, ordinal: row.key.shipment)
        }
        self.noise = noise
    }

    /// What a row says.
    private static func noise(_ reader: WorldTableReader) throws(InputError) -> RecordedNoise.Shipment {
        let factors = NumberRange.from(0, to: 1e6)
        let uniforms = NumberRange(lower: 0, upper: 1.0.nextDown, excludesLower: true)
        var noise = RecordedNoise.Shipment()
        noise.serviceFactor = try reader.number("service_factor", in: factors) ?? .nan
        noise.transitFactor = try reader.number("transit_factor", in: factors) ?? .nan
        noise.serviceUniform = try reader.number("service_uniform", in: uniforms) ?? .nan
        noise.transitUniform = try reader.number("transit_uniform", in: uniforms) ?? .nan
        noise.cancellationUniform = try reader.number("cancellation_uniform", in: uniforms) ?? .nan
        return noise
    }

    var isNeutral: Bool { rows.isEmpty }

    func rows(in dataset: Dataset, _ body: ([WorldCell]) throws -> Void) rethrows {
        for row in rows {
            let noise = row.noise
            try body([
                .text(dataset.orders.ids[row.key.order]), .integer(row.key.copy), .integer(row.key.shipment),
                .finite(noise.serviceFactor), .finite(noise.transitFactor), .finite(noise.serviceUniform),
                .finite(noise.transitUniform), .finite(noise.cancellationUniform),
            ])
        }
    }

    func apply(to world: inout World, dataset: Dataset, settings: ReplaySettings) {
        world.recordedNoise = noise
    }
}

extension RecordedNoise.Shipment {
    /// Records the draws of a world that are not recorded yet, as far as it is noisy.
    fileprivate mutating func fill(from world: World, entity: UInt64, ordinal: Int) {
        let draws = world.draws
        if world.hasServiceNoise, serviceFactor.isNaN, serviceUniform.isNaN {
            serviceUniform = draws.uniform(.service, entity: entity, draw: ordinal)
        }
        if world.hasTransitNoise, transitFactor.isNaN, transitUniform.isNaN {
            transitUniform = draws.uniform(.transit, entity: entity, draw: ordinal)
        }
        if world.cancellationHazardPerHour > 0, ordinal == 0, cancellationUniform.isNaN {
            cancellationUniform = draws.uniform(.cancellation, entity: entity)
        }
    }
}
