import Domain
import History
import Storage
import TestKit
import Testing

@Suite("Local time")
struct LocalTimeTests {
    /// Seconds since 1970 of an instant written in UTC.
    private func utc(_ text: String) throws -> Double {
        var parser = InstantParser(localTime: try LocalTime(timeZone: "UTC"), start: 0)
        let seconds = parser.seconds(text)
        return try #require(seconds)
    }

    @Test("The three forms of an instant are read, from any zone, and nothing else is")
    func forms() throws {
        var parser = InstantParser(localTime: try LocalTime(timeZone: "Asia/Shanghai"), start: 1_768_147_200)
        // 2026-01-12T00:00:00+08:00 is the start.
        #expect(parser.seconds("2026-01-12T00:00:00") == 0)
        #expect(parser.seconds("2026-01-12 08:30") == 30_600)
        #expect(parser.seconds("2026-01-12T08:30:00.25") == 30_600.25)
        #expect(parser.seconds("2026-01-12T00:30:00Z") == 30_600)
        #expect(parser.seconds("2026-01-12T01:30:00+01:00") == 30_600)
        #expect(parser.seconds("2026-01-11T19:00:00-0530") == 30_600)
        #expect(parser.seconds("-86400.5") == -86_400.5)
        #expect(parser.seconds("2024-02-29T00:00") != nil)
        for text in [
            "", "2026-02-29T00:00", "2026-13-01T00:00", "2026-01-12", "2026-01-12T24:00", "2026-01-12T08:60",
            "2026-01-12T08:30:61", "2026-01-12T08:30:00X", "2026-01-12T08:30:00+8", "12.01.2026 08:30", "noon",
        ] {
            #expect(parser.seconds(text) == nil, "\(text)")
        }
    }

    @Test("A skipped local time is the instant of the change, a repeated one the first of the two")
    func changesOfTheClocks() throws {
        let berlin = try LocalTime(timeZone: "Europe/Berlin")
        var parser = InstantParser(localTime: berlin, start: 0)
        #expect(parser.seconds("2026-03-29T01:59:59") == (try utc("2026-03-29T00:59:59")))
        #expect(parser.seconds("2026-03-29T02:30:00") == (try utc("2026-03-29T01:00:00")))
        #expect(parser.seconds("2026-03-29T03:00:00") == (try utc("2026-03-29T01:00:00")))
        #expect(parser.seconds("2026-10-25T02:30:00") == (try utc("2026-10-25T00:30:00")))
        #expect(parser.seconds("2026-10-25T03:00:00") == (try utc("2026-10-25T02:00:00")))
        let saoPaulo = try LocalTime(timeZone: "America/Sao_Paulo")
        var other = InstantParser(localTime: saoPaulo, start: 0)
        #expect(other.seconds("2018-11-04T00:00:00") == (try utc("2018-11-04T03:00:00")))
        #expect(other.seconds("2018-11-04T00:59:00") == (try utc("2018-11-04T03:00:00")))
        #expect(other.seconds("2018-11-04T01:00:00") == (try utc("2018-11-04T03:00:00")))
        #expect(other.seconds("2018-02-17T23:30:00") == (try utc("2018-02-18T01:30:00")))
        #expect(other.seconds("2018-02-18T00:00:00") == (try utc("2018-02-18T03:00:00")))
    }

    @Test(
        "Every hour of a year is written so that it reads back to the same instant",
        arguments: [
            "Europe/Berlin", "America/Sao_Paulo", "Asia/Shanghai", "Australia/Lord_Howe", "America/Havana",
        ])
    func textRoundTrip(zone: String) throws {
        let local = try LocalTime(timeZone: zone)
        var parser = InstantParser(localTime: local, start: 0)
        let start = try utc("2018-01-01T00:00:00")
        for halfHour in 0..<(2 * 24 * 365) {
            let instant = start + 1800 * Double(halfHour)
            #expect(parser.seconds(local.text(of: instant)) == instant)
        }
        #expect(local.text(of: start + 0.5).hasSuffix(".5"))
    }

    @Test("A calendar's days have 23, 24 or 25 hours and its clock minutes fall right on such days")
    func calendar() throws {
        var facts = description(timeZone: "Europe/Berlin", start: try utc("2026-03-27T23:00:00"))
        var calendar = try LocalCalendar.make(description: facts, from: 0, to: 3 * 86_400)
        #expect(calendar.midnights.prefix(3) == [0, 86_400, 86_400 + 23 * 3600])
        #expect(calendar.weekday(of: 0) == 5)
        #expect(calendar.instant(day: 1, minute: 60) == 86_400 + 3600)
        #expect(calendar.instant(day: 1, minute: 150) == 86_400 + 2 * 3600)
        #expect(calendar.instant(day: 1, minute: 480) == 86_400 + 7 * 3600)
        #expect(calendar.instant(day: 1, minute: 1440) == calendar.midnights[2])
        #expect(calendar.clockMinutes(at: 86_400 + 7 * 3600) == 480)
        #expect(calendar.day(of: 86_400 + 23 * 3600 - 1) == 1)

        facts = description(timeZone: "Europe/Berlin", start: try utc("2026-10-24T22:00:00"))
        calendar = try LocalCalendar.make(description: facts, from: 0, to: 86_400)
        #expect(calendar.midnights[1] == 25 * 3600)
        #expect(calendar.instant(day: 0, minute: 150) == 2.5 * 3600)
        #expect(calendar.instant(day: 0, minute: 180) == 4 * 3600)
        #expect(calendar.clockMinutes(at: 3.5 * 3600) == 150)

        // Clocks skip midnight itself: the day begins at 01:00 and has 23 hours.
        facts = description(timeZone: "America/Sao_Paulo", start: try utc("2018-11-03T03:00:00"))
        calendar = try LocalCalendar.make(description: facts, from: 0, to: 2 * 86_400)
        #expect(calendar.midnights.prefix(3) == [0, 86_400, 86_400 + 23 * 3600])
        #expect(calendar.instant(day: 1, minute: 0) == 86_400)
        #expect(calendar.instant(day: 1, minute: 30) == 86_400)
        #expect(calendar.instant(day: 1, minute: 480) == 86_400 + 7 * 3600)
        #expect(calendar.clockMinutes(at: 86_400) == 60)

        // Clocks repeat the last hour of the day.
        facts = description(timeZone: "America/Sao_Paulo", start: try utc("2018-02-17T02:00:00"))
        calendar = try LocalCalendar.make(description: facts, from: -86_400, to: 86_400)
        #expect(calendar.midnights.prefix(3) == [-86_400, 0, 25 * 3600])
        #expect(calendar.instant(day: 1, minute: 23 * 60 + 30) == 23.5 * 3600)
        #expect(calendar.instant(day: 1, minute: 1440) == 25 * 3600)
    }

    @Test("An unknown time zone is named with the nearest right one")
    func unknownZone() throws {
        #expect(
            try inputError { _ = try LocalTime(timeZone: "Asia/Shangai") }
                == "found unknown time zone 'Asia/Shangai', expected an IANA name such as Asia/Shanghai; did you mean 'Asia/Shanghai'?"
        )
        #expect(try inputError { _ = try LocalTime(timeZone: "GMT+8") } != nil)
    }
}
