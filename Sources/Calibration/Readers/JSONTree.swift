import Domain

/// A value of a JSON text that knows where it stands.
struct JSONTree {
    /// What a value is.
    indirect enum Content {
        case null
        case truth(Bool)
        case number(Double)
        case text(String)
        case list([JSONTree])
        case object([(key: String, value: JSONTree)])
    }
    var content: Content
    /// The byte of the text at which it begins.
    var offset: Int

    /// The value of a key; nil where this is no object or has no such key.
    subscript(key: String) -> JSONTree? {
        guard case .object(let entries) = content else { return nil }
        return entries.first { $0.key == key }?.value
    }

    /// The values of a list; nil for anything else.
    var elements: [JSONTree]? {
        if case .list(let elements) = content { elements } else { nil }
    }

    /// A text; nil for anything else.
    var text: String? {
        if case .text(let text) = content { text } else { nil }
    }

    /// A number; nil for anything else.
    var number: Double? {
        if case .number(let number) = content { number } else { nil }
    }

    /// What was found, for messages.
    var found: String {
        switch content {
        case .null: "null"
        case .truth(let truth): truth ? "true" : "false"
        case .number(let number): plainNumber(number)
        case .text(let text): "'\(text.prefix(60))'"
        case .list: "a list"
        case .object: "an object"
        }
    }
}

/// Reads JSON (RFC 8259) with the place of everything.
struct JSONParser {
    /// The file as the user named it.
    let file: String
    private let bytes: [UInt8]
    private var position = 0
    /// The deepest nesting of a file: far above any real one.
    private static let depthMax = 64

    /// A parser of a file's bytes.
    init(file: String, bytes: [UInt8]) {
        self.file = file
        self.bytes = bytes
        if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { position = 3 }
    }

    /// The whole text as one value.
    mutating func document() throws(InputError) -> JSONTree {
        let value = try value(depth: 0)
        skipBlanks()
        if position < bytes.count { throw error("text after the end of the document", "nothing more") }
        return value
    }

    /// Line and column, in characters, of a byte.
    func location(of offset: Int) -> SourceLocation {
        let before = bytes.prefix(offset)
        let start = before.lastIndex(of: 0x0A).map { $0 + 1 } ?? 0
        let characters = before[start...].count { $0 & 0xC0 != 0x80 }
        return SourceLocation(file: file, line: before.count { $0 == 0x0A } + 1, column: characters + 1)
    }

    /// An error about a value.
    func error(_ value: JSONTree, expected: String, suggestion: String? = nil) -> InputError {
        InputError(at: location(of: value.offset), found: value.found, expected: expected, suggestion: suggestion)
    }

    private func error(_ found: String, _ expected: String) -> InputError {
        InputError(at: location(of: position), found: found, expected: expected)
    }

    /// What stands here, for messages.
    private var here: String {
        guard position < bytes.count else { return "the end of the file" }
        let rest = String(decoding: bytes[position...].prefix(40), as: UTF8.self)
        return "'\(rest.prefix { !$0.isNewline && $0 != "," }.prefix(20))'"
    }

    private var next: UInt8? { position < bytes.count ? bytes[position] : nil }

    private mutating func skipBlanks() {
        while let byte = next, byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 { position += 1 }
    }

    private mutating func take(_ character: Character) -> Bool {
        skipBlanks()
        guard next == character.asciiValue else { return false }
        position += 1
        return true
    }

    private mutating func value(depth: Int) throws(InputError) -> JSONTree {
        skipBlanks()
        guard depth < Self.depthMax else { throw error("nesting without end", "a file of measurements") }
        let start = position
        switch next {
        case UInt8(ascii: "{"): return JSONTree(content: .object(try entries(depth: depth)), offset: start)
        case UInt8(ascii: "["): return JSONTree(content: .list(try list(depth: depth)), offset: start)
        case UInt8(ascii: "\""): return JSONTree(content: .text(try string()), offset: start)
        default: return JSONTree(content: try word(), offset: start)
        }
    }

    private mutating func entries(depth: Int) throws(InputError) -> [(key: String, value: JSONTree)] {
        position += 1
        var entries: [(key: String, value: JSONTree)] = []
        if take("}") { return entries }
        repeat {
            skipBlanks()
            guard next == UInt8(ascii: "\"") else { throw error(here, "a key in quotes") }
            let start = position
            let key = try string()
            guard !entries.contains(where: { $0.key == key }) else {
                position = start
                throw error("the key '\(key)' more than once", "each key once")
            }
            guard take(":") else { throw error(here, "':' after the key '\(key)'") }
            entries.append((key, try value(depth: depth + 1)))
        } while take(",")
        guard take("}") else { throw error(here, "',' or '}'") }
        return entries
    }

    private mutating func list(depth: Int) throws(InputError) -> [JSONTree] {
        position += 1
        var elements: [JSONTree] = []
        if take("]") { return elements }
        repeat { elements.append(try value(depth: depth + 1)) } while take(",")
        guard take("]") else { throw error(here, "',' or ']'") }
        return elements
    }

    /// A text; escapes are read, `\u` with its surrogate pairs.
    private mutating func string() throws(InputError) -> String {
        let opening = position
        position += 1
        var text: [UInt8] = []
        while let byte = next {
            if byte == UInt8(ascii: "\"") {
                position += 1
                guard let valid = String(validating: text, as: UTF8.self) else {
                    position = opening
                    throw error("bytes that are not UTF-8", "text in UTF-8")
                }
                return valid
            }
            guard byte >= 0x20 else { throw error("a line break within a text", "its closing quote") }
            position += 1
            if byte == UInt8(ascii: "\\") { text += try escape() } else { text.append(byte) }
        }
        throw error("the end of the file", "the closing quote of a text")
    }

    private mutating func escape() throws(InputError) -> [UInt8] {
        let plain: [UInt8: UInt8] = [
            UInt8(ascii: "\""): 0x22, UInt8(ascii: "\\"): 0x5C, UInt8(ascii: "/"): 0x2F, UInt8(ascii: "b"): 0x08,
            UInt8(ascii: "f"): 0x0C, UInt8(ascii: "n"): 0x0A, UInt8(ascii: "r"): 0x0D, UInt8(ascii: "t"): 0x09,
        ]
        if let byte = next, let meant = plain[byte] {
            position += 1
            return [meant]
        }
        var code = try unit()
        if 0xD800..<0xDC00 ~= code {
            guard next == UInt8(ascii: "\\") else { throw error(here, "the second half of a surrogate pair") }
            position += 1
            let second = try unit()
            code = 0x10000 + (code - 0xD800) << 10 + (second &- 0xDC00) & 0x3FF
        }
        guard let scalar = Unicode.Scalar(code) else { throw error(here, "an escape that stands for a character") }
        return Array(String(scalar).utf8)
    }

    /// The code of `u` and its four digits.
    private mutating func unit() throws(InputError) -> UInt32 {
        guard next == UInt8(ascii: "u"), position + 5 <= bytes.count,
            let code = UInt32(String(decoding: bytes[(position + 1)..<(position + 5)], as: UTF8.self), radix: 16)
        else { throw error(here, "one of \\\" \\\\ \\/ \\b \\f \\n \\r \\t \\u and four hexadecimal digits") }
        position += 5
        return code
    }

    /// A number, `true`, `false` or `null`.
    private mutating func word() throws(InputError) -> JSONTree.Content {
        var end = position
        while end < bytes.count, !",]}:".utf8.contains(bytes[end]), bytes[end] > 0x20 { end += 1 }
        let text = String(decoding: bytes[position..<end], as: UTF8.self)
        let content: JSONTree.Content? =
            switch text {
            case "null": .null
            case "true": .truth(true)
            case "false": .truth(false)
            default:
                text.utf8.allSatisfy({ "0123456789+-.eE".utf8.contains($0) })
                    ? Double(text).flatMap { $0.isFinite ? .number($0) : nil } : nil
            }
        guard let content else { throw error(here, "a value") }
        position = end
        return content
    }
}
