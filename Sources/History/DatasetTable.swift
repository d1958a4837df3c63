/// The tables of a dataset folder and their columns, as the dataset format lists them.
public enum DatasetTable: String, Sendable, Hashable, CaseIterable {
    /// Places that can ship.
    case nodes
    /// Places delivered to.
    case zones
    /// Products.
    case products
    /// Stock at time 0.
    case inventory
    /// Stock that arrives.
    case replenishments
    /// Node to node.
    case transfers
    /// Prices and emission factors.
    case tariffs
    /// Carrier products.
    case services
    /// Overrides for a node, zone and service.
    case lanes
    /// Who orders.
    case customers
    /// What was bought, when, where to.
    case orders
    /// Products and quantities of the orders.
    case orderLines = "order_lines"
    /// Under way at time 0.
    case openOrders = "open_orders"
    /// What really happened.
    case history
    /// Recorded weather.
    case weather
    /// Recorded congestion.
    case traffic
    /// Recorded further signals.
    case signals

    /// The name in files, without `.csv`.
    public var name: String { rawValue }

    /// Whether a dataset may do without it.
    public var isOptional: Bool {
        switch self {
        case .nodes, .zones, .products, .inventory, .tariffs, .services, .orders, .orderLines: false
        default: true
        }
    }

    /// Columns that must be there and filled in every row.
    public var requiredColumns: [String] {
        switch self {
        case .nodes, .zones: ["id", "x", "y", "region"]
        case .products, .tariffs, .customers: ["id"]
        case .inventory: ["node", "product", "on_hand"]
        case .replenishments: ["node", "product", "at", "quantity"]
        case .transfers: ["from_node", "to_node", "lead_hours"]
        case .services: ["id", "tariff", "km_per_hour"]
        case .lanes: ["node", "zone", "service"]
        case .orders: ["id", "placed_at"]
        case .orderLines: ["order", "product", "quantity"]
        case .openOrders: ["order", "stage", "node", "service"]
        case .history: ["order"]
        case .weather: ["region", "at", "class"]
        case .traffic: ["region", "at", "congestion"]
        case .signals: ["region", "at"]
        }
    }

    /// Columns that may be left out or blank.
    public var optionalColumns: [String] {
        switch self {
        case .nodes:
            [
                "name", "kind", "group", "opening_hours", "stations", "service_seconds_per_order",
                "service_seconds_per_line", "service_seconds_per_item", "service_distribution", "daily_order_limit",
                "handling_cost_per_order", "handling_cost_per_line", "handling_cost_per_item", "labour_cost_per_hour",
                "tags",
            ]
        case .zones: ["name", "tags"]
        case .products:
            ["category", "price", "unit_cost", "mass_kg", "volume_litres", "temperature_class", "tags"]
        case .inventory: ["safety_stock"]
        case .transfers: ["cost_per_item"]
        case .tariffs:
            ["from_kg", "per_shipment", "per_item", "per_kg", "per_km", "per_item_km", "per_kg_km"]
        case .services:
            [
                "carrier", "mode", "nodes", "emission", "max_km", "fixed_hours", "distance_exponent",
                "transit_distribution", "cut_offs", "daily_capacity", "tags",
            ]
        case .lanes: ["km", "hours", "tariff", "closed"]
        case .customers: ["segment", "preferences"]
        case .orders:
            ["customer", "segment", "zone", "x", "y", "promised_at", "approved_at", "channel", "tags", "weight"]
        case .orderLines: ["price"]
        case .openOrders: ["ready_at", "service_seconds"]
        case .history:
            [
                "product", "node", "service", "shipped_at", "delivered_at", "cancelled", "cancelled_at", "freight_paid",
                "complaint",
            ]
        case .weather: ["intensity", "storm_level"]
        case .replenishments, .traffic, .signals: []
        }
    }

    /// Whether any further column has a meaning (signals).
    public var takesFurtherColumns: Bool { self == .signals }
}
