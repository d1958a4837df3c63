import Domain
import Storage

/// Reads the rows of `orders`.
struct OrderReading {
    /// What is said of orders without a promise.
    static let promiseMissing = "orders without a promise, which cannot be late"

    private let source: TableSource
    private let reader: CSVReader
    private let id, placedAt, approvedAt, promisedAt, zone, x, y, customer, segment, channel, tags, weight: Int?
    private let system: CoordinateSystem
    /// Whether each id is looked up when it is read; else who reads looks at all of them.
    private let looksUpIds: Bool
    /// One a column, since each remembers the last date.
    private var placedInstants, approvedInstants, promisedInstants: InstantParser
    /// What tells a row that repeats another from one that only has its id.
    private var fingerprints = LargeArray<UInt128>()
    /// Whether the customers met so far are known, by their numbers.
    private var customerIsKnown: [Bool] = []
    /// Cells of `tags` met so far, and the number of each one's list.
    private var tagTexts = ByteIndex()
    private var tagLists: [Int32] = []
    private var promiseMissing = RowCounter("promise_missing", Self.promiseMissing)
    private var approvalMissing = RowCounter("approval_missing", "orders without a time of approval, approved at once")

    init(_ source: TableSource, instants: InstantParser, system: CoordinateSystem, looksUpIds: Bool) {
        self.source = source
        self.looksUpIds = looksUpIds
        placedInstants = instants
        approvedInstants = instants
        promisedInstants = instants
        self.system = system
        reader = source.reader
        id = source.column("id")
        placedAt = source.column("placed_at")
        approvedAt = source.column("approved_at")
        promisedAt = source.column("promised_at")
        zone = source.column("zone")
        x = source.column("x")
        y = source.column("y")
        customer = source.column("customer")
        segment = source.column("segment")
        channel = source.column("channel")
        tags = source.column("tags")
        weight = source.column("weight")
    }

    /// Reads all rows; `customers` nil where there is no such table.
    mutating func readAll(
        into rows: inout OrderRows, end: Double, zones: KnownIds, customers: DatasetBuilder.Customers?
    ) throws(InputError) {
        while try reader.nextRow() {
            try readRow(into: &rows, end: end, zones: zones, customers: customers)
            if reader.rowCount == TableSource.rowsBeforeEstimate {
                rows.reserveCapacity(orders: source.estimatedRowCount)
                if looksUpIds { fingerprints.reserveCapacity(source.estimatedRowCount) }
            }
        }
        promiseMissing.finish(source)
        approvalMissing.finish(source)
    }

    /// The current row. An order that is set aside keeps its place and id, so that its lines can be told from those of
    /// no order, and nothing else.
    private mutating func readRow(
        into rows: inout OrderRows, end: Double, zones: KnownIds, customers: DatasetBuilder.Customers?
    ) throws(InputError) {
        let isText = reader.recordIsASCII
        guard let idColumn = id, !reader.isBlank(idColumn) else {
            _ = try source.required(id, expected: "an id")
            return
        }
        if !isText { _ = try reader.text(idColumn) }
        let (number, isNew) = takeId(idColumn, &rows)
        if !isNew, fingerprints[Int(number)] == reader.recordFingerprint {
            source.setAsideDuplicate()
            return
        }
        var row = OrderRows.Row()
        if let placed = try source.instant(placedAt, &placedInstants) {
            row.placedAt = placed
        } else {
            row.placedAt = try source.requiredInstant(placedAt)
        }
        guard isNew else {
            let text = rows.ids.text(Int(number))
            throw InputError(
                at: reader.location(of: idColumn), found: "the order '\(text)' twice", expected: "each once")
        }
        rows.idHashes.append(reader.withField(idColumn) { StableHash.of($0) })
        if looksUpIds { fingerprints.append(reader.recordFingerprint) }
        let approved = try source.instant(approvedAt, &approvedInstants)
        if let promised = try source.instant(promisedAt, &promisedInstants) { row.promisedAt = promised }
        if !isText { try checkTexts([zone, customer, segment, channel, tags]) }
        let place = try place()
        let isEarly = (approved ?? .infinity) < row.placedAt
        row.approvedAt = isEarly ? .nan : approved ?? .nan
        if let weight, !reader.isBlank(weight) { row.weight = try reader.double(weight) }
        if reader.withField(idColumn, { $0.containsLineBreak }) {
            try source.check(
                RangeProblem(column: "id", value: rows.ids.text(Int(number)), expected: "an id without line breaks"))
        }
        try source.check(
            DatasetRules.problem(
                inOrderPlacedAt: row.placedAt, approvedAt: isEarly ? nil : approved, promisedAt: row.promisedAt,
                place: place, weight: row.weight, system))
        if isOutside(row.placedAt, end: end) {
            rows.appendSetAside()
            return
        }
        guard try takeZone(&row, &rows, zones) else {
            rows.appendSetAside()
            return
        }
        if let place {
            row.x = place.x
            row.y = place.y
        }
        takeNames(&row, &rows, customers)
        if isEarly {
            source.repaired(
                "approved_before_placed", "orders approved before they were placed, now approved at once",
                at: approvedAt)
        }
        note(row, approved: approved, place: place)
        rows.append(row)
    }

    /// The number of the current row's id, and whether no row before has it.
    private func takeId(_ column: Int, _ rows: inout OrderRows) -> (number: Int32, isNew: Bool) {
        if looksUpIds { return reader.withField(column) { rows.ids.insert($0) } }
        reader.withField(column) { rows.ids.add($0) }
        return (Int32(truncatingIfNeeded: rows.ids.count - 1), true)
    }

    /// Counts what is odd about an order that is kept.
    private mutating func note(_ row: OrderRows.Row, approved: Double?, place: Place?) {
        if row.promisedAt < row.placedAt {
            source.note("promised_before_placed", "orders promised before they were placed", at: promisedAt)
        }
        if approvedAt != nil, approved == nil { approvalMissing.count(source) }
        if promisedAt != nil, row.promisedAt == .infinity { promiseMissing.count(source) }
        if row.customer >= 0, !customerIsKnown[Int(row.customer)] {
            source.note("unknown_customer", "orders of a customer that is not in customers", at: customer)
        }
        if let place { source.notePlace(place, system) }
    }

    /// Whether an order was placed outside the horizon; it is counted then.
    private func isOutside(_ time: Double, end: Double) -> Bool {
        guard time < 0 || time >= end else { return false }
        source.setAside("placed_outside", "orders placed before the start or not before the end", at: placedAt)
        return true
    }

    /// Takes the zone; false where it is not known, which is counted.
    private mutating func takeZone(
        _ row: inout OrderRows.Row, _ rows: inout OrderRows, _ zones: KnownIds
    ) throws(InputError) -> Bool {
        guard let zone, !reader.isBlank(zone) else { return true }
        let known = reader.withField(zone) { rows.zoneNames.number(of: $0) }
        if known >= 0 {
            row.zone = known
            return true
        }
        let text = try reader.text(zone)
        guard zones.contains(text) else {
            source.setAside("unknown_zone", "orders of a zone that is not in zones", at: zone)
            return false
        }
        row.zone = rows.zoneNames.insert(text).number
        return true
    }

    /// Takes customer, segment, channel and tags.
    private mutating func takeNames(
        _ row: inout OrderRows.Row, _ rows: inout OrderRows, _ customers: DatasetBuilder.Customers?
    ) {
        if let customer, !reader.isBlank(customer) {
            let (number, isNew) = reader.withField(customer) { rows.customerNames.insert($0) }
            row.customer = number
            // Without a table of customers there is nothing to know.
            if isNew {
                let id = rows.customerNames.text(Int(number))
                customerIsKnown.append(customers.map { $0[id] != nil } ?? true)
            }
        }
        if let segment, !reader.isBlank(segment) {
            row.segment = reader.withField(segment) { rows.segmentNames.insert($0).number }
        }
        if let channel {
            row.channel = reader.withField(channel) { rows.channelNames.insert($0).number }
        } else {
            row.channel = rows.channelNames.insert("").number
        }
        if let tags, !reader.isBlank(tags) {
            let (number, isNew) = reader.withField(tags) { tagTexts.insert($0) }
            if isNew { tagLists.append(rows.number(ofTags: TableSource.items(of: tagTexts.text(Int(number))))) }
            row.tags = tagLists[Int(number)]
        }
    }

    /// The place of an order, if it has its own. It changes nothing, but is called without a copy of this.
    private mutating func place() throws(InputError) -> Place? {
        let x = try source.number(x)
        let y = try source.number(y)
        if let x, let y { return Place(x: x, y: y) }
        if x != nil || y != nil {
            throw InputError(at: source.rowLocation, found: "one coordinate", expected: "both x and y, or neither")
        }
        if source.isBlank(zone) {
            throw InputError(
                at: source.rowLocation, found: "neither a zone nor a place", expected: "a zone, or x and y")
        }
        return nil
    }

    /// Throws at the first cell that is not UTF-8.
    private func checkTexts(_ columns: [Int?]) throws(InputError) {
        for column in columns { _ = try source.text(column) }
    }
}

extension Span<UInt8> {
    /// Whether a line feed or carriage return is in it.
    fileprivate var containsLineBreak: Bool {
        for index in indices where self[index] == 0x0A || self[index] == 0x0D { return true }
        return false
    }
}
