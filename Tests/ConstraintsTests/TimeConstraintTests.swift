import Constraints
import Domain
import Replay
import TestKit
import Testing

@Suite struct TimeConstraintTests {
    @Test("A node is open within its hours, the closing instant excluded")
    func nodeOpen() throws {
        let network = try SmallNetwork()
        // Monday 10:00, 08:00, 07:59:59, 20:00; Saturday 09:00.
        #expect(try nodesAllowed("node_open", in: network) == ["n1", "n2"])
        #expect(try nodesAllowed("node_open", in: network, at: 28_800) == ["n1", "n2"])
        #expect(try nodesAllowed("node_open", in: network, at: 28_799) == ["n1"])
        #expect(try nodesAllowed("node_open", in: network, at: 72_000) == ["n1"])
        #expect(try nodesAllowed("node_open", in: network, at: 464_400) == ["n1", "n3"])
    }

    @Test("A node's cut-off holds from its hour to midnight, for the nodes listed")
    func nodeCutOff() throws {
        let network = try SmallNetwork()
        let rule = [ParameterField("hour", 16.5), ParameterField("nodes", ["n1"])]
        #expect(try allows("node_cut_off", rule, in: network, at: 59_399))
        #expect(try !allows("node_cut_off", rule, in: network, at: 59_400))
        #expect(try !allows("node_cut_off", rule, in: network, at: 86_399))
        #expect(try allows("node_cut_off", rule, in: network, at: 86_400))
        #expect(try allows("node_cut_off", rule, in: network, node: "n2", at: 59_400))
    }

    @Test(
        "Same day is reachable while service and buffer end by the last collection, or by midnight where any time will do"
    )
    func sameDay() throws {
        let network = try SmallNetwork()
        let rule = [ParameterField("buffer_minutes", 10)]
        // The van leaves at 18:00 = 64,800; the first order takes n1 150 s, and 600 s are kept in reserve.
        #expect(try allows("same_day_reachable", rule, in: network, at: 64_050))
        #expect(try !allows("same_day_reachable", rule, in: network, at: 64_051))
        #expect(try allows("same_day_reachable", rule, in: network, service: "express", at: 85_649))
        #expect(try !allows("same_day_reachable", rule, in: network, service: "express", at: 85_650))
    }

    @Test("A promise is reachable when queue, service, collection and transit end by it, within the tolerance")
    func promise() throws {
        let network = try SmallNetwork()
        // By express the first order arrives 1.3 h and 150 s after 10:00, by van at 20:36; promised at 16:00.
        #expect(try allows("promise_reachable", in: network, service: "express"))
        #expect(try !allows("promise_reachable", in: network, service: "van"))
        #expect(try allows("promise_reachable", [ParameterField("tolerance_days", 0.2)], in: network))
        #expect(try !allows("promise_reachable", [ParameterField("tolerance_days", 0.19)], in: network))
        #expect(try allows("promise_reachable", in: network, order: 1))
        let byDay = try SmallNetwork(promiseBy: .day)
        #expect(try allows("promise_reachable", in: byDay))
        // Express from n1 takes 150 s + 1.3 h: at 22:39:30 it would arrive at the midnight that ends the promised day.
        #expect(try allows("promise_reachable", in: byDay, service: "express", at: 81_569))
        #expect(try !allows("promise_reachable", in: byDay, service: "express", at: 81_570))
        let long: (inout SmallNetwork.StateParts) -> Void = { $0.waiting[0] = 400 }
        #expect(try !allows("promise_reachable", in: byDay, state: long))
        #expect(try allows("promise_reachable", [ParameterField("with_queue", false)], in: byDay, state: long))
    }

    @Test("Dates bind the nodes listed from the first instant up to, not including, the last")
    func dates() throws {
        let network = try SmallNetwork()
        let rule = [ParameterField("nodes", ["n1"]), ParameterField("from", 100), ParameterField("to", 200)]
        #expect(try !allows("effective_dates", rule, in: network, at: 99))
        #expect(try allows("effective_dates", rule, in: network, at: 100))
        #expect(try !allows("effective_dates", rule, in: network, at: 200))
        #expect(try allows("effective_dates", rule, in: network, node: "n2", at: 99))
        let empty = [ParameterField("nodes", ["n1"]), ParameterField("from", 200), ParameterField("to", 200)]
        #expect(throws: InputError.self) { try allows("effective_dates", empty, in: network) }
    }
}
