import Domain
import Storage

/// Calls `body` with the path of a fresh folder that is removed afterwards.
public func withTemporaryFolder<Result>(_ body: (String) throws -> Result) throws -> Result {
    let folder = "/tmp/sandtable-tests-\(UInt64.random(in: 0 ..< .max))"
    try FileSystem.createFolder(folder)
    defer { try? FileSystem.remove(folder) }
    return try body(folder)
}

/// The message of the error about input that `body` throws, one line an error; nil where it throws none.
public func inputError(_ body: () throws -> Void) throws -> String? {
    do {
        try body()
        return nil
    } catch let error as InputError {
        return error.description
    } catch let error as InputErrors {
        return error.description
    }
}
