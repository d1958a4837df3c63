import Domain
import History

/// The parameters of one member, checked against its declarations and with defaults filled in.
///
/// A getter asked for a parameter that was not declared, or as another kind than declared, throws: a member's test
/// shows that it asks for what it declared.
public struct MemberParameters: Sendable, Hashable {
    /// Whose they are, for messages: `rating 'node_rank'`.
    public let member: String
    /// Where the member stands in the scenario, if in a file.
    public let location: SourceLocation?
    /// Values in declared order.
    private let fields: [ParameterField]
    /// Indices of the words that references name, by parameter.
    private let indices: [String: [Int]]

    /// Checks what is given.
    ///
    /// Throws at the first parameter that is unknown (naming the nearest), given twice, of another kind, out of range,
    /// not in the dataset, or required and missing.
    public init(
        of member: String, given: [ParameterField] = [], declared: [ParameterDeclaration], dataset: Dataset,
        at location: SourceLocation? = nil
    ) throws(InputError) {
        self.member = member
        self.location = location
        try Self.checkNames(given, declared: declared, member: member, at: location)
        var fields: [ParameterField] = []
        var indices: [String: [Int]] = [:]
        for declaration in declared {
            let found = given.first { $0.name == declaration.name }
            guard let value = found?.value ?? declaration.standard else {
                if !declaration.isRequired { continue }
                throw InputError(
                    at: location, found: "\(member) without '\(declaration.name)'",
                    expected: declaration.kind.expectation + " (\(declaration.summary))")
            }
            var check = ParameterCheck(name: "'\(declaration.name)' of \(member)", dataset: dataset)
            try check.check(value, kind: declaration.kind)
            fields.append(ParameterField(declaration.name, value, at: found?.location))
            indices[declaration.name] = check.indices
        }
        self.fields = fields
        self.indices = indices
    }

    /// All values as text, in declared order: equal for equal parameters.
    public var key: String { ParameterField.key(of: fields) }

    /// Whether a parameter has a value, given or by default.
    public func isGiven(_ name: String) -> Bool { value(name) != nil }

    /// A number, nil where an optional one is not given.
    public func optionalNumber(_ name: String) throws(InputError) -> Double? {
        guard let value = value(name) else { return nil }
        guard case .number(let number) = value.content else { throw mismatch(name, value, "a number") }
        return number
    }

    /// A number or an instant in seconds.
    public func number(_ name: String) throws(InputError) -> Double {
        guard let number = try optionalNumber(name) else { throw missing(name, "a number") }
        return number
    }

    /// A whole number.
    public func integer(_ name: String) throws(InputError) -> Int {
        let number = try number(name)
        guard let whole = Int(exactly: number) else {
            throw InputError(at: location, found: "\(plainNumber(number)) for '\(name)'", expected: "a whole number")
        }
        return whole
    }

    /// Text, nil where an optional one is not given.
    public func optionalText(_ name: String) throws(InputError) -> String? {
        guard let value = value(name) else { return nil }
        guard case .text(let text) = value.content else { throw mismatch(name, value, "text") }
        return text
    }

    /// A text or word.
    public func text(_ name: String) throws(InputError) -> String {
        guard let text = try optionalText(name) else { throw missing(name, "text") }
        return text
    }

    /// The texts of a list; empty where an optional one is not given.
    public func texts(_ name: String) throws(InputError) -> [String] {
        var texts: [String] = []
        for value in try list(name) {
            guard case .text(let text) = value.content else { throw mismatch(name, value, "text") }
            texts.append(text)
        }
        return texts
    }

    /// The numbers of a list; empty where an optional one is not given.
    public func numbers(_ name: String) throws(InputError) -> [Double] {
        var numbers: [Double] = []
        for value in try list(name) {
            guard case .number(let number) = value.content else { throw mismatch(name, value, "a number") }
            numbers.append(number)
        }
        return numbers
    }

    /// true or false.
    public func flag(_ name: String) throws(InputError) -> Bool {
        guard let value = value(name) else { throw missing(name, "true or false") }
        guard case .flag(let flag) = value.content else { throw mismatch(name, value, "true or false") }
        return flag
    }

    /// The index of what a reference names, in ``DatasetReference/words(in:)``.
    public func index(_ name: String) throws(InputError) -> Int {
        guard let first = indices[name]?.first else { throw missing(name, "a name of the dataset") }
        return first
    }

    /// The indices of what a list of references names, in the order given; nil where an optional one is not given.
    public func indices(_ name: String) -> [Int]? {
        value(name) == nil ? nil : indices[name]
    }

    /// A record's parts, checked against the declarations it was declared with.
    public func record(
        _ name: String, declared: [ParameterDeclaration], dataset: Dataset
    ) throws(InputError) -> MemberParameters {
        guard let value = value(name) else { throw missing(name, "a mapping") }
        return try record(value, name: name, declared: declared, dataset: dataset)
    }

    /// The records of a list.
    public func records(
        _ name: String, declared: [ParameterDeclaration], dataset: Dataset
    ) throws(InputError) -> [MemberParameters] {
        var records: [MemberParameters] = []
        for value in try list(name) {
            records.append(try record(value, name: name, declared: declared, dataset: dataset))
        }
        return records
    }

    /// Where a parameter's value stands, else where the member stands.
    public func location(of name: String) -> SourceLocation? {
        value(name)?.location ?? location
    }

    /// A parameter's value.
    private func value(_ name: String) -> ParameterValue? {
        fields.first { $0.name == name }?.value
    }

    /// A parameter's list; empty where it is not given.
    private func list(_ name: String) throws(InputError) -> [ParameterValue] {
        guard let value = value(name) else { return [] }
        guard case .list(let values) = value.content else { throw mismatch(name, value, "a list") }
        return values
    }

    /// A value read as a record.
    private func record(
        _ value: ParameterValue, name: String, declared: [ParameterDeclaration], dataset: Dataset
    ) throws(InputError) -> MemberParameters {
        guard case .record(let fields) = value.content else { throw mismatch(name, value, "a mapping") }
        return try MemberParameters(
            of: "'\(name)' of \(member)", given: fields, declared: declared, dataset: dataset,
            at: value.location ?? location)
    }

    /// The error for a parameter that is not there.
    private func missing(_ name: String, _ expected: String) -> InputError {
        InputError(at: location, found: "\(member) without '\(name)'", expected: expected)
    }

    /// The error for a value of another kind.
    private func mismatch(_ name: String, _ value: ParameterValue, _ expected: String) -> InputError {
        InputError(
            at: value.location ?? location, found: "\(value.text) for '\(name)' of \(member)", expected: expected)
    }

    /// Every given name is declared and given once.
    private static func checkNames(
        _ given: [ParameterField], declared: [ParameterDeclaration], member: String, at location: SourceLocation?
    ) throws(InputError) {
        let names = declared.map(\.name)
        for (position, field) in given.enumerated() {
            let place = field.location ?? field.value.location ?? location
            guard names.contains(field.name) else {
                throw InputError(at: place, unknown: "parameter of \(member)", word: field.name, among: names)
            }
            if given[..<position].contains(where: { $0.name == field.name }) {
                throw InputError(at: place, found: "'\(field.name)' of \(member) twice", expected: "it once")
            }
        }
    }
}
