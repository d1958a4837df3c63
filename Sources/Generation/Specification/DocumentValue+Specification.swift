import Documents
import Domain

/// What spec files need beyond plain scalars.
extension DocumentValue {
    /// An id: letters, digits and `- _ .`, so that it can stand in a list, a path and a rule.
    func identifier(notIn known: [String] = []) throws(InputError) -> String {
        let text = try text()
        let isPlain = text.unicodeScalars.allSatisfy { scalar in
            scalar.properties.isAlphabetic || ("0"..."9").contains(scalar) || "-_.".unicodeScalars.contains(scalar)
        }
        guard isPlain else { throw error(expected: "an id of letters, digits, '-', '_' and '.'") }
        guard !known.contains(text) else { throw error(expected: "an id that is not used yet") }
        return text
    }

    /// A number in a closed range; bounds from 1e12 on count as none.
    func number(in range: ClosedRange<Double>) throws(InputError) -> Double {
        try number(
            in: NumberRange(
                lower: range.lowerBound <= -1e12 ? -.infinity : range.lowerBound,
                upper: range.upperBound >= 1e12 ? .infinity : range.upperBound))
    }

    /// A local time of day `HH:MM`, `00:00` to `24:00`, in minutes after midnight.
    func minuteOfDay() throws(InputError) -> Int {
        let parts = try text().split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count == 2, parts.allSatisfy({ $0.utf8.count == 2 }), let hour = Int(parts[0]),
            let minute = Int(parts[1]), (0...24).contains(hour), (0..<60).contains(minute), hour * 60 + minute <= 1440
        else { throw error(expected: "a local time HH:MM") }
        return hour * 60 + minute
    }

    /// The texts of a list.
    func texts() throws(InputError) -> [String] {
        var result: [String] = []
        for entry in try list() { result.append(try entry.text()) }
        return result
    }

    /// Tags: texts without the `;` that separates them in a table.
    func tags() throws(InputError) -> [String] {
        var result: [String] = []
        for entry in try list() { result.append(try entry.identifier()) }
        return result
    }

    /// The texts of a list, each one of those known.
    func words(_ kind: String, among known: [String]) throws(InputError) -> [String] {
        var result: [String] = []
        for entry in try list() { result.append(try entry.word(kind, among: known)) }
        return result
    }

    /// A list of numbers in a range, of a stated length where there is one.
    func numbers(in range: ClosedRange<Double>, count: Int? = nil) throws(InputError) -> [Double] {
        let entries = try list()
        if let count, entries.count != count {
            throw InputError(
                at: location, found: "\(entries.count) entries for \(path)", expected: "\(count) entries")
        }
        var result: [Double] = []
        for entry in entries { result.append(try entry.number(in: range)) }
        return result
    }

    /// Relative weights: a list of numbers of at least 0 that do not all vanish, scaled to sum 1 in list order.
    func shares(count: Int? = nil) throws(InputError) -> [Double] {
        let weights = try numbers(in: 0...1e9, count: count)
        let sum = weights.reduce(0, +)
        guard sum > 0 else { throw error(expected: "at least one entry above 0") }
        return weights.map { $0 / sum }
    }

    /// Numbers in a range by word, in file order; each word one of those known where they are given.
    func numbersByWord(
        in range: ClosedRange<Double>, of kind: String, among known: [String]? = nil
    ) throws(InputError) -> [(word: String, value: Double)] {
        var result: [(word: String, value: Double)] = []
        for entry in try keysAndValues() {
            let word =
                if let known { try entry.keyValue.word(kind, among: known) } else { try entry.identifier() }
            result.append((word, try entry.value.number(in: range)))
        }
        return result
    }

    /// Values by word, in file order; each word one of those known.
    func wordsByWord(
        _ kind: String, among known: [String]
    ) throws(InputError) -> [(word: String, value: DocumentValue)] {
        var result: [(word: String, value: DocumentValue)] = []
        for entry in try keysAndValues() {
            result.append((try entry.keyValue.word(kind, among: known), entry.value))
        }
        return result
    }

    /// The entries of a mapping whose keys are the user's own words, in file order.
    func keysAndValues() throws(InputError) -> [DocumentEntry] {
        guard isMapping else { throw error(expected: "keys and values") }
        return entries
    }

    /// This value as a mapping that may have these keys and no others.
    ///
    /// - Throws: ``InputError`` for another type, and for an unknown key, naming the nearest right one.
    func mapping(keys: [String]) throws(InputError) -> SpecificationMapping {
        guard isMapping else { throw error(expected: "keys and values") }
        for entry in entries where !keys.contains(entry.key) {
            throw MappingReader.unknownKey(entry, in: self, among: keys)
        }
        return SpecificationMapping(self)
    }
}

extension DocumentEntry {
    /// The key as a value, for what values can be asked.
    var keyValue: DocumentValue { DocumentValue(.scalar(text: key, isQuoted: false), at: location, path: "") }

    /// The key as an id.
    func identifier(notIn known: [String] = []) throws(InputError) -> String {
        try keyValue.identifier(notIn: known)
    }
}
