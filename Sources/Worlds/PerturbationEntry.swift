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

extension ParameterDeclaration {
    /// The parameter `enabled`, for what would happen if a scenario said nothing.
    static func enabled(_ summary: String) -> ParameterDeclaration {
        ParameterDeclaration("enabled", .flag, default: true, summary: summary)
    }
}
