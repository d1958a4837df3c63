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

    /// Writes the dataset.
    ///
    /// Tables without rows are left out unless the format requires them.
    /// - Throws: `OperationError` with path and reason; the folder is then as it was.
    func write(to output: ImportOutput, description: DatasetDescription) throws(OperationError) -> [ImportSummary.Rows]
    {
        let writer = try DatasetWriter(
            folder: output.folder, description: description, replacing: output.isReplacing)
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
}
