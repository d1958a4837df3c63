import Documents
import Domain
import History
import Replay
import Storage

/// A scenario file as read: syntax and places, nothing checked against a dataset yet.
///
/// Reading has two phases, because most of a scenario can be checked only against its dataset:
/// ```swift
/// let document = try ScenarioDocument.read("Scenarios/yangtze-delta.yaml").applying(options)
/// let dataset = ...  // at document.datasetPath()
/// let scenario = try document.resolve(dataset: dataset)
/// ```
public struct ScenarioDocument: Sendable {
    /// The file as the user named it.
    public let path: String
    /// The comment head, without the marks.
    public let head: String
    /// Where its paths start from.
    let files: RelativePaths
    /// The tree, with overrides applied.
    let root: DocumentValue
    /// `--strategies`.
    private(set) var selectedStrategies: [String]?

    /// The longest scenario file, in bytes.
    private static let maximumByteCount = 4_000_000

    /// Reads a file.
    ///
    /// - Throws: ``InputErrors`` for a file that is missing, a folder, no UTF-8 text, no YAML or empty.
    public static func read(_ path: String) throws(InputErrors) -> ScenarioDocument {
        let place = SourceLocation(file: path)
        let expected = "a scenario file"
        guard let facts = FileSystem.facts(path) else {
            throw InputErrors(InputError(at: place, found: "no such file", expected: expected))
        }
        guard !facts.isFolder else {
            throw InputErrors(InputError(at: place, found: "a folder", expected: expected))
        }
        guard facts.size <= maximumByteCount else {
            throw InputErrors(
                InputError(at: place, found: "\(facts.size) bytes", expected: "a scenario file below 4 MB"))
        }
        let bytes: [UInt8]
        do {
            bytes = try FileSystem.read(path)
        } catch {
            throw InputErrors(InputError(at: place, found: error.description, expected: "a file that can be read"))
        }
        guard let text = String(validating: bytes, as: UTF8.self) else {
            throw InputErrors(InputError(at: place, found: "bytes that are no UTF-8 text", expected: expected))
        }
        return try ScenarioDocument(text: text, path: path)
    }

    /// A document from its text; `path` is what messages call it, and the paths in it start from its folder or, if it
    /// is a copy, from that of the `original`.
    ///
    /// - Throws: ``InputErrors`` for what is no YAML, empty, or no mapping.
    public init(text: String, path: String, original: String? = nil) throws(InputErrors) {
        self.path = path
        files = RelativePaths(folder: FileSystem.parent(of: original ?? path))
        head = Self.head(of: text)
        do {
            root = try DocumentValue(parsing: text, file: path)
        } catch {
            throw InputErrors(error)
        }
        if root.isNothing {
            throw InputErrors(
                InputError(at: SourceLocation(file: path), found: "an empty file", expected: "a scenario"))
        }
        guard root.isMapping else {
            throw InputErrors(root.error(expected: "a scenario: keys and values"))
        }
    }

    private init(_ other: ScenarioDocument, root: DocumentValue, selectedStrategies: [String]?) {
        path = other.path
        files = other.files
        head = other.head
        self.root = root
        self.selectedStrategies = selectedStrategies
    }

    /// The document as the command line changes it.
    ///
    /// - Throws: ``InputErrors`` for a `--set` that is malformed or names a list entry there is not.
    public func applying(_ options: ScenarioOptions) throws(InputErrors) -> ScenarioDocument {
        let changed = try root.applying(try options.documentOverrides())
        return ScenarioDocument(
            self, root: changed, selectedStrategies: options.strategies ?? selectedStrategies)
    }

    /// The dataset's folder, seen from the working directory.
    ///
    /// The path in a file starts from the file's folder, one given by `--set dataset=` from the working directory.
    /// - Throws: ``InputErrors`` where the scenario names none.
    public func datasetPath() throws(InputErrors) -> String {
        let errors = ErrorCollector()
        let path = datasetPath(MappingReader(root, keys: root.entries.map(\.key), errors: errors))
        try errors.throwIfAny()
        return path
    }

    /// The dataset's folder; blank, with the error noted, where the scenario names none.
    func datasetPath(_ root: MappingReader) -> String {
        guard let value = root.required("dataset", expected: "the folder of a dataset"),
            let written = root.errors.collect({ () throws(InputError) in try value.text() })
        else { return "" }
        return files.path(of: value, written: written)
    }

    /// The comment lines at the top, up to the first that is none.
    private static func head(of text: String) -> String {
        var lines: [Substring] = []
        for line in text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline) {
            let trimmed = line.drop { $0.isWhitespace }
            guard trimmed.hasPrefix("#") else { break }
            let words = trimmed.drop { $0 == "#" }
            lines.append(words.hasPrefix(" ") ? words.dropFirst() : words)
        }
        return lines.joined(separator: "\n")
    }
}
