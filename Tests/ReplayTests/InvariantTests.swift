import Domain
import History
import Replay
import TestKit
import Testing

/// What must hold of any replay, asked of the engine's outcomes on random cases.
@Suite struct InvariantTests {
    static let caseNumbers = 0..<TestScale.cases(400)

    /// A case, its plan and what the engine made of it.
    private struct Replayed {
        let one: RandomCase
        let plan: ReplayPlan
        let orders: [[OrderOutcome]]
        let trials: [TrialOutcome]
    }

    private func replay(_ number: Int) throws -> Replayed {
        let one = try RandomCase(number: number)
        let plan = try ReplayPlan(dataset: one.dataset, settings: one.settings, strategies: one.strategies)
        let (orders, trials) = CaseReplays.engine(plan, world: one.world)
        return Replayed(one: one, plan: plan, orders: orders, trials: trials)
    }

    /// Every order placed in the horizon comes out once, in one status, and the measured ones add up in the measures:
    /// placed = delivered + cancelled + unserved + open.
    @Test func nothingIsLost() throws {
        for number in Self.caseNumbers {
            let replayed = try replay(number)
            let settings = replayed.one.settings
            let placed = replayed.one.dataset.orders.placedAt
            let visits = placed.indices.filter { placed[$0] >= settings.from && placed[$0] < settings.to }
            for (orders, trial) in zip(replayed.orders, replayed.trials) {
                #expect(orders.map(\.order) == visits && orders.map(\.visit) == Array(visits.indices))
                for order in orders { checkUnits(of: order, in: replayed.one.dataset) }
                let facts = trial.measures.facts
                let ends = facts[.delivered] + facts[.cancelled] + facts[.unserved] + facts[.open]
                #expect(abs(facts[.orders] - ends) < 1e-9)
            }
        }
    }

    /// Units in shipments that are not void and unserved units make up what was ordered.
    private func checkUnits(of order: OrderOutcome, in dataset: Dataset) {
        let rows = dataset.orders.lines(of: order.order)
        let live = order.shipments.filter { !$0.isVoid }
        var shipped = [Int](repeating: 0, count: rows.count)
        for part in live.flatMap(\.lines) { shipped[part.line] += part.quantity }
        let ordered = rows.map { Int(dataset.orders.lineQuantities[$0]) }
        #expect(zip(shipped, ordered).allSatisfy { $0 <= $1 })
        let rest = ordered.reduce(0, +) - shipped.reduce(0, +) - order.itemsUnserved
        #expect(rest >= 0)
        switch order.status {
        case .delivered:
            #expect(rest == 0 && !live.isEmpty && order.isFilled == (order.itemsUnserved == 0))
            #expect(order.deliveredAt == live.map(\.arrivedAt).max())
        case .unserved: #expect(rest == 0 && live.isEmpty && order.itemsUnserved > 0)
        case .cancelled: #expect(live.isEmpty && order.itemsUnserved == 0 && order.cancelledAt < .infinity)
        case .open: #expect(rest > 0 || live.contains { $0.arrivedAt == .infinity })
        }
    }

    /// The sums of a trial are the sums over its measured orders, each times its weight, and an order's costs are the sum
    /// of their parts.
    @Test func costsAreSums() throws {
        for number in Self.caseNumbers {
            let replayed = try replay(number)
            let dataset = replayed.one.dataset
            for (orders, trial) in zip(replayed.orders, replayed.trials) {
                var sums = FactSums()
                for order in orders where order.isMeasured {
                    let facts = FactSums(of: order, in: dataset)
                    for fact in Fact.allCases { sums[fact] += dataset.orders.weights[order.order] * facts[fact] }
                    for shipment in order.shipments { checkCost(of: shipment, of: order, in: replayed.one) }
                }
                for fact in Fact.allCases where fact != .ineffective {
                    let sum = trial.measures.facts[fact]
                    #expect(abs(sum - sums[fact]) <= 1e-9 * max(1, abs(sum)), "case \(number): \(fact)")
                }
            }
        }
    }

    /// Freight by the lane's tariff, handling by the node's rates and the realised service time; nothing for a void
    /// shipment.
    private func checkCost(of shipment: ShipmentOutcome, of order: OrderOutcome, in one: RandomCase) {
        if shipment.isVoid {
            #expect(shipment.freight == 0 && shipment.handling == 0 && shipment.carbonKilograms == 0)
            return
        }
        let dataset = one.dataset
        let lines = dataset.orders.lines(of: order.order)
        var items = 0.0
        var mass = 0.0
        for part in shipment.lines {
            let product = Int(dataset.orders.lineProducts[lines.lowerBound + part.line])
            items += Double(part.quantity)
            mass += Double(part.quantity) * dataset.products.massKilograms[product]
        }
        let zone = Int(dataset.orders.zones[order.order])
        let lane = dataset.lanes.rows(ofZone: zone).first {
            Int(dataset.lanes.nodes[$0]) == shipment.node && Int(dataset.lanes.services[$0]) == shipment.service
        }
        guard let lane else {
            Issue.record("a shipment without a lane")
            return
        }
        let load = Load(items: items, massKilograms: mass)
        let hour = Int((shipment.assignedAt / 3_600).rounded(.down))
        let freight =
            dataset.tariffs[Int(dataset.lanes.tariffs[lane])].price(for: load, kilometres: shipment.kilometres)
            * one.world.freightMultiplier.value(region: shipment.service, hour: hour)
        let node = dataset.nodes[shipment.node]
        let handling =
            node.handlingCostPerOrder + node.handlingCostPerLine * Double(shipment.lines.count)
            + node.handlingCostPerItem * items + node.labourCostPerHour * shipment.serviceSeconds / 3_600
        #expect(abs(shipment.freight - freight) < 1e-9 && abs(shipment.handling - handling) < 1e-9)
    }

    /// Stock never falls below zero: what is assigned by an instant is covered by what was there, what arrived and what
    /// cancelled and rerouted orders gave back by then.
    @Test func stockCovers() throws {
        for number in Self.caseNumbers {
            let replayed = try replay(number)
            for orders in replayed.orders {
                for node in replayed.one.dataset.nodes.indices {
                    for product in 0..<replayed.one.dataset.products.count {
                        let lowest = lowestStock(of: product, at: node, orders: orders, in: replayed.one)
                        #expect(lowest >= 0, "case \(number), node \(node), product \(product)")
                    }
                }
            }
        }
    }

    /// The lowest unreserved stock at the end of any instant.
    private func lowestStock(of product: Int, at node: Int, orders: [OrderOutcome], in one: RandomCase) -> Int {
        let dataset = one.dataset
        var changes: [(time: Double, units: Int)] = []
        for arrival in dataset.replenishments where arrival.node == node && arrival.product == product {
            changes.append((arrival.time, arrival.quantity))
        }
        for order in orders {
            let lines = dataset.orders.lines(of: order.order)
            for shipment in order.shipments where shipment.node == node {
                for part in shipment.lines
                where Int(dataset.orders.lineProducts[lines.lowerBound + part.line]) == product {
                    changes.append((shipment.assignedAt, -part.quantity))
                    if shipment.isVoid {
                        changes.append((timeOfVoid(shipment, of: order, in: one), part.quantity))
                    }
                }
            }
        }
        var stock = Int(dataset.inventory.onHand[dataset.inventory.position(node: node, product: product)])
        var lowest = stock
        // What is given back at an instant may be reserved at it.
        for change in changes.sorted(by: { ($0.time, -$0.units) < ($1.time, -$1.units) }) {
            stock += change.units
            lowest = min(lowest, stock)
        }
        return lowest
    }

    /// When a void shipment gave its stock back: when its pick had failed, at the next detected outage of its node, or when the order was cancelled.
    private func timeOfVoid(_ shipment: ShipmentOutcome, of order: OrderOutcome, in one: RandomCase) -> Double {
        let detections = one.world.outages[shipment.node].filter { $0.from + one.settings.detectionDelay < $0.to }
            .map { $0.from + one.settings.detectionDelay }
        if shipment.pickEnd < .infinity { return shipment.pickEnd }
        let wasRerouted = order.cancelledAt == .infinity || shipment.ordinal < order.shipments.count - 1
        let detection = detections.first { $0 >= shipment.assignedAt } ?? .infinity
        return wasRerouted ? min(detection, order.cancelledAt) : order.cancelledAt
    }

    /// No station serves two orders at once, and picks start only in opening hours and outside outages.
    @Test func picks() throws {
        for number in Self.caseNumbers {
            let replayed = try replay(number)
            let one = replayed.one
            let calendar = try LocalCalendar.make(
                description: one.dataset.description, from: one.settings.from - 86_400, to: one.settings.end + 86_400)
            for orders in replayed.orders {
                for (index, node) in one.dataset.nodes.enumerated() {
                    let picks = orders.flatMap(\.shipments).filter { $0.node == index && $0.pickStart < .infinity }
                    for pick in picks {
                        // What is in progress when this one starts, itself included.
                        let busy = picks.count { $0.pickStart <= pick.pickStart && pick.pickStart < $0.pickEnd }
                        #expect(busy <= node.stations, "case \(number), node \(index)")
                        let losses = one.world.stationLosses.isEmpty ? [] : one.world.stationLosses[index]
                        let lost = losses.filter { $0.span.from <= pick.pickStart && pick.pickStart < $0.span.to }
                            .reduce(0) { $0 + $1.stations }
                        #expect(busy <= node.stations - lost, "case \(number), node \(index)")
                        #expect(isOpen(node.openingHours, at: pick.pickStart, calendar))
                        #expect(
                            !one.world.outages[index].contains { $0.from <= pick.pickStart && pick.pickStart < $0.to })
                        #expect(
                            pick.pickStart >= pick.assignedAt
                                && pick.pickEnd - pick.pickStart >= pick.serviceSeconds - 1e-6)
                    }
                }
            }
        }
    }

    private func isOpen(_ hours: WeeklyHours, at time: Double, _ calendar: LocalCalendar) -> Bool {
        guard let spans = hours.spans else { return true }
        let day = calendar.day(of: time)
        return spans.contains {
            $0.weekday == calendar.weekday(of: day)
                && calendar.instant(day: day, minute: $0.fromMinute) <= time
                && time < calendar.instant(day: day, minute: $0.toMinute)
        }
    }

    /// Nothing is handed over before it is picked, outside a cut-off or beyond the capacity of a day, nothing arrives
    /// before it is handed over, and what is packed first goes first.
    @Test func handOvers() throws {
        for number in Self.caseNumbers {
            let replayed = try replay(number)
            let one = replayed.one
            let calendar = try LocalCalendar.make(
                description: one.dataset.description, from: one.settings.from - 86_400, to: one.settings.end + 86_400)
            for orders in replayed.orders {
                for (index, service) in one.dataset.services.enumerated() {
                    for node in one.dataset.nodes.indices {
                        let handedOver = orders.flatMap(\.shipments).filter {
                            $0.node == node && $0.service == index && $0.handedOverAt < .infinity
                        }
                        let pauses = one.world.suspensions.isEmpty ? [] : one.world.suspensions[index]
                        var countByDay: [Int: Int] = [:]
                        for shipment in handedOver {
                            let day = calendar.day(of: shipment.handedOverAt)
                            countByDay[day, default: 0] += 1
                            #expect(shipment.handedOverAt >= shipment.pickEnd && !shipment.isVoid)
                            #expect(shipment.arrivedAt >= shipment.handedOverAt)
                            #expect(
                                !pauses.contains { $0.from <= shipment.handedOverAt && shipment.handedOverAt < $0.to })
                            if !service.cutOffMinutes.isEmpty {
                                let cutOffs = service.cutOffMinutes.map { calendar.instant(day: day, minute: $0) }
                                #expect(cutOffs.contains(shipment.handedOverAt), "case \(number)")
                            }
                        }
                        let most = countByDay.values.max() ?? 0
                        #expect(most <= service.dailyCapacity ?? .max, "case \(number), service \(index)")
                        let byPick = handedOver.sorted { $0.pickEnd < $1.pickEnd }
                        for (first, second) in zip(byPick, byPick.dropFirst()) where first.pickEnd < second.pickEnd {
                            #expect(first.handedOverAt <= second.handedOverAt)
                        }
                    }
                }
            }
        }
    }
}
