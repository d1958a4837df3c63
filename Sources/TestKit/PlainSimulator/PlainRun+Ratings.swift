import Domain
import History
import Replay

/// The ratings that random cases use, from their definitions in the catalogue of ratings.
extension PlainRun {
    /// The names that ``value(ofRating:_:_:_:_:)`` knows.
    static let knownRatings = [
        "distance", "freight", "cost", "carbon", "transit_hours", "queue_per_station", "stock_depth",
        "expected_delivery_hours", "utilisation",
    ]

    /// The value of a rating for a candidate that would carry some units, at the state of now.
    func value(
        ofRating name: String, _ candidate: PlainCandidate, _ order: PlainOrder, _ parts: [PlainPart],
        _ ledger: PlainLedger
    ) -> Double {
        let parcel = parcel(of: order, parts)
        let node = dataset.nodes[candidate.node]
        switch name {
        case "distance":
            return candidate.kilometres
        case "freight":
            return freight(candidate, parcel, at: now)
        case "cost":
            let labourHours = meanServiceSeconds(node, parcel) / 3_600
            let handling =
                node.handlingCostPerOrder + node.handlingCostPerLine * Double(parcel.lines)
                + node.handlingCostPerItem * parcel.items
            return freight(candidate, parcel, at: now) + (handling + node.labourCostPerHour * labourHours)
        case "carbon":
            return carbonKilograms(candidate, parcel)
        case "transit_hours":
            return transitHours(candidate, order)
        case "queue_per_station":
            return Double(nodes[candidate.node].queue.count) / Double(node.stations)
        case "stock_depth":
            return stockDepth(candidate, order, parts, ledger)
        case "expected_delivery_hours":
            return min(8_760, (expectedArrival(candidate, order, parcel) - now) / 3_600)
        case "utilisation":
            return utilisation(candidate.node, ledger)
        default:
            preconditionFailure("the plain simulator does not know the rating '\(name)'")
        }
    }

    /// The lane's tariff for the parcel, times what the world multiplies the service's freight by at the decision.
    func freight(_ candidate: PlainCandidate, _ parcel: Parcel, at decision: Double) -> Double {
        dataset.tariffs[candidate.tariff].price(for: parcel.load, kilometres: candidate.kilometres)
            * freightMultiplier(candidate, at: decision)
    }

    /// The multiplier of a service's freight in the hour of a decision.
    func freightMultiplier(_ candidate: PlainCandidate, at decision: Double) -> Double {
        world.freightMultiplier.value(region: candidate.service, hour: Int((decision / 3_600).rounded(.down)))
    }

    /// By the service's emission factor; 0 where it states none.
    func carbonKilograms(_ candidate: PlainCandidate, _ parcel: Parcel) -> Double {
        guard let emission = dataset.services[candidate.service].emission else { return 0 }
        return dataset.tariffs[emission].price(for: parcel.load, kilometres: candidate.kilometres)
    }

    /// Mean pick-and-pack seconds: perOrder + perLine x lines + perItem x items.
    func meanServiceSeconds(_ node: Node, _ parcel: Parcel) -> Double {
        node.serviceSecondsPerOrder + node.serviceSecondsPerLine * Double(parcel.lines)
            + node.serviceSecondsPerItem * parcel.items
    }

    /// Half the base hours at the slowness of now in the node's region, half in the zone's; at hand-over all in the
    /// node's.
    private func transitHours(_ candidate: PlainCandidate, _ order: PlainOrder) -> Double {
        let atNode = world.slowness.value(region: dataset.nodes[candidate.node].region, at: now)
        if settings.transitEffect == .atHandOver { return candidate.baseHours * atNode }
        let atZone = world.slowness.value(region: order.region, at: now)
        return 0.5 * candidate.baseHours * atNode + 0.5 * candidate.baseHours * atZone
    }

    /// Units ordered / units available, of the product where that is largest; less than one available counts as one.
    private func stockDepth(
        _ candidate: PlainCandidate, _ order: PlainOrder, _ parts: [PlainPart], _ ledger: PlainLedger
    ) -> Double {
        // "Of a line that is divided between shipments it is the units ordered."
        let ordered = parts.map { PlainPart(line: $0.line, quantity: order.lines[$0.line].quantity) }
        var deepest = 0.0
        for (product, units) in unitsByProduct(order, ordered) {
            let safety = Int(dataset.inventory.safetyStock[candidate.node * dataset.products.count + product])
            let available = ledger.unreserved[candidate.node][product] - safety
            deepest = max(deepest, Double(units) / max(1, Double(available)))
        }
        return deepest
    }

    /// Next opening + queue / stations x mean service + mean service, then the next collection, then transit.
    private func expectedArrival(_ candidate: PlainCandidate, _ order: PlainOrder, _ parcel: Parcel) -> Double {
        let node = dataset.nodes[candidate.node]
        let service = meanServiceSeconds(node, parcel)
        let opening = calendar.nextOpen(node.openingHours, from: now)
        let waiting = Double(nodes[candidate.node].queue.count)
        let packed = opening + waiting / Double(node.stations) * service + service
        if packed == .infinity { return .infinity }
        var collected = packed
        let cutOffs = dataset.services[candidate.service].cutOffMinutes
        if !cutOffs.isEmpty {
            collected = .infinity
            for day in calendar.day(of: packed)..<calendar.dayCount {
                for minute in cutOffs where calendar.instant(day: day, minute: minute) >= packed {
                    collected = min(collected, calendar.instant(day: day, minute: minute))
                }
            }
        }
        return collected + 3_600 * transitHours(candidate, order)
    }

    /// Mean service seconds assigned today / station seconds on offer today, or shipments assigned today / daily order
    /// limit, whichever is larger; 1 for a node closed all day.
    func utilisation(_ index: Int, _ ledger: PlainLedger) -> Double {
        let node = dataset.nodes[index]
        let offered = openSeconds(node.openingHours, day: calendar.day(of: now)) * Double(node.stations)
        if offered == 0 { return 1 }
        let bySeconds = ledger.secondsToday[index] / offered
        guard let limit = node.dailyOrderLimit else { return bySeconds }
        return max(bySeconds, Double(ledger.assignedToday[index]) / Double(limit))
    }

    /// Seconds of a local day within opening hours.
    private func openSeconds(_ hours: WeeklyHours, day: Int) -> Double {
        guard let spans = hours.spans else { return calendar.midnights[day + 1] - calendar.midnights[day] }
        var seconds = 0.0
        for span in spans where span.weekday == calendar.weekday(of: day) {
            let open = calendar.instant(day: day, minute: span.fromMinute)
            seconds += max(0, calendar.instant(day: day, minute: span.toMinute) - open)
        }
        return seconds
    }
}
