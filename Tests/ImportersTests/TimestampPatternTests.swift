import Domain
import Testing

@testable import Importers

@Suite struct TimestampPatternTests {
    @Test(
        "A text that follows its pattern gives the time it shows",
        arguments: [
            ("%m/%d/%y", "5/26/13", "2013-05-26T00:00:00"),
            ("%m/%d/%y", "05/06/99", "1999-05-06T00:00:00"),
            ("%d.%m.%Y %H:%M", "03.11.2026 7:05", "2026-11-03T07:05:00"),
            ("%Y-%m-%d[ %H:%M[:%S]]", "2026-11-03", "2026-11-03T00:00:00"),
            ("%Y-%m-%d[ %H:%M[:%S]]", "2026-11-03 23:59:58.250", "2026-11-03T23:59:58.250"),
            ("%m/%d/%Y %I:%M %p", "2/29/2024 12:15 am", "2024-02-29T00:15:00"),
            ("%m/%d/%Y %I:%M %p", "2/29/2024 12:15 PM", "2024-02-29T12:15:00"),
            ("%d-%b-%y", "1-Sep-26", "2026-09-01T00:00:00"),
            ("%d %B %Y", "1   September 2026", "2026-09-01T00:00:00"),
            ("%Y%m%d", "20260112", "2026-01-12T00:00:00"),
            ("%F[T%T%z]", "2026-01-12T08:30:00+0800", "2026-01-12T08:30:00+08:00"),
            ("%F[T%T%z]", "2026-01-12T08:30:00-03:30", "2026-01-12T08:30:00-03:30"),
            ("%s", "1700000000", "2023-11-14T22:13:20Z"),
            ("%Q", "1700000000500", "2023-11-14T22:13:20.500Z"),
            ("%E", "46034.5", "2026-01-12T12:00:00"),
            ("%Y at 100%%", "2026 at 100%", nil),
            ("%H:%M", "08:30", nil),
            ("%m/%d/%Y", "5/26/13", nil),
            ("%m/%d/%Y", "13/26/2013", nil),
            ("%d/%m/%Y", "29/02/2026", nil),
            ("%d/%m/%Y", "28/02/2026 x", nil),
            ("%I:%M %p %F", "13:00 pm 2026-01-01", nil),
        ] as [(String, String, String?)])
    func parses(pattern: String, text: String, expected: String?) throws {
        #expect(try TimestampPattern(pattern).parse(text)?.text == expected)
    }

    @Test("A pattern with an unknown field or an open bracket is an error at its place")
    func refusesWrongPatterns() {
        let place = Domain.SourceLocation(file: "map.yaml", line: 3, column: 9)
        #expect(
            throws: InputError(
                at: place, found: "the date pattern '%Y-%k'",
                expected: "a field after each %: one of %Y %y %m %d %H %I %M %S %p %b %B %z %s %Q %E %T %F %%")
        ) { try TimestampPattern("%Y-%k", at: place) }
        #expect(
            throws: InputError(at: place, found: "the date pattern '%Y[-%m'", expected: "']' after '['")
        ) { try TimestampPattern("%Y[-%m", at: place) }
    }

    @Test("Day numbers and dates are inverse to each other over four centuries and before 1970")
    func dayNumbersRoundTrip() {
        var number = CivilTime.dayNumber(year: 1899, month: 12, day: 30)
        #expect(number == -25_569)
        var previous = (year: 1899, month: 12, day: 29)
        while number < 125_000 {
            let date = CivilTime.date(ofDayNumber: number)
            #expect(CivilTime.dayNumber(year: date.year, month: date.month, day: date.day) == number)
            let isNext =
                date == (previous.year, previous.month, previous.day + 1)
                || (date.day == 1 && previous.day == CivilTime.length(ofMonth: previous.month, year: previous.year))
            #expect(isNext, "\(previous) is followed by \(date)")
            previous = date
            number += 1
        }
    }

    @Test("Adding seconds carries over midnight in both directions")
    func addsSeconds() throws {
        let time = try #require(TimestampPattern.standard.parse("2024-02-28T23:59:30"))
        #expect(time.adding(seconds: 86_430).text == "2024-03-01T00:00:00")
        #expect(time.adding(seconds: -86_370).text == "2024-02-28T00:00:00")
        #expect(time.adding(seconds: 0.25).text == "2024-02-28T23:59:30.250")
    }
}
