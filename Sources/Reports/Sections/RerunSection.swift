import Experiments

/// How to make the run again, and how to look into it.
struct RerunSection: ReportSection {
    let heading = "Run it again"

    func markdown(of input: ReportInput) -> String? {
        let command = (["sandtable", "run", input.scenarioPath] + input.options).map(Self.quoted)
        let first = input.ranking.strategies.first?.name ?? ""
        return """
            ```
            \(command.joined(separator: " "))
            sandtable trial FOLDER --strategy \(Self.quoted(first)) --replication 0 --orders orders.csv
            ```

            The first command gives the same ranking.json and trials.csv to the byte on any machine; the second, with \
            this folder, writes what became of every shipment in one world. Run \(input.ranking.run), version \
            \(input.ranking.version).

            """
    }

    /// A word for the shell.
    static func quoted(_ word: String) -> String {
        let isPlain = word.allSatisfy { $0.isLetter || $0.isNumber || "-_./=,:@%+".contains($0) }
        return isPlain && !word.isEmpty ? word : "'" + word.replacing("'", with: "'\\''") + "'"
    }
}
