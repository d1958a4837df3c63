import Domain
import History
import Sampling

extension ReplayContext {
    /// What the whole order weighs and is worth.
    func parcel(ofOrder order: Int) -> Parcel {
        var parcel = Parcel()
        for line in tables.dataset.orders.lines(of: order) {
            add(line: line, quantity: Int(tables.dataset.orders.lineQuantities[line]), to: &parcel)
        }
        return parcel
    }

    /// Adds units of a line (row of the dataset's order lines) to a parcel as one more line.
    func add(line: Int, quantity: Int, to parcel: inout Parcel) {
        let orders = tables.dataset.orders
        let products = tables.dataset.products
        let product = Int(orders.lineProducts[line])
        let units = Double(quantity)
        parcel.lines += 1
        parcel.items += units
        parcel.massKilograms += units * products.massKilograms[product]
        parcel.volumeLitres += units * products.volumeLitres[product]
        parcel.value += units * orders.linePrices[line]
        parcel.goodsCost += units * products.unitCosts[product]
        parcel.productTags = parcel.productTags.union(products.tags[product])
        parcel.requiredTags = parcel.requiredTags.union(tables.requiredTags[product])
    }

    /// When screening lets an order be decided, and whether a rule applied to it.
    func screen(_ facts: OrderFacts, approvedAt: Double) -> (readyAt: Double, wasReviewed: Bool) {
        var delay = 0.0
        var applied = false
        for (number, rule) in settings.screening.enumerated() {
            if let bound = rule.valueAbove, !(facts.parcel.value > bound) { continue }
            if let segment = rule.segment, facts.segment != segment { continue }
            if let tag = rule.tag, !facts.tags.union(facts.parcel.productTags).contains(tag) { continue }
            if rule.share < 1 {
                let uniform = world.draws.uniform(.screening, entity: facts.entity, draw: number)
                if uniform >= rule.share { continue }
            }
            delay += rule.delay
            applied = true
        }
        return (max(facts.placedAt, approvedAt) + delay, applied)
    }
}
