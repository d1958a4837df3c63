import Domain
import Foundation

/// A value as JSON for people and programs: keys sorted, two blanks a level, a line feed at the end.
///
/// - Throws: `OperationError` for a number that JSON cannot hold.
func jsonText(_ value: some Encodable) throws(OperationError) -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    do {
        return String(decoding: try encoder.encode(value), as: UTF8.self) + "\n"
    } catch {
        throw OperationError("cannot write JSON: \(error)")
    }
}
