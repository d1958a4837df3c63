import Domain
import Metrics
import Replay
import TestKit
import Testing

/// Twenty orders placed, with a different number for every fact, so that no two can be mistaken for each other.
func exampleMeasures() -> Measures {
    var measures = Measures(nodeCount: 2)
    let sums: [(Fact, Double)] = [
        (.orders, 20), (.lines, 41), (.items, 80), (.orderedValue, 4_000), (.delivered, 16), (.filled, 15),
        (.itemsDelivered, 60), (.onTime, 12), (.latenessHours, 30), (.leadTimeHours, 750), (.cancelled, 2),
        (.unserved, 1), (.open, 3), (.itemsUnserved, 7), (.backOrdered, 4), (.split, 5), (.reviewed, 6),
        (.shipments, 25), (.picks, 24), (.pickWaitHours, 8), (.ineffective, 9), (.deliveredValue, 3_000),
        (.goodsCost, 1_100), (.freight, 240), (.handling, 100), (.compensation, 60), (.unservedCost, 50),
        (.kilometres, 900), (.carbonKilograms, 36), (.complaints, 1.5), (.serviceHours, 13),
    ]
    for (fact, sum) in sums { measures.facts[fact] = sum }
    measures.busyHours = [6, 9]
    measures.stationHours = [10, 50]
    measures.peakQueue = 17
    measures.stockImbalance = 0.125
    measures.shareOfLanesWithHistory = 0.75
    for hours in 1...100 { measures.leadTimeHours.add(Double(hours), weight: 1) }
    return measures
}

/// The value of a metric of the catalogue that takes no parameters.
func value(_ key: String, of measures: Measures) throws -> Double? {
    try #require(MetricCatalogue.standard.first { $0.declaration.key == key }).value(of: measures)
}

@Suite struct MetricValueTests {
    @Test(
        "Every metric is the quotient or sum its definition says",
        arguments: [
            ("on_time_rate", 12.0 / 20), ("on_time_of_delivered", 12.0 / 16), ("fill_rate", 15.0 / 20),
            ("item_fill_rate", 60.0 / 80), ("lead_time_hours", 750.0 / 15), ("lateness_hours", 30.0 / 15),
            ("wait_minutes", 60 * (8.0 / 24)), ("cost_per_order", 450.0 / 20), ("freight_per_order", 240.0 / 20),
            ("handling_per_order", 100.0 / 20), ("compensation_per_order", 60.0 / 20),
            ("unserved_cost_per_order", 50.0 / 20), ("gmv", 3_000), ("gross_margin", 1_500),
            ("margin_after_penalties", 1_450), ("complaint_rate", 1.5 / 20), ("cancellation_rate", 2.0 / 20),
            ("unserved_rate", 1.0 / 20), ("open_rate", 3.0 / 20), ("back_order_rate", 4.0 / 20),
            ("split_rate", 5.0 / 20), ("shipments_per_order", 25.0 / 20), ("kilometres_per_order", 900.0 / 20),
            ("carbon_kg_per_order", 36.0 / 20), ("utilisation", 15.0 / 60), ("utilisation_of_busiest_node", 6.0 / 10),
            ("peak_queue", 17), ("ineffective_dispatch_rate", 9.0 / 25), ("manual_review_rate", 6.0 / 20),
            ("stock_imbalance", 0.125), ("unprecedented_lane_share", 0.25),
        ] as [(String, Double)])
    func definition(key: String, expected: Double) throws {
        #expect(try value(key, of: exampleMeasures()) == expected)
    }

    @Test("Quantiles of the lead time are within half a per cent of the order statistics")
    func quantiles() throws {
        for (key, expected) in [
            ("lead_time_p50_hours", 50.0), ("lead_time_p90_hours", 90), ("lead_time_p99_hours", 99),
        ] {
            let found = try #require(try value(key, of: exampleMeasures()))
            #expect(abs(found / expected - 1) <= 0.005 + 1e-12, "\(key): \(found)")
        }
    }

    @Test("The cost of an order is the sum of its parts")
    func costParts() throws {
        let measures = exampleMeasures()
        var sum = 0.0
        for part in ["freight_per_order", "handling_per_order", "compensation_per_order", "unserved_cost_per_order"] {
            sum += try #require(try value(part, of: measures))
        }
        #expect(try value("cost_per_order", of: measures) == sum)
    }

    @Test("Where there is nothing to divide by there is no value, and totals are 0")
    func empty() throws {
        let measures = Measures(nodeCount: 1)
        let totals = ["gmv", "gross_margin", "margin_after_penalties", "peak_queue", "stock_imbalance"]
        for metric in MetricCatalogue.standard {
            let key = metric.declaration.key
            #expect(metric.value(of: measures) == (totals.contains(key) ? 0 : nil), "\(key)")
        }
    }
}
