import Domain

/// Entities of the random numbers: stable hashes of what a thing is and what it is called.
///
/// No entity depends on a row number, on how many other things there are or on when it is asked for, so adding a city
/// or a node leaves every other entity's draws as they were.
enum Entity {
    /// A city.
    static func city(_ id: String) -> UInt64 { StableHash.of("city:" + id) }
    /// A zone.
    static func zone(_ id: String) -> UInt64 { StableHash.of("zone:" + id) }
    /// An hour of a zone: how many orders it places. `zone` is the zone's entity.
    static func cell(zone: UInt64, hour: Int) -> UInt64 { StableHash.combine(zone, StableHash.of(hour)) }
    /// An order of a zone's hour, by its number within it: the same parts as its id.
    static func order(zone: UInt64, hour: Int, number: Int) -> UInt64 {
        StableHash.combine(cell(zone: zone, hour: hour), StableHash.of(number))
    }
    /// What happened to an order.
    static func past(order: UInt64) -> UInt64 { StableHash.combine(order, pastHash) }
    private static let pastHash = StableHash.of("past")
    /// A product.
    static func product(_ id: String) -> UInt64 { StableHash.of("product:" + id) }
    /// A customer.
    static func customer(_ id: String) -> UInt64 { StableHash.of("customer:" + id) }
    /// Stock of a product at a node.
    static func stock(node: String, product: String) -> UInt64 { StableHash.of("stock:\(node):\(product)") }
    /// The open orders of a node.
    static func openOrders(node: String) -> UInt64 { StableHash.of("open:" + node) }
    /// An open order, by the entity of its node's and its number.
    static func openOrder(node: UInt64, number: Int) -> UInt64 { StableHash.combine(node, StableHash.of(number)) }
    /// A random field.
    static func field(_ name: String) -> UInt64 { StableHash.of("field:" + name) }
}
