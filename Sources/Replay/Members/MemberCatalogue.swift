import Domain
import History

/// One member of an extension point, as its catalogue knows it.
public struct MemberEntry<Member>: Sendable {
    /// The word in scenarios.
    public let name: String
    /// One line for `sandtable list`.
    public let summary: String
    /// What it takes.
    public let parameters: [ParameterDeclaration]
    /// Makes it; throws where the parameters do not go together or the dataset lacks what they need.
    public let make: @Sendable (MemberParameters, Dataset) throws(InputError) -> Member

    /// An entry.
    public init(
        name: String, summary: String, parameters: [ParameterDeclaration] = [],
        make: @escaping @Sendable (MemberParameters, Dataset) throws(InputError) -> Member
    ) {
        self.name = name
        self.summary = summary
        self.parameters = parameters
        self.make = make
    }
}

/// The members of an extension point, in the order they are listed.
public struct MemberCatalogue<Member>: Sendable {
    /// What the members are, in messages: `rating`.
    public let kind: String
    /// The members.
    public let entries: [MemberEntry<Member>]

    /// A catalogue of members with different names.
    public init(kind: String, entries: [MemberEntry<Member>]) {
        precondition(Set(entries.map(\.name)).count == entries.count, "two members share a name")
        self.kind = kind
        self.entries = entries
    }

    /// The members' names, as listed.
    public var names: [String] { entries.map(\.name) }

    /// The member of a name; throws where there is none, naming the nearest.
    public func entry(named name: String, at location: SourceLocation? = nil) throws(InputError) -> MemberEntry<Member>
    {
        guard let entry = entries.first(where: { $0.name == name }) else {
            throw InputError(at: location, unknown: kind, word: name, among: names)
        }
        return entry
    }

    /// Makes a member; throws where its name or a parameter is wrong.
    public func make(
        _ name: String, _ given: [ParameterField] = [], dataset: Dataset, at location: SourceLocation? = nil
    ) throws(InputError) -> Member {
        let entry = try entry(named: name, at: location)
        let parameters = try MemberParameters(
            of: "\(kind) '\(name)'", given: given, declared: entry.parameters, dataset: dataset, at: location)
        return try entry.make(parameters, dataset)
    }
}
