import Domain

extension WeeklyHours: CustomStringConvertible {
    /// Days as they are written, Monday first.
    public static let dayNames = ["Mo", "Tu", "We", "Th", "Fr", "Sa", "Su"]

    /// Reads `always` or spans such as `Mo-Fr 08:00-20:00; Sa 09:00-17:00`.
    ///
    /// A range of days may run over the weekend (`Sa-Mo`); a span ends after it begins and no later than `24:00`.
    /// - Throws: `InputError` at `location` that names the part that is wrong.
    public init(parsing text: String, at location: SourceLocation? = nil) throws(InputError) {
        if text == "always" {
            self = .always
            return
        }
        var spans: [Span] = []
        for part in text.split(separator: ";", omittingEmptySubsequences: false) {
            let words = part.split(separator: " ")
            guard words.count == 2 else {
                throw InputError(
                    at: location, found: "opening hours '\(part.trimmed)'",
                    expected: "'always' or days and a span such as 'Mo-Fr 08:00-20:00'")
            }
            let days = try Self.days(String(words[0]), at: location)
            let ends = words[1].split(separator: "-", omittingEmptySubsequences: false)
            guard ends.count == 2, let from = minutes(ofClock: ends[0]), let to = minutes(ofClock: ends[1]) else {
                throw InputError(
                    at: location, found: "the span '\(words[1])'", expected: "two times such as '08:00-20:00'")
            }
            guard from < to else {
                throw InputError(
                    at: location, found: "the span '\(words[1])'",
                    expected: "an end after the beginning; a night is two spans, one a day")
            }
            spans += days.map { Span(weekday: $0, fromMinute: from, toMinute: to) }
        }
        self.init(spans: spans)
    }

    /// The text that reads back to equal hours: one span a weekday, or `always`.
    public var description: String {
        guard let spans else { return "always" }
        return spans.map { span in
            "\(Self.dayNames[span.weekday]) \(clock(ofMinutes: span.fromMinute))-\(clock(ofMinutes: span.toMinute))"
        }.joined(separator: "; ")
    }

    /// The weekdays of `Mo` or `Mo-Fr`.
    private static func days(_ text: String, at location: SourceLocation?) throws(InputError) -> [Int] {
        let names = text.split(separator: "-", omittingEmptySubsequences: false)
        var numbers: [Int] = []
        for name in names {
            guard let number = dayNames.firstIndex(of: String(name)) else {
                throw InputError(
                    at: location, found: "unknown day '\(name)'",
                    expected: "one of " + dayNames.joined(separator: ", "),
                    suggestion: nearestWord(to: String(name.prefix(2)), among: dayNames))
            }
            numbers.append(number)
        }
        switch numbers.count {
        case 1:
            return numbers
        case 2:
            let length = (numbers[1] - numbers[0] + 7) % 7
            return (0...length).map { (numbers[0] + $0) % 7 }
        default:
            throw InputError(at: location, found: "the days '\(text)'", expected: "a day or two, such as 'Mo-Fr'")
        }
    }
}

/// Minutes after midnight of `08:30`, at most `24:00`; nil if the text is anything else.
func minutes(ofClock text: Substring) -> Int? {
    let bytes = Array(text.utf8)
    guard bytes.count == 5, bytes[2] == UInt8(ascii: ":") else { return nil }
    var digits: [Int] = []
    for index in [0, 1, 3, 4] {
        guard (48...57).contains(bytes[index]) else { return nil }
        digits.append(Int(bytes[index]) - 48)
    }
    let hours = 10 * digits[0] + digits[1]
    let minutes = 10 * digits[2] + digits[3]
    guard minutes < 60, 60 * hours + minutes <= 1440 else { return nil }
    return 60 * hours + minutes
}

/// `08:30` of minutes after midnight.
func clock(ofMinutes minutes: Int) -> String {
    CivilTime.twoDigits(minutes / 60) + ":" + CivilTime.twoDigits(minutes % 60)
}

extension StringProtocol {
    /// Without blanks and tabs at the ends.
    var trimmed: String {
        var text = Substring(self)
        while let first = text.first, first == " " || first == "\t" { text.removeFirst() }
        while let last = text.last, last == " " || last == "\t" { text.removeLast() }
        return String(text)
    }
}
