import Constraints
import Domain
import Replay
import TestKit
import Testing

@Suite struct StateConstraintTests {
    @Test("Spare capacity must be above the share, not at it, and a node closed all day has none")
    func spareCapacity() throws {
        let network = try SmallNetwork()
        // n1 may take 10 orders a day: 7 leave 30 %, 8 leave 20 %.
        #expect(try nodesAllowed("spare_capacity", in: network, state: { $0.assignedToday[0] = 7 }) == ["n1", "n2"])
        #expect(try nodesAllowed("spare_capacity", in: network, state: { $0.assignedToday[0] = 8 }) == ["n2"])
        #expect(
            try nodesAllowed(
                "spare_capacity", [ParameterField("share", 0.1)], in: network, state: { $0.assignedToday[0] = 8 })
                == ["n1", "n2"])
    }

    @Test("The work ahead in a queue counts per station, and its limit is included")
    func queueLimit() throws {
        let network = try SmallNetwork()
        // 48 / 2 stations x 150 s = 1 h at n1; 30 x 120 s = 1 h at n2.
        let hour = [ParameterField("hours", 1)]
        #expect(try allows("queue_limit", hour, in: network, state: { $0.waiting[0] = 48 }))
        #expect(try !allows("queue_limit", hour, in: network, state: { $0.waiting[0] = 49 }))
        #expect(try allows("queue_limit", hour, in: network, node: "n2", state: { $0.waiting[1] = 30 }))
        #expect(try !allows("queue_limit", hour, in: network, node: "n2", state: { $0.waiting[1] = 31 }))
    }

    @Test("Daily orders stop at the maximum, for the nodes listed")
    func dailyOrders() throws {
        let network = try SmallNetwork()
        let rule = [ParameterField("maximum", 3), ParameterField("nodes", ["n1", "n2"])]
        #expect(
            try nodesAllowed("daily_orders", rule, in: network, state: { $0.assignedToday = [2, 3, 9] }) == [
                "n1", "n3",
            ])
    }

    @Test("A carrier has room while fewer were assigned than it takes a day; one without a limit always has")
    func carrierCapacity() throws {
        let network = try SmallNetwork()
        // Node n1: express is column 0, van column 1; the van takes 5.
        #expect(try allows("carrier_capacity", in: network, state: { $0.assignedTodayByService[1] = 4 }))
        #expect(try !allows("carrier_capacity", in: network, state: { $0.assignedTodayByService[1] = 5 }))
        #expect(
            try allows("carrier_capacity", in: network, node: "n2", state: { $0.assignedTodayByService[1] = 5 }))
        #expect(
            try allows(
                "carrier_capacity", in: network, service: "express", state: { $0.assignedTodayByService[0] = 99 })
        )
    }

    @Test("Some units of each product stay, lines of one product taken together")
    func stockLeft() throws {
        let network = try SmallNetwork()
        // n1 has 8 of a and 4 of b; the first order takes 2 and 1, the second 1 + 3 of a.
        #expect(try allows("minimum_stock_left", [ParameterField("units", 3)], in: network))
        #expect(try !allows("minimum_stock_left", [ParameterField("units", 4)], in: network))
        #expect(try allows("minimum_stock_left", [ParameterField("units", 6)], in: network, lines: [0]))
        #expect(try allows("minimum_stock_left", [ParameterField("units", 4)], in: network, order: 1))
        #expect(try !allows("minimum_stock_left", [ParameterField("units", 5)], in: network, order: 1))
        let other = [ParameterField("units", 5), ParameterField("nodes", ["n2"])]
        #expect(try allows("minimum_stock_left", other, in: network, order: 1))
    }
}
