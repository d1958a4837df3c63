/// A position in a file that a person wrote. Lines and columns count from 1.
public struct SourceLocation: Sendable, Hashable, CustomStringConvertible {
    /// The file as the user named it.
    public let file: String
    /// The line, from 1; nil where the whole file is meant.
    public let line: Int?
    /// The column, from 1; nil where the whole line is meant.
    public let column: Int?

    /// A position; leave `line` or `column` out where they have no meaning.
    public init(file: String, line: Int? = nil, column: Int? = nil) {
        self.file = file
        self.line = line
        self.column = column
    }

    /// `file:line:column`, as far as known.
    public var description: String {
        var text = file
        if let line { text += ":\(line)" }
        if line != nil, let column { text += ":\(column)" }
        return text
    }
}

/// Something wrong in what the user gave: a file, a value, an option. Exit code 2.
///
/// Reads `file:line:column: found X, expected Y; did you mean Z?`.
public struct InputError: Error, Sendable, Hashable, CustomStringConvertible {
    /// Where, if in a file.
    public let location: SourceLocation?
    /// What was found, as the user would recognise it.
    public let found: String
    /// What would have been right.
    public let expected: String
    /// The nearest right word, where there is one.
    public let suggestion: String?

    /// An error with its parts.
    public init(at location: SourceLocation? = nil, found: String, expected: String, suggestion: String? = nil) {
        self.location = location
        self.found = found
        self.expected = expected
        self.suggestion = suggestion
    }

    /// An error about a word that is not one of a known set: names the nearest of them.
    public init(at location: SourceLocation? = nil, unknown kind: String, word: String, among known: [String]) {
        self.init(
            at: location, found: "unknown \(kind) '\(word)'",
            expected: known.isEmpty ? "none" : "one of " + known.sorted().joined(separator: ", "),
            suggestion: nearestWord(to: word, among: known))
    }

    /// The one-line message.
    public var description: String {
        var text = location.map { "\($0): " } ?? ""
        text += "found \(found), expected \(expected)"
        if let suggestion { text += "; did you mean '\(suggestion)'?" }
        return text
    }
}

/// Something that failed though the input was right: a full disk, an unreadable folder. Exit code 1.
public struct OperationError: Error, Sendable, Hashable, CustomStringConvertible {
    /// What was being done and what the system said.
    public let description: String

    /// An error from its message.
    public init(_ description: String) {
        self.description = description
    }
}
