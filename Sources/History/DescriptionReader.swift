import Domain
import Storage
import Yams

/// Reads `dataset.yaml`; every error has its line and column.
struct DescriptionReader {
    private static let keys = [
        "sandtable", "name", "origin", "licence", "currency", "time_zone", "start", "end", "promise_by", "coordinates",
        "files",
    ]
    private let file: String
    private let mapping: Yams.Node.Mapping
    private let mark: Mark?

    /// The description in the bytes of a file; `file` is its name in errors.
    ///
    /// - Throws: `InputError` for malformed YAML, an unknown or missing key, a wrong value.
    static func read(_ bytes: [UInt8], file: String) throws(InputError) -> DatasetDescription {
        try DescriptionReader(bytes, file: file).description()
    }

    private init(_ bytes: [UInt8], file: String) throws(InputError) {
        self.file = file
        guard let text = String(validating: bytes, as: UTF8.self) else {
            throw InputError(
                at: SourceLocation(file: file), found: "bytes that are not UTF-8", expected: "YAML in UTF-8")
        }
        let node: Yams.Node?
        do {
            node = try Yams.compose(yaml: text)
        } catch {
            throw Self.error(error, file: file)
        }
        guard let mapping = node?.mapping else {
            throw InputError(
                at: SourceLocation(file: file, line: node?.mark?.line, column: node?.mark?.column),
                found: node == nil ? "nothing" : "no mapping", expected: "keys and values such as 'sandtable: 1'")
        }
        self.mapping = mapping
        mark = node?.mark
        for (key, _) in mapping {
            let name = key.scalar?.string ?? ""
            if !Self.keys.contains(name) {
                throw InputError(at: Self.location(key, file), unknown: "key", word: name, among: Self.keys)
            }
        }
    }

    private func description() throws(InputError) -> DatasetDescription {
        let version = try scalar("sandtable")
        guard version.text == "1" else {
            throw InputError(at: version.location, found: "version '\(version.text)'", expected: "1")
        }
        let zone = try scalar("time_zone")
        let local = try LocalTime(timeZone: zone.text, at: zone.location)
        let start = try instant("start", local)
        let end = try instant("end", local)
        guard local.wallClock(at: start.value).truncatingRemainder(dividingBy: 3600) == 0 else {
            throw InputError(at: start.location, found: "a start within an hour", expected: "a full local hour")
        }
        guard end.value > start.value else {
            throw InputError(at: end.location, found: "an end that is not after the start", expected: "a later instant")
        }
        let description = DatasetDescription(
            name: try scalar("name").text, origin: try scalar("origin").text, licence: try scalar("licence").text,
            currency: try scalar("currency").text, timeZone: zone.text, start: start.value,
            end: end.value - start.value, promiseBy: try word("promise_by"), coordinates: try word("coordinates"),
            files: try files())
        if let problem = DatasetRules.problem(in: description) {
            throw InputError(
                at: problem.column == "start" ? start.location : end.location,
                found: "a horizon of \((description.end / 86_400).shortText) days", expected: "at most 36525 days")
        }
        return description
    }

    private typealias Scalar = (text: String, location: SourceLocation)

    /// The text of a required key.
    private func scalar(_ key: String) throws(InputError) -> Scalar {
        guard let node = mapping[Yams.Node(key)] else {
            throw InputError(
                at: SourceLocation(file: file, line: mark?.line ?? 1), found: "no key '\(key)'",
                expected: "the keys \(Self.keys.dropLast().joined(separator: ", "))")
        }
        return try scalar(node, key)
    }

    private func scalar(_ node: Yams.Node, _ key: String) throws(InputError) -> Scalar {
        guard let text = node.scalar?.string, !text.isEmpty else {
            throw InputError(
                at: Self.location(node, file), found: node.scalar == nil ? "a list or mapping" : "no value",
                expected: "a value for '\(key)'")
        }
        return (text, Self.location(node, file))
    }

    /// A key whose value is one of the words of an enumeration.
    private func word<Word: RawRepresentable & CaseIterable>(
        _ key: String
    ) throws(InputError) -> Word where Word.RawValue == String {
        let value = try scalar(key)
        guard let word = Word(rawValue: value.text) else {
            throw InputError(
                at: value.location, unknown: key, word: value.text, among: Word.allCases.map(\.rawValue))
        }
        return word
    }

    /// A key whose value is a local time or one with an offset, in seconds since 1970.
    private func instant(_ key: String, _ local: LocalTime) throws(InputError) -> (
        value: Double, location: SourceLocation
    ) {
        let value = try scalar(key)
        var parser = InstantParser(localTime: local, start: 0)
        // A plain number would be seconds from the start, which is what is being defined.
        guard Double(value.text) == nil, let seconds = parser.seconds(value.text) else {
            throw InputError(
                at: value.location, found: "'\(value.text)'", expected: "a time such as 2026-01-12T00:00:00")
        }
        return (seconds, value.location)
    }

    /// The facts of files.
    private func files() throws(InputError) -> [String: DatasetDescription.FileFacts] {
        guard let node = mapping["files"] else { return [:] }
        guard let mapping = node.mapping else {
            throw InputError(
                at: Self.location(node, file), found: "no mapping",
                expected: "files such as 'nodes.csv: {rows: 2, sha256: 0f3a...}'")
        }
        var result: [String: DatasetDescription.FileFacts] = [:]
        for (key, value) in mapping {
            let name = try scalar(key, "files").text
            guard let facts = value.mapping else {
                throw InputError(
                    at: Self.location(value, file), found: "no mapping", expected: "{rows: ..., sha256: ...}")
            }
            for (word, _) in facts where !["rows", "sha256"].contains(word.scalar?.string ?? "") {
                throw InputError(
                    at: Self.location(word, file), unknown: "key", word: word.scalar?.string ?? "",
                    among: ["rows", "sha256"])
            }
            guard let rows = facts["rows"], let hash = facts["sha256"] else {
                throw InputError(
                    at: Self.location(value, file), found: "rows or sha256 left out",
                    expected: "{rows: ..., sha256: ...}")
            }
            let count = try scalar(rows, "rows")
            guard let number = Int(count.text), number >= 0 else {
                throw InputError(at: count.location, found: "'\(count.text)'", expected: "a number of rows")
            }
            result[name] = DatasetDescription.FileFacts(rows: number, sha256: try scalar(hash, "sha256").text)
        }
        return result
    }

    /// Where a node stands.
    private static func location(_ node: Yams.Node, _ file: String) -> SourceLocation {
        SourceLocation(file: file, line: node.mark?.line, column: node.mark?.column)
    }

    /// What Yams says, as an input error.
    private static func error(_ error: any Error, file: String) -> InputError {
        switch error {
        case YamlError.scanner(_, let problem, let mark, _), YamlError.parser(_, let problem, let mark, _),
            YamlError.composer(_, let problem, let mark, _):
            return InputError(
                at: SourceLocation(file: file, line: mark.line, column: mark.column), found: problem,
                expected: "well-formed YAML")
        case YamlError.duplicatedKeysInMapping(let keys, let context):
            return InputError(
                at: SourceLocation(file: file, line: context.mark.line, column: context.mark.column),
                found: "the key '\(keys.map { "\($0)" }.sorted().joined(separator: "', '"))' twice",
                expected: "each key once")
        default:
            return InputError(at: SourceLocation(file: file), found: "\(error)", expected: "well-formed YAML")
        }
    }
}
