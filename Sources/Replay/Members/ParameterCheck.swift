import Domain
import History

/// The check of one parameter's value against its kind; gathers the indices of what references name.
struct ParameterCheck {
    /// What the value is for, in messages.
    let name: String
    /// Where references are looked up.
    let dataset: Dataset
    /// Indices of the references met, in order.
    private(set) var indices: [Int] = []

    /// A check of nothing yet.
    init(name: String, dataset: Dataset) {
        self.name = name
        self.dataset = dataset
    }

    /// Throws where a value is not of a kind.
    mutating func check(_ value: ParameterValue, kind: ParameterKind) throws(InputError) {
        switch (kind, value.content) {
        case (.number(let range), .number(let number)):
            if !range.contains(number) { throw mismatch(value, kind) }
        case (.integer(let range), .number(let number)):
            if !range.contains(number) || number != number.rounded() { throw mismatch(value, kind) }
        case (.instant, .number(let number)):
            if !number.isFinite { throw mismatch(value, kind) }
        case (.text, .text), (.path, .text), (.flag, .flag):
            break
        case (.word(let words), .text(let word)):
            if !words.contains(word) {
                throw InputError(at: value.location, unknown: name, word: word, among: words)
            }
        case (.reference(let reference), .text(let word)):
            try look(up: word, reference, at: value.location)
        case (.list(let element), .list(let values)):
            for value in values { try check(value, kind: element) }
        case (.record(let declared), .record(let fields)):
            _ = try MemberParameters(
                of: name, given: fields, declared: declared, dataset: dataset, at: value.location)
        default:
            throw mismatch(value, kind)
        }
    }

    /// Finds what a reference names.
    private mutating func look(
        up word: String, _ reference: DatasetReference, at location: SourceLocation?
    ) throws(InputError) {
        let words = reference.words(in: dataset)
        guard let index = words.firstIndex(of: word) else {
            // A dataset may have thousands of ids: the nearest is of use, all are not.
            throw InputError(
                at: location, found: "unknown \(reference.rawValue) '\(word)' for \(name)",
                expected: "one of the dataset's \(words.count)", suggestion: nearestWord(to: word, among: words))
        }
        indices.append(index)
    }

    /// The error for a value that is not of a kind.
    private func mismatch(_ value: ParameterValue, _ kind: ParameterKind) -> InputError {
        InputError(at: value.location, found: "\(value.text) for \(name)", expected: kind.expectation)
    }
}
