import Replay

extension PlainRun {
    /// Rule 7. No decision depends on it, so it is done when all picks are known.
    mutating func handOver() {
        for node in dataset.nodes.indices {
            for service in dataset.services.indices {
                let completed = shipments.indices.filter {
                    shipments[$0].node == node && shipments[$0].service == service
                        && shipments[$0].pickEnd <= settings.end && !shipments[$0].isShort
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
                    let instant = collection(node: node, service: service, from: earliest, countByDay: countByDay)
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
    private func collection(node: Int, service: Int, from instant: Double, countByDay: [Int: Int]) -> Double {
        let carrier = dataset.services[service]
        for day in calendar.day(of: instant)..<calendar.dayCount {
            if let capacity = capacity(node: node, service: service, day: day),
                countByDay[day, default: 0] >= capacity
            {
                continue
            }
            // "others collect at any time", the first that is not suspended.
            let anyTime = runningAgain(service: service, from: max(instant, calendar.midnights[day]))
            let collections =
                carrier.cutOffMinutes.isEmpty
                ? [anyTime].filter { $0 < calendar.midnights[day + 1] }
                : carrier.cutOffMinutes.map { calendar.instant(day: day, minute: $0) }
            let possible = collections.filter { $0 >= instant && runningAgain(service: service, from: $0) == $0 }
            if let first = possible.min() { return first }
        }
        return .infinity
    }

    /// The first instant from one on at which a service is not suspended.
    private func runningAgain(service: Int, from instant: Double) -> Double {
        if world.suspensions.isEmpty { return instant }
        let pause = world.suspensions[service].first { $0.from <= instant && instant < $0.to }
        if pause != nil { tally.note(.waitsForSuspension) }
        return pause?.to ?? instant
    }

    /// Rule 7: the daily capacity, less where the world cuts it; nil without limit.
    private func capacity(node: Int, service: Int, day: Int) -> Int? {
        guard let capacity = dataset.services[service].dailyCapacity else { return nil }
        let region = dataset.nodes[node].region
        var factors: [Double] = []
        for hour in -48...(24 * calendar.dayCount + 48) {
            let middle = (Double(hour) + 0.5) * 3_600
            guard calendar.midnights[day] <= middle, middle < calendar.midnights[day + 1] else { continue }
            factors.append(
                world.capacityByRegion.value(region: region, hour: hour)
                    * world.capacityByService.value(region: service, hour: hour))
        }
        let mean = factors.reduce(0, +) / Double(max(1, factors.count))
        if factors.contains(where: { $0 != 1 }) { tally.note(.capacityCut) }
        return factors.isEmpty ? capacity : Int((Double(capacity) * mean + 1e-9).rounded(.down))
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
