import Documents
import Domain
import History

/// Reads a map file strictly: unknown keys, tables, columns, units and patterns are errors with their position.
enum TableMapReader {
    /// The map at a path.
    ///
    /// - Throws: `InputError` where the file cannot be read or says something a map cannot say.
    static func read(path: String) throws(InputError) -> TableMap {
        try read(DocumentValue.map(path: path))
    }

    /// The map of a text; `file` is its name in messages.
    static func read(text: String, file: String) throws(InputError) -> TableMap {
        try read(DocumentValue.map(text: text, file: file))
    }

    private static func read(_ root: DocumentValue) throws(InputError) -> TableMap {
        let fields = try root.fields(
            "a table map", among: ["sandtable_map", "dataset", "read", "files", "tables", "checks"])
        try checkVersion(root.required("sandtable_map", in: fields))
        var map = TableMap(file: root.location.file)
        let dataset = try root.required("dataset", in: fields)
        map.dataset = try datasetFacts(dataset)
        if let value = fields["read"] { map.reading = try reading(value, default: TableMap.Reading()) }
        if let files = fields["files"] {
            for entry in try files.pairs("file names, each with its reading rules") {
                map.readingByFile[entry.key] = try reading(entry.value, default: map.reading)
            }
        }
        let tables = try root.required("tables", in: fields)
        for entry in try tables.pairs("the tables to fill") {
            guard let columns = TargetSchema.columns(of: entry.key) else {
                throw InputError(at: entry.location, unknown: "table", word: entry.key, among: TargetSchema.tables)
            }
            for block in entry.value.oneOrMore {
                map.contents.append(try content(block, table: entry.key, columns: columns))
            }
        }
        for entry in fields["checks"]?.oneOrMore ?? [] { map.checks.append(try check(entry)) }
        return map
    }

    private static func checkVersion(_ value: DocumentValue) throws(InputError) {
        guard try value.name("the version 1") == "1" else { throw value.error(expected: "the version 1") }
    }

    private static func datasetFacts(_ value: DocumentValue) throws(InputError) -> TableMap.DatasetFacts {
        let required = ["name", "origin", "licence", "currency", "time_zone"]
        let fields = try value.fields(
            "facts of the dataset", among: required + ["start", "end", "promise_by", "coordinates"])
        var texts: [String: String] = [:]
        for key in required {
            texts[key] = try value.required(key, in: fields).name("the dataset's \(key)")
        }
        var facts = TableMap.DatasetFacts()
        facts.name = texts["name"] ?? ""
        facts.origin = texts["origin"] ?? ""
        facts.licence = texts["licence"] ?? ""
        facts.currency = texts["currency"] ?? ""
        facts.timeZone = texts["time_zone"] ?? ""
        facts.start = try fields["start"].map { field throws(InputError) in try instant(field) }
        facts.end = try fields["end"].map { field throws(InputError) in try instant(field) }
        if let field = fields["promise_by"] {
            facts.promiseBy = try field.word("promise_by", of: DatasetDescription.PromiseBasis.self)
        }
        if let field = fields["coordinates"] {
            facts.coordinates = try field.word("coordinates", of: CoordinateSystem.self)
        }
        return facts
    }

    private static func instant(_ value: DocumentValue) throws(InputError) -> String {
        guard let time = TimestampPattern.standard.parse(try value.name("an instant")) else {
            throw value.error(expected: "an instant such as 2026-01-12T00:00:00")
        }
        return time.text
    }

    /// Reading rules; what is not said is as in `base`.
    private static func reading(
        _ value: DocumentValue, default base: TableMap.Reading
    ) throws(InputError) -> TableMap.Reading {
        let fields = try value.fields(
            "reading rules", among: ["separator", "encoding", "decimal", "thousands", "dates", "blank"])
        var reading = base
        if let field = fields["separator"] {
            let character = try character(field, "one character between fields")
            guard let byte = character.asciiValue, byte != 0x22, byte != 0x0A, byte != 0x0D else {
                throw field.error(expected: "one ASCII character between fields")
            }
            reading.table.separator = byte
        }
        if let field = fields["encoding"] {
            let word = try field.name("an encoding")
            guard word == "utf-8" || word == "latin1" else {
                throw InputError(at: field.location, unknown: "encoding", word: word, among: ["utf-8", "latin1"])
            }
            reading.table.isLatin1 = word == "latin1"
        }
        if let field = fields["decimal"] { reading.decimalSign = try character(field, "a decimal sign") }
        if let field = fields["thousands"] { reading.thousandsSign = try character(field, "a thousands separator") }
        if let field = fields["dates"] { reading.patterns = try patterns(field) }
        if let field = fields["blank"] {
            reading.table.blankWords = []
            for entry in field.oneOrMore { reading.table.blankWords.insert(try entry.cell("a word that means blank")) }
        }
        return reading
    }

    private static func character(_ value: DocumentValue, _ what: String) throws(InputError) -> Character {
        let text = try value.cell(what)
        guard text.count == 1, let character = text.first else { throw value.error(expected: what) }
        return character
    }

    /// Date patterns: one or a list, tried in order. `standard` is the dataset format's own.
    static func patterns(_ value: DocumentValue) throws(InputError) -> [TimestampPattern] {
        var patterns: [TimestampPattern] = []
        for entry in value.oneOrMore {
            let text = try entry.name("a date pattern")
            patterns.append(text == "standard" ? .standard : try TimestampPattern(text, at: entry.location))
        }
        return patterns
    }

    /// Key columns of a join or check: one name for both sides, a list of those, or a mapping of left to right.
    static func keys(_ value: DocumentValue) throws(InputError) -> [(left: String, right: String)] {
        var keys: [(left: String, right: String)] = []
        for entry in value.oneOrMore {
            if entry.isScalar {
                let name = try entry.name("a column")
                keys.append((name, name))
            } else {
                for entry in try entry.pairs("a column, a list of columns, or pairs 'left: right'") {
                    keys.append((entry.key, try entry.value.name("a column")))
                }
            }
        }
        return keys
    }
}
