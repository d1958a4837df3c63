import Dispatch
import Domain
import Synchronization

/// The hashes of a folder's tables, computed on another core while the tables are read.
final class HashesAhead: Sendable {
    private let result = Mutex<Result<[String: String], InputError>?>(nil)
    private let work = DispatchGroup()

    /// Starts to hash; files that are as remembered are not read.
    init(_ folder: DatasetFolder, remembered: FileMemory) {
        DispatchQueue.global().async(group: work) {
            let hashes: Result<[String: String], InputError>
            do throws(InputError) {
                hashes = .success(try folder.hashes(remembered: remembered))
            } catch {
                hashes = .failure(error)
            }
            self.result.withLock { $0 = hashes }
        }
    }

    /// Waits for the hashes.
    ///
    /// - Throws: `InputError` when a file could not be read.
    func get() throws(InputError) -> [String: String] {
        work.wait()
        guard let hashes = result.withLock({ $0 }) else { preconditionFailure("hashing has ended") }
        return try hashes.get()
    }
}
