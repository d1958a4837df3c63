import Domain
import Storage

/// Writes a first map from the headers of export files and a sample of their values.
///
/// Each table takes the file whose headers name most of its columns. What was found by name is written out; a required
/// column that no header names says `FILL_IN`, which no import accepts; optional ones stand as comments.
enum MapSuggester {
    /// A file with its columns looked at.
    private struct File {
        let name: String
        let separator: Character
        let columns: [ColumnProfile]
    }

    /// A file's column for a column of a table.
    private struct Match {
        let target: TargetColumn
        let profile: ColumnProfile
        /// Whether the header names this and not just any id.
        let isTelling: Bool
    }

    /// The map as text.
    ///
    /// - Throws: `InputError` where a file cannot be read, or there is none.
    static func suggest(files paths: [String]) throws(InputError) -> String {
        var files: [File] = []
        for path in paths { files.append(try file(path)) }
        guard !files.isEmpty else {
            throw InputError(found: "no files", expected: "the exports to suggest a map for")
        }
        var lines = head(files)
        lines.append("tables:")
        for (table, columns) in HeaderSynonyms.words { lines += block(table: table, columns: columns, files: files) }
        return lines.joined(separator: "\n") + "\n"
    }

    /// Reads a file with the separator that its header has most of.
    private static func file(_ path: String) throws(InputError) -> File {
        let content = try ByteSource(path: path).readAll()
        let header = content.prefix { $0 != 0x0A }
        var separator = UInt8(ascii: ",")
        var most = 0
        for candidate in [UInt8(ascii: ","), UInt8(ascii: ";"), UInt8(ascii: "\t"), UInt8(ascii: "|")] {
            let count = header.count { $0 == candidate }
            if count > most { (separator, most) = (candidate, count) }
        }
        let table = try SourceTable(name: path, bytes: content, reading: .init(separator: separator))
        return File(
            name: FileSystem.lastName(of: path), separator: Character(UnicodeScalar(separator)),
            columns: table.columns.indices.map { ColumnProfile(table, column: $0) })
    }

    /// Everything above the tables.
    private static func head(_ files: [File]) -> [String] {
        var lines = [
            "# A first map, made from headers and values. Go through every line; FILL_IN must be replaced.",
            "sandtable_map: 1",
            "",
            "dataset:",
            "  name: my-dataset             # a short name",
            "  origin: FILL_IN              # where the data comes from",
            "  licence: FILL_IN             # who may use it, and how",
            "  currency: USD                # of every amount of money",
            "  time_zone: UTC               # IANA name, such as America/New_York: the zone of times without an offset",
            "  promise_by: day              # day | instant: when an order counts as on time",
            "  coordinates: geographic      # geographic (longitude, latitude) | plane (km)",
            "",
        ]
        let unusual = files.filter { $0.separator != "," || $0.columns.contains(where: \.isCommaNumber) }
        if !unusual.isEmpty {
            lines.append("files:")
            for file in unusual {
                var rules: [String] = []
                if file.separator != "," { rules.append("separator: \(quoted(String(file.separator)))") }
                if file.columns.contains(where: \.isCommaNumber) { rules.append("decimal: \",\"") }
                lines.append("  \(quoted(file.name)): {\(rules.joined(separator: ", "))}")
            }
            lines.append("")
        }
        return lines
    }

    /// The lines of one table.
    private static func block(
        table: String, columns: [(column: String, words: [String])], files: [File]
    ) -> [String] {
        let known = TargetSchema.columns(of: table) ?? []
        var best: (file: File, matches: [Match], score: Int)?
        for file in files {
            let matches = columns.compactMap { column in
                match(column.words, target: known.first { $0.name == column.column }, in: file)
            }
            let required = matches.count { $0.target.isRequired }
            let isNamedSo = (HeaderSynonyms.fileWords[table] ?? []).contains {
                HeaderSynonyms.normalised(file.name).contains($0)
            }
            // The first column is what the rows are about: without it the file's name must say so.
            let isAbout = matches.first?.target.name == columns[0].column || isNamedSo
            let isEnough = Set(matches.map(\.profile.header)).count >= min(2, columns.count - 1)
            guard required > 0, isAbout, isEnough || table == "customers" else { continue }
            // A required column outweighs any number of others; a telling name decides between equals.
            let isTelling = matches.first?.isTelling ?? false
            let score = 100 * required + 10 * matches.count + (isNamedSo ? 40 : 0) + (isTelling ? 30 : 0)
            if score > best?.score ?? 0 { best = (file, matches, score) }
        }
        guard let best else { return absent(table: table, known: known) }
        var lines = ["  \(table):", "    from: \(quoted(best.file.name))"]
        // A tariff has a row for each of its bands.
        if table != "tariffs", let first = best.matches.first, first.target.name == "id", first.profile.hasRepeats {
            lines.append("    key: [id]                  # several rows share an id: the first of each counts")
        }
        lines.append("    columns:")
        for column in known {
            if let match = best.matches.first(where: { $0.target.name == column.name }) {
                lines.append("      \(column.name): \(expression(match))")
            } else if column.isRequired {
                lines.append("      \(column.name): FILL_IN          # required: no header looks like it")
            } else {
                lines.append("      # \(column.name):")
            }
        }
        return lines + [""]
    }

    /// The lines of a table that no file seems to hold.
    private static func absent(table: String, known: [TargetColumn]) -> [String] {
        let required = known.filter(\.isRequired).map(\.name).joined(separator: ", ")
        if TargetSchema.optionalTables.contains(table) {
            return ["  # \(table): no file looks like it (optional; needs \(required))", ""]
        }
        var lines = ["  \(table):                      # no file looks like it; rows can also be written out:"]
        lines.append("    rows:")
        let cells = known.filter(\.isRequired).map { "\($0.name): FILL_IN" }.joined(separator: ", ")
        lines.append("      - {\(cells)}")
        return lines + [""]
    }

    /// The column of a file that the words name, the earliest word first.
    private static func match(_ words: [String], target: TargetColumn?, in file: File) -> Match? {
        guard let target else { return nil }
        for word in [target.name] + words {
            for profile in file.columns
            where profile.word == word || HeaderSynonyms.normalised(profile.header) == word {
                if fits(profile, target) {
                    return Match(
                        target: target, profile: profile, isTelling: !HeaderSynonyms.generic.contains(word))
                }
            }
        }
        return nil
    }

    /// Whether the values can be what the column holds.
    private static func fits(_ profile: ColumnProfile, _ target: TargetColumn) -> Bool {
        switch target.kind {
        case .number, .integer: profile.isNumber || profile.isCommaNumber
        case .instant: !profile.patterns.isEmpty
        case .text, .list, .boolean: true
        }
    }

    /// The expression for a matched column, with an example behind it.
    private static func expression(_ match: Match) -> String {
        let profile = match.profile
        var text = quoted(profile.header)
        var remark = "such as \(profile.example)"
        if match.target.kind == .instant, let pattern = profile.patterns.first, pattern != .standard {
            text = "{column: \(text), format: \(quoted(pattern.text))}"
            if profile.patterns.count > 1 {
                remark += "; could also be " + profile.patterns.dropFirst().map(\.text).joined(separator: " or ")
            }
        } else if let quantity = match.target.quantity {
            if let unit = profile.unit ?? HeaderSynonyms.durationUnit(profile.header), unit.quantity == quantity {
                text = "{column: \(text), unit: \(unit.name)}"
            } else {
                remark += "; taken as \(match.target.unitName ?? ""), else add a unit"
            }
        }
        let line = remark.contains { $0.isNewline } ? "" : remark
        return text + "  # " + line
    }

    /// A text as a YAML scalar that reads back as itself.
    private static func quoted(_ text: String) -> String {
        let isPlain = text.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || "_-.".contains($0)) }
        if isPlain, let first = text.first, first.isLetter,
            !["true", "false", "yes", "no", "on", "off", "null", "y", "n"].contains(text.lowercased())
        {
            return text
        }
        let escaped = text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"").replacing("\t", with: "\\t")
        return "\"\(escaped)\""
    }
}
