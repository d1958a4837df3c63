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
        let safety = context.tables.safetyStock
        let opening = context.tables.openingAvailable
        let available = state.available
        var sum = 0.0
        var counted = 0.0
        for product in 0..<context.dataset.products.count {
            let row = (product * state.nodeCount)..<((product + 1) * state.nodeCount)
            // Whole numbers: exact in any order.
            var (before, after) = (0, 0)
            for position in row {
                before += Int(opening[position]) + Int(safety[position])
                after += Int(available[position]) + Int(safety[position])
            }
            guard before > 0, after > 0 else { continue }
            var difference = 0.0
            var position = row.lowerBound
            // Four divisions side by side take as long as one.
            while position < row.upperBound {
                var shares = (SIMD4<Double>(), SIMD4<Double>())
                let count = min(4, row.upperBound - position)
                for lane in 0..<count {
                    let kept = Int(safety[position + lane])
                    shares.0[lane] = Double(Int(opening[position + lane]) + kept)
                    shares.1[lane] = Double(Int(available[position + lane]) + kept)
                }
                let shift = shares.1 / Double(after) - shares.0 / Double(before)
                for lane in 0..<count { difference += abs(shift[lane]) }
                position += 4
            }
            sum += difference / 2
            counted += 1
        }
        return counted > 0 ? sum / counted : 0
    }
}
