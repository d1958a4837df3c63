import Domain

/// A column of a dataset table, as a map can fill it.
struct TargetColumn: Sendable, Hashable {
    /// What a cell holds.
    enum Kind: String, Sendable, Hashable {
        case text, number, integer, instant, boolean, list
    }

    let name: String
    let kind: Kind
    let isRequired: Bool
    /// What a number measures; nil for counts, money and plain numbers.
    let quantity: MeasurementUnit.Quantity?
    /// How many of the column's own unit one stored unit of the quantity is: 1/3600 for hours.
    let perStoredUnit: Double

    /// The column's unit in words for people, nil where there is none.
    var unitName: String? {
        guard let quantity else { return nil }
        return name.hasSuffix("hours") ? "h" : quantity.storedUnit
    }
}

/// The tables of the dataset format and their columns; see the article on the dataset format in module History.
enum TargetSchema {
    /// Table names in the order in which they are written.
    static let tables: [String] = definitions.map(\.table)

    /// The columns of a table, or nil for an unknown table.
    static func columns(of table: String) -> [TargetColumn]? {
        byTable[table]
    }

    /// Columns that only the importer knows, for tariffs: upper bounds and minimum charges become bands.
    static let tariffExtras = ["to_kg", "minimum_charge"]

    /// Tables that a dataset may lack.
    static let optionalTables: Set<String> = [
        "open_orders", "replenishments", "transfers", "lanes", "customers", "history", "weather", "traffic", "signals",
    ]

    private static let byTable: [String: [TargetColumn]] = Dictionary(
        uniqueKeysWithValues: definitions.map {
            ($0.table, $0.columns.split(separator: " ").map { column(String($0)) })
        })

    /// One line a table: `name:kind`, `!` behind a required column; `kind` may be a quantity, `hours` or a plain kind.
    private static let definitions: [(table: String, columns: String)] = [
        (
            "nodes",
            """
            id:text! name:text kind:text x:number! y:number! region:text! group:text opening_hours:text \
            stations:integer service_seconds_per_order:duration service_seconds_per_line:duration \
            service_seconds_per_item:duration service_distribution:text daily_order_limit:integer \
            handling_cost_per_order:number handling_cost_per_line:number handling_cost_per_item:number \
            labour_cost_per_hour:number tags:list
            """
        ),
        ("zones", "id:text! name:text x:number! y:number! region:text! tags:list"),
        (
            "products",
            """
            id:text! category:text price:number unit_cost:number mass_kg:mass volume_litres:volume \
            temperature_class:text tags:list
            """
        ),
        ("inventory", "node:text! product:text! on_hand:integer! safety_stock:integer"),
        ("replenishments", "node:text! product:text! at:instant! quantity:integer!"),
        ("transfers", "from_node:text! to_node:text! lead_hours:hours! cost_per_item:number"),
        (
            "tariffs",
            """
            id:text! from_kg:mass to_kg:mass minimum_charge:number per_shipment:number per_item:number per_kg:number \
            per_km:number per_item_km:number per_kg_km:number
            """
        ),
        (
            "services",
            """
            id:text! carrier:text mode:text nodes:list tariff:text! emission:text max_km:distance fixed_hours:hours \
            km_per_hour:speed! distance_exponent:number transit_distribution:text cut_offs:list \
            daily_capacity:integer tags:list
            """
        ),
        ("lanes", "node:text! zone:text! service:text! km:distance hours:hours tariff:text closed:boolean"),
        ("customers", "id:text! segment:text preferences:list"),
        (
            "orders",
            """
            id:text! placed_at:instant! customer:text segment:text zone:text x:number y:number promised_at:instant \
            approved_at:instant channel:text tags:list weight:number
            """
        ),
        ("order_lines", "order:text! product:text! quantity:integer! price:number"),
        (
            "open_orders",
            "order:text! stage:text! node:text! service:text! ready_at:instant service_seconds:duration"
        ),
        (
            "history",
            """
            order:text! product:text node:text service:text shipped_at:instant delivered_at:instant \
            cancelled:boolean cancelled_at:instant freight_paid:number complaint:boolean
            """
        ),
        ("weather", "region:text! at:instant! class:text! intensity:number storm_level:number"),
        ("traffic", "region:text! at:instant! congestion:number!"),
        ("signals", "region:text! at:instant!"),
    ]

    /// A column from its definition.
    private static func column(_ definition: String) -> TargetColumn {
        let parts = definition.split(separator: ":")
        let isRequired = parts[1].hasSuffix("!")
        let word = String(isRequired ? parts[1].dropLast() : parts[1])
        let quantity = word == "hours" ? .duration : MeasurementUnit.Quantity(rawValue: word)
        return TargetColumn(
            name: String(parts[0]), kind: TargetColumn.Kind(rawValue: word) ?? .number, isRequired: isRequired,
            quantity: quantity, perStoredUnit: word == "hours" ? 1.0 / 3600 : 1)
    }
}
