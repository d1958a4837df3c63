import Domain

extension DocumentValue {
    /// What was written, for messages: `'abc' for seed`, `a list for world`.
    public var found: String {
        let what =
            switch content {
            case .nothing: "nothing"
            case .scalar(let text, _): "'\(Self.shortened(text))'"
            case .list: "a list"
            case .mapping: "keys and values"
            }
        return path.isEmpty ? what : "\(what) for \(path)"
    }

    /// An error about this value.
    public func error(expected: String, suggestion: String? = nil) -> InputError {
        InputError(at: location, found: found, expected: expected, suggestion: suggestion)
    }

    /// An error about a word of this value that is not one of those known.
    ///
    /// Names at most 40 of the known words, the nearest always.
    public func unknown(_ kind: String, word: String, among known: [String]) -> InputError {
        let sorted = known.sorted()
        let expected =
            sorted.isEmpty
            ? "no \(kind), as there is none"
            : "one of " + sorted.prefix(40).joined(separator: ", ") + (sorted.count > 40 ? " ..." : "")
        return InputError(
            at: location, found: "unknown \(kind) '\(Self.shortened(word))'" + (path.isEmpty ? "" : " for \(path)"),
            expected: expected, suggestion: nearestWord(to: word, among: known))
    }

    /// The text of a scalar that is not blank.
    public func text() throws(InputError) -> String {
        guard case .scalar(let text, _) = content, text.contains(where: { !$0.isWhitespace }) else {
            throw error(expected: "a text")
        }
        return text
    }

    /// A finite number in a range: `2`, `-0.5`, `1e-3`.
    public func number(in range: NumberRange = .any) throws(InputError) -> Double {
        let expected = range.description.isEmpty ? "a number" : "a number \(range)"
        guard let plain = plainText, Self.isNumber(plain), let value = Double(plain), range.contains(value) else {
            throw error(expected: expected)
        }
        return value == 0 ? 0 : value
    }

    /// A whole number in a range.
    public func integer(in range: ClosedRange<Int>) throws(InputError) -> Int {
        guard let plain = plainText, let value = Int(plain), range.contains(value) else {
            let bounds =
                range.upperBound == .max
                ? "at least \(range.lowerBound)" : "from \(range.lowerBound) to \(range.upperBound)"
            throw error(expected: "a whole number \(bounds)")
        }
        return value
    }

    /// A whole number of 64 bits without sign: a seed.
    public func unsignedInteger() throws(InputError) -> UInt64 {
        guard let plain = plainText, let value = UInt64(plain) else {
            throw error(expected: "a whole number from 0 to \(UInt64.max)")
        }
        return value
    }

    /// `on`, `true`, `yes` or `off`, `false`, `no`; nil for anything else.
    public var truthIfAny: Bool? {
        switch plainText {
        case "on", "true", "yes": true
        case "off", "false", "no": false
        default: nil
        }
    }

    /// `on` or `off`; also `true`, `yes`, `false`, `no`.
    public func truth() throws(InputError) -> Bool {
        guard let truth = truthIfAny else { throw error(expected: "'on' or 'off'") }
        return truth
    }

    /// A word that must be one of those known.
    public func word(_ kind: String, among known: [String]) throws(InputError) -> String {
        let text = try text()
        guard known.contains(text) else { throw unknown(kind, word: text, among: known) }
        return text
    }

    /// A case of an enumeration by its raw value.
    public func word<Word: RawRepresentable<String> & CaseIterable>(
        _ kind: String, of type: Word.Type
    ) throws(InputError) -> Word {
        let text = try text()
        guard let word = Word(rawValue: text) else {
            throw unknown(kind, word: text, among: Word.allCases.map(\.rawValue))
        }
        return word
    }

    /// The values of a list.
    public func list() throws(InputError) -> [DocumentValue] {
        guard case .list(let elements) = content else { throw error(expected: "a list") }
        return elements
    }

    /// The text of a scalar without quotes.
    private var plainText: String? {
        if case .scalar(let text, isQuoted: false) = content { text } else { nil }
    }

    /// Whether a text is a decimal number: sign, digits, point, exponent; neither hexadecimal nor `nan` nor `inf`.
    private static func isNumber(_ text: String) -> Bool {
        var digits = false
        for scalar in text.unicodeScalars {
            switch scalar {
            case "0"..."9": digits = true
            case "+", "-", ".", "e", "E": continue
            default: return false
            }
        }
        return digits
    }

    /// A text short enough for a message on one line.
    private static func shortened(_ text: String) -> String {
        let line = String(text.map { $0.isNewline ? " " : $0 })
        return line.count <= 60 ? line : line.prefix(57) + "..."
    }
}
