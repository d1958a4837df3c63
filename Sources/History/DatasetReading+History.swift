import Domain

/// What really happened.
extension DatasetReading {
    mutating func readHistory() throws(InputError) {
        guard let source = try open(.history) else { return }
        // Taken out while it grows, so that it is held once.
        var rows = builder.history
        builder.history = HistoryRows()
        var reading = HistoryReading(
            source, instants: instants, orderCount: builder.orders.count,
            known: (products: products, nodes: nodes, services: services))
        try reading.readAll(into: &rows, orders: &builder.orders)
        try close(source, kept: rows.count)
        builder.history = rows
    }
}
