import Domain
import Sampling
import Storage

/// A recorded order as it appears in a world: itself, or one more like it, somewhere near in time and place.
public struct OrderCopy: BitwiseCopyable, Sendable {
    /// Row of the recorded order.
    public var source: Int32
    /// Its number: 0 the order itself.
    public var copy: Int32
    /// Row of the recorded order whose zone and place it has.
    public var placeSource: Int32
    /// When it is placed, seconds.
    public var placedAt: Double

    /// A copy from its parts.
    public init(source: Int, copy: Int, placeSource: Int, placedAt: Double) {
        self.source = Int32(source)
        self.copy = Int32(copy)
        self.placeSource = Int32(placeSource)
        self.placedAt = placedAt
    }
}

extension [OrderCopy] {
    /// The copies by time, then id, then number: the order in which they are visited.
    public func inOrder(of orders: OrderTable) -> [OrderCopy] {
        sorted { left, right in
            if left.placedAt != right.placedAt { return left.placedAt < right.placedAt }
            if left.source != right.source {
                return identifierPrecedes(orders.ids[Int(left.source)], orders.ids[Int(right.source)])
            }
            return left.copy < right.copy
        }
    }
}

extension Dataset {
    /// The dataset with other orders: copies of its own, in the order given, which must be that of time.
    ///
    /// Copy 0 keeps the entity of its order's random numbers, copy j has its own. Instants of an order (approval, promise, what
    /// history says of it) shift by as much as its placing. All else is shared with this dataset, which must live as
    /// long. O(orders and their lines).
    public func taking(_ copies: [OrderCopy]) -> Dataset {
        let store = MemoryColumnStore()
        var parts = parts
        parts.store = store
        parts.orders = orders.taking(copies, store: store)
        parts.history = history?.taking(copies, orders: orders, store: store)
        return Dataset(parts: parts)
    }

    /// Everything it is made of.
    private var parts: DatasetParts {
        DatasetParts(
            store: orders.store, description: description, regions: regions, tags: tags, segments: segments,
            channels: channels, categories: categories, nodes: nodes, zones: zones, services: services,
            tariffs: tariffs, products: products, inventory: inventory, replenishments: replenishments,
            transfers: transfers, lanes: lanes, orders: orders, ordersHavePlaces: ordersHavePlaces,
            openOrders: openOrders, history: history, weather: weather, traffic: traffic, signals: signals,
            contentHash: contentHash, quality: quality)
    }
}

extension Column {
    /// The values at some positions.
    fileprivate func values(at positions: some Sequence<Int>) -> [Element] { positions.map { self[$0] } }
}

extension OrderTable {
    /// The table of some copies.
    fileprivate func taking(_ copies: [OrderCopy], store: MemoryColumnStore) -> OrderTable {
        let sources = copies.lazy.map { Int($0.source) }
        let places = copies.lazy.map { Int($0.placeSource) }
        /// Instants shifted as the placing is; an order that is not shifted keeps every bit.
        func shifted(_ column: Column<Double>) -> [Double] {
            copies.map { copy in
                let row = Int(copy.source)
                let shift = copy.placedAt - placedAt[row]
                return shift == 0 ? column[row] : column[row] + shift
            }
        }
        var offsets: [Int64] = [0]
        var lineRows: [Int] = []
        for source in sources {
            lineRows.append(contentsOf: lines(of: source))
            offsets.append(Int64(lineRows.count))
        }
        let identifiers = IdentifierColumn(
            prefixes: store.add("ids.prefixes", ids.prefixes.map { $0 }),
            prefixNumbers: store.add("ids.prefix", ids.prefixNumbers.values(at: sources)),
            numbers: store.add("ids.number", ids.numbers.values(at: sources)))
        return OrderTable(
            store: store, ids: identifiers,
            idHashes: store.add(
                "hash",
                copies.map { copy in
                    let hash = idHashes[Int(copy.source)]
                    return copy.copy == 0 ? hash : StableHash.combine(hash, StableHash.of(Int(copy.copy)))
                }),
            placedAt: store.add("placed", copies.map(\.placedAt)),
            approvedAt: store.add("approved", shifted(approvedAt)),
            promisedAt: store.add("promised", shifted(promisedAt)),
            zones: store.add("zone", zones.values(at: places)), x: store.add("x", x.values(at: places)),
            y: store.add("y", y.values(at: places)), segments: store.add("segment", segments.values(at: sources)),
            channels: store.add("channel", channels.values(at: sources)),
            tagsLow: store.add("tags.low", tagsLow.values(at: sources)),
            tagsHigh: store.add("tags.high", tagsHigh.values(at: sources)),
            weights: store.add("weight", weights.values(at: sources)), lineOffsets: store.add("lines", offsets),
            lineProducts: store.add("line.product", lineProducts.values(at: lineRows)),
            lineQuantities: store.add("line.quantity", lineQuantities.values(at: lineRows)),
            linePrices: store.add("line.price", linePrices.values(at: lineRows)))
    }
}

extension HistoryTable {
    /// What history says of some copies: each has its original's, as much later or earlier.
    fileprivate func taking(_ copies: [OrderCopy], orders: OrderTable, store: MemoryColumnStore) -> HistoryTable {
        var offsets: [Int64] = [0]
        var taken: [Int] = []
        var shifts: [Double] = []
        for copy in copies {
            let own = rows(of: Int(copy.source))
            taken.append(contentsOf: own)
            let shift = copy.placedAt - orders.placedAt[Int(copy.source)]
            shifts.append(contentsOf: repeatElement(shift, count: own.count))
            offsets.append(Int64(taken.count))
        }
        func shifted(_ column: Column<Double>) -> [Double] {
            zip(taken, shifts).map { row, shift in shift == 0 ? column[row] : column[row] + shift }
        }
        return HistoryTable(
            store: store, offsets: store.add("history.offsets", offsets),
            products: store.add("history.product", products.values(at: taken)),
            nodes: store.add("history.node", nodes.values(at: taken)),
            services: store.add("history.service", services.values(at: taken)),
            shippedAt: store.add("history.shipped", shifted(shippedAt)),
            deliveredAt: store.add("history.delivered", shifted(deliveredAt)),
            cancelled: store.add("history.cancelled", cancelled.values(at: taken)),
            cancelledAt: store.add("history.cancelled_at", shifted(cancelledAt)),
            freightPaid: store.add("history.freight", freightPaid.values(at: taken)),
            complaint: store.add("history.complaint", complaint.values(at: taken)))
    }
}
