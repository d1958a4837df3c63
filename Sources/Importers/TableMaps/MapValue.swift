import Documents
import Domain
import Storage

/// What a map file asks of a value, with complaints that point at it.
extension DocumentValue {
    /// The root of a map file.
    ///
    /// - Throws: `InputError` where the file cannot be read, is no YAML or is empty.
    static func map(path: String) throws(InputError) -> DocumentValue {
        try map(text: String(decoding: ByteSource(path: path).readAll(), as: UTF8.self), file: path)
    }

    /// The root of a map's text; `file` is its name in messages.
    ///
    /// - Throws: `InputError` where the text is no YAML or is empty.
    static func map(text: String, file: String) throws(InputError) -> DocumentValue {
        let root = try DocumentValue(parsing: text, file: file)
        if root.isNothing {
            throw InputError(at: SourceLocation(file: file), found: "an empty file", expected: "a table map")
        }
        return root
    }

    /// The text of a scalar, which may be blank; `what` is expected.
    func cell(_ what: String) throws(InputError) -> String {
        switch content {
        case .scalar(let text, _): return text
        case .nothing: return ""
        case .list, .mapping: throw error(expected: what)
        }
    }

    /// The text of a scalar that is not blank; `what` is expected.
    func name(_ what: String) throws(InputError) -> String {
        let text = try cell(what)
        if text.isEmpty { throw error(expected: what) }
        return text
    }

    /// The values of a list; anything else counts as a list of one, nothing as an empty one.
    var oneOrMore: [DocumentValue] {
        if isList { return elements }
        return isNothing ? [] : [self]
    }

    /// The entries of a mapping in file order; `what` is expected.
    func pairs(_ what: String) throws(InputError) -> [DocumentEntry] {
        guard isMapping else { throw error(expected: what) }
        return entries
    }

    /// The entries of a mapping whose keys must be among `known`, by key; `what` is expected.
    func fields(_ what: String, among known: [String]) throws(InputError) -> [String: DocumentValue] {
        var fields: [String: DocumentValue] = [:]
        for entry in try pairs(what) {
            guard known.contains(entry.key) else {
                throw InputError(at: entry.location, unknown: "key", word: entry.key, among: known)
            }
            fields[entry.key] = entry.value
        }
        return fields
    }

    /// The value of a key among `fields`; an error here where it is missing.
    func required(_ key: String, in fields: [String: DocumentValue]) throws(InputError) -> DocumentValue {
        guard let value = fields[key] else {
            let place = path.isEmpty ? "" : " for \(path)"
            throw InputError(at: location, found: "no key '\(key)'\(place)", expected: "it in this mapping")
        }
        return value
    }
}
