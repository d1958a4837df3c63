import Domain
import History
import TestKit
import Testing

@Suite("Opening hours")
struct WeeklyHoursTests {
    @Test("Spans are read, merged and written so that they read back equal")
    func text() throws {
        let hours = try WeeklyHours(parsing: "Sa-Mo 22:00-24:00; Mo 08:00-12:00; Mo 11:30-13:00; Mo 13:00-14:00")
        #expect(hours.description == "Mo 08:00-14:00; Mo 22:00-24:00; Sa 22:00-24:00; Su 22:00-24:00")
        #expect(try WeeklyHours(parsing: hours.description) == hours)
        #expect(try WeeklyHours(parsing: "always") == .always)
        #expect(WeeklyHours.always.description == "always")
        #expect(try WeeklyHours(parsing: "Mo-Su 00:00-24:00").spans?.count == 7)
    }

    @Test(
        "What is no span is named",
        arguments: [
            ("", "found opening hours '', expected 'always' or days and a span such as 'Mo-Fr 08:00-20:00'"),
            (
                "Mo-Fr 08:00-20:00;",
                "found opening hours '', expected 'always' or days and a span such as 'Mo-Fr 08:00-20:00'"
            ),
            ("Mo 8:00-20:00", "found the span '8:00-20:00', expected two times such as '08:00-20:00'"),
            ("Mo 08:00", "found the span '08:00', expected two times such as '08:00-20:00'"),
            ("Mo 08:00-24:01", "found the span '08:00-24:01', expected two times such as '08:00-20:00'"),
            (
                "Mo 22:00-06:00",
                "found the span '22:00-06:00', expected an end after the beginning; a night is two spans, one a day"
            ),
            (
                "mo 08:00-20:00",
                "found unknown day 'mo', expected one of Mo, Tu, We, Th, Fr, Sa, Su; did you mean 'Mo'?"
            ),
            ("Mo-We-Fr 08:00-20:00", "found the days 'Mo-We-Fr', expected a day or two, such as 'Mo-Fr'"),
        ])
    func errors(text: String, message: String) throws {
        #expect(try inputError { _ = try WeeklyHours(parsing: text) } == message)
    }
}
