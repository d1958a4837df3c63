import Domain
import Sampling
import Storage

/// The larger tables, and what all tables share.
extension DatasetDecoder {
    func inventory(nodeCount: Int, productCount: Int) throws(OperationError) -> Inventory {
        var inventory = Inventory(nodeCount: nodeCount, productCount: productCount)
        let positions = try store.column("inventory.position", of: Int64.self)
        let onHand = try column("inventory.on_hand", Int32.self, positions.count)
        let safety = try column("inventory.safety_stock", Int32.self, positions.count)
        for (row, position) in positions.enumerated() {
            guard position >= 0, position < inventory.onHand.count else { throw Self.damaged("inventory.position") }
            inventory.onHand[Int(position)] = onHand[row]
            inventory.safetyStock[Int(position)] = safety[row]
        }
        return inventory
    }

    func replenishments() throws(OperationError) -> [Replenishment] {
        let times = try store.column("replenishments.at", of: Double.self)
        let nodes = try column("replenishments.node", Int32.self, times.count)
        let products = try column("replenishments.product", Int32.self, times.count)
        let quantities = try column("replenishments.quantity", Int64.self, times.count)
        return times.indices.map {
            Replenishment(
                node: Int(nodes[$0]), product: Int(products[$0]), time: times[$0], quantity: Int(quantities[$0]))
        }
    }

    func transfers() throws(OperationError) -> [Transfer] {
        let hours = try store.column("transfers.lead_hours", of: Double.self)
        let from = try column("transfers.from", Int32.self, hours.count)
        let to = try column("transfers.to", Int32.self, hours.count)
        let costs = try column("transfers.cost_per_item", Double.self, hours.count)
        return hours.indices.map {
            Transfer(from: Int(from[$0]), to: Int(to[$0]), leadHours: hours[$0], costPerItem: costs[$0])
        }
    }

    func lanes() throws(OperationError) -> LaneTable {
        let nodes = try numbers("lanes.node", Int32.self)
        return LaneTable(
            offsets: try numbers("lanes.offsets", Int64.self).map(Int.init), nodes: nodes,
            services: try numbers("lanes.service", Int32.self, nodes.count),
            kilometres: try numbers("lanes.km", Double.self, nodes.count),
            baseHours: try numbers("lanes.hours", Double.self, nodes.count),
            tariffs: try numbers("lanes.tariff", Int32.self, nodes.count))
    }

    func orders() throws(OperationError) -> OrderTable {
        let ids = try store.identifiers("orders.id")
        let count = ids.count
        let offsets = try column("orders.line_offsets", Int64.self, count + 1)
        let lineCount = Int(offsets[count])
        return OrderTable(
            store: store, ids: ids, idHashes: try column("orders.id_hash", UInt64.self, count),
            placedAt: try column("orders.placed_at", Double.self, count),
            approvedAt: try column("orders.approved_at", Double.self, count),
            promisedAt: try column("orders.promised_at", Double.self, count),
            zones: try column("orders.zone", Int32.self, count), x: try column("orders.x", Double.self, count),
            y: try column("orders.y", Double.self, count),
            segments: try column("orders.segment", Int32.self, count),
            channels: try column("orders.channel", Int32.self, count),
            tagsLow: try column("orders.tags.low", UInt64.self, count),
            tagsHigh: try column("orders.tags.high", UInt64.self, count),
            weights: try column("orders.weight", Double.self, count), lineOffsets: offsets,
            lineProducts: try column("orders.line_product", Int32.self, lineCount),
            lineQuantities: try column("orders.line_quantity", Int32.self, lineCount),
            linePrices: try column("orders.line_price", Double.self, lineCount))
    }

    func openOrders() throws(OperationError) -> [OpenOrder] {
        let orders = try store.strings("open_orders.order")
        let stages = try column("open_orders.stage", UInt8.self, orders.count)
        let seconds = try column("open_orders.seconds", Double.self, orders.count)
        let nodes = try column("open_orders.node", Int32.self, orders.count)
        let services = try column("open_orders.service", Int32.self, orders.count)
        return orders.indices.map { row in
            let stage: OpenOrder.Stage =
                switch stages[row] {
                case 0: .waiting(serviceSeconds: seconds[row])
                case 1: .picking(until: seconds[row])
                default: .packed(at: seconds[row])
                }
            return OpenOrder(order: orders[row], stage: stage, node: Int(nodes[row]), service: Int(services[row]))
        }
    }

    func history(orderCount: Int) throws(OperationError) -> HistoryTable? {
        guard store.columnNames.contains("history.offsets") else { return nil }
        let offsets = try column("history.offsets", Int64.self, orderCount + 1)
        let count = Int(offsets[orderCount])
        return HistoryTable(
            store: store, offsets: offsets, products: try column("history.product", Int32.self, count),
            nodes: try column("history.node", Int32.self, count),
            services: try column("history.service", Int32.self, count),
            shippedAt: try column("history.shipped_at", Double.self, count),
            deliveredAt: try column("history.delivered_at", Double.self, count),
            cancelled: try column("history.cancelled", UInt8.self, count),
            cancelledAt: try column("history.cancelled_at", Double.self, count),
            freightPaid: try column("history.freight_paid", Double.self, count),
            complaint: try column("history.complaint", UInt8.self, count))
    }

    func weather() throws(OperationError) -> WeatherSeries? {
        guard store.columnNames.contains("weather.hours") else { return nil }
        let (regions, hours) = try shape("weather.hours")
        var series = WeatherSeries(regionCount: regions, hourCount: hours)
        series.classes = try numbers("weather.class", UInt8.self, regions * hours).map {
            WeatherClass(rawValue: $0) ?? .clear
        }
        series.intensities = try numbers("weather.intensity", Double.self, regions * hours)
        series.stormLevels = try numbers("weather.storm_level", Double.self, regions * hours)
        return series
    }

    func traffic() throws(OperationError) -> HourlySeries? {
        guard store.columnNames.contains("traffic.hours") else { return nil }
        return try series("traffic.hours", "traffic.congestion", neutral: 1)
    }

    func signals() throws(OperationError) -> [(name: String, series: HourlySeries)] {
        var result: [(name: String, series: HourlySeries)] = []
        for name in try store.strings("signals") {
            result.append((name, try series("signals.\(name).hours", "signals.\(name).values", neutral: 0)))
        }
        return result
    }

    private func series(_ shapeName: String, _ name: String, neutral: Double) throws(OperationError) -> HourlySeries {
        let (regions, hours) = try shape(shapeName)
        var series = HourlySeries(regionCount: regions, hourCount: hours, neutral: neutral)
        series.values = try numbers(name, Double.self, regions * hours)
        return series
    }

    /// Regions and hours of a series.
    private func shape(_ name: String) throws(OperationError) -> (regions: Int, hours: Int) {
        let hours = try column(name, Int64.self, 1)
        return (try store.strings("regions").count, Int(hours[0]))
    }

    // MARK: About the files

    /// What was stated of files, empty for a dataset that was not read from a folder.
    func files() throws(OperationError) -> [String: DatasetDescription.FileFacts] {
        guard store.columnNames.contains("files.rows") else { return [:] }
        let rows = try numbers("files.rows", Int64.self)
        let texts = try texts("files", 2 * rows.count)
        var files: [String: DatasetDescription.FileFacts] = [:]
        for (index, count) in rows.enumerated() {
            files[texts[2 * index]] = DatasetDescription.FileFacts(rows: Int(count), sha256: texts[2 * index + 1])
        }
        return files
    }

    /// What was found in the tables, empty for a dataset that was not read from a folder.
    func quality() throws(OperationError) -> QualityReport {
        guard store.columnNames.contains("quality.counts") else { return QualityReport() }
        var report = QualityReport()
        let counts = try numbers("quality.counts", Int64.self)
        let words = try texts("quality", 6 * counts.count)
        for (index, count) in counts.enumerated() {
            let start = 6 * index
            report.findings.append(
                QualityReport.Finding(
                    severity: QualityReport.Severity(rawValue: words[start]) ?? .warning, code: words[start + 1],
                    table: words[start + 2], count: Int(count),
                    treatment: QualityReport.Treatment(rawValue: words[start + 3]) ?? .kept, message: words[start + 4],
                    examples: words[start + 5].split(separator: "\n").map(String.init)))
        }
        let rows = try numbers("quality.rows", Int64.self)
        let tables = try texts("quality.tables", rows.count)
        for start in stride(from: 0, to: rows.count, by: 2) {
            let table = tables[start]
            let setAside = report.findings.filter { $0.table == table && $0.treatment == .setAside }
            report.tables.append(
                QualityReport.TableAccount(
                    table: table, file: tables[start + 1], read: Int(rows[start]), kept: Int(rows[start + 1]),
                    setAside: Dictionary(uniqueKeysWithValues: setAside.map { ($0.code, $0.count) })))
        }
        return report
    }

    // MARK: Columns

    /// A column of a stated length.
    func column<Element: ColumnElement>(
        _ name: String, _ type: Element.Type, _ count: Int
    ) throws(OperationError) -> Column<Element> {
        let column = try store.column(name, of: type)
        guard column.count == count else { throw Self.damaged(name) }
        return column
    }

    func numbers<Element: ColumnElement>(
        _ name: String, _ type: Element.Type, _ count: Int? = nil
    ) throws(OperationError) -> [Element] {
        let column = try store.column(name, of: type)
        guard column.count == count ?? column.count else { throw Self.damaged(name) }
        return column.array
    }

    func texts(_ name: String, _ count: Int) throws(OperationError) -> StringColumn {
        let column = try store.strings(name)
        guard column.count == count else { throw Self.damaged(name) }
        return column
    }

    func text(_ name: String, _ index: Int) throws(OperationError) -> String {
        let column = try store.strings(name)
        guard index < column.count else { throw Self.damaged(name) }
        return column[index]
    }

    func places(_ table: String, _ count: Int) throws(OperationError) -> [Place] {
        let x = try column(table + ".x", Double.self, count)
        let y = try column(table + ".y", Double.self, count)
        return (0..<count).map { Place(x: x[$0], y: y[$0]) }
    }

    func tags(_ name: String, _ count: Int) throws(OperationError) -> [TagSet] {
        let low = try column(name + ".low", UInt64.self, count)
        let high = try column(name + ".high", UInt64.self, count)
        return (0..<count).map { TagSet(bits: UInt128(high[$0]) << 64 | UInt128(low[$0])) }
    }

    func distributions(_ name: String, _ count: Int) throws(OperationError) -> [UnitDistribution] {
        var result: [UnitDistribution] = []
        for text in try texts(name, count) {
            do {
                result.append(try UnitDistribution(parsing: text))
            } catch {
                throw Self.damaged(name)
            }
        }
        return result
    }

    func ragged<Element: ColumnElement>(
        _ name: String, _ type: Element.Type, _ count: Int? = nil
    ) throws(OperationError) -> [[Element]] {
        let offsets = try store.column(name + ".offsets", of: Int64.self)
        let values = try store.column(name, of: type)
        guard offsets.count == (count ?? offsets.count - 1) + 1, offsets.last == Int64(values.count) else {
            throw Self.damaged(name)
        }
        return (0..<(offsets.count - 1)).map { row in
            (Int(offsets[row])..<Int(offsets[row + 1])).map { values[$0] }
        }
    }

    /// The error of a column that does not fit the others.
    static func damaged(_ name: String) -> OperationError {
        OperationError("column '\(name)' does not fit the other columns of the dataset")
    }
}

extension Dataset {
    /// A dataset whose columns lie in a store; it keeps the store in memory.
    ///
    /// - Throws: `OperationError` when the columns are not those of a dataset.
    convenience init(decoding store: any ColumnStore) throws(OperationError) {
        self.init(parts: try DatasetDecoder(store: store).parts())
    }

    /// A dataset from columns just assembled on the heap, which are those of a dataset by construction.
    convenience init(store: MemoryColumnStore) {
        do {
            try self.init(decoding: store)
        } catch {
            preconditionFailure("assembled columns decode: \(error)")
        }
    }
}
