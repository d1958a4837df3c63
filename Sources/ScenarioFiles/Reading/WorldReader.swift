import Documents
import Domain
import Replay
import Worlds

/// Reads `world`: which perturbations act, and how.
struct WorldReader {
    let context: ReadingContext

    /// The parameter of perturbations that say whether they happen at all.
    private static let enabled = "enabled"

    /// The perturbations in the catalogue's order: the order of keys means nothing.
    ///
    /// Those that can be switched off are always among them, on or off, so that worlds that mean the same read the
    /// same: what the scenario leaves out is on where it is recorded, else off.
    func perturbations(_ root: MappingReader) -> [MadeMember<any Perturbation>] {
        let value = root.optional("world")
        if let value {
            _ = MappingReader(
                value, keys: Catalogues.perturbations.names, of: Catalogues.perturbations.kind,
                errors: context.errors)
        }
        let given = (value?.entries ?? []).compactMap { entry in
            perturbation(entry, in: value ?? entry.value).map { (name: entry.key, made: $0) }
        }
        let recorded = WorldSampler.recorded(beside: given.map(\.made.member), dataset: context.dataset)
            .map(\.declaration.name)
        return Catalogues.perturbations.entries.compactMap { entry in
            if let stated = given.first(where: { $0.name == entry.name }) { return stated.made }
            let isStated = value?[entry.name] != nil
            guard !isStated || value?[entry.name]?.truthIfAny == false else { return nil }
            guard entry.parameters.contains(where: { $0.name == Self.enabled }) else { return nil }
            return make(entry.name, enabled: !isStated && recorded.contains(entry.name))
        }
    }

    /// What an entry of `world` asks for; nil for `off` and for what is wrong.
    private func perturbation(_ entry: DocumentEntry, in world: DocumentValue) -> MadeMember<any Perturbation>? {
        guard Catalogues.perturbations.names.contains(entry.key) else { return nil }
        if entry.value.isNothing {
            context.errors.add(entry.value.error(expected: "'on', 'off' or parameters"))
            return nil
        }
        switch entry.value.truthIfAny {
        case false:
            return nil
        case true:
            let use = MemberUse(name: entry.key, location: entry.location, value: nil, entry: world)
            return context.make(use, in: Catalogues.perturbations)
        default:
            return context.make(MemberUse(entry, in: world), in: Catalogues.perturbations)
        }
    }

    /// A perturbation switched on or off.
    private func make(_ name: String, enabled: Bool) -> MadeMember<any Perturbation>? {
        let place = SourceLocation(file: "world")
        let flag = DocumentValue(.scalar(text: enabled ? "on" : "off", isQuoted: false), at: place, path: name)
        let parameters = DocumentValue(
            .mapping([DocumentEntry(key: Self.enabled, at: place, value: flag)]), at: place, path: name)
        let use = MemberUse(name: name, location: place, value: parameters, entry: parameters)
        return context.make(use, in: Catalogues.perturbations)
    }
}
