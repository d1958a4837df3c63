import Domain

/// What a member of an extension point takes: one value of a rating, constraint, metric, strategy or perturbation.
public struct ParameterDeclaration: Sendable, Hashable {
    /// The word in scenarios.
    public let name: String
    /// What values it takes.
    public let kind: ParameterKind
    /// Unit of its numbers; blank where there is none.
    public let unit: String
    /// Its value where the scenario says nothing; nil = none.
    public let standard: ParameterValue?
    /// Whether the scenario must say it.
    public let isRequired: Bool
    /// One line for `sandtable list`.
    public let summary: String

    /// A parameter. It is required where it has no default, unless it is said to be optional.
    public init(
        _ name: String, _ kind: ParameterKind, unit: String = "", default standard: ParameterValue? = nil,
        isOptional: Bool = false, summary: String
    ) {
        self.name = name
        self.kind = kind
        self.unit = unit
        self.standard = standard
        isRequired = standard == nil && !isOptional
        self.summary = summary
    }
}

/// What values a parameter takes, so that a reader of scenarios can turn text into the right one and check it.
public indirect enum ParameterKind: Sendable, Hashable {
    /// A number in a range.
    case number(NumberRange)
    /// A whole number in a range.
    case integer(NumberRange)
    /// Any text.
    case text
    /// A file or folder, as seen from the working directory; a reader of files lets it start from the file's folder.
    case path
    /// One of some words.
    case word([String])
    /// true or false.
    case flag
    /// An instant: a number of seconds from the dataset's start; a reader may offer it as a date and time.
    case instant
    /// A word that names a row or a label of the dataset.
    case reference(DatasetReference)
    /// Values of one kind.
    case list(ParameterKind)
    /// Named values.
    case record([ParameterDeclaration])

    /// What is expected, for messages: `a number from 0 to 1`.
    public var expectation: String {
        switch self {
        case .number(let range): Self.phrase("a number", range)
        case .integer(let range): Self.phrase("a whole number", range)
        case .text: "text"
        case .path: "the path of a file or folder"
        case .word(let words): "one of " + words.joined(separator: ", ")
        case .flag: "true or false"
        case .instant: "an instant"
        case .reference(let reference): "a \(reference.rawValue)"
        case .list(let element): "a list, each \(element.expectation)"
        case .record(let fields): "a mapping with " + fields.map(\.name).joined(separator: ", ")
        }
    }

    /// A noun and a range, if that says anything.
    private static func phrase(_ noun: String, _ range: NumberRange) -> String {
        range == .any ? noun : "\(noun) \(range)"
    }
}
