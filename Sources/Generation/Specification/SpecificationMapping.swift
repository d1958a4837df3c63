import Documents
import Domain
import Sampling

/// A mapping of a spec file whose keys have been checked: values by key, with defaults.
///
/// Reading stops at the first error, since most of what follows depends on what came before.
struct SpecificationMapping {
    /// The mapping.
    private let value: DocumentValue
    /// Where values come from that ``value`` does not state.
    private let fallback: DocumentValue?

    /// A mapping whose keys are right.
    init(_ value: DocumentValue, over fallback: DocumentValue? = nil) {
        self.value = value
        self.fallback = fallback
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

    /// A stretch of time: `from` and `to`, local times, in seconds from the dataset's start.
    func span(_ clock: HorizonClock) throws(InputError) -> (from: Double, to: Double) {
        let from = try clock.instant(required("from"))
        let to = try clock.instant(required("to"))
        guard from < to else { throw try required("to").error(expected: "a time after 'from'") }
        return (from, to)
    }
}
