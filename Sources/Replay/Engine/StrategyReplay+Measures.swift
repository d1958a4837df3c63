import History

extension StrategyReplay {
    /// Completes the measures that belong to the whole trial.
    mutating func finishMeasures() {
        measures.facts = FactSums(sums: sums.array)
        measures.busyHours = busyHours.array
        measures.peakQueue = Int(peakQueue)
        let settings = context.settings
        let calendar = context.calendar
        let days =
            calendar.day(
                of: settings.from)...max(calendar.day(of: settings.from), calendar.day(of: settings.to.nextDown))
        for node in measures.stationHours.indices {
            var seconds = 0.0
            for day in days { seconds += context.tables.openStationSeconds(node: node, day: day) }
            measures.stationHours[node] = seconds / 3_600
        }
        if lanesCounted > 0 { measures.shareOfLanesWithHistory = lanesWithHistory / lanesCounted }
        for product in context.tables.products.indices { state.loadStock(product: product) }
        measures.stockImbalance = stockImbalance()
    }

    /// Mean over products with stock at both ends of half the summed |share of a node at the end - at the start|.
    private func stockImbalance() -> Double {
        let tables = context.tables
        var sum = 0.0
        var counted = 0.0
        for product in 0..<context.dataset.products.count {
            let row = product * state.nodeCount
            var opening = 0.0
            var closing = 0.0
            for node in 0..<state.nodeCount {
                opening += Double(tables.openingAvailable[row + node] + tables.safetyStock[row + node])
                closing += Double(state.available[row + node] + tables.safetyStock[row + node])
            }
            guard opening > 0, closing > 0 else { continue }
            var difference = 0.0
            for node in 0..<state.nodeCount {
                let before = Double(tables.openingAvailable[row + node] + tables.safetyStock[row + node]) / opening
                let after = Double(state.available[row + node] + tables.safetyStock[row + node]) / closing
                difference += abs(after - before)
            }
            sum += difference / 2
            counted += 1
        }
        return counted > 0 ? sum / counted : 0
    }
}
