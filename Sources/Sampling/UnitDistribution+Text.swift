import DeterministicMath
import Domain

extension UnitDistribution: CustomStringConvertible {
    /// The written form of each member, in the order in which they are documented.
    public static let forms = [
        "deterministic", "exponential", "lognormal:SIGMA", "lognormal-cv:CV", "uniform:HALF_WIDTH",
        "triangular:HALF_WIDTH", "gamma:SHAPE", "erlang:PHASES", "hyperexponential:SQUARED_CV",
    ]

    /// Reads a distribution as a person writes it: `exponential`, `lognormal:0.25`, `gamma:2` ... (see `forms`).
    ///
    /// - Parameters:
    ///   - text: the name, and after a colon the parameter where there is one.
    ///   - location: where the text stands, for the error.
    /// - Throws: `InputError` if the name is unknown, the parameter is missing, superfluous, no number or out of range.
    public init(parsing text: String, at location: SourceLocation? = nil) throws(InputError) {
        let parts = text.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
        let name = String(parts[0])
        guard let member = Self.members.first(where: { $0.name == name }) else {
            throw InputError(
                at: location, found: "unknown distribution '\(text)'",
                expected: "one of " + Self.forms.joined(separator: ", "),
                suggestion: nearestWord(to: name, among: Self.members.map(\.name)))
        }
        guard let range = member.range else {
            guard parts.count == 1 else {
                throw InputError(at: location, found: "'\(text)'", expected: "'\(name)' without a parameter")
            }
            self = member.make(0)
            return
        }
        guard parts.count == 2, let parameter = Double(parts[1]), parameter.isFinite, range.contains(parameter) else {
            throw InputError(at: location, found: "'\(text)'", expected: "'\(name):NUMBER', \(range.words)")
        }
        self = member.make(parameter)
    }

    /// The form that `init(parsing:at:)` reads back to an equal value.
    public var description: String {
        switch self {
        case .deterministic: "deterministic"
        case .exponential: "exponential"
        case .lognormal(let sigma): "lognormal:\(sigma)"
        case .uniform(let halfWidth): "uniform:\(halfWidth)"
        case .triangular(let halfWidth): "triangular:\(halfWidth)"
        case .gamma(let shape): "gamma:\(shape)"
        case .hyperexponential(let squaredVariation): "hyperexponential:\(squaredVariation)"
        }
    }

    /// What a parameter may be, as a test and in words.
    private struct ParameterRange: Sendable {
        let words: String
        let contains: @Sendable (Double) -> Bool
    }

    /// A name with its parameter's range, nil where it takes none.
    private struct Member: Sendable {
        let name: String
        let range: ParameterRange?
        let make: @Sendable (Double) -> UnitDistribution
    }

    private static let members: [Member] = {
        // A lognormal of sigma 5 has a variance of e^25: wider is a slip of the pen.
        let sigma = ParameterRange(words: "a standard deviation of the logarithm from 0 to 5") { 0 <= $0 && $0 <= 5 }
        let variation = ParameterRange(words: "a coefficient of variation from 0 to 100") { 0 <= $0 && $0 <= 100 }
        let half = ParameterRange(words: "a half width from 0 to 1") { 0 <= $0 && $0 <= 1 }
        let shape = ParameterRange(words: "a shape from 0.01 to 100000") { 0.01 <= $0 && $0 <= 1e5 }
        let phases = ParameterRange(words: "a whole number of phases from 1 to 100000") {
            1 <= $0 && $0 <= 1e5 && $0.rounded() == $0
        }
        let squared = ParameterRange(words: "a squared coefficient of variation from 1 to 10000") {
            1 <= $0 && $0 <= 10000
        }
        return [
            Member(name: "deterministic", range: nil) { _ in .deterministic },
            Member(name: "exponential", range: nil) { _ in .exponential },
            Member(name: "lognormal", range: sigma) { .lognormal(sigma: $0) },
            Member(name: "lognormal-cv", range: variation) { .lognormal(coefficientOfVariation: $0) },
            Member(name: "uniform", range: half) { .uniform(halfWidth: $0) },
            Member(name: "triangular", range: half) { .triangular(halfWidth: $0) },
            Member(name: "gamma", range: shape) { .gamma(shape: $0) },
            Member(name: "erlang", range: phases) { .gamma(shape: $0) },
            Member(name: "hyperexponential", range: squared) { .hyperexponential(squaredVariation: $0) },
        ]
    }()
}
