import Domain
import Storage

/// Opens dataset folders.
public enum DatasetReader {
    /// Whether and where the compiled form of a dataset is kept.
    public enum CachePolicy: Sendable, Hashable {
        /// In the dataset folder, else in the user's cache folder, else in memory.
        case automatic
        /// In this folder, else in memory.
        case folder(String)
        /// In memory: the tables are read each time.
        case never
    }

    /// Opens a dataset folder: maps its compiled form if it is up to date, else reads the tables and compiles them.
    ///
    /// A folder with `dataset.columns` in place of tables is mapped as it is; it is read once to be compared with its
    /// hashes, and again only where the file has changed.
    /// The compiled form is keyed by the hashes of `dataset.yaml` and of all tables, so it is rebuilt when any of them
    /// changes. Unchanged files are told by size, change time and inode, so that opening again takes milliseconds.
    /// - Parameters:
    ///   - folder: the path as the user gave it; errors name files below it.
    ///   - strict: whether a warning of the quality report is an error.
    ///   - cache: where the compiled form is kept.
    /// - Returns: the dataset with its quality report.
    /// - Throws: ``InputErrors`` with all that is wrong in `dataset.yaml`; else with the first thing that is wrong in the
    ///   tables, which are streamed and build upon each other.
    public static func open(
        _ folder: String, strict: Bool = false, cache: CachePolicy = .automatic
    ) throws(InputErrors) -> OpenedDataset {
        let files = try InputErrors.wrapping { () throws(InputError) in try DatasetFolder(folder) }
        let opened = files.hasColumns ? try openColumns(files, cache) : try openTables(files, cache)
        if strict {
            try InputErrors.wrapping { () throws(InputError) in try refuseWarnings(opened.quality, folder: folder) }
        }
        return opened
    }

    /// Opens a folder of tables.
    private static func openTables(_ files: DatasetFolder, _ cache: CachePolicy) throws(InputErrors) -> OpenedDataset {
        guard let place = place(of: files, cache) else {
            return OpenedDataset(dataset: try compile(files) { () throws(InputError) in [:] }, origin: .readOnly)
        }
        return try open(files, place)
    }

    /// Where a policy keeps what is remembered of a folder; nil = nowhere.
    private static func place(of files: DatasetFolder, _ cache: CachePolicy) -> DatasetCache? {
        switch cache {
        case .never: nil
        case .automatic: DatasetCache(files)
        case .folder(let root): DatasetCache(files, root: root)
        }
    }

    /// Opens a folder that holds all tables as columns.
    private static func openColumns(_ files: DatasetFolder, _ cache: CachePolicy) throws(InputErrors) -> OpenedDataset {
        let description = try DescriptionReader.read(files.description, file: files.path + "/dataset.yaml")
        let columns = DatasetColumns(folder: files, description: description, memory: place(of: files, cache))
        let dataset = try InputErrors.wrapping { () throws(InputError) in try columns.open() }
        return OpenedDataset(dataset: dataset, origin: .columns)
    }

    private static func open(_ files: DatasetFolder, _ cache: DatasetCache) throws(InputErrors) -> OpenedDataset {
        let remembered = cache.rememberedFiles()
        let ahead = HashesAhead(files, remembered: remembered)
        // Where nothing compiled can be found, nobody waits for the hashes.
        if cache.mayHoldCompiled {
            let hashes = try InputErrors.wrapping { () throws(InputError) in try ahead.get() }
            let key = files.cacheKey(hashes: hashes)
            if let dataset = cache.load(key: key) {
                if !files.areAll(in: remembered) { cache.remember(hashes, key: key) }
                return OpenedDataset(dataset: dataset, origin: .cache)
            }
        }
        let dataset = try compile(files) { () throws(InputError) in try ahead.get() }
        let hashes = try InputErrors.wrapping { () throws(InputError) in try ahead.get() }
        let key = files.cacheKey(hashes: hashes)
        switch cache.save(dataset, key: key, hashes: hashes) {
        case .folder:
            // From now on the mapped form serves, whose pages all processes share.
            return OpenedDataset(dataset: cache.load(key: key) ?? dataset, origin: .compiled)
        case .none(let reason):
            return OpenedDataset(dataset: dataset, origin: .notCached(reason: reason))
        }
    }

    /// Reads all tables and makes the dataset on the heap; `hashes` gives the files' hashes, once they are known.
    ///
    /// The hashes are compared last, so that they can be computed meanwhile; but if they are wrong, that is what is
    /// told, whatever was found in the tables.
    private static func compile(
        _ files: DatasetFolder, hashes: () throws(InputError) -> [String: String]
    ) throws(InputErrors) -> Dataset {
        let description = try DescriptionReader.read(files.description, file: files.path + "/dataset.yaml")
        let dataset: Result<Dataset, InputError>
        do throws(InputError) {
            dataset = .success(try compile(files, description: description))
        } catch {
            dataset = .failure(error)
        }
        return try InputErrors.wrapping { () throws(InputError) in
            try verify(files, description, hashes: try hashes())
            return try dataset.get()
        }
    }

    private static func compile(
        _ files: DatasetFolder, description: DatasetDescription
    ) throws(InputError) -> Dataset {
        var reading = try DatasetReading(files, description: description)
        try reading.read()
        let store = try DatasetAssembly(reading.builder).store()
        let dataset = Dataset(store: store)
        DatasetChecks(dataset: dataset, census: OrderCensus(dataset), log: reading.log).run()
        let encoder = DatasetEncoder(store: store)
        encoder.add(files: description.files)
        encoder.add(reading.log.report())
        return Dataset(store: store)
    }

    /// Compares the files with the hashes that `dataset.yaml` states.
    private static func verify(
        _ folder: DatasetFolder, _ description: DatasetDescription, hashes: [String: String]
    ) throws(InputError) {
        for (name, facts) in description.files.sorted(by: { $0.key < $1.key }) {
            let location = SourceLocation(file: folder.path + "/" + name)
            guard FileSystem.exists(location.file) else {
                throw InputError(at: location, found: "no such file", expected: "the file that dataset.yaml names")
            }
            let hash: String
            do {
                hash = try hashes[name] ?? SHA256.hash(ofFile: location.file)
            } catch {
                throw InputError(at: location, found: "\(error)", expected: "a readable file")
            }
            if hash != facts.sha256.lowercased() {
                throw InputError(
                    at: location, found: "SHA-256 \(hash)", expected: "\(facts.sha256) as dataset.yaml says")
            }
        }
    }

    /// Throws if a report holds a warning.
    private static func refuseWarnings(_ quality: QualityReport, folder: String) throws(InputError) {
        let warnings = quality.findings(from: .warning)
        guard !warnings.isEmpty else { return }
        let words = warnings.map { finding in
            let example = finding.examples.first.map { ", such as \($0)" } ?? ""
            return "\(finding.count) x \(finding.table): \(finding.message)\(example)"
        }
        throw InputError(
            at: SourceLocation(file: folder), found: words.joined(separator: "; "),
            expected: "no warnings, since --strict is given")
    }
}

/// A dataset as opened, and how.
public struct OpenedDataset: Sendable {
    /// Where the dataset came from.
    public enum Origin: Sendable, Hashable {
        /// The compiled form was up to date.
        case cache
        /// The folder holds the compiled form in place of tables.
        case columns
        /// The tables were read and compiled.
        case compiled
        /// The tables were read; the compiled form could not be kept, for this reason.
        case notCached(reason: String)
        /// The tables were read and no compiled form was asked for.
        case readOnly
    }

    /// The dataset.
    public let dataset: Dataset
    /// Where it came from.
    public let origin: Origin

    /// What was found in its tables.
    public var quality: QualityReport { dataset.quality }
}
