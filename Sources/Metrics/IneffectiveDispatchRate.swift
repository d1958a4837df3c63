import Replay

/// Shipments that were assigned to a node in an outage, or became void after their assignment, per shipment that is not
/// void. May pass 1 where most become void.
struct IneffectiveDispatchRate: FactMetric {
    let declaration = MetricDeclaration(
        key: "ineffective_dispatch_rate",
        summary: "Shipments sent to a node in an outage or void after assignment, per shipment", unit: "ratio",
        direction: .lower, denominator: "shipments not void")

    func quotient(of facts: FactSums) -> Quotient {
        facts.quotient(.ineffective, per: .shipments)
    }
}
