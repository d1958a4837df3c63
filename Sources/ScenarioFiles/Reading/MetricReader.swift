import Documents
import Domain
import Metrics
import Replay

/// Reads `metrics`: the scenario's own ratios.
struct MetricReader {
    let context: ReadingContext

    /// The own ratios by key; the order of keys in the file means nothing.
    func ratios(_ root: MappingReader) -> [MadeMember<any Metric>] {
        guard let value = root.optional("metrics") else { return [] }
        guard value.isMapping else {
            context.errors.add(value.error(expected: "keys and values, 'key: {numerator, denominator}'"))
            return []
        }
        return value.entries.sorted { $0.key < $1.key }.compactMap { entry in ratio(entry, in: value) }
    }

    /// One ratio: the catalogue's `ratio`, whose parameter `key` is the key it stands under.
    private func ratio(_ entry: DocumentEntry, in mapping: DocumentValue) -> MadeMember<any Metric>? {
        let isWord = entry.key.unicodeScalars.allSatisfy { scalar in
            ("a"..."z").contains(scalar) || ("0"..."9").contains(scalar) || scalar == "_"
        }
        guard isWord, entry.key.first?.isLetter == true else {
            context.errors.add(
                InputError(
                    at: entry.location, found: "the key '\(entry.key)' of a metric",
                    expected: "a letter, then letters, digits and '_', in lower case"))
            return nil
        }
        guard entry.value.isMapping else {
            context.errors.add(entry.value.error(expected: "'numerator' and 'denominator'"))
            return nil
        }
        if let own = entry.value.entries.first(where: { $0.key == "key" }) {
            let known = ["numerator", "denominator", "unit", "direction"]
            context.errors.add(MappingReader.unknownKey(own, in: entry.value, among: known))
            return nil
        }
        let reader = context.reader(entry.value, keys: entry.value.entries.map(\.key))
        for part in ["numerator", "denominator"] {
            if reader.required(part, expected: "a fact or metric, or a list of them") == nil { return nil }
        }
        let key = DocumentValue(
            .scalar(text: entry.key, isQuoted: true), at: entry.location, path: entry.value.path(of: "key"))
        var parameters = entry.value
        parameters.content = .mapping(
            [DocumentEntry(key: "key", at: entry.location, value: key)] + entry.value.entries)
        let use = MemberUse(name: "ratio", location: entry.location, value: parameters, entry: mapping)
        return context.make(use, in: Catalogues.metrics)
    }
}
