import Documents
import Domain
import Replay

/// A member of a catalogue as a scenario names it: `nearest`, `maximum_distance: {km: 400}`, `maximum_distance: 400`.
struct MemberUse {
    /// The member's name.
    let name: String
    /// Where the name stands.
    let location: SourceLocation
    /// What was written after the name; nil for a bare name.
    let value: DocumentValue?
    /// The whole entry, for errors.
    let entry: DocumentValue

    /// A use that is an entry of a list: a name, or a mapping with the name as its only key.
    init(listEntry: DocumentValue, kind: String) throws(InputError) {
        if listEntry.isScalar {
            self.init(name: try listEntry.text(), location: listEntry.location, value: nil, entry: listEntry)
            return
        }
        guard let only = listEntry.entries.first, listEntry.entries.count == 1 else {
            throw listEntry.error(expected: "the name of a \(kind), or '\(kind): {parameters}'")
        }
        self.init(only, in: listEntry)
    }

    /// A use from its parts.
    init(name: String, location: SourceLocation, value: DocumentValue?, entry: DocumentValue) {
        self.name = name
        self.location = location
        self.value = value
        self.entry = entry
    }

    /// A use that is an entry of a mapping.
    init(_ entry: DocumentEntry, in mapping: DocumentValue) {
        self.init(
            name: entry.key, location: entry.location, value: entry.value.isNothing ? nil : entry.value,
            entry: mapping)
    }
}

/// A member and the parameters it was made of.
struct MadeMember<Member> {
    /// The member.
    let member: Member
    /// Name and parameters, equal for equal members.
    let key: String
}

extension ReadingContext {
    /// Makes the member a use names; notes all errors and gives nil where there is one.
    ///
    /// `reserved` keys of the parameters belong to the caller (a rating's `weight`). A value that is no mapping is the
    /// member's only parameter, or its only required one, or the one named `list`.
    func make<Member>(
        _ use: MemberUse, in catalogue: MemberCatalogue<Member>, reserved: [String] = []
    ) -> MadeMember<Member>? {
        guard let entry = catalogue.entries.first(where: { $0.name == use.name }) else {
            errors.add(unknownMember(use, kind: catalogue.kind, among: catalogue.names))
            return nil
        }
        let before = errors.errors.count
        let fields = fields(of: use, kind: catalogue.kind, declared: entry.parameters, reserved: reserved)
        guard errors.errors.count == before else { return nil }
        return errors.collect { () throws(InputError) in
            let parameters = try MemberParameters(
                of: "\(catalogue.kind) '\(use.name)'", given: fields, declared: entry.parameters, dataset: dataset,
                at: use.location)
            return MadeMember(
                member: try entry.make(parameters, dataset), key: use.name + parameters.key)
        }
    }

    /// The error for a name that the catalogue does not have.
    private func unknownMember(_ use: MemberUse, kind: String, among names: [String]) -> InputError {
        let error = use.entry.unknown(kind, word: use.name, among: names)
        return InputError(
            at: use.location, found: error.found, expected: error.expected, suggestion: error.suggestion)
    }

    /// The parameters of a use, each of its declared kind.
    private func fields(
        of use: MemberUse, kind: String, declared: [ParameterDeclaration], reserved: [String]
    ) -> [ParameterField] {
        guard let value = use.value else { return [] }
        guard value.isMapping else {
            if declared.isEmpty, !reserved.isEmpty {
                errors.add(value.error(expected: "keys and values, any of \(reserved.joined(separator: ", "))"))
                return []
            }
            return singleField(value, of: use, kind: kind, declared: declared)
        }
        return fields(of: value, declared: declared, reserved: reserved)
    }

    /// The fields of a mapping of parameters.
    private func fields(
        of value: DocumentValue, declared: [ParameterDeclaration], reserved: [String]
    ) -> [ParameterField] {
        let reader = reader(value, keys: declared.map(\.name) + reserved)
        var fields: [ParameterField] = []
        for declaration in declared {
            guard let entry = value.entries.first(where: { $0.key == declaration.name }),
                let given = reader.optional(declaration.name),
                let converted = parameter(given, kind: declaration.kind)
            else { continue }
            fields.append(ParameterField(declaration.name, converted, at: entry.location))
        }
        return fields
    }

    /// The parameter that takes a list without saying so, where others beside it can be left out.
    private static let list = "list"

    /// A value that stands directly after a member's name.
    private func singleField(
        _ value: DocumentValue, of use: MemberUse, kind: String, declared: [ParameterDeclaration]
    ) -> [ParameterField] {
        let required = declared.filter(\.isRequired)
        let named = declared.first { $0.name == Self.list }
        guard let only = declared.count == 1 ? declared.first : required.count == 1 ? required.first : named else {
            let names = declared.map(\.name).joined(separator: ", ")
            errors.add(
                value.error(
                    expected: declared.isEmpty
                        ? "nothing, as \(kind) '\(use.name)' has no parameters" : "a mapping with any of \(names)"))
            return []
        }
        guard let converted = parameter(value, kind: only.kind) else { return [] }
        return [ParameterField(only.name, converted, at: value.location)]
    }

    /// A value as a parameter of a kind; notes all errors and gives nil where there is one.
    private func parameter(_ value: DocumentValue, kind: ParameterKind) -> ParameterValue? {
        switch kind {
        case .list(let element):
            // A list of one may be written without brackets.
            let list =
                value.isScalar || value.isMapping
                ? [value] : errors.collect { () throws(InputError) in try value.list() }
            guard let values = list else { return nil }
            let converted = values.map { parameter($0, kind: element) }
            let whole = converted.compactMap { $0 }
            return whole.count == converted.count ? ParameterValue(.list(whole), at: value.location) : nil
        case .record(let declared):
            return record(value, declared: declared)
        default:
            let content = errors.collect { () throws(InputError) in try scalar(value, kind: kind) }
            return content.map { ParameterValue($0, at: value.location) }
        }
    }

    /// A mapping as a record in declared order with its defaults spelled out, so that equal records have equal texts.
    private func record(_ value: DocumentValue, declared: [ParameterDeclaration]) -> ParameterValue? {
        let before = errors.errors.count
        let given = fields(of: value, declared: declared, reserved: [])
        var fields: [ParameterField] = []
        for declaration in declared {
            if let field = given.first(where: { $0.name == declaration.name }) {
                fields.append(field)
            } else if let standard = declaration.standard {
                fields.append(ParameterField(declaration.name, standard))
            } else if declaration.isRequired, value.isMapping, value[declaration.name] == nil {
                errors.add(
                    InputError(
                        at: value.location, found: "no '\(declaration.name)' for \(value.path)",
                        expected: "\(declaration.kind.expectation) (\(declaration.summary))"))
            }
        }
        return errors.errors.count == before ? ParameterValue(.record(fields), at: value.location) : nil
    }

    /// A single value of a kind.
    private func scalar(
        _ value: DocumentValue, kind: ParameterKind
    ) throws(InputError) -> ParameterValue.Content {
        switch kind {
        case .number(let range):
            return .number(try value.number(in: range))
        case .integer(let range):
            let number = try value.number(in: range)
            guard number == number.rounded() else { throw value.error(expected: kind.expectation) }
            return .number(number)
        case .text:
            return .text(try value.text())
        case .path:
            return .text(files.path(of: value, written: try value.text()))
        case .word(let words):
            return .text(try value.word("word", among: words))
        case .flag:
            return .flag(try value.truth())
        case .instant:
            return .number(try instant(value))
        case .reference(let reference):
            _ = try index(value, of: reference)
            return .text(try value.text())
        case .list, .record:
            throw value.error(expected: kind.expectation)
        }
    }
}
