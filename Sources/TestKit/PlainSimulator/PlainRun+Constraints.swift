import Domain
import History
import Replay

/// The constraints that random cases use, from their definitions in the catalogue of constraints.
extension PlainRun {
    /// The names that ``allows(_:_:_:_:_:)`` knows.
    static let knownConstraints = [
        "maximum_distance", "mass_limit", "value_limit", "node_open", "complete_order", "queue_limit",
        "spare_capacity", "daily_orders", "minimum_stock_left",
    ]

    /// Whether a candidate that would carry some units keeps a rule, at the state of now.
    func allows(
        _ constraint: any Constraint, _ candidate: PlainCandidate, _ order: PlainOrder, _ parts: [PlainPart],
        _ ledger: PlainLedger
    ) -> Bool {
        let limit = number(inKey: constraint.key)
        let node = dataset.nodes[candidate.node]
        let parcel = parcel(of: order, parts)
        switch constraint.declaration.name {
        case "maximum_distance":
            return candidate.kilometres <= limit
        case "mass_limit":
            return parcel.massKilograms <= limit
        case "value_limit":
            return parcel.value <= limit
        case "node_open":
            return calendar.nextOpen(node.openingHours, from: now) == now
        case "complete_order":
            return parcel.items == Double(order.lines.reduce(0) { $0 + $1.quantity })
        case "queue_limit":
            let queue = Double(nodes[candidate.node].queue.count) / Double(node.stations)
            return queue * meanServiceSeconds(node, parcel) <= limit * 3_600
        case "spare_capacity":
            return 1 - utilisation(candidate.node, ledger) > limit
        case "daily_orders":
            return ledger.assignedToday[candidate.node] < Int(limit)
        case "minimum_stock_left":
            // Of a line that is divided it is the units ordered.
            let ordered = parts.map { PlainPart(line: $0.line, quantity: order.lines[$0.line].quantity) }
            return unitsByProduct(order, ordered).allSatisfy { product, units in
                let safety = Int(dataset.inventory.safetyStock[candidate.node * dataset.products.count + product])
                return ledger.unreserved[candidate.node][product] - safety - units >= Int(limit)
            }
        default:
            preconditionFailure("the plain simulator does not know the constraint '\(constraint.declaration.name)'")
        }
    }

    /// The one parameter of a constraint, out of a key such as `maximum_distance(kilometres: 50)`.
    private func number(inKey key: String) -> Double {
        guard let colon = key.firstIndex(of: ":") else { return .nan }
        let text = key[key.index(after: colon)...].prefix { $0 != "," && $0 != ")" }
        return Double(text.filter { $0 != " " }) ?? .nan
    }
}
