import Replay

extension PlainRun {
    /// "As-happened copies history".
    func planAsHappened(_ visit: Int, lines: [PlainPart]) -> PlainPlan {
        var plan = PlainPlan(rest: [], ledger: ledger)
        for part in lines {
            let product = orders[visit].lines[part.line].product
            guard let candidate = recordedCandidate(visit, product: product),
                plan.ledger.unreserved[candidate.node][product] >= part.quantity
            else {
                plan.rest.append(part)
                continue
            }
            plan.ledger.unreserved[candidate.node][product] -= part.quantity
            let sameLane = plan.shipments.firstIndex {
                $0.candidate.node == candidate.node && $0.candidate.service == candidate.service
            }
            if let sameLane {
                plan.shipments[sameLane].parts.append(part)
            } else {
                plan.shipments.append(PlannedShipment(candidate: candidate, parts: [part]))
                plan.ledger.assignedToday[candidate.node] += 1
            }
        }
        return plan
    }

    /// The lane that history records for a product of an order; nil where it records none that exists.
    private func recordedCandidate(_ visit: Int, product: Int) -> PlainCandidate? {
        guard let history = dataset.history else { return nil }
        let rows = history.rows(of: orders[visit].row)
        guard
            let row = rows.first(where: { Int(history.products[$0]) == product })
                ?? rows.first(where: { history.products[$0] == -1 })
        else { return nil }
        let node = Int(history.nodes[row])
        let service = Int(history.services[row])
        let lanes = orders[visit].candidates.filter { $0.node == node }
        return service == -1 ? lanes.min { $0.service < $1.service } : lanes.first { $0.service == service }
    }
}
