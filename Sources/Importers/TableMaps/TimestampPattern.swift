import Domain

/// How a date is written, in the manner of `strptime` (POSIX.1-2017): `%d/%m/%Y %H:%M`.
///
/// Fields: `%Y` year of four digits, `%y` its last two digits (69 to 99 are 19xx, as POSIX has it), `%m` `%d` `%H` `%M`
/// one or two digits, `%S` seconds with an optional fraction, `%I` `%p` twelve-hour clock, `%b` `%B` English month
/// name, whole or its first three letters, `%z` an offset such as `+0800`, `+08:00` or `Z`, `%s` seconds since 1970 in
/// UTC, `%Q` milliseconds since 1970, `%E` days since 1899-12-30 as a spreadsheet counts them, `%T` = `%H:%M:%S`, `%F`
/// = `%Y-%m-%d`, `%%` a percent sign. A blank matches any number of blanks; all else matches itself.
///
/// Not strict about a missing time of day at the end: with `%Y-%m-%d[ %H:%M:%S]` what is in brackets may be absent.
public struct TimestampPattern: Sendable, Hashable {
    /// The pattern as written.
    public let text: String
    private let parts: [Part]

    private indirect enum Part: Sendable, Hashable {
        case field(Character)
        case literal(Character)
        case blank
        case optional([Part])
    }

    /// The dataset format's own way, with either separator and optional time of day.
    public static let standard = TimestampPattern(
        text: "%Y-%m-%d[T%H:%M[:%S][%z]]",
        parts: [
            .field("Y"), .literal("-"), .field("m"), .literal("-"), .field("d"),
            .optional([
                .literal("T"), .field("H"), .literal(":"), .field("M"),
                .optional([.literal(":"), .field("S")]), .optional([.field("z")]),
            ]),
        ])

    private init(text: String, parts: [Part]) {
        self.text = text
        self.parts = parts
    }

    /// A pattern from its text.
    ///
    /// - Throws: `InputError` for an unknown field or an unclosed bracket, at `location`.
    public init(_ text: String, at location: SourceLocation? = nil) throws(InputError) {
        var rest = Substring(text)
        let parts = try TimestampPattern.parse(&rest, nested: false, whole: text, at: location)
        self.init(text: text, parts: parts)
    }

    /// The letters that may follow a percent sign.
    static let fields = "YymdHIMSpbBzsQETF%"

    private static func parse(
        _ rest: inout Substring, nested: Bool, whole: String, at location: SourceLocation?
    ) throws(InputError) -> [Part] {
        var parts: [Part] = []
        while let character = rest.popFirst() {
            switch character {
            case "%":
                guard let field = rest.popFirst(), fields.contains(field) else {
                    throw InputError(
                        at: location, found: "the date pattern '\(whole)'",
                        expected: "a field after each %: one of "
                            + fields.map { "%\($0)" }.joined(separator: " "))
                }
                parts += expanded(field)
            case "[": parts.append(.optional(try parse(&rest, nested: true, whole: whole, at: location)))
            case "]" where nested: return parts
            case " ": parts.append(.blank)
            default: parts.append(.literal(character))
            }
        }
        if nested {
            throw InputError(at: location, found: "the date pattern '\(whole)'", expected: "']' after '['")
        }
        return parts
    }

    private static func expanded(_ field: Character) -> [Part] {
        switch field {
        case "T": [.field("H"), .literal(":"), .field("M"), .literal(":"), .field("S")]
        case "F": [.field("Y"), .literal("-"), .field("m"), .literal("-"), .field("d")]
        case "%": [.literal("%")]
        default: [.field(field)]
        }
    }

    /// The time a text shows, or nil where the text does not follow the pattern to its end.
    public func parse(_ text: String) -> CivilTime? {
        var scanner = TimestampScanner(text)
        guard match(parts[...], &scanner), scanner.isAtEnd else { return nil }
        return scanner.fields.time
    }

    private func match(_ parts: ArraySlice<Part>, _ scanner: inout TimestampScanner) -> Bool {
        for part in parts {
            switch part {
            case .blank: scanner.skipBlanks()
            case .literal(let character):
                // Either separator between date and time of day, as in the dataset format.
                if character == "T", scanner.take(" ") { continue }
                guard scanner.take(character) else { return false }
            case .field(let field):
                guard scanner.take(field: field) else { return false }
            case .optional(let inner):
                let before = scanner
                if !match(inner[...], &scanner) { scanner = before }
            }
        }
        return true
    }
}
