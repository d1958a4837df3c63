import Domain
import Foundation

/// How results are written as JSON: keys in snake_case and sorted, two blanks a level, so that the same result has the
/// same bytes; numbers in the shortest form that reads back to the same bits.
public enum ResultCoding {
    /// The text of a value, with a line feed at its end.
    public static func json(_ value: some Encodable) throws(OperationError) -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        encoder.keyEncodingStrategy = .convertToSnakeCase
        do {
            return String(decoding: try encoder.encode(value), as: UTF8.self) + "\n"
        } catch {
            throw OperationError("cannot write a result as JSON: \(error)")
        }
    }

    /// The value of a text.
    ///
    /// - Throws: ``InputError`` naming the file where the text is something else.
    public static func value<Value: Decodable>(
        _ type: Value.Type, json bytes: [UInt8], file: String
    ) throws(InputError) -> Value {
        let decoder = JSONDecoder()
        decoder.keyDecodingStrategy = .convertFromSnakeCase
        do {
            return try decoder.decode(type, from: Data(bytes))
        } catch {
            throw InputError(
                at: SourceLocation(file: file), found: "a file that is not as this version writes it",
                expected: "an unchanged file of a run")
        }
    }
}
