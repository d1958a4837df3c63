/// Words by which exports call the columns of a dataset; the first match of a header wins.
enum HeaderSynonyms {
    private static let node = [
        "node", "node_id", "warehouse", "warehouse_id", "warehouse_code", "wh", "wh_id", "wh_code", "whse", "plant",
        "plant_id", "plant_code", "dc", "dc_id", "fc", "fc_id", "facility", "facility_id", "site", "site_id", "store",
        "store_id", "depot", "depot_id", "hub", "hub_id", "location", "location_id", "ship_from", "shipped_from",
        "origin", "origin_id", "source_warehouse", "fulfilled_by", "from",
    ]
    private static let zone = [
        "zone", "zone_id", "delivery_zone", "ship_to_zone", "ship_to_zip", "ship_to_postcode", "ship_to", "zip",
        "zip_code",
        "zipcode", "zip_prefix", "postal_code", "postcode", "destination", "destination_id", "dest", "dest_id",
        "dest_zip",
        "dest_port", "delivery_zip", "delivery_postcode", "ship_to_city", "delivery_city",
    ]
    private static let product = [
        "product", "product_id", "product_code", "sku", "sku_id", "sku_code", "item", "item_id", "item_code",
        "item_number", "article", "article_id", "article_no", "material", "material_no", "part", "part_no",
        "part_number", "upc", "ean", "gtin", "asin", "stock_code",
    ]
    private static let order = [
        "order", "order_id", "order_no", "order_nr", "order_num", "order_number", "order_ref", "order_code",
        "sales_order", "so_number", "so_no", "purchase_id", "invoice_no",
    ]
    private static let service = [
        "service", "service_id", "service_code", "ship_method", "shipping_method", "ship_mode", "delivery_method",
        "carrier_service", "service_level", "carrier", "carrier_id", "carrier_code",
    ]
    private static let region = [
        "region", "state", "province", "county", "area", "district", "ship_to_state", "ship_to_region", "country",
    ]
    private static let longitude = ["x", "lon", "lng", "long", "longitude"]
    private static let latitude = ["y", "lat", "latitude"]
    private static let segment = ["segment", "customer_segment", "customer_type", "tier", "loyalty_tier"]
    private static let customer = [
        "customer", "customer_id", "customer_no", "customer_number", "customer_code", "client", "client_id", "buyer",
        "buyer_id", "account", "account_id", "cust_id", "user_id",
    ]

    /// Words that name the rows of any table: they tell nothing of which.
    static let generic = ["id", "code", "no", "number"]

    /// Words in file names, by table.
    static let fileWords: [String: [String]] = [
        "nodes": ["node", "warehouse", "wh", "plant", "store", "site", "dc", "facilit", "depot", "hub", "location"],
        "zones": ["zone", "zip", "post", "destination", "region"], "products": ["product", "item", "sku", "article"],
        "inventory": ["inventory", "stock"], "tariffs": ["tariff", "rate"], "services": ["service", "carrier"],
        "customers": ["customer", "client"], "orders": ["order"], "order_lines": ["line", "item", "detail"],
        "history": ["history", "shipment", "deliver", "dispatch", "fulfil"],
    ]

    /// Words by table and column, columns in the order in which a map shows them.
    static let words: [(table: String, columns: [(column: String, words: [String])])] = [
        (
            "nodes",
            [
                ("id", node + generic),
                ("name", ["name", "node_name", "warehouse_name", "plant_name", "site_name", "store_name"]),
                ("kind", ["kind", "type", "node_type", "warehouse_type", "facility_type", "site_type"]),
                ("x", longitude), ("y", latitude), ("region", region),
                ("opening_hours", ["opening_hours", "hours", "open_hours"]),
                ("stations", ["stations", "pick_stations", "pickers", "pick_lines"]),
                (
                    "daily_order_limit",
                    ["daily_order_limit", "daily_capacity", "capacity", "order_capacity", "max_orders_per_day"]
                ),
                ("handling_cost_per_order", ["handling_cost_per_order", "cost_per_order"]),
                (
                    "handling_cost_per_item",
                    ["handling_cost_per_item", "cost_per_unit", "cost_per_item", "handling_cost"]
                ),
            ]
        ),
        (
            "zones",
            [
                ("id", zone + generic), ("name", ["name", "zone_name", "city", "ship_to_city", "town", "place"]),
                ("x", longitude + ["ship_to_lon", "ship_to_lng", "dest_lon"]),
                ("y", latitude + ["ship_to_lat", "dest_lat"]), ("region", region),
            ]
        ),
        (
            "products",
            [
                ("id", product + generic),
                (
                    "category",
                    [
                        "category", "product_category", "department", "family", "product_family", "product_group",
                        "group",
                    ]
                ),
                ("price", ["price", "unit_price", "list_price", "retail_price", "sale_price", "msrp"]),
                ("unit_cost", ["unit_cost", "cost", "cogs", "cost_price", "purchase_price"]),
                ("mass_kg", ["mass", "weight", "unit_weight", "gross_weight", "net_weight", "product_weight"]),
                ("volume_litres", ["volume", "unit_volume", "product_volume"]),
            ]
        ),
        (
            "inventory",
            [
                ("node", node), ("product", product),
                (
                    "on_hand",
                    [
                        "on_hand", "stock", "stock_qty", "qty_on_hand", "quantity_on_hand", "inventory", "soh",
                        "available",
                        "available_qty", "qty", "quantity",
                    ]
                ),
                ("safety_stock", ["safety_stock", "min_stock", "minimum_stock", "buffer_stock"]),
            ]
        ),
        (
            "tariffs",
            [
                ("id", ["tariff", "tariff_id", "rate_id", "rate_card"] + service),
                ("from_kg", ["from", "min_weight", "weight_from", "min_weight_quant", "from_weight"]),
                ("to_kg", ["to", "max_weight", "weight_to", "max_weight_quant", "to_weight"]),
                ("minimum_charge", ["minimum_charge", "min_charge", "min_cost", "minimum_cost", "minimum"]),
                ("per_shipment", ["per_shipment", "base_price", "base_rate", "flat_rate", "fixed_cost"]),
                ("per_kg", ["per_kg", "rate_per_kg", "price_per_kg", "rate"]),
                ("per_km", ["per_km", "rate_per_km", "price_per_km"]),
            ]
        ),
        (
            "services",
            [
                ("id", service), ("carrier", ["carrier", "carrier_name", "carrier_id"]),
                ("mode", ["mode", "transport_mode", "mode_dsc"]),
                ("tariff", ["tariff", "tariff_id", "rate_card"] + service),
                ("km_per_hour", ["speed", "speed_kmh", "km_per_hour", "average_speed"]),
                ("fixed_hours", ["fixed_hours", "transit_time", "transit_days", "lead_time", "tpt_day_count"]),
                ("daily_capacity", ["daily_capacity", "capacity"]),
            ]
        ),
        ("customers", [("id", customer), ("segment", segment)]),
        (
            "orders",
            [
                ("id", order + ["id"]),
                (
                    "placed_at",
                    [
                        "placed_at", "ordered", "order_date", "order_time", "order_datetime", "ordered_at",
                        "order_placed", "created",
                        "created_at", "create_date", "purchase_date", "purchase_time", "purchase_timestamp",
                        "order_purchase_timestamp", "invoice_date", "date", "timestamp",
                    ]
                ),
                ("customer", customer), ("segment", segment), ("zone", zone),
                (
                    "promised_at",
                    [
                        "promised_at", "promised_date", "promise_date", "due_date", "due", "required_date",
                        "delivery_due",
                        "deadline", "estimated_delivery", "estimated_delivery_date", "order_estimated_delivery_date",
                        "requested_delivery_date", "expected_delivery",
                    ]
                ),
                ("approved_at", ["approved_at", "order_approved_at", "payment_date", "released_at"]),
                ("channel", ["channel", "sales_channel", "order_channel"]),
            ]
        ),
        (
            "order_lines",
            [
                ("order", order), ("product", product),
                (
                    "quantity",
                    [
                        "quantity", "qty", "units", "unit_quant", "order_qty", "qty_ordered", "quantity_ordered",
                        "pieces", "pcs",
                    ]
                ),
                ("price", ["price", "unit_price", "sale_price", "item_price"]),
            ]
        ),
        (
            "history",
            [
                ("order", order), ("node", node), ("service", service),
                (
                    "shipped_at",
                    [
                        "shipped_at", "shipped", "ship_date", "shipped_date", "shipping_date", "dispatch_date",
                        "dispatched_at",
                        "pickup_date", "order_delivered_carrier_date",
                    ]
                ),
                (
                    "delivered_at",
                    [
                        "delivered_at", "delivered", "delivery_date", "delivered_date", "arrival_date", "received_at",
                        "order_delivered_customer_date",
                    ]
                ),
                ("cancelled", ["cancelled", "canceled", "is_cancelled", "is_canceled"]),
                (
                    "freight_paid",
                    [
                        "freight_paid", "freight", "freight_value", "freight_cost", "shipping_cost", "shipping_fee",
                        "postage",
                    ]
                ),
            ]
        ),
    ]

    /// A header as the words here are written: `Ship To ZIP`, `shipToZip` and `SHIP-TO-ZIP` are `ship_to_zip`.
    static func normalised(_ header: String) -> String {
        var words: [String] = []
        var current = ""
        var previousIsLower = false
        for character in header {
            let isWord = character.isLetter || character.isNumber
            if !isWord || (character.isUppercase && previousIsLower) {
                if !current.isEmpty { words.append(current) }
                current = ""
            }
            if isWord { current += character.lowercased() }
            previousIsLower = character.isLowercase || character.isNumber
        }
        if !current.isEmpty { words.append(current) }
        return words.joined(separator: "_")
    }

    /// The unit of time that a header names anywhere: `TPT_Day_Count` is in days.
    static func durationUnit(_ header: String) -> MeasurementUnit? {
        for word in normalised(header).split(separator: "_") where word.count > 2 {
            if let unit = try? MeasurementUnit.named(String(word)), unit.quantity == .duration { return unit }
        }
        return nil
    }

    /// A normalised header without a unit at its end, and that unit: `weight_lb` is `weight` in lb.
    static func splitUnit(_ header: String) -> (header: String, unit: MeasurementUnit?) {
        guard let cut = header.lastIndex(of: "_") else { return (header, nil) }
        let last = String(header[header.index(after: cut)...])
        guard let unit = try? MeasurementUnit.named(last) else { return (header, nil) }
        return (String(header[..<cut]), unit)
    }
}
