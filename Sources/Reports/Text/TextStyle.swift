/// Plain text or text with the colours of a terminal.
public struct TextStyle: Sendable, Hashable {
    /// How a piece of text looks.
    public enum Look: Sendable, Hashable {
        /// As it is.
        case plain
        /// Headings.
        case strong
        /// What matters less.
        case faint
        /// Good news.
        case good
        /// Bad news.
        case bad
        /// What to look at.
        case notable
    }
    /// Whether looks become escape sequences (ECMA-48).
    public var hasColour: Bool

    /// A style.
    public init(hasColour: Bool) {
        self.hasColour = hasColour
    }

    /// Without escape sequences: for files, pipes and `NO_COLOR`.
    public static let plain = TextStyle(hasColour: false)
    /// With them.
    public static let colour = TextStyle(hasColour: true)

    /// The text in a look.
    public func apply(_ look: Look, to text: String) -> String {
        guard hasColour, look != .plain, !text.isEmpty else { return text }
        let code =
            switch look {
            case .plain: "0"
            case .strong: "1"
            case .faint: "2"
            case .good: "32"
            case .bad: "31"
            case .notable: "33"
            }
        return "\u{1B}[\(code)m\(text)\u{1B}[0m"
    }
}
