import Domain

/// Reads the keys of a mapping, noting every error and going on with the default.
///
/// Whoever reads on a noted error sees plausible values and must not use the result: ``ErrorCollector/throwIfAny()``
/// comes first.
public struct MappingReader {
    /// The mapping.
    public let value: DocumentValue
    /// Where errors go.
    public let errors: ErrorCollector

    /// A reader of `value`, which may have `keys` and no others.
    ///
    /// Notes an error, and reads as if empty, where `value` is no mapping; notes one for each unknown key, naming the
    /// nearest right one. ``DocumentValue/Content/nothing`` reads as an empty mapping where `allowsNothing` says so.
    public init(
        _ value: DocumentValue, keys: [String], of kind: String = "key", allowsNothing: Bool = false,
        errors: ErrorCollector
    ) {
        self.value = value
        self.errors = errors
        guard value.isMapping else {
            if !(allowsNothing && value.isNothing) { errors.add(value.error(expected: "keys and values")) }
            return
        }
        for entry in value.entries where !keys.contains(entry.key) {
            errors.add(Self.unknownKey(entry, in: value, of: kind, among: keys))
        }
    }

    /// An error about a key that has no meaning where it stands.
    ///
    /// A key from the command line is named by its path, and so is the right one.
    public static func unknownKey(
        _ entry: DocumentEntry, in value: DocumentValue, of kind: String = "key", among keys: [String]
    ) -> InputError {
        let error = InputError(at: entry.location, unknown: kind, word: entry.key, among: keys)
        guard entry.location.line == nil else { return error }
        return InputError(
            at: entry.location, found: "unknown \(kind) '\(value.path(of: entry.key))'", expected: error.expected,
            suggestion: error.suggestion.map(value.path(of:)))
    }

    /// The value of a key; nil where it is missing or nothing was written for it.
    ///
    /// A key without a value is noted as an error: whether a blank means the default or zero is nothing to guess.
    public func optional(_ key: String) -> DocumentValue? {
        guard let found = value[key] else { return nil }
        if found.isNothing {
            errors.add(found.error(expected: "a value, or no such key"))
            return nil
        }
        return found
    }

    /// The value of a key; notes an error where it is missing from a mapping.
    public func required(_ key: String, expected: String) -> DocumentValue? {
        if value.isMapping, value[key] == nil {
            let place = value.path.isEmpty ? "" : " for \(value.path)"
            errors.add(InputError(at: value.location, found: "no '\(key)'\(place)", expected: expected))
        }
        return optional(key)
    }

    /// A number, or the default.
    public func number(_ key: String, in range: NumberRange = .any, default fallback: Double) -> Double {
        read(key) { value throws(InputError) in try value.number(in: range) } ?? fallback
    }

    /// A number, nil where the key is missing.
    public func number(_ key: String, in range: NumberRange = .any) -> Double? {
        read(key) { value throws(InputError) in try value.number(in: range) }
    }

    /// A whole number, or the default.
    public func integer(_ key: String, in range: ClosedRange<Int>, default fallback: Int) -> Int {
        read(key) { value throws(InputError) in try value.integer(in: range) } ?? fallback
    }

    /// `on` or `off`, or the default.
    public func truth(_ key: String, default fallback: Bool) -> Bool {
        read(key) { value throws(InputError) in try value.truth() } ?? fallback
    }

    /// A text, nil where the key is missing.
    public func text(_ key: String) -> String? {
        read(key) { value throws(InputError) in try value.text() }
    }

    /// A word of an enumeration, or the default.
    public func word<Word: RawRepresentable<String> & CaseIterable>(
        _ key: String, of kind: String, default fallback: Word
    ) -> Word {
        read(key) { value throws(InputError) in try value.word(kind, of: Word.self) } ?? fallback
    }

    /// The values of a list; none where the key is missing.
    public func list(_ key: String) -> [DocumentValue] {
        read(key) { value throws(InputError) in try value.list() } ?? []
    }

    /// What `body` makes of a key's value; nil where it is missing or wrong.
    public func read<Value>(_ key: String, _ body: (DocumentValue) throws(InputError) -> Value) -> Value? {
        guard let value = optional(key) else { return nil }
        return errors.collect { () throws(InputError) in try body(value) }
    }
}
