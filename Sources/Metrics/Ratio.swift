import Domain
import History
import Replay

/// A ratio the scenario defines: a sum of facts or metrics / another one.
///
/// nil where the denominator is 0 or a metric in it has no value. Metrics of the ratio are those without parameters.
struct Ratio: Metric {
    /// Its line in the catalogue.
    static let entry = MemberEntry<any Metric>(
        name: "ratio", summary: "A ratio of your own: facts or metrics added up / others added up",
        parameters: [
            ParameterDeclaration("key", .text, summary: "its name in results, in lower case with underscores"),
            ParameterDeclaration("numerator", .list(.text), summary: "facts or metrics, added up"),
            ParameterDeclaration("denominator", .list(.text), summary: "facts or metrics, added up"),
            ParameterDeclaration("unit", .text, default: "ratio", summary: "unit of the value"),
            ParameterDeclaration(
                "direction", .word(MetricDeclaration.Direction.allCases.map(\.rawValue)), default: "higher",
                summary: "which way is better"),
        ]
    ) { (parameters, _) throws(InputError) -> any Metric in
        let key = try parameters.text("key")
        guard !MetricCatalogue.members.names.contains(key) else {
            throw InputError(
                at: parameters.location(of: "key"), found: "the key '\(key)' of a metric of the catalogue",
                expected: "a key of its own")
        }
        let numerator = try quantities("numerator", parameters)
        let denominator = try quantities("denominator", parameters)
        return Ratio(
            declaration: MetricDeclaration(
                key: key,
                summary: try parameters.texts("numerator").joined(separator: " + ") + " / "
                    + parameters.texts("denominator").joined(separator: " + "),
                unit: try parameters.text("unit"),
                direction: MetricDeclaration.Direction(rawValue: try parameters.text("direction")) ?? .higher,
                denominator: try parameters.texts("denominator").joined(separator: " + "),
                isCutByFacts: (numerator + denominator).allSatisfy(\.isCutByFacts)),
            numerator: numerator, denominator: denominator)
    }

    let declaration: MetricDeclaration
    /// Added up above the line.
    let numerator: [Quantity]
    /// Added up below the line.
    let denominator: [Quantity]

    func value(of measures: Measures) -> Double? {
        guard let above = Self.sum(numerator, measures), let below = Self.sum(denominator, measures), below != 0 else {
            return nil
        }
        return above / below
    }

    /// Sums over orders where all of its quantities are; a ratio of rates is none.
    func sums(of facts: FactSums) -> Quotient? {
        guard (numerator + denominator).allSatisfy({ $0.total(of: facts) != nil }) else { return nil }
        func sum(_ quantities: [Quantity]) -> Double {
            quantities.reduce(0) { $0 + ($1.total(of: facts) ?? 0) }
        }
        return Quotient(sum(numerator), per: sum(denominator))
    }

    /// The sum of quantities in order; nil if one has no value.
    private static func sum(_ quantities: [Quantity], _ measures: Measures) -> Double? {
        var sum = 0.0
        for quantity in quantities {
            guard let value = quantity.value(of: measures) else { return nil }
            sum += value
        }
        return sum
    }

    /// The quantities a parameter lists, at least one.
    private static func quantities(
        _ name: String, _ parameters: MemberParameters
    ) throws(InputError) -> [Quantity] {
        var result: [Quantity] = []
        for word in try parameters.texts(name) {
            result.append(try Quantity(word: word, at: parameters.location(of: name)))
        }
        guard !result.isEmpty else {
            throw InputError(
                at: parameters.location(of: name), found: "an empty '\(name)' of ratio",
                expected: "at least one fact or metric")
        }
        return result
    }
}
