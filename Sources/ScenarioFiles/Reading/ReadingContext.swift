import Documents
import Domain
import History
import Replay

/// What all readers of a scenario share: the dataset, and where errors go.
struct ReadingContext {
    /// What names and instants refer to.
    let dataset: Dataset
    /// Where paths start from.
    let files: RelativePaths
    /// Where errors go.
    let errors: ErrorCollector

    /// A reader of a mapping with these keys.
    func reader(_ value: DocumentValue, keys: [String]) -> MappingReader {
        MappingReader(value, keys: keys, errors: errors)
    }

    /// An instant in seconds from the dataset's start: local time, a time with an offset, or seconds.
    func instant(_ value: DocumentValue) throws(InputError) -> Double {
        if case .scalar(let text, _) = value.content {
            var parser = InstantParser(
                localTime: try LocalTime(timeZone: dataset.description.timeZone), start: dataset.description.start)
            if let seconds = parser.seconds(text), seconds.isFinite { return seconds }
        }
        throw value.error(expected: InstantParser.expectation)
    }

    /// An instant as a person writes it, in the dataset's local time.
    func text(ofInstant seconds: Double) -> String {
        let local = errors.collect { () throws(InputError) in try LocalTime(timeZone: dataset.description.timeZone) }
        return local?.text(of: dataset.description.start + seconds) ?? plainNumber(seconds)
    }

    /// A word of the dataset by its place in `words`; throws where there is none, naming the nearest.
    func index(_ value: DocumentValue, of reference: DatasetReference) throws(InputError) -> Int {
        let words = reference.words(in: dataset)
        let text = try value.text()
        guard let index = words.firstIndex(of: text) else {
            throw unknownReference(value, word: text, reference, among: words)
        }
        return index
    }

    /// The error for a word that the dataset does not have: a dataset may have thousands, so the nearest only.
    func unknownReference(
        _ value: DocumentValue, word: String, _ reference: DatasetReference, among words: [String]
    ) -> InputError {
        guard words.count > 20 else {
            return value.unknown(reference.rawValue, word: word, among: words.filter { !$0.isEmpty })
        }
        return InputError(
            at: value.location, found: "unknown \(reference.rawValue) '\(word)' for \(value.path)",
            expected: "one of the dataset's \(words.count)", suggestion: nearestWord(to: word, among: words))
    }
}
