import Domain
import History
import Replay
import Sampling

extension CaseFrame {
    /// Orders with lines and history, but for those that are not kept.
    func addOrders(to builder: inout DatasetBuilder, kept: [Int]?) {
        var dice = dice("orders")
        // Half the orders of a busy case fall into a few hours, so that queues form.
        let rush = dice.chance(0.5) ? dice.number(0...(end - 14_400), grid: timeGrid) : nil
        let linesMax = dice.integer(1...5)
        let quantityMax = dice.one(of: [1, 2, 4])
        let hasPlaces = dice.chance(0.2)
        for number in 0..<orderCount where kept?.contains(number) ?? true {
            addOrder(
                number, rush: rush, linesMax: linesMax, quantityMax: quantityMax, hasPlaces: hasPlaces, to: &builder)
        }
    }

    private func addOrder(
        _ number: Int, rush: Double?, linesMax: Int, quantityMax: Int, hasPlaces: Bool,
        to builder: inout DatasetBuilder
    ) {
        var dice = dice("order-\(number)")
        // Ids out of the order of time, so that ties go by id and not by row.
        let id = "o\((number * 37) % 101)"
        var placedAt = dice.number(0...(end - 1), grid: timeGrid)
        if let rush, dice.chance(0.6) { placedAt = rush + dice.number(0...14_000, grid: timeGrid) }
        if isChanged(placedAt), number.isMultiple(of: 2) { return }
        var lines: [DatasetBuilder.Line] = []
        for _ in 0..<dice.integer(1...linesMax) {
            lines.append(
                DatasetBuilder.Line(
                    dice.one(of: products), dice.integer(1...quantityMax) + (isChanged(placedAt) ? 1 : 0),
                    price: dice.chance(0.2) ? 99.5 : nil))
        }
        let approvedAt = dice.chance(0.25) ? placedAt + dice.number(0...20_000, grid: timeGrid) : nil
        let promisedAt = dice.chance(0.15) ? Double.infinity : placedAt + dice.number(3_600...150_000, grid: timeGrid)
        var place: Place?
        if hasPlaces, dice.chance(0.5) {
            place = self.place(&dice, isPlane: builder.description.coordinates == .plane)
        }
        builder.addOrder(
            id, placedAt: placedAt, zone: dice.one(of: zones), place: place, segment: dice.one(of: ["", "gold"]),
            promisedAt: promisedAt, approvedAt: approvedAt, channel: dice.one(of: ["", "web"]),
            tags: dice.some(of: ["urgent"], probability: 0.2), weight: dice.one(of: [1, 1, 2.5]), lines: lines)
        if hasHistory { addHistory(of: id, placedAt: placedAt, lines: lines, to: &builder, &dice) }
    }

    /// Nothing, one row for all lines, or a row a product; a share of it unknown, cancelled or both.
    private func addHistory(
        of id: String, placedAt: Double, lines: [DatasetBuilder.Line], to builder: inout DatasetBuilder,
        _ dice: inout CaseDice
    ) {
        if dice.chance(0.15) { return }
        var rowProducts: [String?] = [nil]
        if dice.chance(0.4) { rowProducts = Array(Set(lines.map(\.product))).sorted().map { $0 } }
        if dice.chance(0.1) { rowProducts.append(lines[0].product) }
        let isCancelled = dice.chance(0.15)
        for product in rowProducts {
            let shippedAt =
                dice.chance(isCancelled ? 0.3 : 0.9) ? placedAt + dice.number(0...50_000, grid: timeGrid) : .nan
            builder.addHistory(
                order: id, product: product, node: dice.chance(0.9) ? dice.one(of: nodes) : nil,
                service: dice.chance(0.8) ? dice.one(of: services) : nil, shippedAt: shippedAt,
                deliveredAt: shippedAt + 40_000, cancelled: isCancelled && dice.chance(0.8),
                cancelledAt: isCancelled && dice.chance(0.7)
                    ? placedAt + dice.number(0...40_000, grid: timeGrid) : .nan,
                freightPaid: 7)
        }
    }

    /// Recorded weather and congestion, for a share of the hours.
    func addSurroundings(to builder: inout DatasetBuilder) {
        var dice = dice("surroundings")
        guard dice.chance(0.6) else { return }
        for region in regions {
            for hour in 0..<(24 * days) where dice.chance(0.4) {
                let congestion = dice.one(of: [0.5, 1.25, 2, 4])
                builder.addTraffic(
                    region: region, at: Double(hour) * 3_600,
                    congestion: isChanged(Double(hour) * 3_600) ? congestion * 3 : congestion)
                builder.addWeather(
                    region: region, at: Double(hour) * 3_600, dice.one(of: [.clear, .rain, .snow]), intensity: 1.5,
                    stormLevel: 1)
            }
        }
    }

    /// Horizon, screening, detection, money.
    func settings(dataset: Dataset) -> ReplaySettings {
        var dice = dice("settings")
        var settings = ReplaySettings(from: from, to: end)
        settings.warmUp = dice.chance(0.3) ? dice.number(0...20_000, grid: timeGrid) : 0
        settings.drain = dice.one(of: [0, 10_800, 43_200, 259_200, 864_000])
        settings.detectionDelay = dice.one(of: [0, 0, 1_800, 5_000])
        settings.transitEffect = dice.chance(0.7) ? .alongTheWay : .atHandOver
        for index in 0..<dice.integer(0...3) {
            settings.screening.append(
                ScreeningRule(
                    name: "rule \(index)", valueAbove: dice.chance(0.5) ? dice.one(of: [20, 60, 120]) : nil,
                    segment: dice.chance(0.3) ? dice.integer(0...(dataset.segments.count - 1)) : nil,
                    tag: dice.chance(0.3) ? dataset.tags.firstIndex(of: dice.one(of: ["urgent", "gift"])) : nil,
                    share: dice.one(of: [1, 0.5, 0.2]), delay: dice.one(of: [0, 1_800, 9_000])))
        }
        settings.money.unservedPerOrder = dice.one(of: [0, 4])
        settings.money.unservedPerItem = dice.one(of: [0, 1.5])
        settings.money.latePerOrder = dice.one(of: [0, 3])
        settings.money.latePerHour = dice.one(of: [0, 0.5])
        settings.money.compensationCap = dice.one(of: [.infinity, 8])
        settings.money.complaintOnTime = dice.one(of: [0, 0.02])
        settings.money.complaintLate = dice.one(of: [0, 0.1])
        settings.money.complaintPerHourLate = dice.one(of: [0, 0.03])
        settings.money.complaintUnserved = dice.one(of: [0, 0.3])
        return settings
    }
}
