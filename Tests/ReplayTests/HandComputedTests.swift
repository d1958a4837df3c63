import Domain
import History
import Replay
import TestKit
import Testing

/// Cases reckoned by hand from the article on replays; both writings of it must give the hand's result.
@Suite struct HandComputedTests {
    private let eight = WeeklyHours(spans: (0...6).map { .init(weekday: $0, fromMinute: 480, toMinute: 1_080) })

    /// An undisturbed order passes through its life with the times and costs of rules 1 to 9.
    @Test func undisturbed() throws {
        var corner = HandComputedCorner()
        corner.node("n", kilometres: 120, seconds: 600)
        corner.service()
        corner.order("a", at: 3_600, promised: 10_000, [DatasetBuilder.Line("p", 3)])
        corner.builder.addProduct("p", price: 5)
        corner.settings.money.latePerHour = 2
        for outcomes in try corner.replay().both {
            let order = try #require(outcomes.first)
            let shipment = try #require(order.shipments.first)
            #expect(order.status == .delivered && order.isFilled && !order.isOnTime)
            #expect(shipment.assignedAt == 3_600 && shipment.pickStart == 3_600 && shipment.pickEnd == 4_200)
            #expect(shipment.handedOverAt == 4_200 && shipment.arrivedAt == 11_400)
            // 4 + 3 x 1 + 120 x 0.1; 2 + 12 x 600 / 3600.
            #expect(shipment.freight == 19 && shipment.handling == 4 && shipment.kilometres == 120)
            #expect(abs(order.latenessHours - 1_400 / 3_600.0) < 1e-12)
            #expect(abs(order.compensation - 2_800 / 3_600.0) < 1e-12)
        }
    }

    /// Orders of one instant are served by id, first come first served, by as many stations as there are.
    @Test func queue() throws {
        var corner = HandComputedCorner()
        corner.node("n", kilometres: 60, seconds: 1_000, stations: 2)
        corner.service()
        corner.builder.addProduct("p")
        for id in ["o10", "o9", "o1", "o2"] { corner.order(id, at: 0) }
        for outcomes in try corner.replay().both {
            #expect(outcomes.map { $0.shipments[0].pickStart } == [0, 0, 1_000, 1_000])
            #expect(outcomes.map(\.order) == [0, 1, 2, 3])
        }
    }

    /// A pick starts in opening hours only, and once started is finished after them.
    @Test func openingHours() throws {
        var corner = HandComputedCorner()
        corner.node("n", kilometres: 60, seconds: 30_000, hours: eight)
        corner.service()
        corner.builder.addProduct("p")
        for id in ["a", "b", "c"] { corner.order(id, at: 0) }
        for outcomes in try corner.replay().both {
            // 08:00; 16:20, ends 00:40; the next morning.
            #expect(outcomes.map { $0.shipments[0].pickStart } == [28_800, 58_800, 115_200])
            #expect(outcomes.map { $0.shipments[0].pickEnd } == [58_800, 88_800, 145_200])
        }
    }

    /// On the day the clock is put forward, 08:00 is seven hours after midnight, and 18:00 seventeen.
    @Test func clockChange() throws {
        var corner = HandComputedCorner(days: 2, timeZone: "Europe/Berlin", start: 1_774_652_400)
        corner.node("n", kilometres: 60, seconds: 600, hours: eight)
        corner.service(cutOffs: [17 * 60])
        corner.builder.addProduct("p")
        corner.order("a", at: 86_400)
        for outcomes in try corner.replay().both {
            #expect(outcomes[0].shipments[0].pickStart == 86_400 + 7 * 3_600)
            #expect(outcomes[0].shipments[0].handedOverAt == 86_400 + 16 * 3_600)
        }
    }

    /// An outage suspends the pick in progress and holds back the queue until it ends.
    @Test func outage() throws {
        var corner = HandComputedCorner()
        corner.node("n", kilometres: 60, seconds: 3_600)
        corner.service()
        corner.builder.addProduct("p")
        corner.order("a", at: 0)
        corner.order("b", at: 10)
        let replays = try corner.replay { $0.outages[0] = [Interval(from: 1_800, to: 5_400)] }
        for outcomes in replays.both {
            #expect(outcomes[0].shipments[0].pickEnd == 7_200)
            #expect(outcomes[1].shipments[0].pickStart == 7_200)
            #expect(outcomes[0].shipments[0].serviceSeconds == 3_600)
        }
    }

    /// A service with cut-offs and a capacity of one takes one parcel a day, at the first cut-off that serves.
    @Test func cutOffs() throws {
        var corner = HandComputedCorner()
        corner.node("n", kilometres: 60, seconds: 600)
        corner.service(cutOffs: [600, 1_020], capacity: 1)
        corner.builder.addProduct("p")
        for id in ["a", "b", "c"] { corner.order(id, at: 36_000 - 600) }
        for outcomes in try corner.replay().both {
            // The first is packed at 10:00 sharp; 10:00 of the next days are before the others' turn no more.
            #expect(outcomes.map { $0.shipments[0].handedOverAt } == [36_000, 122_400, 208_800])
        }
    }

    /// Without cut-offs what finds no room on its day goes at the next local midnight with room.
    @Test func capacity() throws {
        var corner = HandComputedCorner()
        corner.node("n", kilometres: 60, seconds: 600)
        corner.service(capacity: 2)
        corner.builder.addProduct("p")
        for id in ["a", "b", "c", "d", "e"] { corner.order(id, at: 1_000) }
        for outcomes in try corner.replay().both {
            #expect(outcomes.map { $0.shipments[0].handedOverAt } == [1_600, 2_200, 86_400, 86_400, 172_800])
        }
    }

    /// Transit consumes its work at the rate of each hour: the first half in the node's region, then in the zone's.
    @Test func slowHours() throws {
        var corner = HandComputedCorner()
        corner.node("n", kilometres: 120, seconds: 0)
        corner.service()
        corner.builder.addProduct("p")
        corner.order("a", at: 1_800)
        let replays = try corner.replay { world in
            // Regions by name: "region of n", "zone".
            var series = HourlySeries(regionCount: 2, hourCount: 3, neutral: 1)
            series.values = [2, 1, 1, 1, 1, 4]
            world.slowness = Slowness(series: series, regionCount: 2)
        }
        for outcomes in replays.both {
            // Half an hour at slowness 2 does a quarter of an hour, 45 minutes are left: 01:45. Then 15 minutes to
            // 02:00, 15 minutes of work in the slow hour, 30 minutes after it: 03:30.
            #expect(abs(outcomes[0].shipments[0].arrivedAt - 12_600) < 1e-6)
        }
        corner.settings.transitEffect = .atHandOver
        for outcomes in try corner.replay({ world in
            var series = HourlySeries(regionCount: 2, hourCount: 3, neutral: 1)
            series.values = [2, 1, 1, 1, 1, 4]
            world.slowness = Slowness(series: series, regionCount: 2)
        }).both {
            #expect(abs(outcomes[0].shipments[0].arrivedAt - (1_800 + 4 * 3_600)) < 1e-6)
        }
    }

    /// Screening rules add their delays after the recorded approval, and a wave holds the order to its next multiple.
    @Test func screeningAndWaves() throws {
        var corner = HandComputedCorner()
        corner.node("n", kilometres: 60, seconds: 0)
        corner.service()
        corner.builder.addProduct("p", price: 30)
        corner.builder.addOrder(
            "a", placedAt: 100, zone: "z", approvedAt: 500, lines: [DatasetBuilder.Line("p", 2)])
        corner.order("b", at: 600)
        corner.settings.screening = [
            ScreeningRule(name: "dear", valueAbove: 59, delay: 1_000),
            ScreeningRule(name: "dearer", valueAbove: 60, delay: 9),
        ]
        for outcomes in try corner.replay().both {
            #expect(outcomes.map(\.decidedAt) == [1_500, 600] && outcomes.map(\.wasReviewed) == [true, false])
        }
        corner.strategy.waveSeconds = 700
        for outcomes in try corner.replay().both { #expect(outcomes.map(\.decidedAt) == [2_100, 700]) }
    }

    /// Orders at `from` and before the end of the horizon are visits, those of the warm-up are not measured, and what
    /// happens after the end does not happen.
    @Test func horizon() throws {
        var corner = HandComputedCorner()
        corner.node("n", kilometres: 60, seconds: 600)
        corner.service()
        corner.builder.addProduct("p")
        for (id, time) in [("a", 0.0), ("b", 1_000), ("c", 2_000), ("d", 4_000), ("e", 5_000)] {
            corner.order(id, at: time)
        }
        corner.settings = ReplaySettings(from: 1_000, to: 5_000, warmUp: 1_000, drain: 3_200)
        for outcomes in try corner.replay().both {
            #expect(outcomes.map(\.order) == [1, 2, 3] && outcomes.map(\.visit) == [0, 1, 2])
            #expect(outcomes.map(\.isMeasured) == [false, true, true])
            // Arrivals at 5,200, 6,200 and 8,200, which is the end; a second earlier the last would be open.
            #expect(outcomes.map(\.status) == [.delivered, .delivered, .delivered])
        }
        corner.settings.drain = 3_199
        for outcomes in try corner.replay().both {
            #expect(outcomes[2].status == .open && outcomes[2].shipments[0].arrivedAt == .infinity)
            #expect(outcomes[2].shipments[0].handedOverAt == 4_600)
        }
    }

    /// Open orders keep stations, queue and carrier busy: the pick in progress, then the waiting one, then the visit.
    @Test func openingState() throws {
        var corner = HandComputedCorner()
        corner.node("n", kilometres: 60, seconds: 100)
        corner.service(capacity: 2)
        corner.builder.addProduct("p")
        corner.builder.addOpenOrder("w", stage: .waiting(serviceSeconds: 500), node: "n", service: "van")
        corner.builder.addOpenOrder("x", stage: .picking(until: 1_000), node: "n", service: "van")
        corner.builder.addOpenOrder("y", stage: .packed(at: 50), node: "n", service: "van")
        corner.order("a", at: 0)
        let replays = try corner.replay { $0.outages[0] = [Interval(from: 200, to: 300)] }
        for outcomes in replays.both {
            // 1,000 seconds and 100 suspended, then 500.
            #expect(outcomes.count == 1 && outcomes[0].shipments[0].pickStart == 1_600)
            // y and x have taken the day's room, w the first of the next day.
            #expect(outcomes[0].shipments[0].handedOverAt == 86_400)
        }
    }
}
