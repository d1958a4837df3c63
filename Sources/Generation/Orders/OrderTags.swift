/// The labels of orders: their promise's tag, the tags of products that orders take over, and high value.
struct OrderTags: Sendable {
    /// Names of all order tags; bit i of an order's tags is `names[i]`.
    let names: [String]
    private let products: [ProductCatalogue.Product]
    /// Bits of each product's tags that its orders get.
    private let productBits: [UInt128]
    /// Bit of each promise's tag.
    private let promiseBits: [UInt128]
    private let highValue: Double
    private let highValueBit: UInt128

    /// The labels of a network.
    init(_ network: Network) {
        let customers = network.specification.customers
        var names: [String] = []
        func bit(_ name: String) -> UInt128 {
            if !names.contains(name) { names.append(name) }
            return 1 << UInt128(names.firstIndex(of: name) ?? 0)
        }
        promiseBits = customers.promises.map { $0.tag.map(bit) ?? 0 }
        products = network.catalogue.products
        let wanted = customers.productTags
        productBits = products.map { product in
            product.tags.filter(wanted.contains).reduce(0) { $0 | bit($1) }
        }
        highValue = customers.highValue ?? .infinity
        highValueBit = customers.highValue == nil ? 0 : bit(customers.highValueTag)
        self.names = names
    }

    /// The labels of the order whose lines were added last.
    func tags(ofLast batch: OrderBatch, promise: Int) -> UInt128 {
        var bits = promise >= 0 ? promiseBits[promise] : 0
        var value = 0.0
        let last = batch.lineOffsets.count - 1
        for line in batch.lineOffsets[last - 1]..<batch.lineOffsets[last] {
            let product = Int(batch.lineProducts[line])
            bits |= productBits[product]
            value += products[product].price * Double(batch.lineQuantities[line])
        }
        return value >= highValue ? bits | highValueBit : bits
    }

    /// The names of a set of labels, separated by semicolons.
    func text(_ bits: UInt128) -> String {
        names.indices.filter { bits >> UInt128($0) & 1 == 1 }.map { names[$0] }.joined(separator: ";")
    }
}
