import Domain
import History
import Replay
import TestKit
import Testing

/// Disruptions reckoned by hand; both writings of the article must give the result.
@Suite struct DisruptedReplayTests {
    /// Two nodes, `a` 60 km and `b` 120 km away, picks of ten minutes, one service that collects at any time.
    private func corner(stations: Int = 1, stock: Int = 100) throws -> HandComputedCorner {
        var corner = HandComputedCorner()
        corner.builder.addProduct("p")
        corner.node("a", kilometres: 60, stations: stations, stock: [("p", stock)])
        corner.node("b", kilometres: 120, stock: [("p", 100)])
        corner.service()
        try corner.seekNearest()
        return corner
    }

    private func nodes(_ orders: [OrderOutcome]) -> [Int?] {
        orders.map { $0.shipments.last { !$0.isVoid }?.node }
    }

    @Test("A banned product goes by another node while the ban lasts, and not at all where it is everywhere")
    func bans() throws {
        var corner = try corner()
        for (number, time) in [0.0, 3_600, 7_199, 7_200].enumerated() { corner.order("o\(number)", at: time) }
        let span = Interval(from: 3_600, to: 7_200)
        let atNode = try corner.replay { $0.bans = [Ban(span: span, nodes: IndexChoice([0]))] }
        for orders in atNode.both { #expect(nodes(orders) == [0, 1, 1, 0]) }
        let everywhere = try corner.replay { $0.bans = [Ban(span: span, products: IndexChoice([0]))] }
        for orders in everywhere.both {
            #expect(orders.map(\.status) == [.delivered, .unserved, .unserved, .delivered])
        }
    }

    @Test("An order that waits through a ban is decided as it ends")
    func waitsForTheEnd() throws {
        var corner = try corner()
        corner.strategy.unmet = .wait(deadlineHours: 24)
        corner.order("o", at: 3_700)
        let both = try corner.replay { $0.bans = [Ban(span: Interval(from: 3_600, to: 7_200))] }.both
        for orders in both {
            #expect(orders[0].shipments.map(\.assignedAt) == [7_200] && orders[0].wasBackOrdered)
        }
    }

    @Test("With two of three stations lost one pick starts at a time, and a pick in progress is finished")
    func stationsLost() throws {
        var corner = try corner(stations: 3)
        for number in 0..<5 { corner.order("o\(number)", at: Double(number)) }
        let both = try corner.replay { world in
            world.stationLosses = [[StationLoss(span: Interval(from: 2, to: 1_500), stations: 2)], []]
        }.both
        // Two have begun before the loss; the next begins when both are done, one after the other until the stations are back.
        for orders in both { #expect(orders.map { $0.shipments[0].pickStart } == [0, 1, 601, 1_201, 1_500]) }
    }

    @Test(
        "A suspended service collects at the end of its suspension, and at the next cut-off after it where it has them")
    func suspension() throws {
        var free = try corner()
        free.order("o", at: 0)
        let pause = [[Interval(from: 300, to: 9_000)]]
        for orders in try free.replay({ $0.suspensions = pause }).both {
            #expect(orders[0].shipments[0].handedOverAt == 9_000 && orders[0].deliveredAt == 9_000 + 3_600)
        }
        var timed = HandComputedCorner()
        timed.builder.addProduct("p")
        timed.node("a", kilometres: 60)
        timed.service(cutOffs: [60, 120, 180])
        try timed.seekNearest()
        timed.order("o", at: 0)
        for orders in try timed.replay({ $0.suspensions = pause }).both {
            #expect(orders[0].shipments[0].handedOverAt == 180 * 60)
        }
    }

    @Test("A day's capacity is cut to the whole part of the mean of its hours")
    func capacity() throws {
        var corner = HandComputedCorner()
        corner.builder.addProduct("p")
        corner.node("a", kilometres: 60, seconds: 60)
        corner.service(capacity: 4)
        try corner.seekNearest()
        for number in 0..<6 { corner.order("o\(number)", at: Double(number)) }
        let both = try corner.replay { world in
            // Half of the hours of the first day at half: 4 x 0.75 = 3.
            world.capacityByService = HourlySeries(regionCount: 1, hourCount: 12, neutral: 1)
            for hour in 0..<12 { world.capacityByService.values[hour] = 0.5 }
        }.both
        for orders in both {
            let collected = orders.map { $0.shipments[0].handedOverAt }
            #expect(collected.prefix(3).allSatisfy { $0 < 86_400 })
            #expect(collected.suffix(3).allSatisfy { $0 == 86_400 })
        }
    }

    @Test("A premium is paid in the hour of the decision, and sends what is decided by price elsewhere")
    func premium() throws {
        var corner = HandComputedCorner()
        corner.builder.addProduct("p")
        corner.node("a", kilometres: 60)
        corner.service("van")
        corner.builder.addTariff("dear", LoadTerms(perShipment: 12))
        corner.builder.addService("express", tariff: "dear", kilometresPerHour: 100)
        try corner.seekCheapest()
        corner.order("o0", at: 0)
        corner.order("o1", at: 3_600)
        // By van 4 + 1 + 0.1 x 60 = 11, by express 12; a tenth dearer the van costs 12.1, a twentieth 11.55.
        for (premium, services, freight) in [(0.1, [1, 0], 12.0), (0.05, [1, 1], 11.55)] {
            let both = try corner.replay { world in
                world.freightMultiplier = HourlySeries(regionCount: 2, hourCount: 2, neutral: 1)
                world.freightMultiplier.values[3] = 1 + premium
            }.both
            for orders in both {
                #expect(orders.map { $0.shipments[0].service } == services)
                #expect(abs(orders[0].shipments[0].freight - 11) < 1e-12)
                #expect(abs(orders[1].shipments[0].freight - freight) < 1e-12)
            }
        }
    }

    @Test("A pick of units that are not there fails at its end, costs its time, and its order goes elsewhere")
    func failedPick() throws {
        var corner = try corner(stock: 3)
        for number in 0..<4 { corner.order("o\(number)", at: Double(number)) }
        // Of the three on record at a, two are missing.
        let both = try corner.replay { $0.missingUnits = [2, 0] }.both
        for orders in both {
            #expect(nodes(orders) == [0, 1, 1, 1])
            #expect(orders.map(\.shipments.count) == [1, 2, 2, 1])
            // The first pick takes ten minutes, the second fails after twenty, the third after thirty.
            #expect(orders[1].shipments[0].isVoid && orders[1].shipments[0].pickEnd == 1_200)
            #expect(orders[1].shipments[1].assignedAt == 1_200 && orders[2].shipments[1].assignedAt == 1_800)
            #expect(orders[1].shipments[0].freight == 0 && orders.allSatisfy { $0.status == .delivered })
        }
    }

    @Test("After a failed pick the record is right: what is short no longer looks available")
    func correctedRecord() throws {
        var corner = try corner(stock: 3)
        corner.order("o0", at: 0, [DatasetBuilder.Line("p", 2)])
        corner.order("o1", at: 1_000)
        corner.order("o2", at: 1_001)
        // One of three is there: the first order fails and lets one go, which the second takes; the third finds none.
        for orders in try corner.replay({ $0.missingUnits = [2, 0] }).both {
            #expect(nodes(orders) == [1, 0, 1])
            #expect(orders.map(\.shipments.count) == [2, 1, 1])
        }
    }
}
