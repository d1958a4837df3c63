import Domain
import Metrics
import Replay
import TestKit
import Testing

@Suite struct MetricCatalogueTests {
    @Test("Every metric has a key of its own, a summary, a unit and a denominator in words")
    func documented() throws {
        let names = MetricCatalogue.members.names
        #expect(Set(names).count == names.count)
        #expect(names == MetricCatalogue.standard.map(\.declaration.key) + ["ratio"])
        for metric in MetricCatalogue.standard {
            let declaration = metric.declaration
            #expect(declaration.key.allSatisfy { $0.isLowercase || $0 == "_" || $0.isNumber }, "\(declaration.key)")
            #expect(!declaration.summary.isEmpty && declaration.summary.count <= 100, "\(declaration.key)")
            #expect(!declaration.unit.isEmpty && !declaration.denominator.isEmpty, "\(declaration.key)")
        }
    }

    @Test("A metric that can be cut needs the facts only, any other something beside them")
    func cuts() {
        let measures = exampleMeasures()
        var factsOnly = Measures(nodeCount: 2)
        factsOnly.facts = measures.facts
        for metric in MetricCatalogue.standard {
            let isSame = metric.value(of: factsOnly) == metric.value(of: measures)
            #expect(isSame == metric.declaration.isCutByFacts, "\(metric.declaration.key)")
        }
    }

    @Test("A metric that can be cut is a quotient of sums over orders, or a total, and no other is")
    func sums() {
        let measures = exampleMeasures()
        for metric in MetricCatalogue.standard {
            let sums = metric.sums(of: measures.facts)
            #expect((sums != nil) == metric.declaration.isCutByFacts, "\(metric.declaration.key)")
            #expect(sums == nil || sums?.value == metric.value(of: measures), "\(metric.declaration.key)")
            let isTotal = metric.declaration.denominator.hasPrefix("none")
            #expect(sums == nil || (sums?.denominator == nil) == isTotal, "\(metric.declaration.key)")
            #expect(isTotal || sums == nil || metric.sums(of: FactSums())?.value == nil, "\(metric.declaration.key)")
        }
    }

    @Test("A ratio of facts and totals has sums, a ratio with a rate or a maximum in it has none")
    func sumsOfRatios() throws {
        let measures = exampleMeasures()
        let plain = try ratio(["freight", "gross_margin"], ["kilometres"])
        #expect(plain.sums(of: measures.facts)?.value == plain.value(of: measures))
        #expect(try ratio(["on_time_rate"], ["orders"]).sums(of: measures.facts) == nil)
        #expect(try ratio(["freight"], ["peak_queue"]).sums(of: measures.facts) == nil)
    }

    /// A ratio of the given parts.
    private func ratio(
        _ numerator: ParameterValue, _ denominator: ParameterValue, key: ParameterValue = "mine"
    ) throws -> any Metric {
        try MetricCatalogue.members.make(
            "ratio",
            [
                ParameterField("key", key), ParameterField("numerator", numerator),
                ParameterField("denominator", denominator), ParameterField("direction", "lower"),
            ], dataset: SmallNetwork().dataset)
    }

    @Test("A ratio of one's own adds up facts and metrics, and has no value where a part has none")
    func ratios() throws {
        let measures = exampleMeasures()
        let freight = try ratio(["freight", "handling"], ["kilometres"])
        #expect(freight.value(of: measures) == 340.0 / 900)
        #expect(freight.declaration.key == "mine")
        #expect(freight.declaration.direction == .lower)
        #expect(freight.declaration.isCutByFacts)
        let perUse = try ratio(["gross_margin"], ["utilisation"])
        #expect(perUse.value(of: measures) == 1_500 / 0.25)
        #expect(!perUse.declaration.isCutByFacts)
        #expect(perUse.value(of: Measures(nodeCount: 1)) == nil)
        #expect(try ratio(["ordered_value"], ["orders"]).value(of: measures) == 200)
    }

    @Test("A ratio of unknown, missing or already named parts is an error that names what is right")
    func wrongRatios() throws {
        let unknown = #expect(throws: InputError.self) { try ratio(["freigth"], ["orders"]) }
        #expect(unknown?.suggestion == "freight")
        #expect(throws: InputError.self) { try ratio([], ["orders"]) }
        #expect(throws: InputError.self) { try ratio(["freight"], ["orders"], key: "gmv") }
    }
}
