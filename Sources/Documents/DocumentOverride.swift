import Domain

/// One `--set path=value`: replaces or adds a value of a document before it is validated.
///
/// A path is keys joined by points and entries of lists in brackets, by number from 0 or by name:
/// `world.cancellation.hazard_per_hour`, `strategies[1].splits.max`, `strategies[balanced].weights.freight`,
/// `objectives[on_time_rate].weight`. A list entry's name is its text, the value of its key `name` or `metric`, or its
/// only key; a step into an entry with an only key goes on inside that key. The value is read as YAML, so that
/// `[a, b]` and `{node: N1}` work.
public struct DocumentOverride: Sendable, Hashable {
    /// A part of a path.
    enum Step: Sendable, Hashable {
        /// A key of a mapping, or the name of a list entry.
        case key(String)
        /// A number or name in brackets.
        case entry(String)
    }
    /// The option as given: where its errors are.
    let location: SourceLocation
    /// The path.
    let steps: [Step]
    /// The value, without a path of its own.
    let value: DocumentValue

    /// Reads `path=value`.
    ///
    /// - Throws: ``InputError`` for a missing `=`, a malformed path, or a value that is not YAML.
    public init(parsing text: String, option: String = "--set") throws(InputError) {
        location = SourceLocation(file: "\(option) \(text)")
        guard let equals = text.firstIndex(of: "=") else {
            throw InputError(
                at: SourceLocation(file: option), found: "'\(text)'", expected: "path=value, as in replications=10")
        }
        steps = try Self.steps(of: text[..<equals], at: location)
        let written = String(text[text.index(after: equals)...])
        guard written.contains(where: { !$0.isWhitespace }) else {
            throw InputError(at: location, found: "no value", expected: "path=value, as in replications=10")
        }
        do {
            value = try DocumentValue(parsing: written, file: "")
        } catch {
            throw InputError(at: location, found: error.found, expected: error.expected)
        }
    }

    /// A path and an already known value.
    public init(path: String, scalar: String, option: String) throws(InputError) {
        location = SourceLocation(file: option)
        steps = try Self.steps(of: path[...], at: location)
        value = DocumentValue(.scalar(text: scalar, isQuoted: false), at: location, path: "")
    }

    /// A path and a list of words.
    public init(path: String, list: [String], option: String) throws(InputError) {
        let location = SourceLocation(file: option)
        self.location = location
        steps = try Self.steps(of: path[...], at: location)
        let elements = list.map { DocumentValue(.scalar(text: $0, isQuoted: false), at: location, path: "") }
        value = DocumentValue(.list(elements), at: location, path: "")
    }

    /// The parts of a path.
    private static func steps(of path: Substring, at location: SourceLocation) throws(InputError) -> [Step] {
        let malformed = InputError(
            at: location, found: "the path '\(path)'",
            expected: "keys joined by points, list entries as [number] or [name]")
        var steps: [Step] = []
        for part in path.split(separator: ".", omittingEmptySubsequences: false) {
            var rest = part
            let key = rest.prefix { $0 != "[" && $0 != "]" }
            guard !key.isEmpty else { throw malformed }
            steps.append(.key(String(key)))
            rest.removeFirst(key.count)
            while !rest.isEmpty {
                guard rest.first == "[", let close = rest.firstIndex(of: "]") else { throw malformed }
                let entry = rest[rest.index(after: rest.startIndex)..<close]
                guard !entry.isEmpty, !entry.contains("[") else { throw malformed }
                steps.append(.entry(String(entry)))
                rest = rest[rest.index(after: close)...]
            }
        }
        return steps
    }
}

extension DocumentValue {
    /// This document with the overrides, one after the other.
    ///
    /// A key that is missing is added; a word or number on the way (`cancellation: off`) gives way to the keys.
    /// Whether a key has a meaning is for the document's reader to say: an added value carries the option as location.
    /// - Throws: ``InputErrors`` with one error for each override that names an entry no list has.
    public func applying(_ overrides: [DocumentOverride]) throws(InputErrors) -> DocumentValue {
        var document = self
        let errors = ErrorCollector()
        for override in overrides {
            document =
                errors.collect { () throws(InputError) in
                    try document.setting(override.steps[...], to: override, isListEntry: false)
                } ?? document
        }
        try errors.throwIfAny()
        return document
    }

    /// What a list entry is called: its text, the value of its key `name` or `metric`, or its only key.
    public var entryName: String? {
        if case .scalar(let text, _) = content { return text }
        for key in ["name", "metric"] {
            if case .scalar(let text, _)? = self[key]?.content { return text }
        }
        return entries.count == 1 ? entries.first?.key : nil
    }

    /// Sets what the remaining steps lead to.
    private func setting(
        _ steps: ArraySlice<DocumentOverride.Step>, to override: DocumentOverride, isListEntry: Bool
    ) throws(InputError) -> DocumentValue {
        guard let step = steps.first else { return override.value.relocated(to: override.location, path: path) }
        switch step {
        case .entry(let name):
            return try setting(entry: name, steps.dropFirst(), to: override)
        case .key(let key):
            return isList
                ? try setting(entry: key, steps.dropFirst(), to: override)
                : try setting(key: key, steps, to: override, isListEntry: isListEntry)
        }
    }

    /// Sets something within a list's entry.
    private func setting(
        entry name: String, _ steps: ArraySlice<DocumentOverride.Step>, to override: DocumentOverride
    ) throws(InputError) -> DocumentValue {
        guard case .list(var elements) = content else {
            let found = isScalar || isMapping ? found : "nothing for \(path)"
            throw InputError(at: override.location, found: found, expected: "a list, to have an entry [\(name)]")
        }
        let names = elements.compactMap(\.entryName)
        let number = Int(name).flatMap { elements.indices.contains($0) ? $0 : nil }
        guard let index = elements.firstIndex(where: { $0.entryName == name }) ?? number else {
            if Int(name) != nil {
                let expected = elements.isEmpty ? "an entry, but \(path) is empty" : "0 to \(elements.count - 1)"
                throw InputError(at: override.location, found: "\(path)[\(name)]", expected: expected)
            }
            let error = InputError(unknown: "entry", word: "\(path)[\(name)]", among: names)
            throw InputError(
                at: override.location, found: error.found, expected: error.expected,
                suggestion: nearestWord(to: name, among: names).map { "\(path)[\($0)]" })
        }
        elements[index] = try elements[index].setting(steps, to: override, isListEntry: true)
        return DocumentValue(.list(elements), at: location, path: path)
    }

    /// Sets something within a mapping's value; `steps` still begin with `key`.
    private func setting(
        key: String, _ steps: ArraySlice<DocumentOverride.Step>, to override: DocumentOverride, isListEntry: Bool
    ) throws(InputError) -> DocumentValue {
        guard case .mapping(var entries) = content else {
            var empty = DocumentValue(.mapping([]), at: override.location, path: path)
            if isListEntry, case .scalar(let text, _) = content {
                // `- nearest` becomes `- nearest: {...}`.
                let inner = DocumentValue(.mapping([]), at: override.location, path: path(of: text))
                empty.content = .mapping([DocumentEntry(key: text, at: location, value: inner)])
            }
            return try empty.setting(steps, to: override, isListEntry: isListEntry)
        }
        if let index = entries.firstIndex(where: { $0.key == key }) {
            entries[index].value = try entries[index].value.setting(
                steps.dropFirst(), to: override, isListEntry: false)
        } else if isListEntry, entries.count == 1, entries[0].value.isMapping || entries[0].value.isNothing {
            entries[0].value = try entries[0].value.setting(steps, to: override, isListEntry: false)
        } else {
            let missing = DocumentValue(.nothing, at: override.location, path: path(of: key))
            let value = try missing.setting(steps.dropFirst(), to: override, isListEntry: false)
            entries.append(DocumentEntry(key: key, at: override.location, value: value))
        }
        return DocumentValue(.mapping(entries), at: location, path: path)
    }

    /// The same value elsewhere: every location becomes `location`, paths begin with `path`.
    private func relocated(to location: SourceLocation, path: String) -> DocumentValue {
        let content: Content =
            switch content {
            case .nothing, .scalar: content
            case .list(let elements):
                .list(elements.enumerated().map { $1.relocated(to: location, path: "\(path)[\($0)]") })
            case .mapping(let entries):
                .mapping(
                    entries.map { entry in
                        let inner = path.isEmpty ? entry.key : "\(path).\(entry.key)"
                        return DocumentEntry(
                            key: entry.key, at: location, value: entry.value.relocated(to: location, path: inner))
                    })
            }
        return DocumentValue(content, at: location, path: path)
    }
}
