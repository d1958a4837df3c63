import Domain
import Sampling

/// A value that a table may not hold: what the column must hold instead.
struct RangeProblem: Sendable {
    /// The column in files.
    var column: String
    /// The value, as text.
    var value: String
    /// What would have been right.
    var expected: String
}

/// Collects the first value of a row that is out of range. The rules hold for files and for rows made in code alike.
struct RangeCheck: Sendable {
    private(set) var problem: RangeProblem?

    /// No number in a table is larger: sums and products of a few such stay finite.
    static let largestNumber = 1e15
    /// No count is larger: stock and what arrives add up in 32 bits.
    static let largestCount = 1_000_000_000
    /// No instant is farther from the start, in seconds: more than three centuries.
    static let farthestTime = 1e10

    /// A number of at least `minimum`.
    mutating func atLeast(_ minimum: Double, _ value: Double, _ column: String) {
        if value >= minimum, value <= Self.largestNumber { return }
        let expected = value < minimum ? "a number of at least \(minimum.shortText)" : "a number up to 1e15"
        report(column, value.shortText, expected)
    }

    /// A number above `bound`.
    mutating func above(_ bound: Double, _ value: Double, _ column: String) {
        if value > bound, value <= Self.largestNumber { return }
        let expected = value <= bound ? "a number above \(bound.shortText)" : "a number up to 1e15"
        report(column, value.shortText, expected)
    }

    /// A number.
    mutating func finite(_ value: Double, _ column: String) {
        if abs(value) <= Self.largestNumber { return }
        report(column, value.shortText, "a number between -1e15 and 1e15")
    }

    /// An instant in seconds from the start.
    mutating func time(_ value: Double, _ column: String) {
        if abs(value) <= Self.farthestTime { return }
        report(column, value.shortText, "an instant within 300 years of the start")
    }

    /// A whole number from `minimum` to a thousand million, unless said otherwise.
    mutating func count(_ minimum: Int, _ value: Int?, _ column: String, maximum: Int = Self.largestCount) {
        guard let value else { return }
        if value < minimum { report(column, String(value), "a whole number of at least \(minimum)") }
        if value > maximum { report(column, String(value), "a whole number of at most \(maximum)") }
    }

    /// A finite number in a closed range.
    mutating func within(_ range: ClosedRange<Double>, _ value: Double, _ column: String) {
        if range.contains(value) { return }
        report(column, value.shortText, "a number from \(range.lowerBound.shortText) to \(range.upperBound.shortText)")
    }

    /// A place of a coordinate system.
    mutating func place(_ place: Place, _ system: CoordinateSystem) {
        switch system {
        case .plane:
            finite(place.x, "x")
            finite(place.y, "y")
        case .geographic:
            within(-180...180, place.x, "x")
            within(-90...90, place.y, "y")
        }
    }

    /// All of an order but its id.
    mutating func order(
        placedAt: Double, approvedAt: Double?, promisedAt: Double, place: Place?, weight: Double,
        _ system: CoordinateSystem
    ) {
        time(placedAt, "placed_at")
        if let approvedAt {
            time(approvedAt, "approved_at")
            atLeast(placedAt, approvedAt, "approved_at")
        }
        if promisedAt != .infinity { time(promisedAt, "promised_at") }
        if let place { self.place(place, system) }
        above(0, weight, "weight")
    }

    /// A text with something in it and no line break.
    mutating func identifier(_ text: String, _ column: String) {
        if text.isEmpty { report(column, "", "an id") }
        if text.utf8.contains(where: { $0 == 0x0A || $0 == 0x0D }) { report(column, text, "an id without line breaks") }
    }

    /// A unit-mean distribution with its parameter in range.
    mutating func distribution(_ value: UnitDistribution, _ column: String) {
        do {
            _ = try UnitDistribution(parsing: value.description)
        } catch {
            report(column, value.description, error.expected)
        }
    }

    /// Keeps the first problem.
    private mutating func report(_ column: String, _ value: String, _ expected: String) {
        if problem == nil { problem = RangeProblem(column: column, value: value, expected: expected) }
    }
}

/// What the columns of each table may hold.
enum DatasetRules {
    static func problem(in node: Node, _ system: CoordinateSystem) -> RangeProblem? {
        var check = RangeCheck()
        check.identifier(node.id, "id")
        check.place(node.place, system)
        // A station is a number in memory for each trial.
        check.count(1, node.stations, "stations", maximum: 100_000)
        check.atLeast(0, node.serviceSecondsPerOrder, "service_seconds_per_order")
        check.atLeast(0, node.serviceSecondsPerLine, "service_seconds_per_line")
        check.atLeast(0, node.serviceSecondsPerItem, "service_seconds_per_item")
        check.distribution(node.serviceDistribution, "service_distribution")
        check.count(0, node.dailyOrderLimit, "daily_order_limit")
        check.atLeast(0, node.handlingCostPerOrder, "handling_cost_per_order")
        check.atLeast(0, node.handlingCostPerLine, "handling_cost_per_line")
        check.atLeast(0, node.handlingCostPerItem, "handling_cost_per_item")
        check.atLeast(0, node.labourCostPerHour, "labour_cost_per_hour")
        return check.problem
    }

    static func problem(in zone: Zone, _ system: CoordinateSystem) -> RangeProblem? {
        var check = RangeCheck()
        check.identifier(zone.id, "id")
        check.place(zone.place, system)
        return check.problem
    }

    static func problem(in product: DatasetBuilder.Product) -> RangeProblem? {
        var check = RangeCheck()
        check.identifier(product.id, "id")
        check.atLeast(0, product.price, "price")
        check.atLeast(0, product.unitCost, "unit_cost")
        check.atLeast(0, product.massKilograms, "mass_kg")
        check.atLeast(0, product.volumeLitres, "volume_litres")
        return check.problem
    }

    static func problem(in stock: DatasetBuilder.Stock) -> RangeProblem? {
        var check = RangeCheck()
        check.count(0, stock.onHand, "on_hand")
        check.count(0, stock.safetyStock, "safety_stock")
        return check.problem
    }

    static func problem(inReplenishmentAt time: Double, quantity: Int) -> RangeProblem? {
        var check = RangeCheck()
        check.time(time, "at")
        check.count(1, quantity, "quantity")
        return check.problem
    }

    static func problem(inTransferOfHours leadHours: Double, costPerItem: Double) -> RangeProblem? {
        var check = RangeCheck()
        check.atLeast(0, leadHours, "lead_hours")
        check.finite(costPerItem, "cost_per_item")
        return check.problem
    }

    static func problem(in band: DatasetBuilder.TariffBand) -> RangeProblem? {
        var check = RangeCheck()
        check.identifier(band.tariff, "id")
        check.atLeast(0, band.fromKilograms, "from_kg")
        check.finite(band.terms.perShipment, "per_shipment")
        check.finite(band.terms.perItem, "per_item")
        check.finite(band.terms.perKilogram, "per_kg")
        check.finite(band.terms.perKilometre, "per_km")
        check.finite(band.terms.perItemKilometre, "per_item_km")
        check.finite(band.terms.perKilogramKilometre, "per_kg_km")
        return check.problem
    }

    static func problem(in service: Service) -> RangeProblem? {
        var check = RangeCheck()
        check.identifier(service.id, "id")
        if let maximum = service.maximumKilometres { check.atLeast(0, maximum, "max_km") }
        check.atLeast(0, service.fixedHours, "fixed_hours")
        check.above(0, service.kilometresPerHour, "km_per_hour")
        check.above(0, service.distanceExponent, "distance_exponent")
        check.distribution(service.transitDistribution, "transit_distribution")
        for minute in service.cutOffMinutes { check.within(0...1440, Double(minute), "cut_offs") }
        check.count(0, service.dailyCapacity, "daily_capacity")
        return check.problem
    }

    static func problem(in lane: DatasetBuilder.LaneOverride) -> RangeProblem? {
        var check = RangeCheck()
        if let kilometres = lane.kilometres { check.atLeast(0, kilometres, "km") }
        if let hours = lane.hours { check.atLeast(0, hours, "hours") }
        return check.problem
    }

    static func problem(in order: DatasetBuilder.Order, _ system: CoordinateSystem) -> RangeProblem? {
        var check = RangeCheck()
        check.identifier(order.id, "id")
        check.order(
            placedAt: order.placedAt, approvedAt: order.approvedAt, promisedAt: order.promisedAt, place: order.place,
            weight: order.weight, system)
        return check.problem
    }

    /// The problem of an order's row whose id has no line break.
    static func problem(
        inOrderPlacedAt placedAt: Double, approvedAt: Double?, promisedAt: Double, place: Place?, weight: Double,
        _ system: CoordinateSystem
    ) -> RangeProblem? {
        var check = RangeCheck()
        check.order(
            placedAt: placedAt, approvedAt: approvedAt, promisedAt: promisedAt, place: place, weight: weight, system)
        return check.problem
    }

    static func problem(in line: DatasetBuilder.Line) -> RangeProblem? {
        problem(inLineOf: line.quantity, price: line.price)
    }

    static func problem(inLineOf quantity: Int, price: Double?) -> RangeProblem? {
        var check = RangeCheck()
        check.count(1, quantity, "quantity")
        if let price { check.atLeast(0, price, "price") }
        return check.problem
    }

    static func problem(in weather: DatasetBuilder.WeatherHour) -> RangeProblem? {
        var check = RangeCheck()
        check.time(weather.time, "at")
        check.atLeast(0, weather.intensity, "intensity")
        check.within(0...5, weather.stormLevel, "storm_level")
        return check.problem
    }

    static func problem(in signal: DatasetBuilder.SignalHour, isCongestion: Bool) -> RangeProblem? {
        var check = RangeCheck()
        check.time(signal.time, "at")
        if isCongestion { check.above(0, signal.value, signal.name) } else { check.finite(signal.value, signal.name) }
        return check.problem
    }

    static func problem(in stage: OpenOrder.Stage) -> RangeProblem? {
        var check = RangeCheck()
        switch stage {
        case .waiting(let serviceSeconds): check.atLeast(0, serviceSeconds, "service_seconds")
        case .picking(let time): check.time(time, "ready_at")
        case .packed(let time): check.time(time, "ready_at")
        }
        return check.problem
    }

    static func problem(in history: HistoryRows.Row) -> RangeProblem? {
        var check = RangeCheck()
        if !history.shippedAt.isNaN { check.time(history.shippedAt, "shipped_at") }
        if !history.deliveredAt.isNaN { check.time(history.deliveredAt, "delivered_at") }
        if !history.cancelledAt.isNaN { check.time(history.cancelledAt, "cancelled_at") }
        if !history.freightPaid.isNaN { check.finite(history.freightPaid, "freight_paid") }
        return check.problem
    }

    static func problem(in description: DatasetDescription) -> RangeProblem? {
        var check = RangeCheck()
        check.within(-RangeCheck.farthestTime...RangeCheck.farthestTime, description.start, "start")
        // A century of hours is the most a series of weather shall hold.
        check.above(0, description.end, "end")
        check.within(0...(36_525 * 86_400), description.end, "end")
        return check.problem
    }
}
