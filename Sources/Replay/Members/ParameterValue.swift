import Domain

/// A value given to a parameter, with its place in the scenario.
///
/// Equal when the contents are: the place does not count.
public struct ParameterValue: Sendable, Hashable {
    /// The value proper.
    public enum Content: Sendable, Hashable {
        /// A number, an instant in seconds.
        case number(Double)
        /// Text, an id, a word.
        case text(String)
        /// true or false.
        case flag(Bool)
        /// Values in order.
        case list([ParameterValue])
        /// Named values in order.
        case record([ParameterField])
    }
    /// The value proper.
    public let content: Content
    /// Where it stands, if in a file.
    public let location: SourceLocation?

    /// A value, with its place if it has one.
    public init(_ content: Content, at location: SourceLocation? = nil) {
        self.content = content
        self.location = location
    }

    /// The value as a person would write it: `3`, `van`, `[a, b]`, `{rain: 1.1}`.
    public var text: String {
        switch content {
        case .number(let number): plainNumber(number)
        case .text(let text): "'\(text)'"
        case .flag(let flag): flag ? "true" : "false"
        case .list(let values): "[" + values.map(\.text).joined(separator: ", ") + "]"
        case .record(let fields): "{" + fields.map { "\($0.name): \($0.value.text)" }.joined(separator: ", ") + "}"
        }
    }

    /// Equal contents.
    public static func == (left: ParameterValue, right: ParameterValue) -> Bool { left.content == right.content }

    /// Hashes the content.
    public func hash(into hasher: inout Hasher) { hasher.combine(content) }
}

/// A named value, with the place of its name.
public struct ParameterField: Sendable, Hashable {
    /// The parameter.
    public let name: String
    /// Its value.
    public let value: ParameterValue
    /// Where the name stands, if in a file.
    public let location: SourceLocation?

    /// A named value.
    public init(_ name: String, _ value: ParameterValue, at location: SourceLocation? = nil) {
        self.name = name
        self.value = value
        self.location = location
    }

    /// Named values as text, in their order: `(share: 0.2, tag: 'chilled')`; blank for none.
    public static func key(of fields: [ParameterField]) -> String {
        fields.isEmpty ? "" : "(" + fields.map { "\($0.name): \($0.value.text)" }.joined(separator: ", ") + ")"
    }

    /// Equal names and values.
    public static func == (left: ParameterField, right: ParameterField) -> Bool {
        left.name == right.name && left.value == right.value
    }

    /// Hashes name and value.
    public func hash(into hasher: inout Hasher) {
        hasher.combine(name)
        hasher.combine(value)
    }
}

extension ParameterValue: ExpressibleByFloatLiteral, ExpressibleByIntegerLiteral, ExpressibleByStringLiteral,
    ExpressibleByBooleanLiteral, ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral
{
    /// A number.
    public init(floatLiteral value: Double) { self.init(.number(value)) }
    /// A number.
    public init(integerLiteral value: Int) { self.init(.number(Double(value))) }
    /// A text.
    public init(stringLiteral value: String) { self.init(.text(value)) }
    /// A flag.
    public init(booleanLiteral value: Bool) { self.init(.flag(value)) }
    /// A list.
    public init(arrayLiteral elements: ParameterValue...) { self.init(.list(elements)) }
    /// A record, in the order written.
    public init(dictionaryLiteral elements: (String, ParameterValue)...) {
        self.init(.record(elements.map { ParameterField($0.0, $0.1) }))
    }
}
