import Domain
import History
import Replay

extension PlainRun {
    /// "It is possible for a set of lines when": every condition, in the article's order.
    func isPossible(
        _ candidate: PlainCandidate, for parts: [PlainPart], of visit: Int, rules: RuleSet, ledger: PlainLedger
    ) -> Bool {
        let order = orders[visit]
        let node = dataset.nodes[candidate.node]
        if nodes[candidate.node].isDetectedDown { return excluded(by: .downNodeExcludes) }
        if let limit = node.dailyOrderLimit, ledger.assignedToday[candidate.node] >= limit {
            return excluded(by: .dailyLimitExcludes)
        }
        for part in parts {
            let temperature = dataset.products.temperatureClasses[order.lines[part.line].product]
            if temperature == .ambient { continue }
            guard let tag = dataset.tags.firstIndex(of: temperature.word), node.tags.contains(tag),
                dataset.services[candidate.service].tags.contains(tag)
            else { return excluded(by: .temperatureExcludes) }
        }
        for part in parts {
            let product = order.lines[part.line].product
            let isBanned = world.bans.contains { ban in
                ban.span.from <= now && now < ban.span.to && ban.products.contains(product)
                    && ban.nodes.contains(candidate.node) && ban.services.contains(candidate.service)
                    && ban.regions.contains(order.region)
            }
            if isBanned { return excluded(by: .banExcludes) }
        }
        for (product, units) in unitsByProduct(order, parts) {
            if available(node: candidate.node, product: product, rules: rules, ledger: ledger) < units { return false }
        }
        for use in rules.constraints
        where use.softPrice == nil && !allows(use.constraint, candidate, order, parts, ledger) {
            return excluded(by: .hardConstraintExcludes)
        }
        return true
    }

    private func excluded(by feature: ReplayFeature) -> Bool {
        tally.note(feature)
        return false
    }

    /// "on hand - reserved - safety stock (safety stock may be used with `use_safety_stock`)".
    func available(node: Int, product: Int, rules: RuleSet, ledger: PlainLedger) -> Int {
        let safety = Int(dataset.inventory.safetyStock[node * dataset.products.count + product])
        return ledger.unreserved[node][product] - (rules.usesSafetyStock ? 0 : safety)
    }

    /// Units of each product, "lines of one product add up", in order of product.
    func unitsByProduct(_ order: PlainOrder, _ parts: [PlainPart]) -> [(product: Int, units: Int)] {
        (0..<dataset.products.count).compactMap { product in
            var units = 0
            for part in parts where order.lines[part.line].product == product { units += part.quantity }
            return units > 0 ? (product, units) : nil
        }
    }

    /// "Its score": exogenous ratings, endogenous ratings, prices of the soft constraints it breaks.
    func score(
        _ candidate: PlainCandidate, for parts: [PlainPart], of visit: Int, rules: RuleSet, ledger: PlainLedger
    ) -> Double {
        let order = orders[visit]
        let exogenous = rules.ratings.filter { !($0.rating is any EndogenousRating) }
        let endogenous = rules.ratings.filter { $0.rating is any EndogenousRating }
        var score = 0.0
        for rating in exogenous + endogenous {
            let value = value(ofRating: rating.rating.declaration.name, candidate, order, parts, ledger)
            score += rating.weight * ((value - rating.offset) / rating.scale)
        }
        for use in rules.constraints {
            if let price = use.softPrice, !allows(use.constraint, candidate, order, parts, ledger) {
                tally.note(.softConstraintBroken)
                score += price
            }
        }
        return score
    }

    /// What some lines weigh and are worth, sums taken by position.
    func parcel(of order: PlainOrder, _ parts: [PlainPart]) -> Parcel {
        var parcel = Parcel()
        for part in parts.sorted(by: { $0.line < $1.line }) {
            let line = order.lines[part.line]
            let units = Double(part.quantity)
            parcel.lines += 1
            parcel.items += units
            parcel.massKilograms += dataset.products.massKilograms[line.product] * units
            parcel.value += line.price * units
        }
        return parcel
    }
}
