import Domain
import History
import Replay
import TestKit
import Testing

/// Decisions, waits, cancellations and reroutes reckoned by hand; both writings of the article must give the result.
@Suite struct HandComputedDecisionTests {
    private func line(_ product: String, _ quantity: Int = 1) -> DatasetBuilder.Line {
        DatasetBuilder.Line(product, quantity)
    }

    /// Nodes and services of the live shipments of an order, with the units of each line.
    private func live(_ order: OrderOutcome) -> [String] {
        order.shipments.filter { !$0.isVoid }.map { shipment in
            "n\(shipment.node): " + shipment.lines.map { "\($0.quantity) of \($0.line)" }.joined(separator: ", ")
        }
    }

    /// The nearest node with all lines takes an order; equal scores go to the lower node.
    @Test func nearestWithStock() throws {
        var corner = HandComputedCorner()
        for product in ["p", "q"] { corner.builder.addProduct(product) }
        corner.node("a", kilometres: 30, stock: [("p", 9)])
        corner.node("b", kilometres: 60, stock: [("p", 9), ("q", 9)])
        corner.node("c", kilometres: -60, stock: [("p", 9), ("q", 9)])
        corner.service()
        try corner.seekNearest()
        corner.order("x", at: 0, [line("p"), line("q")])
        corner.order("y", at: 1, [line("p"), line("p", 8)])
        corner.order("z", at: 2, [line("p"), line("p", 9)])
        for outcomes in try corner.replay().both {
            #expect(live(outcomes[0]) == ["n1: 1 of 0, 1 of 1"])
            #expect(live(outcomes[1]) == ["n0: 1 of 0, 8 of 1"])
            // Lines of one product add up: ten are nowhere.
            #expect(outcomes[2].status == .unserved && outcomes[2].itemsUnserved == 10)
        }
    }

    /// `most_lines` seeks the candidate of most lines first, `fewest_shipments` the fewest nodes.
    @Test func splits() throws {
        for (mode, expected) in [
            (SplitRule.Mode.mostLines, ["n0: 1 of 0, 1 of 1", "n1: 1 of 2", "n2: 1 of 3"]),
            (.fewestShipments, ["n1: 1 of 0, 1 of 2", "n2: 1 of 1, 1 of 3"]),
        ] {
            var corner = HandComputedCorner()
            for product in ["p", "q", "r", "s"] { corner.builder.addProduct(product) }
            corner.node("a", kilometres: 10, stock: [("p", 1), ("q", 1)])
            corner.node("b", kilometres: 20, stock: [("p", 1), ("r", 1)])
            corner.node("c", kilometres: 30, stock: [("q", 1), ("s", 1)])
            corner.service()
            try corner.seekNearest(SplitRule(mode: mode, maximumSplits: 2))
            corner.order("x", at: 0, ["p", "q", "r", "s"].map { line($0) })
            for outcomes in try corner.replay().both { #expect(live(outcomes[0]) == expected) }
            // With one split the first way finds nothing, the second still does.
            try corner.seekNearest(SplitRule(mode: mode, maximumSplits: 1))
            for outcomes in try corner.replay().both {
                #expect(live(outcomes[0]) == (mode == .mostLines ? [] : expected))
            }
        }
    }

    /// A divided line takes the most units first, and a plan that leaves a unit is dropped unless the strategy is partial.
    @Test func dividedLines() throws {
        var corner = HandComputedCorner()
        corner.builder.addProduct("p")
        corner.node("a", kilometres: 10, stock: [("p", 2)])
        corner.node("b", kilometres: 20, stock: [("p", 5)])
        corner.service()
        try corner.seekNearest(SplitRule(maximumSplits: 1, dividesLines: true))
        corner.order("x", at: 0, [line("p", 6)])
        for outcomes in try corner.replay().both { #expect(live(outcomes[0]) == ["n1: 5 of 0", "n0: 1 of 0"]) }
        corner.order("y", at: 1, [line("p", 3)])
        for outcomes in try corner.replay().both { #expect(outcomes[1].status == .unserved) }
        corner.strategy.partial = true
        for outcomes in try corner.replay().both {
            #expect(live(outcomes[1]) == ["n0: 1 of 0"] && outcomes[1].itemsUnserved == 2)
            #expect(outcomes[1].status == .delivered && !outcomes[1].isFilled && !outcomes[1].isOnTime)
        }
    }

    /// A replenishment at the very deadline still serves; a second later the order is unserved.
    @Test func deadline() throws {
        for (arrival, isServed) in [(7_200.0, true), (7_201, false)] {
            var corner = HandComputedCorner()
            corner.builder.addProduct("p")
            corner.node("n", kilometres: 60, seconds: 0, stock: [])
            corner.service()
            corner.strategy.unmet = .wait(deadlineHours: 1)
            corner.order("x", at: 3_600)
            corner.builder.addReplenishment(node: "n", product: "p", at: arrival, quantity: 1)
            for outcomes in try corner.replay().both {
                #expect(outcomes[0].wasBackOrdered && outcomes[0].decidedAt == 3_600)
                #expect(outcomes[0].status == (isServed ? .delivered : .unserved))
                #expect(outcomes[0].shipments.map(\.assignedAt) == (isServed ? [7_200] : []))
            }
        }
    }

    /// A cancellation in the queue frees its stock at once for the order that waits for it; one that comes when the pick
    /// starts is too late.
    @Test func cancellation() throws {
        for (time, isCancelled) in [(999.0, true), (1_000, false)] {
            var corner = HandComputedCorner()
            corner.builder.addProduct("p")
            corner.node("n", kilometres: 60, seconds: 1_000, stock: [("p", 2)])
            corner.service()
            corner.strategy.unmet = .wait(deadlineHours: 9)
            for (id, placed) in [("a", 0.0), ("b", 10), ("c", 20)] { corner.order(id, at: placed) }
            corner.builder.addHistory(order: "b", cancelled: true, cancelledAt: time)
            for outcomes in try corner.replay().both {
                #expect(outcomes[1].status == (isCancelled ? .cancelled : .delivered))
                #expect(outcomes[1].shipments[0].isVoid == isCancelled)
                #expect(outcomes[2].shipments.map(\.assignedAt) == (isCancelled ? [999] : []))
                #expect(outcomes[2].status == (isCancelled ? .delivered : .unserved))
            }
        }
    }

    /// At detection the queue of a node that is down goes elsewhere; the pick in progress stays.
    @Test func reroute() throws {
        var corner = HandComputedCorner()
        corner.builder.addProduct("p")
        corner.node("a", kilometres: 10, seconds: 5_000)
        corner.node("b", kilometres: 90, seconds: 100)
        corner.service()
        corner.settings.detectionDelay = 300
        corner.strategy.reroutesOnOutage = true
        try corner.seekNearest()
        for (id, time) in [("x", 0.0), ("y", 10), ("z", 1_200), ("zz", 1_300)] { corner.order(id, at: time) }
        let replays = try corner.replay { $0.outages[0] = [Interval(from: 1_000, to: 2_000)] }
        for outcomes in replays.both {
            #expect(live(outcomes[0]) == ["n0: 1 of 0"] && outcomes[0].shipments[0].pickEnd == 6_000)
            for visit in [1, 2] {
                #expect(outcomes[visit].shipments.map(\.isVoid) == [true, false])
                #expect(outcomes[visit].shipments.map(\.ordinal) == [0, 1])
                #expect(outcomes[visit].shipments[1].node == 1 && outcomes[visit].shipments[1].assignedAt == 1_300)
            }
            #expect(outcomes[2].shipments[1].pickStart == 1_400)
            // Detected at the instant of the decision: no candidate.
            #expect(outcomes[3].shipments.map(\.node) == [1])
        }
    }

    /// The daily order limit counts decisions of a local day and opens again at midnight for those who wait.
    @Test func dailyLimit() throws {
        var corner = HandComputedCorner()
        corner.builder.addProduct("p")
        corner.node("n", kilometres: 60, seconds: 0, limit: 1)
        corner.service()
        corner.strategy.unmet = .wait(deadlineHours: 48)
        for id in ["a", "b", "c"] { corner.order(id, at: 100) }
        for outcomes in try corner.replay().both {
            #expect(outcomes.map { $0.shipments[0].assignedAt } == [100, 86_400, 172_800])
        }
    }

    /// As-happened ships from the recorded node by stock alone, by the lowest service where none is recorded, and not
    /// where no node is recorded.
    @Test func asHappened() throws {
        var corner = HandComputedCorner()
        for product in ["p", "q"] { corner.builder.addProduct(product) }
        corner.node("a", kilometres: 10, limit: 0, stock: [("p", 1), ("q", 1)])
        corner.node("b", kilometres: 20)
        corner.service("s1")
        corner.service("s2")
        corner.strategy.assignment = .asHappened
        corner.order("x", at: 0)
        corner.order("y", at: 1, [line("p"), line("q")])
        corner.order("z", at: 2, [line("q")])
        corner.order("zz", at: 3)
        corner.builder.addHistory(order: "x", node: "b")
        corner.builder.addHistory(order: "y", node: "a", service: "s2")
        corner.builder.addHistory(order: "y", product: "p", node: "b", service: "s2")
        corner.builder.addHistory(order: "z", node: "a", service: "s2")
        for outcomes in try corner.replay().both {
            #expect(live(outcomes[0]) == ["n1: 1 of 0"] && outcomes[0].shipments[0].service == 0)
            #expect(live(outcomes[1]) == ["n1: 1 of 0", "n0: 1 of 1"])
            #expect(outcomes[1].shipments.allSatisfy { $0.service == 1 })
            #expect(outcomes[2].status == .unserved && outcomes[3].status == .unserved)
        }
    }
}
