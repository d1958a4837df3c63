import Documents
import Domain
import Replay
import Worlds

/// Reads `world`: which perturbations act, and how.
struct WorldReader {
    let context: ReadingContext

    /// The parameter of perturbations that say whether they happen at all.
    private static let enabled = "enabled"

    /// The perturbations that make a difference, in the catalogue's order: the order of keys means nothing.
    ///
    /// What the scenario leaves out is as recorded, so that a recorded series is among them whether it is stated or not,
    /// and what is not recorded is not, however it is switched off.
    func perturbations(_ root: MappingReader) -> [MadeMember<any Perturbation>] {
        let value = root.optional("world")
        if let value {
            _ = MappingReader(
                value, keys: Catalogues.perturbations.names, of: Catalogues.perturbations.kind,
                errors: context.errors)
        }
        let given = (value?.entries ?? []).compactMap { entry in
            perturbation(entry, in: value ?? entry.value).map { (entry: entry, perturbation: $0) }
        }
        let stated = given.map(\.perturbation)
        for (entry, perturbation) in given {
            guard let reason = stated.lazy.compactMap({ $0.contradiction(with: perturbation) }).first else { continue }
            context.errors.add(
                InputError(at: entry.location, found: "'\(entry.key)' beside \(reason)", expected: "one of them"))
        }
        let recorded = WorldSampler.recorded(beside: stated, dataset: context.dataset)
        return Catalogues.perturbations.names.compactMap { name in
            let member = (stated + recorded).first { $0.declaration.name == name }
            return member.flatMap { member in
                member.key(in: context.dataset).map { MadeMember(member: member, key: $0) }
            }
        }
    }

    /// What an entry of `world` asks for; nil for what is wrong, and for `off` where that is the same as nothing.
    private func perturbation(_ entry: DocumentEntry, in world: DocumentValue) -> (any Perturbation)? {
        guard let member = Catalogues.perturbations.entries.first(where: { $0.name == entry.key }) else { return nil }
        if entry.value.isNothing {
            context.errors.add(entry.value.error(expected: "'on', 'off' or parameters"))
            return nil
        }
        let parameters: DocumentValue?
        switch entry.value.truthIfAny {
        case true: parameters = nil
        case false:
            guard member.parameters.contains(where: { $0.name == Self.enabled }) else { return nil }
            parameters = DocumentValue(
                .mapping([DocumentEntry(key: Self.enabled, at: entry.location, value: entry.value)]),
                at: entry.value.location, path: entry.value.path)
        default: parameters = entry.value
        }
        let use = MemberUse(name: entry.key, location: entry.location, value: parameters, entry: world)
        return context.make(use, in: Catalogues.perturbations)?.member
    }
}
