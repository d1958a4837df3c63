import Documents
import Domain
import Storage

/// Reads `dataset.yaml`; every error has its line and column, and all are told at once.
struct DescriptionReader {
    private static let keys = [
        "sandtable", "name", "origin", "licence", "currency", "time_zone", "start", "end", "promise_by", "coordinates",
        "files",
    ]
    private let reader: MappingReader
    private let errors: ErrorCollector
    /// Whether a key that is missing is an error: where one is unknown, it may be the missing one, misspelt.
    private let isComplete: Bool

    /// The description in the bytes of a file; `file` is its name in errors.
    ///
    /// - Throws: ``InputErrors`` for malformed YAML, unknown or missing keys, wrong values.
    static func read(_ bytes: [UInt8], file: String) throws(InputErrors) -> DatasetDescription {
        let root = try InputErrors.wrapping { () throws(InputError) in
            guard let text = String(validating: bytes, as: UTF8.self) else {
                throw InputError(
                    at: SourceLocation(file: file), found: "bytes that are not UTF-8", expected: "YAML in UTF-8")
            }
            return try DocumentValue(parsing: text, file: file)
        }
        let errors = ErrorCollector()
        let description = DescriptionReader(root, errors: errors).description()
        try errors.throwIfAny()
        return description
    }

    private init(_ root: DocumentValue, errors: ErrorCollector) {
        reader = MappingReader(root, keys: Self.keys, errors: errors)
        isComplete = errors.errors.isEmpty
        self.errors = errors
    }

    /// The description, with something plausible where an error has been noted.
    private func description() -> DatasetDescription {
        _ = read("sandtable") { value throws(InputError) in
            guard (try? value.integer(in: 1...1)) != nil else {
                throw value.error(expected: "1, the version of the format")
            }
        }
        let name = read("name") { value throws(InputError) in try value.text() }
        let origin = read("origin") { value throws(InputError) in try value.text() }
        let licence = read("licence") { value throws(InputError) in try value.text() }
        let currency = read("currency") { value throws(InputError) in try value.text() }
        let local = read("time_zone") { value throws(InputError) in
            try LocalTime(timeZone: value.text(), at: value.location)
        }
        let span = horizon(local)
        let basis = read("promise_by") { value throws(InputError) in
            try value.word("promise basis", of: DatasetDescription.PromiseBasis.self)
        }
        let coordinates = read("coordinates") { value throws(InputError) in
            try value.word("kind of coordinates", of: CoordinateSystem.self)
        }
        let description = DatasetDescription(
            name: name ?? "", origin: origin ?? "", licence: licence ?? "", currency: currency ?? "",
            timeZone: (try? reader.value["time_zone"]?.text()) ?? "", start: span?.start ?? 0, end: span?.length ?? 1,
            promiseBy: basis ?? .day, coordinates: coordinates ?? .geographic, files: files())
        if errors.errors.isEmpty, let problem = DatasetRules.problem(in: description) {
            errors.add(
                InputError(
                    at: reader.value[problem.column == "start" ? "start" : "end"]?.location,
                    found: "a horizon of \((description.end / 86_400).shortText) days",
                    expected: "at most 36525 days"))
        }
        return description
    }

    /// What `body` makes of a key's value, nil where it is missing or wrong.
    private func read<Value>(_ key: String, _ body: (DocumentValue) throws(InputError) -> Value) -> Value? {
        if isComplete { _ = reader.required(key, expected: "the keys \(Self.keys.dropLast().joined(separator: ", "))") }
        return reader.read(key, body)
    }

    /// Start (seconds since 1970) and length (seconds) of the horizon; nil where an error has been noted.
    private func horizon(_ local: LocalTime?) -> (start: Double, length: Double)? {
        let start = read("start") { value throws(InputError) in try instant(value, local) } ?? nil
        let end = read("end") { value throws(InputError) in try instant(value, local) } ?? nil
        guard let local, let start, let end else { return nil }
        if local.wallClock(at: start).truncatingRemainder(dividingBy: 3600) != 0 {
            errors.add(
                InputError(
                    at: reader.value["start"]?.location, found: "a start within an hour",
                    expected: "a full local hour"))
        }
        if end <= start {
            errors.add(
                InputError(
                    at: reader.value["end"]?.location, found: "an end that is not after the start",
                    expected: "a later instant"))
        }
        return (start, end - start)
    }

    /// A local time or one with an offset, in seconds since 1970; nil where the time zone is not known.
    private func instant(_ value: DocumentValue, _ local: LocalTime?) throws(InputError) -> Double? {
        let text = try value.text()
        guard let local else { return nil }
        var parser = InstantParser(localTime: local, start: 0)
        // A plain number would be seconds from the start, which is what is being defined.
        guard Double(text) == nil, let seconds = parser.seconds(text) else {
            throw value.error(expected: "a time such as 2026-01-12T00:00:00")
        }
        return seconds
    }

    /// The facts of files, as far as stated.
    private func files() -> [String: DatasetDescription.FileFacts] {
        guard let value = reader.optional("files") else { return [:] }
        guard value.isMapping else {
            errors.add(value.error(expected: "files such as 'nodes.csv: {rows: 2, sha256: 0f3a...}'"))
            return [:]
        }
        var result: [String: DatasetDescription.FileFacts] = [:]
        for entry in value.entries {
            let facts = MappingReader(entry.value, keys: ["rows", "sha256"], errors: errors)
            _ = facts.required("rows", expected: "{rows: ..., sha256: ...}")
            _ = facts.required("sha256", expected: "{rows: ..., sha256: ...}")
            let rows = facts.integer("rows", in: 0...Int.max, default: 0)
            result[entry.key] = DatasetDescription.FileFacts(rows: rows, sha256: facts.text("sha256") ?? "")
        }
        return result
    }
}
