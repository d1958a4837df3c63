import Domain
import Storage

/// A dataset folder that holds `dataset.columns`, the compiled form, in place of tables.
struct DatasetColumns {
    let folder: DatasetFolder
    /// What `dataset.yaml` says.
    let description: DatasetDescription
    /// Where it is remembered that the columns were found whole; nil = they are read each time.
    let memory: DatasetCache?

    /// The dataset, its large tables memory-mapped.
    ///
    /// - Throws: `InputError` where the file is damaged, of another version, or not the one `dataset.yaml` describes.
    func open() throws(InputError) -> Dataset {
        let archive: ColumnArchive
        let dataset: Dataset
        do {
            archive = try ColumnArchive(path: folder.columnsPath)
            dataset = try Dataset(decoding: archive)
        } catch {
            throw problem("\(error)", expected: "the whole file, written by this version: generate the dataset anew")
        }
        try compare(dataset)
        try verify(archive, contentHash: dataset.contentHash)
        return dataset
    }

    /// Compares the columns with `dataset.yaml`.
    private func compare(_ dataset: Dataset) throws(InputError) {
        var stated = description
        var kept = dataset.description
        stated.files = [:]
        kept.files = [:]
        if stated != kept {
            throw InputError(
                at: SourceLocation(file: folder.path + "/dataset.yaml"),
                found: "another description than the one that \(DatasetFolder.columnsName) was written with",
                expected: "dataset.yaml as it was generated")
        }
        guard let facts = description.files[DatasetFolder.columnsName] else { return }
        if facts.rows != dataset.orders.count {
            throw problem("\(dataset.orders.count) orders", expected: "\(facts.rows) as dataset.yaml says")
        }
        if facts.sha256.lowercased() != dataset.contentHash {
            throw problem("content hash \(dataset.contentHash)", expected: "\(facts.sha256) as dataset.yaml says")
        }
    }

    /// Reads all columns and compares them with their hashes, unless this very file was compared before.
    private func verify(_ archive: ColumnArchive, contentHash: String) throws(InputError) {
        let name = DatasetFolder.columnsName
        if let remembered = memory?.rememberedFiles(), let facts = FileSystem.facts(folder.columnsPath),
            remembered.hash(of: name, facts: facts) == contentHash
        {
            return
        }
        do {
            try archive.verify()
        } catch {
            throw problem("\(error)", expected: "the file as it was written: generate the dataset anew")
        }
        guard DatasetEncoder.contentHash(of: archive.digests) == contentHash else {
            throw problem("columns that are not those of its content hash", expected: "the file as it was written")
        }
        memory?.remember([name: contentHash])
    }

    private func problem(_ found: String, expected: String) -> InputError {
        InputError(at: SourceLocation(file: folder.columnsPath), found: found, expected: expected)
    }
}
