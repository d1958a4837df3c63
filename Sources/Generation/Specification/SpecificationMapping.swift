import Documents
import Domain
import Sampling

/// A mapping of a spec file whose keys have been checked: values by key, with defaults.
///
/// A section or an entry of a list is read up to its first error; the sections and entries beside it are still read, as far
/// as they do not depend on it. Their errors are noted, see ``each(_:_:)``.
struct SpecificationMapping {
    /// The mapping.
    private let value: DocumentValue
    /// Where values come from that ``value`` does not state.
    private let fallback: DocumentValue?
    /// Where errors go beside which reading goes on.
    private let errors: ErrorCollector

    /// A mapping whose keys are right.
    init(_ value: DocumentValue, over fallback: DocumentValue? = nil, errors: ErrorCollector = ErrorCollector()) {
        self.value = value
        self.fallback = fallback
        self.errors = errors
    }

    /// This mapping with another's values for the keys it does not state.
    func layered(over other: SpecificationMapping?) -> SpecificationMapping {
        SpecificationMapping(value, over: other?.value)
    }

    /// An error about the mapping as a whole.
    func error(found: String, expected: String) -> InputError {
        InputError(at: value.location, found: found, expected: expected)
    }

    /// A value, if its key is there; a key with nothing behind it is an error where the value is read.
    func optional(_ key: String) -> DocumentValue? { value[key] ?? fallback?[key] }

    /// A value whose key must be there.
    func required(_ key: String) throws(InputError) -> DocumentValue {
        guard let found = optional(key) else {
            let place = value.path.isEmpty ? "" : " for \(value.path)"
            throw InputError(at: value.location, found: "no '\(key)'\(place)", expected: "this key")
        }
        return found
    }

    /// A text.
    func text(_ key: String) throws(InputError) -> String { try required(key).text() }

    /// A text, or the default where the key is not there.
    func text(_ key: String, default fallback: String) throws(InputError) -> String {
        try optional(key)?.text() ?? fallback
    }

    /// A number.
    func number(_ key: String, in range: ClosedRange<Double>) throws(InputError) -> Double {
        try required(key).number(in: range)
    }

    /// A number, or the default where the key is not there.
    func number(_ key: String, in range: ClosedRange<Double>, default fallback: Double) throws(InputError) -> Double {
        try optional(key)?.number(in: range) ?? fallback
    }

    /// A whole number.
    func integer(_ key: String, in range: ClosedRange<Int>) throws(InputError) -> Int {
        try required(key).integer(in: range)
    }

    /// A whole number, or the default where the key is not there.
    func integer(_ key: String, in range: ClosedRange<Int>, default fallback: Int) throws(InputError) -> Int {
        try optional(key)?.integer(in: range) ?? fallback
    }

    /// A list of tags; empty where the key is not there.
    func tags(_ key: String) throws(InputError) -> [String] { try optional(key)?.tags() ?? [] }

    /// A unit-mean distribution, deterministic where the key is not there.
    func distribution(_ key: String) throws(InputError) -> UnitDistribution {
        guard let value = optional(key) else { return .deterministic }
        return try UnitDistribution(parsing: value.text(), at: value.location)
    }

    /// The entries of a list; empty where the key is not there.
    func list(_ key: String) throws(InputError) -> [DocumentValue] { try optional(key)?.list() ?? [] }

    /// Reads every entry of a list, noting the error of each.
    ///
    /// - Throws: the first of them, which is noted already.
    func each(_ entries: [DocumentValue], _ read: (DocumentValue) throws(InputError) -> Void) throws(InputError) {
        var first: InputError?
        for entry in entries {
            do {
                try read(entry)
            } catch {
                errors.add(error)
                first = first ?? error
            }
        }
        if let first { throw first }
    }

    /// A stretch of time: `from` and `to`, local times, in seconds from the dataset's start.
    func span(_ clock: HorizonClock) throws(InputError) -> (from: Double, to: Double) {
        let from = try clock.instant(required("from"))
        let to = try clock.instant(required("to"))
        guard from < to else { throw try required("to").error(expected: "a time after 'from'") }
        return (from, to)
    }
}
