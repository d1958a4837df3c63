import Domain
import Storage
import Testing

/// Calls `body` with a fresh folder that is removed afterwards.
func withTemporaryFolder<Result>(
    _ name: String = #function, _ body: (String) throws -> Result
) throws -> Result {
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
    }
}
