import Domain
import Storage

/// What a sample of a column's values looks like.
struct ColumnProfile {
    /// Records looked at: enough to tell a number from a code, few enough to be quick.
    static let sampleSize = 1000

    /// The header as written.
    let header: String
    /// The header in the form of ``HeaderSynonyms``, without a unit.
    let word: String
    /// The unit at the header's end.
    let unit: MeasurementUnit?
    /// First value that is not blank.
    let example: String
    /// Whether a value stands in more than one record of the sample.
    let hasRepeats: Bool
    /// Whether every value is a number with a decimal point or none.
    let isNumber: Bool
    /// Whether every value is a number with a decimal comma, and some has one.
    let isCommaNumber: Bool
    /// Date patterns that every value follows; several where the values do not tell, as 3/4/2026.
    let patterns: [TimestampPattern]

    /// Patterns that are tried, the commoner first.
    private static let candidates: [TimestampPattern] = {
        let texts = [
            "%Y/%m/%d[ %H:%M[:%S]]", "%m/%d/%Y[ %H:%M[:%S]]", "%d/%m/%Y[ %H:%M[:%S]]", "%m/%d/%y[ %H:%M[:%S]]",
            "%d/%m/%y[ %H:%M[:%S]]", "%m/%d/%Y %I:%M[:%S] %p", "%m/%d/%y %I:%M[:%S] %p", "%d.%m.%Y[ %H:%M[:%S]]",
            "%d.%m.%y",
            "%d-%m-%Y[ %H:%M[:%S]]", "%d-%b-%Y[ %H:%M[:%S]]", "%d-%b-%y", "%d %b %Y", "%b %d, %Y", "%Y%m%d",
        ]
        return [.standard] + texts.compactMap { try? TimestampPattern($0) }
    }()

    /// The profile of a column.
    init(_ table: SourceTable, column: Int) {
        header = table.columns[column]
        let (word, unit) = HeaderSynonyms.splitUnit(HeaderSynonyms.normalised(header))
        self.word = word
        self.unit = unit
        var values: [String] = []
        var distinct: Set<String> = []
        var repeats = false
        for row in 0..<min(table.count, ColumnProfile.sampleSize) {
            let value = table.text(row, column)
            if value.isEmpty { continue }
            repeats = !distinct.insert(value).inserted || repeats
            values.append(value)
        }
        example = values.first ?? ""
        hasRepeats = repeats
        let isFilled = !values.isEmpty
        isNumber = isFilled && values.allSatisfy { ColumnProfile.isNumber($0) }
        isCommaNumber =
            isFilled && !isNumber && values.contains { $0.contains(",") }
            && values.allSatisfy {
                !$0.contains(".") && ColumnProfile.isNumber(String($0.map { $0 == "," ? "." : $0 }))
            }
        patterns =
            isFilled
            ? ColumnProfile.candidates.filter { pattern in values.allSatisfy { pattern.parse($0) != nil } } : []
    }

    private static func isNumber(_ text: String) -> Bool { NumberParsing.double(Array(text.utf8).span) != nil }
}
