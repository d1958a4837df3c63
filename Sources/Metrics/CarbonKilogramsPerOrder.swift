import Replay

/// kg CO2e of shipments that are not void per order placed.
///
/// A strategy that ships less emits less: read it beside `fill_rate`.
struct CarbonKilogramsPerOrder: FactMetric {
    let declaration = MetricDeclaration(
        key: "carbon_kg_per_order", summary: "Emissions of shipments per order placed", unit: "kg CO2e",
        direction: .lower, denominator: "orders placed")

    func quotient(of facts: FactSums) -> Quotient {
        facts.quotient(.carbonKilograms, per: .orders)
    }
}
