import Domain
import Yams

extension DocumentValue {
    /// The most values a document may hold once its aliases are written out: far above any real file, far below what
    /// would fill the memory.
    static let maximumValueCount = 200_000
    /// The deepest nesting of a document.
    static let maximumDepth = 100
    /// The longest text, in bytes.
    static let maximumByteCount = 16_000_000

    /// The root of a document; ``Content/nothing`` where the text holds comments and blanks only.
    ///
    /// - Throws: ``InputError`` with the position for text that is not YAML, has a key twice, a key that is no plain
    ///   word, a tag (`!!...`), more than one document, or is larger than any such file has reason to be.
    public init(parsing text: String, file: String) throws(InputError) {
        let whole = SourceLocation(file: file)
        guard text.utf8.count <= Self.maximumByteCount else {
            throw InputError(at: whole, found: "a file above 16 MB", expected: "a YAML file written by a person")
        }
        let composed: Yams.Node?
        do {
            composed = try Yams.Parser(yaml: text).singleRoot()
        } catch {
            throw InputError(yamlError: error, file: file)
        }
        guard let composed else {
            self.init(.nothing, at: whole, path: "")
            return
        }
        var converter = TreeConverter(file: file)
        self = try converter.value(of: composed, path: "", depth: 0)
    }
}

/// Turns Yams' tree into ours, within bounds.
private struct TreeConverter {
    let file: String
    /// Values made so far.
    var count = 0

    init(file: String) {
        self.file = file
    }

    mutating func value(of node: Yams.Node, path: String, depth: Int) throws(InputError) -> DocumentValue {
        count += 1
        let location = SourceLocation(file: file, line: node.mark?.line, column: node.mark?.column)
        guard count <= DocumentValue.maximumValueCount, depth <= DocumentValue.maximumDepth else {
            throw InputError(
                at: location, found: "nesting or aliases without end", expected: "a document written by a person")
        }
        switch node {
        case .scalar(let scalar):
            return DocumentValue(try content(of: scalar, at: location), at: location, path: path)
        case .sequence(let sequence):
            var elements: [DocumentValue] = []
            for (index, element) in sequence.enumerated() {
                elements.append(try value(of: element, path: "\(path)[\(index)]", depth: depth + 1))
            }
            return DocumentValue(.list(elements), at: location, path: path)
        case .mapping(let mapping):
            var entries: [DocumentEntry] = []
            var seen: Set<String> = []
            for (key, node) in mapping {
                let entry = try entry(key: key, node: node, path: path, depth: depth)
                // Yams tells `1` from `"1"`; to us both are the same word.
                guard seen.insert(entry.key).inserted else {
                    throw InputError(
                        at: entry.location, found: "the key '\(entry.key)' more than once", expected: "each key once")
                }
                entries.append(entry)
            }
            return DocumentValue(.mapping(entries), at: location, path: path)
        case .alias:
            throw InputError(at: location, found: "an alias", expected: "a value")
        }
    }

    private mutating func entry(
        key: Yams.Node, node: Yams.Node, path: String, depth: Int
    ) throws(InputError) -> DocumentEntry {
        let location = SourceLocation(file: file, line: key.mark?.line, column: key.mark?.column)
        guard case .scalar(let scalar) = key, !scalar.string.isEmpty else {
            throw InputError(at: location, found: "a key that is no word", expected: "'key: value'")
        }
        let word = scalar.string
        let valuePath = path.isEmpty ? word : "\(path).\(word)"
        return DocumentEntry(
            key: word, at: location, value: try value(of: node, path: valuePath, depth: depth + 1))
    }

    private func content(
        of scalar: Yams.Node.Scalar, at location: SourceLocation
    ) throws(InputError) -> DocumentValue.Content {
        switch scalar.style {
        case .any, .plain:
            guard scalar.tag.description.isEmpty else {
                throw InputError(
                    at: location, found: "the YAML tag of '\(scalar.string)'", expected: "a value without a tag")
            }
            let isNothing = ["", "~", "null"].contains(scalar.string)
            return isNothing ? .nothing : .scalar(text: scalar.string, isQuoted: false)
        case .singleQuoted, .doubleQuoted, .literal, .folded:
            return .scalar(text: scalar.string, isQuoted: true)
        }
    }
}

extension InputError {
    /// What Yams says, in the product's form.
    fileprivate init(yamlError: any Error, file: String) {
        func place(_ mark: Mark) -> SourceLocation {
            SourceLocation(file: file, line: mark.line, column: mark.column)
        }
        switch yamlError {
        case YamlError.scanner(let context, let problem, let mark, _),
            YamlError.parser(let context, let problem, let mark, _),
            YamlError.composer(let context, let problem, let mark, _):
            self.init(at: place(mark), yamlProblem: problem, context: context?.text)
        case YamlError.reader(let problem, let offset, _, let text):
            self.init(at: Self.place(ofCharacter: offset, in: text, file: file), yamlProblem: problem, context: nil)
        case YamlError.duplicatedKeysInMapping(let duplicates, let context):
            self.init(
                at: place(context.mark), found: "the key '\(duplicates.first ?? "")' more than once",
                expected: "each key once")
        case YamlError.memory:
            self.init(at: SourceLocation(file: file), found: "nesting without end", expected: "valid YAML")
        default:
            self.init(at: SourceLocation(file: file), found: "text that cannot be read", expected: "valid YAML")
        }
    }

    /// libyaml's own words in brackets: `while parsing a block mapping did not find expected key`.
    private init(at location: SourceLocation, yamlProblem problem: String, context: String?) {
        let words = [context, problem].compactMap { $0 }.joined(separator: " ")
        self.init(at: location, found: "broken YAML (\(words))", expected: "valid YAML")
    }

    /// The line and column of a character of a text.
    private static func place(ofCharacter offset: Int?, in text: String, file: String) -> SourceLocation {
        guard let offset else { return SourceLocation(file: file) }
        let before = text.prefix(offset)
        let line = before.count(where: \.isNewline) + 1
        let column = before.reversed().prefix { !$0.isNewline }.count + 1
        return SourceLocation(file: file, line: line, column: column)
    }
}
