/// Reads the fields of a ``TimestampPattern`` one after the other.
struct TimestampScanner {
    /// What has been read so far.
    struct Fields {
        var year: Int?
        var month: Int?
        var day: Int?
        var hour = 0
        var minute = 0
        var second = 0.0
        var isAfternoon: Bool?
        var offsetSeconds: Int?
        /// Set where one number gives the whole time.
        var whole: CivilTime?

        /// The time, or nil where the fields give none.
        var time: CivilTime? {
            if let whole { return whole }
            guard let year, let month, let day else { return nil }
            var hour = hour
            if let isAfternoon {
                guard (1...12).contains(hour) else { return nil }
                hour = hour % 12 + (isAfternoon ? 12 : 0)
            }
            return CivilTime(
                year: year, month: month, day: day, hour: hour, minute: minute, second: second,
                offsetSeconds: offsetSeconds)
        }
    }

    private let characters: [UInt8]
    private var position = 0
    private(set) var fields = Fields()

    init(_ text: String) {
        characters = Array(text.utf8)
    }

    var isAtEnd: Bool { position == characters.count }

    mutating func skipBlanks() {
        while position < characters.count, characters[position] == UInt8(ascii: " ") { position += 1 }
    }

    /// Takes a character if it is the next.
    mutating func take(_ character: Character) -> Bool {
        let bytes = Array(String(character).utf8)
        guard characters[position...].starts(with: bytes) else { return false }
        position += bytes.count
        return true
    }

    /// Takes the value of a field.
    mutating func take(field: Character) -> Bool {
        switch field {
        case "Y": return store(digits(4...4), in: \.year)
        case "y":
            guard let value = digits(2...2) else { return false }
            fields.year = value < 69 ? 2000 + value : 1900 + value
            return true
        case "m": return store(digits(1...2), in: \.month)
        case "d": return store(digits(1...2), in: \.day)
        case "H", "I":
            guard let value = digits(1...2) else { return false }
            fields.hour = value
            return true
        case "M":
            guard let value = digits(1...2) else { return false }
            fields.minute = value
            return true
        case "S":
            guard let value = decimal(wholeDigits: 1...2) else { return false }
            fields.second = value
            return true
        case "p": return takeHalfOfDay()
        case "b", "B": return takeMonthName()
        case "z": return takeOffset()
        default: return takeWhole(field)
        }
    }

    private mutating func store(_ value: Int?, in path: WritableKeyPath<Fields, Int?>) -> Bool {
        fields[keyPath: path] = value
        return value != nil
    }

    /// A run of digits whose length is in a range.
    private mutating func digits(_ length: ClosedRange<Int>) -> Int? {
        var end = position
        while end < characters.count, end - position < length.upperBound, isDigit(characters[end]) { end += 1 }
        guard end - position >= length.lowerBound else { return nil }
        defer { position = end }
        return Int(String(decoding: characters[position..<end], as: UTF8.self))
    }

    /// Digits with an optional fraction.
    private mutating func decimal(wholeDigits: ClosedRange<Int>) -> Double? {
        let start = position
        guard digits(wholeDigits) != nil else { return nil }
        if position + 1 < characters.count, characters[position] == UInt8(ascii: "."), isDigit(characters[position + 1])
        {
            position += 1
            while position < characters.count, isDigit(characters[position]) { position += 1 }
        }
        return Double(String(decoding: characters[start..<position], as: UTF8.self))
    }

    private mutating func takeHalfOfDay() -> Bool {
        let word = letters()
        guard word == "am" || word == "pm" else { return false }
        fields.isAfternoon = word == "pm"
        return true
    }

    private mutating func takeMonthName() -> Bool {
        let names = [
            "january", "february", "march", "april", "may", "june", "july", "august", "september", "october",
            "november", "december",
        ]
        let word = letters()
        guard word.utf8.count >= 3,
            let index = names.firstIndex(where: { $0 == word || $0.prefix(3) == word || $0.prefix(4) == word })
        else { return false }
        fields.month = index + 1
        return true
    }

    /// A run of ASCII letters in lower case.
    private mutating func letters() -> String {
        let start = position
        while position < characters.count, isLetter(characters[position]) { position += 1 }
        return String(decoding: characters[start..<position], as: UTF8.self).lowercased()
    }

    private mutating func takeOffset() -> Bool {
        if take("Z") {
            fields.offsetSeconds = 0
            return true
        }
        let isNegative = take("-")
        guard isNegative || take("+"), let hours = digits(2...2) else { return false }
        _ = take(":")
        let minutes = digits(2...2) ?? 0
        fields.offsetSeconds = (isNegative ? -1 : 1) * (hours * 3600 + minutes * 60)
        return true
    }

    /// `%s`, `%Q` and `%E`: one number for the whole time.
    private mutating func takeWhole(_ field: Character) -> Bool {
        let isNegative = take("-")
        guard let magnitude = decimal(wholeDigits: 1...15) else { return false }
        let value = isNegative ? -magnitude : magnitude
        let epoch = CivilTime(day: 0, secondOfDay: 0, offsetSeconds: 0)
        switch field {
        case "s": fields.whole = epoch.adding(seconds: value)
        case "Q": fields.whole = epoch.adding(seconds: value / 1000)
        default:
            // A spreadsheet's day count has no zone: the dataset's is meant. Rounded, since times are binary fractions
            // of a day there.
            fields.whole = CivilTime(day: CivilTime.dayNumber(year: 1899, month: 12, day: 30), secondOfDay: 0)
                .adding(seconds: (value * 86_400).rounded())
        }
        return true
    }

    private func isDigit(_ byte: UInt8) -> Bool { byte >= 48 && byte <= 57 }

    private func isLetter(_ byte: UInt8) -> Bool { (byte | 32) >= 97 && (byte | 32) <= 122 }
}
