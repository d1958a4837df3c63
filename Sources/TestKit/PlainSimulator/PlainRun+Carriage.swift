import Replay

extension PlainRun {
    /// Rule 7. No decision depends on it, so it is done when all picks are known.
    mutating func handOver() {
        for node in dataset.nodes.indices {
            for service in dataset.services.indices {
                let completed = shipments.indices.filter {
                    shipments[$0].node == node && shipments[$0].service == service
                        && shipments[$0].pickEnd <= settings.end
                }
                // "in order of (f, visit number, ordinal)"
                let served = completed.sorted {
                    (shipments[$0].pickEnd, shipments[$0].visit, shipments[$0].ordinal)
                        < (shipments[$1].pickEnd, shipments[$1].visit, shipments[$1].ordinal)
                }
                var predecessor = -Double.infinity
                var countByDay: [Int: Int] = [:]
                for index in served {
                    let earliest = max(shipments[index].pickEnd, predecessor)
                    let instant = collection(service: service, from: earliest, countByDay: countByDay)
                    if instant == .infinity { tally.note(.neverHandedOver) }
                    if instant > settings.end { break }
                    if instant > shipments[index].pickEnd {
                        let waitsForCutOff = !dataset.services[service].cutOffMinutes.isEmpty
                        tally.note(waitsForCutOff ? .handedOverAtCutOff : .handedOverOnLaterDay)
                    }
                    shipments[index].handedOverAt = instant
                    countByDay[calendar.day(of: instant), default: 0] += 1
                    predecessor = instant
                }
            }
        }
    }

    /// The first collection at or after `instant` on a day with room.
    private func collection(service: Int, from instant: Double, countByDay: [Int: Int]) -> Double {
        let carrier = dataset.services[service]
        let capacity = carrier.dailyCapacity ?? .max
        for day in calendar.day(of: instant)..<calendar.dayCount where countByDay[day, default: 0] < capacity {
            let collections =
                carrier.cutOffMinutes.isEmpty
                ? [max(instant, calendar.midnights[day])]
                : carrier.cutOffMinutes.map { calendar.instant(day: day, minute: $0) }
            if let first = collections.filter({ $0 >= instant }).min() { return first }
        }
        return .infinity
    }

    /// Rule 8. The opening state goes nowhere that anybody measures.
    mutating func carry() {
        for index in shipments.indices where shipments[index].handedOverAt < .infinity {
            guard let candidate = shipments[index].candidate else { continue }
            let order = orders[shipments[index].visit]
            let noise = world.transitFactor(
                dataset.services[candidate.service].transitDistribution, entity: order.entity,
                shipment: shipments[index].ordinal)
            let workHours = candidate.baseHours * noise
            let nodeRegion = dataset.nodes[candidate.node].region
            let start = shipments[index].handedOverAt
            let arrival: Double
            switch settings.transitEffect {
            case .atHandOver:
                arrival = start + workHours * world.slowness.value(region: nodeRegion, at: start) * 3_600
            case .alongTheWay:
                let halfway = travel(hours: workHours / 2, from: start, region: nodeRegion)
                arrival = travel(hours: workHours / 2, from: halfway, region: order.region)
            }
            if arrival > start + workHours * 3_600 + 1 { tally.note(.slowTransit) }
            shipments[index].arrivedAt = arrival <= settings.end ? arrival : .infinity
        }
    }

    /// Consumes work hour by hour at rate 1 / slowness; +infinity once past the end.
    private func travel(hours: Double, from start: Double, region: Int) -> Double {
        var secondsOfWork = hours * 3_600
        var time = start
        while time <= settings.end {
            let hour = (time / 3_600).rounded(.down)
            let endOfHour = (hour + 1) * 3_600
            let slowness = world.slowness.value(region: region, at: (hour + 0.5) * 3_600)
            if time + secondsOfWork * slowness <= endOfHour { return time + secondsOfWork * slowness }
            secondsOfWork -= (endOfHour - time) / slowness
            time = endOfHour
        }
        return .infinity
    }
}
