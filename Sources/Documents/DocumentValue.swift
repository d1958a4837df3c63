import Domain

/// A value of a YAML document that knows where it stands, so that every message can name its place.
public struct DocumentValue: Sendable, Hashable {
    /// What a value is.
    public enum Content: Sendable, Hashable {
        /// Nothing was written, or `null` or `~`.
        case nothing
        /// A text, number or word, as written; a quoted one is never a number or a truth value.
        case scalar(text: String, isQuoted: Bool)
        /// A list.
        case list([DocumentValue])
        /// Keys and values in file order; no key stands twice.
        case mapping([DocumentEntry])
    }
    /// What it is.
    public var content: Content
    /// Where it starts: a line and column of a file, or the option of the command line that gave it.
    public var location: SourceLocation
    /// Its path in the document, `strategies[1].splits.max`; blank for the root.
    public var path: String

    /// A value from its parts.
    public init(_ content: Content, at location: SourceLocation, path: String) {
        self.content = content
        self.location = location
        self.path = path
    }

    /// The path of a key of this mapping.
    public func path(of key: String) -> String {
        path.isEmpty ? key : "\(path).\(key)"
    }

    /// The entries of a mapping, none for any other value.
    public var entries: [DocumentEntry] {
        if case .mapping(let entries) = content { entries } else { [] }
    }

    /// The values of a list, none for any other value.
    public var elements: [DocumentValue] {
        if case .list(let elements) = content { elements } else { [] }
    }

    /// The value of a key; nil where this is no mapping or has no such key.
    public subscript(key: String) -> DocumentValue? {
        entries.first { $0.key == key }?.value
    }

    /// Whether nothing was written.
    public var isNothing: Bool { content == .nothing }

    /// Whether it is a text, number or word.
    public var isScalar: Bool {
        if case .scalar = content { true } else { false }
    }

    /// Whether it is a list.
    public var isList: Bool {
        if case .list = content { true } else { false }
    }

    /// Whether it is a mapping.
    public var isMapping: Bool {
        if case .mapping = content { true } else { false }
    }

    /// Whether the command line gave it, so that messages name its path instead of a line.
    public var isFromCommandLine: Bool { location.line == nil && location.file.hasPrefix("--") }
}

/// A key and its value.
public struct DocumentEntry: Sendable, Hashable {
    /// The key.
    public var key: String
    /// Where the key stands.
    public var location: SourceLocation
    /// The value.
    public var value: DocumentValue

    /// An entry from its parts.
    public init(key: String, at location: SourceLocation, value: DocumentValue) {
        self.key = key
        self.location = location
        self.value = value
    }
}
