import Domain
import History
import Ratings
import Replay
import Storage
import TestKit
import Testing

@Suite struct EndogenousRatingTests {
    @Test("Expected delivery adds the queue's work over the stations to what an empty node would take")
    func expectedDelivery() throws {
        let network = try SmallNetwork()
        let queue: (inout SmallNetwork.StateParts) -> Void = { $0.waiting[0] = 4 }
        // 4 / 2 stations x 150 s + 150 s.
        #expect(
            try value("expected_delivery_hours", in: network, service: "express", state: queue)
                == (36_450 + 3_600 * 1.3 - 36_000) / 3_600)
        #expect(
            try value("expected_delivery_hours", in: network, service: "express")
                == value("ideal_delivery_hours", in: network, service: "express"))
        // The next van leaves at 18:00 whatever a short queue does; a long one misses it.
        #expect(try value("expected_delivery_hours", in: network, state: queue) == 10.6)
        #expect(try value("expected_delivery_hours", in: network, state: { $0.waiting[0] = 400 }) == 34.6)
    }

    @Test("Expected lateness counts from the promise, by the day from the end of its day, and is 0 without a promise")
    func expectedLateness() throws {
        #expect(try value("expected_lateness_hours", in: SmallNetwork()) == 4.6)
        #expect(try value("expected_lateness_hours", in: SmallNetwork(), service: "express") == 0)
        #expect(try value("expected_lateness_hours", in: SmallNetwork(promiseBy: .day)) == 0)
        #expect(
            try value("expected_lateness_hours", in: SmallNetwork(promiseBy: .day), state: { $0.waiting[0] = 400 })
                == 34.6 + 10 - 24)
        #expect(try value("expected_lateness_hours", in: SmallNetwork(), order: 1) == 0)
    }

    @Test("Nominal lateness is queue, service and base transit beyond the promise, whatever the clock and the weather")
    func nominalLateness() throws {
        func hours(
            _ network: SmallNetwork, _ given: [ParameterField] = [], order: Int = 0, service: String = "express"
        ) throws -> Double {
            try value(
                "nominal_lateness_hours", given, in: network, order: order, service: service,
                state: { $0.waiting[0] = 400 })
        }
        // (1 + 400 / 2 stations) x 150 s + 1.3 h of express, or 2.6 h of a van that need not leave at 18:00; promised in 6.
        #expect(try abs(hours(SmallNetwork()) - (201 * 150 / 3_600.0 + 1.3 - 6)) < 1e-12)
        #expect(try abs(hours(stormyNetwork(), service: "van") - (201 * 150 / 3_600.0 + 2.6 - 6)) < 1e-12)
        // A pick of six units takes 60 + 2 x 30 + 6 x 10 seconds.
        #expect(
            try abs(hours(SmallNetwork(), [ParameterField("items", 6)]) - (201 * 180 / 3_600.0 + 1.3 - 6)) < 1e-12)
        #expect(try hours(SmallNetwork(promiseBy: .day)) == 0)
        #expect(try hours(SmallNetwork(), order: 1) == 0)
        #expect(try value("nominal_lateness_hours", in: SmallNetwork()) == 0)
    }

    @Test("Queue per station and shipments assigned today read the node's own counters")
    func workload() throws {
        let network = try SmallNetwork()
        let busy: (inout SmallNetwork.StateParts) -> Void = {
            $0.waiting = [4, 3, 0]
            $0.assignedToday = [7, 5, 0]
        }
        #expect(try value("queue_per_station", in: network, node: "n1", state: busy) == 2)
        #expect(try value("queue_per_station", in: network, node: "n2", state: busy) == 3)
        #expect(try value("assigned_today", in: network, node: "n2", state: busy) == 5)
    }

    @Test("Utilisation is the larger of committed seconds and daily orders, and 1 at a node closed all day")
    func utilisation() throws {
        let network = try SmallNetwork()
        let busy: (inout SmallNetwork.StateParts) -> Void = {
            $0.committedSecondsToday = [17_280, 10_800, 0]
            $0.assignedToday = [3, 3, 0]
        }
        // n1: 17,280 of 2 x 86,400 seconds, but 3 of 10 orders; n2: 10,800 of 43,200; n3 is closed on a Monday.
        #expect(try value("utilisation", in: network, node: "n1", state: busy) == 0.3)
        #expect(try value("utilisation", in: network, node: "n2", state: busy) == 0.25)
        #expect(try value("utilisation", in: network, node: "n3", state: busy) == 1)
    }

    @Test("Remaining carrier capacity is the daily capacity less what was assigned, the cap without a limit")
    func carrierCapacity() throws {
        let network = try SmallNetwork()
        // n1 and service van, index 1 of 2.
        let busy: (inout SmallNetwork.StateParts) -> Void = { $0.assignedTodayByService[1] = 2 }
        #expect(try value("remaining_carrier_capacity", in: network, state: busy) == 3)
        #expect(try value("remaining_carrier_capacity", in: network, service: "express", state: busy) == 1_000)
        #expect(
            try value("remaining_carrier_capacity", [ParameterField("cap", 2)], in: network, state: busy) == 2)
        #expect(
            try value("remaining_carrier_capacity", in: network, state: { $0.assignedTodayByService[1] = 7 }) == -2)
    }

    @Test("Stock depth is the worst product's share of what is available, lines of one product added up")
    func stockDepth() throws {
        let network = try SmallNetwork()
        // Product a is row 0, b row 1, of three nodes each.
        #expect(try value("stock_depth", in: network) == 0.25)
        #expect(try value("stock_depth", in: network, state: { $0.available[0] = 3 }) == 2.0 / 3)
        #expect(try value("stock_depth", in: network, lines: [1], state: { $0.available[0] = 3 }) == 0.25)
        #expect(try value("stock_depth", in: network, order: 1) == 0.5)
        #expect(try value("stock_depth", in: network, order: 1, lines: [0]) == 0.125)
        #expect(try value("stock_depth", in: network, order: 1, state: { $0.available[0] = -3 }) == 4)
    }

    @Test(
        "Stock balance is how far a node's share of the stock fell below its opening share, over the order's products")
    func stockBalance() throws {
        let network = try SmallNetwork()
        // Product a: 8, 8, 32 at the start; n1 sells 4.
        let sold: (inout SmallNetwork.StateParts) -> Void = { $0.available[0] = 4 }
        #expect(try value("stock_balance", in: network) == 0)
        #expect(try value("stock_balance", in: network, state: sold) == (8.0 / 48 - 4.0 / 44) / 2)
        #expect(try value("stock_balance", in: network, node: "n3", state: sold) == (32.0 / 48 - 32.0 / 44) / 2)
        #expect(try value("stock_balance", in: network, lines: [1], state: sold) == 0)
    }

    @Test("Stock balance added for all lanes at once is the same to the last bit as lane by lane")
    func stockBalanceBatch() throws {
        let network = try SmallNetwork()
        let facts = network.facts(order: 0)
        let state = network.state(at: facts.time) { $0.available = [3, 8, 29, 1, 0, 4] }
        let rating = try #require(
            try RatingCatalogue.members.make("stock_balance", dataset: network.dataset) as? any EndogenousRating)
        let lanes = network.dataset.lanes.rows(ofZone: facts.zone)
        // The candidate in the middle is left out.
        let rows = lanes.filter { $0 != lanes.lowerBound + 2 }
        let arena = Arena()
        let scores = arena.buffer(repeating: 0.5, count: rows.count)
        let largest = rating.add(
            weight: 0.3, offset: 0.01, scale: 0.1, order: facts,
            candidates: CandidateRows(arena.buffer(rows.map { Int32($0) }), count: rows.count), in: network.context,
            state: state, to: scores)
        var expectedLargest = 0.0
        for (position, row) in rows.enumerated() {
            let value = rating.value(
                order: facts, lane: network.context.lane(row, for: facts), in: network.context, state: state)
            let term = 0.3 * ((value - 0.01) / 0.1)
            expectedLargest = max(expectedLargest, abs(term))
            #expect(scores[position] == 0.5 + term)
        }
        #expect(largest == expectedLargest)
    }

    @Test("A product multiplies two ratings, is endogenous if one is, and refuses a factor that needs parameters")
    func product() throws {
        let network = try stormyNetwork()
        func factors(_ first: ParameterValue, _ second: ParameterValue) -> [ParameterField] {
            [ParameterField("first", first), ParameterField("second", second)]
        }
        #expect(try value("product", factors("weather_storm_level", "distance"), in: network, node: "n2") == 80)
        #expect(
            try value(
                "product", factors("distance", "queue_per_station"), in: network, node: "n2",
                state: { $0.waiting[1] = 3 }) == 120)
        #expect(throws: InputError.self) {
            try RatingCatalogue.members.make(
                "product", factors("distance", "node_rank"), dataset: network.dataset)
        }
        let error = #expect(throws: InputError.self) {
            try RatingCatalogue.members.make("product", factors("distanse", "distance"), dataset: network.dataset)
        }
        #expect(error?.suggestion == "distance")
    }
}
