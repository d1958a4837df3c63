import Domain
import History
import Replay

extension MemberEntry where Member == any Perturbation {
    /// An entry under a declaration's name and summary.
    init(
        _ declaration: PerturbationDeclaration, parameters: [ParameterDeclaration] = [],
        make: @escaping @Sendable (MemberParameters, Dataset) throws(InputError) -> any Perturbation
    ) {
        self.init(name: declaration.name, summary: declaration.summary, parameters: parameters, make: make)
    }
}

extension MemberParameters {
    /// What a list of references names; every one where it is not given.
    func choice(_ name: String) -> IndexChoice { indices(name).map { IndexChoice($0) } ?? .every }

    /// The span of time that `from` and `to` state, without end where one is not given; `noun` says what it is of, for the
    /// message where it is empty.
    func interval(of noun: String) throws(InputError) -> Interval {
        let from = try optionalNumber("from") ?? -.infinity
        let to = try optionalNumber("to") ?? .infinity
        guard from < to else {
            throw InputError(
                at: location(of: "to"), found: "\(noun) that ends at or before its beginning",
                expected: "'to' after 'from'")
        }
        return Interval(from: from, to: to)
    }
}

extension ParameterDeclaration {
    /// When a span begins; see ``MemberParameters/interval(of:)``.
    static let beginning = ParameterDeclaration("from", .instant, unit: "s", summary: "when it begins")
    /// When it ends.
    static let end = ParameterDeclaration("to", .instant, unit: "s", summary: "when it ends")

    /// The parameter `enabled`, for what would happen if a scenario said nothing.
    static func enabled(_ summary: String) -> ParameterDeclaration {
        ParameterDeclaration("enabled", .flag, default: true, summary: summary)
    }
}
