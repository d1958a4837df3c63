import Domain

/// Facts of a record beside those of what was fitted to it: a table.
public struct FactTable: Sendable, Hashable, Encodable {
    /// A fact: its name and a value a column.
    public struct Row: Sendable, Hashable, Encodable {
        /// What is counted or measured.
        public var name: String
        /// A value a column; nil where there is none.
        public var values: [Double?]

        /// A row; values that are no numbers count as none.
        public init(_ name: String, _ values: [Double?]) {
            self.name = name
            self.values = values.map { $0.flatMap { $0.isFinite ? $0 : nil } }
        }
    }
    /// What the table is about.
    public var title: String
    /// Headings of the values.
    public var columns: [String]
    /// The facts.
    public var rows: [Row]
    /// How many of the first columns are counts.
    public var countColumns: Int
    /// Decimals that people are shown of the others.
    public var decimals: Int

    /// A table from its parts.
    public init(title: String, columns: [String], rows: [Row] = [], countColumns: Int = 0, decimals: Int = 4) {
        precondition(rows.allSatisfy { $0.values.count == columns.count }, "a value a column")
        self.title = title
        self.columns = columns
        self.rows = rows
        self.countColumns = countColumns
        self.decimals = decimals
    }

    /// Headings of a record, what is known of its precision, and a fit.
    static let recordAndFit = ["record", "standard error", "generated"]
}

/// A value of a scenario.
public enum FittedValue: Sendable, Hashable, Encodable {
    /// A number.
    case number(Double)
    /// A list of numbers.
    case numbers([Double])
    /// Keys and values.
    case record([FittedField])

    /// As a scenario has it, on one line.
    public var yaml: String {
        switch self {
        case .number(let number): plainNumber(number)
        case .numbers(let numbers): "[" + numbers.map { plainNumber($0) }.joined(separator: ", ") + "]"
        case .record(let fields): "{" + fields.map { "\($0.name): \($0.value.yaml)" }.joined(separator: ", ") + "}"
        }
    }

    /// A number, a list, or an object.
    public func encode(to encoder: any Encoder) throws {
        switch self {
        case .number(let number):
            var container = encoder.singleValueContainer()
            try container.encode(number)
        case .numbers(let numbers):
            var container = encoder.singleValueContainer()
            try container.encode(numbers)
        case .record(let fields): try FittedField.encode(fields, to: encoder)
        }
    }
}

/// A parameter and its fitted value.
public struct FittedField: Sendable, Hashable {
    /// Its key in a scenario.
    public var name: String
    /// Its value.
    public var value: FittedValue

    /// A field from its parts.
    public init(_ name: String, _ value: FittedValue) {
        self.name = name
        self.value = value
    }

    /// The key of a field, as it stands in a scenario.
    private struct Key: CodingKey {
        var stringValue: String
        var intValue: Int? { nil }
        init(_ name: String) { stringValue = name }
        init?(stringValue: String) { self.init(stringValue) }
        init?(intValue: Int) { nil }
    }

    /// An object with the fields' names as keys.
    static func encode(_ fields: [FittedField], to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: Key.self)
        for field in fields { try container.encode(field.value, forKey: Key(field.name)) }
    }
}

/// What one fit found: its part of a scenario's world, and how it agrees with the record.
public struct FittedPart: Sendable, Encodable {
    /// The fit's name.
    public var fit: String
    /// The perturbation whose parameters it gives.
    public var perturbation: String
    /// The parameters; none where the record holds nothing of the kind.
    public var fields: [FittedField]
    /// Record and fit side by side.
    public var tables: [FactTable]
    /// What to know of it, a sentence each.
    public var notes: [String]

    /// A part from its parts.
    public init(
        fit: String, perturbation: String, fields: [FittedField], tables: [FactTable], notes: [String] = []
    ) {
        self.fit = fit
        self.perturbation = perturbation
        self.fields = fields
        self.tables = tables
        self.notes = notes
    }

    private enum CodingKeys: String, CodingKey {
        case fit, perturbation, fields, tables, notes
    }

    /// Fields as an object.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(fit, forKey: .fit)
        try container.encode(perturbation, forKey: .perturbation)
        try container.encode(FittedValue.record(fields), forKey: .fields)
        try container.encode(tables, forKey: .tables)
        try container.encode(notes, forKey: .notes)
    }
}

/// A world fitted to series: what `sandtable calibrate` shows.
public struct FittedWorld: Sendable, Encodable {
    /// What was found, in the order of the catalogue.
    public var parts: [FittedPart]
    /// How the files were read, a sentence each.
    public var notes: [String]

    /// A world from its parts.
    public init(parts: [FittedPart], notes: [String] = []) {
        self.parts = parts
        self.notes = notes
    }

    /// Parameters by perturbation, in order.
    private var perturbations: [FittedField] {
        var names: [String] = []
        for part in parts where !part.fields.isEmpty && !names.contains(part.perturbation) {
            names.append(part.perturbation)
        }
        return names.map { name in
            FittedField(name, .record(parts.filter { $0.perturbation == name }.flatMap(\.fields)))
        }
    }

    private enum CodingKeys: String, CodingKey {
        case parts, notes, world
    }

    /// Parts, notes, and the block as `world`.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(parts, forKey: .parts)
        try container.encode(notes, forKey: .notes)
        try container.encode(FittedValue.record(perturbations), forKey: .world)
    }

    /// The block of a scenario.
    public var yaml: String {
        var text = "world:\n"
        for perturbation in perturbations {
            guard case .record(let fields) = perturbation.value else { continue }
            text += "  \(perturbation.name):\n"
            for field in fields { text += "    \(field.name): \(field.value.yaml)\n" }
        }
        return text
    }
}
