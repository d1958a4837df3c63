import Domain
import Replay

/// What `sandtable list` prints: members with a line each, and their parameters.
public struct MemberListing: Sendable {
    /// One member.
    public struct Member: Codable, Sendable, Hashable {
        /// The word in scenarios.
        public var name: String
        /// One line.
        public var summary: String
        /// What it takes.
        public var parameters: [Parameter]

        /// A member.
        public init(name: String, summary: String, parameters: [Parameter] = []) {
            self.name = name
            self.summary = summary
            self.parameters = parameters
        }
    }
    /// One parameter of a member.
    public struct Parameter: Codable, Sendable, Hashable {
        /// The word in scenarios.
        public var name: String
        /// What values it takes; blank where its summary says so.
        public var expects: String
        /// Its default as text; blank where there is none.
        public var standard: String
        /// One line.
        public var summary: String

        /// A parameter.
        public init(name: String, expects: String, standard: String, summary: String) {
            self.name = name
            self.expects = expects
            self.standard = standard
            self.summary = summary
        }
    }
    /// The members, as listed.
    public var members: [Member]

    /// A listing of members.
    public init(members: [Member]) {
        self.members = members
    }

    /// The listing of a catalogue.
    public init<Kind>(_ catalogue: MemberCatalogue<Kind>) {
        members = catalogue.entries.map { entry in
            Member(name: entry.name, summary: entry.summary, parameters: entry.parameters.map(Parameter.init))
        }
    }

    /// A line a member, and below it, indented, a line a parameter.
    public func text(style: TextStyle) -> String {
        let width = members.reduce(0) { max($0, DisplayWidth.of($1.name)) }
        let indentation = String(repeating: " ", count: width + 4)
        return members.map { member in
            let name = style.apply(.strong, to: DisplayWidth.padded(member.name, to: width))
            let lines = member.parameters.map { indentation + $0.line(style: style) + "\n" }
            return name + "  " + member.summary + "\n" + lines.joined()
        }.joined()
    }
}

extension MemberListing.Parameter {
    /// A declared parameter.
    fileprivate init(_ declaration: ParameterDeclaration) {
        let unit = declaration.unit.isEmpty ? "" : ", " + declaration.unit
        self.init(
            name: declaration.name, expects: declaration.kind.expectation + unit,
            standard: declaration.standard?.text ?? (declaration.isRequired ? "" : "none"),
            summary: declaration.summary)
    }

    /// `km: longest distance (a number above 0, km; default 400)`.
    fileprivate func line(style: TextStyle) -> String {
        let notes = [expects, standard.isEmpty ? "required" : "default \(standard)"].filter { !$0.isEmpty }
        return "\(name): \(summary) " + style.apply(.faint, to: "(" + notes.joined(separator: "; ") + ")")
    }
}
