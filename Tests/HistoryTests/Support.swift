import Domain
import History
import Storage
import Testing

/// Calls `body` with the path of a folder that is removed afterwards; the folder itself exists.
func withTemporaryFolder<Result>(_ body: (String) throws -> Result) throws -> Result {
    let folder = "/tmp/sandtable-tests-\(UInt64.random(in: 0 ..< .max))"
    try FileSystem.createFolder(folder)
    defer { try? FileSystem.remove(folder) }
    return try body(folder)
}

/// The message of the input error that `body` throws, or nil.
func inputError(_ body: () throws -> Void) throws -> String? {
    do {
        try body()
        return nil
    } catch let error as InputError {
        return error.description
    } catch let error as InputErrors {
        return error.description
    }
}

/// A description of a week in the plane.
func description(timeZone: String = "UTC", start: Double = 1_768_176_000, days: Double = 7) -> DatasetDescription {
    DatasetDescription(
        name: "test", origin: "drawn by hand", licence: "CC0-1.0", currency: "EUR", timeZone: timeZone, start: start,
        end: days * 86_400, promiseBy: .instant, coordinates: .plane)
}
