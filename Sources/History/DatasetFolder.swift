import Domain
import Storage

/// The files of a dataset folder and their hashes.
struct DatasetFolder {
    /// The folder as the user named it.
    let path: String
    /// The bytes of `dataset.yaml`.
    let description: [UInt8]
    /// The file of each table there is.
    private let files: [DatasetTable: String]
    /// Whether all tables are one file of columns.
    let hasColumns: Bool

    /// The name of the file that holds a dataset as columns.
    static let columnsName = "dataset.columns"
    /// Its path.
    var columnsPath: String { path + "/" + Self.columnsName }

    /// Looks at a folder.
    ///
    /// - Throws: `InputError` when it is no folder, lacks `dataset.yaml`, or has a table twice.
    init(_ given: String) throws(InputError) {
        var path = given
        while path.count > 1, path.hasSuffix("/") { path.removeLast() }
        self.path = path
        guard let facts = FileSystem.facts(path) else {
            throw InputError(at: SourceLocation(file: path), found: "nothing", expected: "a dataset folder")
        }
        guard facts.isFolder else {
            throw InputError(at: SourceLocation(file: path), found: "a file", expected: "a dataset folder")
        }
        guard FileSystem.exists(path + "/dataset.yaml") else {
            throw InputError(
                at: SourceLocation(file: path), found: "no dataset.yaml", expected: "a folder with dataset.yaml")
        }
        description = try ByteSource(path: path + "/dataset.yaml").readAll()
        let names: Set<String>
        do {
            names = Set(try FileSystem.names(in: path))
        } catch {
            throw InputError(at: SourceLocation(file: path), found: "\(error)", expected: "a readable folder")
        }
        var files: [DatasetTable: String] = [:]
        for table in DatasetTable.allCases {
            let present = Compression.Format.allCases.map { table.name + ".csv" + $0.suffix }.filter(names.contains)
            if present.count > 1 {
                throw InputError(
                    at: SourceLocation(file: path), found: present.joined(separator: " and "),
                    expected: "one file for the table '\(table.name)'")
            }
            files[table] = present.first
        }
        self.files = files
        hasColumns = names.contains(Self.columnsName)
        if hasColumns, let table = files.values.min() {
            throw InputError(
                at: SourceLocation(file: path), found: "\(Self.columnsName) and \(table)",
                expected: "either the columns or the tables")
        }
    }

    /// The file of a table, if there is one.
    func file(of table: DatasetTable) -> String? { files[table] }

    /// The names of all table files, sorted.
    var fileNames: [String] { hasColumns ? [Self.columnsName] : files.values.sorted() }

    /// The SHA-256 of each table file.
    ///
    /// Files whose size, change time and inode are as in `remembered` are not read again.
    /// - Throws: `InputError` when a file cannot be read.
    func hashes(remembered: FileMemory) throws(InputError) -> [String: String] {
        var hashes: [String: String] = [:]
        for name in fileNames {
            let file = path + "/" + name
            if let facts = FileSystem.facts(file), let hash = remembered.hash(of: name, facts: facts) {
                hashes[name] = hash
                continue
            }
            do {
                hashes[name] = try SHA256.hash(ofFile: file)
            } catch {
                throw InputError(at: SourceLocation(file: file), found: "\(error)", expected: "a readable file")
            }
        }
        return hashes
    }

    /// Whether every table file is as remembered.
    func areAll(in remembered: FileMemory) -> Bool {
        fileNames.allSatisfy { name in
            FileSystem.facts(path + "/" + name).map { remembered.hash(of: name, facts: $0) != nil } ?? false
        }
    }

    /// What the cache file of this content is called: a hash of `dataset.yaml`, of all tables and of the format.
    func cacheKey(hashes: [String: String]) -> String {
        let hash = SHA256()
        hash.update("sandtable dataset cache")
        hash.update(UInt64(DatasetEncoder.formatVersion))
        hash.update(UInt64(description.count))
        hash.update(description)
        for name in fileNames {
            hash.update(name)
            hash.update(hashes[name] ?? "")
        }
        return String(hash.finish().prefix(32))
    }
}

/// Hashes of files remembered with what tells that a file has not changed since.
struct FileMemory {
    /// A file is only trusted if it was last changed this long before it was hashed: a change within the clock's
    /// granularity would leave the same time (what version control calls a racy file).
    static let settledNanoseconds = 2_000_000_000

    private struct Entry {
        var hash: String
        var facts: FileSystem.Facts
    }
    private var entries: [String: Entry] = [:]

    /// Nothing remembered.
    init() {}

    /// What a file of lines `hash size modified inode name` remembers; lines that do not fit are left out.
    init(path: String) {
        guard let bytes = try? FileSystem.read(path) else { return }
        for line in String(decoding: bytes, as: UTF8.self).split(separator: "\n") {
            let words = line.split(separator: " ", maxSplits: 4)
            guard words.count == 5, let size = Int(words[1]), let modified = Int(words[2]), let inode = UInt64(words[3])
            else { continue }
            let facts = FileSystem.Facts(size: size, modifiedNanoseconds: modified, inode: inode, isFolder: false)
            entries[String(words[4])] = Entry(hash: String(words[0]), facts: facts)
        }
    }

    /// The hash of a file if it is as remembered.
    func hash(of name: String, facts: FileSystem.Facts) -> String? {
        guard let entry = entries[name], entry.facts == facts else { return nil }
        return entry.hash
    }

    /// The text to remember the settled files of a folder by.
    static func text(of folder: DatasetFolder, hashes: [String: String], now: Int) -> String {
        var text = ""
        for name in folder.fileNames {
            guard let hash = hashes[name], let facts = FileSystem.facts(folder.path + "/" + name),
                facts.modifiedNanoseconds < now - settledNanoseconds
            else { continue }
            text += "\(hash) \(facts.size) \(facts.modifiedNanoseconds) \(facts.inode) \(name)\n"
        }
        return text
    }
}
