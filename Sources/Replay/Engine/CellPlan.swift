import History

/// The cells that outcomes are cut into: every combination of the cuts' labels.
struct CellPlan: Sendable {
    let cuts: [Cut]
    /// Labels of each cut.
    let labels: [[String]]

    /// Number of cells; 0 without cuts.
    var cellCount: Int { cuts.isEmpty ? 0 : labels.reduce(1) { $0 * $1.count } }

    init(cuts: [Cut], dataset: Dataset) {
        self.cuts = cuts
        labels = cuts.map { cut in
            switch cut {
            case .region: dataset.regions
            case .hour: (0..<24).map { String($0) }
            case .segment: dataset.segments
            case .weather: WeatherClass.allCases.map(\.word)
            case .category: dataset.categories
            case .channel: dataset.channels
            case .node: [""] + dataset.nodes.map(\.id)
            case .service: [""] + dataset.services.map(\.id)
            }
        }
    }

    /// The labels of a cell.
    func labels(ofCell cell: Int) -> [String] {
        var rest = cell
        var result: [String] = []
        for labels in labels.reversed() {
            result.append(labels[rest % labels.count])
            rest /= labels.count
        }
        return result.reversed()
    }
}

extension StrategyReplay {
    /// Counts an order in its cell.
    mutating func countCell(_ slot: Int, tally: OrderTally, settled: SettledOrder) {
        guard !cellPlan.cuts.isEmpty else { return }
        var cell = 0
        for (number, cut) in cellPlan.cuts.enumerated() {
            cell = cell * cellPlan.labels[number].count + position(of: slot, in: cut)
        }
        let sums = cells[cell] ?? arena.buffer(repeating: 0, count: Fact.count)
        cells[cell] = sums
        let row = orders[slot].order
        let placedAt = context.tables.orders.placedAt[row]
        let weight = context.tables.orders.weights[row]
        var placed = PlacedOrders()
        placed.add(context.parcel(ofOrder: row), weight: weight)
        placed.add(to: sums)
        tally.add(
            to: sums, settled: settled, wasBackOrdered: orders[slot].wasBackOrdered,
            wasReviewed: orders[slot].wasReviewed, placedAt: placedAt, weight: weight)
    }

    /// The label of an order in a cut, by position.
    private func position(of slot: Int, in cut: Cut) -> Int {
        let facts = context.facts(ofOrder: orders[slot].order, visit: orders[slot].visit)
        let first = Int(orders[slot].firstShipment)
        switch cut {
        case .region: return facts.region
        case .hour:
            let midnight = context.calendar.midnights[context.calendar.day(of: facts.placedAt)]
            return min(23, Int((facts.placedAt - midnight) / 3_600))
        case .segment: return facts.segment
        case .weather:
            let hour = (facts.placedAt / 3_600).floored
            let weather = context.world.weather
            guard hour >= 0, hour < weather.hourCount else { return 0 }
            return Int(weather.classes[facts.region * weather.hourCount + hour].rawValue)
        case .category:
            let line = context.tables.orders.lines(of: facts.order).lowerBound
            return context.dataset.products.categories[Int(context.tables.orders.lineProducts[line])]
        case .channel: return facts.channel
        case .node: return first >= 0 ? Int(shipments[first].node) + 1 : 0
        case .service: return first >= 0 ? Int(shipments[first].service) + 1 : 0
        }
    }
}
