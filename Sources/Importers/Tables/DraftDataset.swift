import Domain
import History
import Storage

/// Tables of a dataset in memory, on their way to a folder.
struct DraftDataset: Sendable {
    private(set) var drafts: [TableDraft] = []

    /// The draft of a table; an empty one with its required columns where there is none yet.
    func draft(_ table: String) -> TableDraft {
        drafts.first { $0.name == table }
            ?? TableDraft(name: table, columns: DatasetTable(rawValue: table)?.requiredColumns ?? [])
    }

    /// Puts a draft in the place of the one of its name.
    mutating func replace(_ draft: TableDraft) {
        if let index = drafts.firstIndex(where: { $0.name == draft.name }) {
            drafts[index] = draft
        } else {
            drafts.append(draft)
        }
    }

    /// Writes the dataset with its quality report and further files, once its own reader has accepted it.
    ///
    /// The tables are written beside the output and read there; only then does the output appear. Tables without rows
    /// are left out unless the format requires them.
    /// - Parameters:
    ///   - output: where to.
    ///   - description: what `dataset.yaml` says.
    ///   - log: what was found in the sources.
    ///   - notes: paragraphs for people.
    ///   - files: names and texts of further files.
    /// - Returns: what was made.
    /// - Throws: `InputError` where the sources make no valid dataset, or hold warnings and the output is strict;
    ///   `OperationError` where the output cannot be written. The output is then as it was.
    func write(
        to output: ImportOutput, description: DatasetDescription, log: FindingLog, notes: [String] = [],
        files: [(name: String, text: String)] = []
    ) throws -> ImportSummary {
        try refuseWarnings(of: log, isStrict: output.isStrict)
        let isNew = !FileSystem.exists(output.folder)
        // Opened first, so that an output that cannot be written is told before the work is done.
        let final = isNew ? nil : try writer(output.folder, description, isReplacing: output.isReplacing)
        let trial = output.folder + ".unchecked"
        defer { try? FileSystem.remove(trial) }
        try FileSystem.remove(trial)
        let rows = try write(by: writer(trial, description, isReplacing: false))
        let quality = ImportQuality(sources: log.report, dataset: try check(trial))
        let texts = files + [("quality.json", try jsonText(quality)), ("quality.txt", quality.text)]
        if let final {
            _ = try write(by: final)
            try write(texts, to: output.folder)
        } else {
            try write(texts, to: trial)
            try FileSystem.rename(trial, to: output.folder)
        }
        return ImportSummary(tables: rows, notes: notes, quality: quality)
    }

    private func writer(
        _ folder: String, _ description: DatasetDescription, isReplacing: Bool
    ) throws(OperationError) -> DatasetWriter {
        try DatasetWriter(folder: folder, description: description, replacing: isReplacing)
    }

    private func write(_ texts: [(name: String, text: String)], to folder: String) throws(OperationError) {
        for (name, text) in texts { try AtomicFile.write(text, to: folder + "/" + name) }
    }

    private func write(by writer: DatasetWriter) throws(OperationError) -> [ImportSummary.Rows] {
        var written: [ImportSummary.Rows] = []
        for table in DatasetTable.allCases {
            let draft = draft(table.name)
            if draft.rows.isEmpty && table.isOptional { continue }
            let rows = try writer.table(table, columns: draft.columns)
            for row in draft.rows { try rows.row(row.map { .text($0) }) }
            written.append(ImportSummary.Rows(table: table.name, count: draft.rows.count))
        }
        try writer.finish()
        return written
    }

    private func refuseWarnings(of log: FindingLog, isStrict: Bool) throws(InputError) {
        let warnings = log.findings.filter { $0.severity >= .warning }
        guard isStrict, let first = warnings.first else { return }
        throw InputError(
            at: first.examples.first?.location,
            found: warnings.map { "\($0.count) x \($0.message)" }.joined(separator: "; "),
            expected: "no warnings, as the import is strict")
    }

    /// What the dataset's own reader finds.
    ///
    /// - Throws: its `InputError`, at the place in the source where that is known.
    private func check(_ folder: String) throws(InputError) -> QualityReport {
        do {
            return try DatasetReader.open(folder, cache: .never).quality
        } catch {
            let error = error.errors[0]
            guard let location = error.location else { throw error }
            let name = RowScope.stem(of: location.file)
            throw InputError(
                at: draft(name).origin(ofLine: location.line)
                    ?? SourceLocation(file: name + ".csv", line: location.line, column: location.column),
                found: error.found, expected: "\(error.expected) (in the table '\(name)' that the import makes)",
                suggestion: error.suggestion)
        }
    }
}

extension TableDraft {
    /// Where the row comes from that stands on a line of the written file.
    fileprivate func origin(ofLine line: Int?) -> SourceLocation? {
        guard let line else { return nil }
        var current = 2
        for (row, origin) in zip(rows, origins) {
            let breaks = row.reduce(0) { $0 + $1.utf8.count { $0 == 0x0A } }
            if line <= current + breaks { return line >= current ? origin : nil }
            current += 1 + breaks
        }
        return nil
    }
}
