import Domain
import Foundation
import Storage

/// Where compiled datasets are kept: `<folder>/.sandtable-cache`, or, where that cannot be written,
/// `$XDG_CACHE_HOME/sandtable` or `~/.cache/sandtable`.
///
/// In it: `<key>.columns`, one archive of all tables, and `files`, which remembers the hashes of unchanged files. Both
/// are written atomically, so that any number of processes may build at once: the last rename stays, and all have the
/// same content.
struct DatasetCache {
    /// What to do about the cache.
    enum Place: Equatable {
        /// Use this folder.
        case folder(String)
        /// No folder can be written, for this reason.
        case none(reason: String)
    }

    let folder: DatasetFolder
    private let candidates: [String]

    /// The cache of a dataset folder; `root` replaces all usual places.
    init(_ folder: DatasetFolder, root: String? = nil) {
        self.folder = folder
        candidates = root.map { [$0] } ?? Self.usualPlaces(for: folder.path)
    }

    /// The folders to try, the best first.
    private static func usualPlaces(for path: String) -> [String] {
        var places = [path + "/.sandtable-cache"]
        let environment = ProcessInfo.processInfo.environment
        let absolute = URL(fileURLWithPath: path).resolvingSymlinksInPath().path
        let name = String(SHA256.hash(of: Array(absolute.utf8)).prefix(16))
        if let root = environment["XDG_CACHE_HOME"], root.hasPrefix("/") {
            places.append("\(root)/sandtable/\(name)")
        } else if let home = environment["HOME"], home.hasPrefix("/") {
            places.append("\(home)/.cache/sandtable/\(name)")
        }
        return places
    }

    /// The hashes remembered in any of the places.
    func rememberedFiles() -> FileMemory {
        for place in candidates where FileSystem.exists(place + "/files") { return FileMemory(path: place + "/files") }
        return FileMemory()
    }

    /// Whether there is a compiled dataset, of whatever content.
    var mayHoldCompiled: Bool {
        candidates.contains { place in
            let names = try? FileSystem.names(in: place)
            return names?.contains { $0.hasSuffix(".columns") } ?? false
        }
    }

    /// The compiled dataset of a key, or nil where there is none that can be read.
    func load(key: String) -> Dataset? {
        for place in candidates where FileSystem.exists(path(place, key)) {
            // An archive that cannot be read (cut off, of another version) is built anew.
            if let dataset = try? Dataset(columns: path(place, key)) { return dataset }
        }
        return nil
    }

    /// Writes a compiled dataset where it can and remembers the files' hashes; other versions of it are removed.
    func save(_ dataset: Dataset, key: String, hashes: [String: String]) -> Place {
        var reason = "no folder to keep it in"
        for place in candidates {
            do {
                try FileSystem.createFolder(place)
                try dataset.writeColumns(to: path(place, key))
                remember(hashes, in: place)
                removeOthers(than: key, in: place)
                return .folder(place)
            } catch {
                reason = "\(error)"
            }
        }
        return .none(reason: reason)
    }

    /// Remembers the files' hashes in the first place that can be written.
    ///
    /// `isSettled` where the files were just written by this process, so that nobody can have changed them since.
    func remember(_ hashes: [String: String], isSettled: Bool = false) {
        for place in candidates {
            do {
                try FileSystem.createFolder(place)
                remember(hashes, in: place, isSettled: isSettled)
                return
            } catch {
                // The next place may do; without any, the files are read again each time.
                continue
            }
        }
    }

    /// Remembers the files' hashes beside a compiled dataset, where there is one.
    func remember(_ hashes: [String: String], key: String) {
        for place in candidates where FileSystem.exists(path(place, key)) { remember(hashes, in: place) }
    }

    private func remember(_ hashes: [String: String], in place: String, isSettled: Bool = false) {
        let now = isSettled ? Int.max : Int(Date().timeIntervalSince1970 * 1e9)
        // Without it the next opening hashes the files again, and nothing else changes.
        try? AtomicFile.write(FileMemory.text(of: folder, hashes: hashes, now: now), to: place + "/files")
    }

    /// Removes compiled versions of what the folder held before; who has one mapped keeps it.
    private func removeOthers(than key: String, in place: String) {
        guard let names = try? FileSystem.names(in: place) else { return }
        for name in names where name.hasSuffix(".columns") && !name.hasPrefix(".") && name != key + ".columns" {
            try? FileSystem.remove(place + "/" + name)
        }
    }

    private func path(_ place: String, _ key: String) -> String { "\(place)/\(key).columns" }
}
