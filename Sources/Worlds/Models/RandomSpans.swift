import DeterministicMath
import Domain
import History
import Replay
import Sampling

/// Spans that come at random: from time 0 on quiet for an exponential time, then on for an exponential time, and so on.
///
/// Both times are quantiles of their own draws, `-mean ln(u)`, entity and number of the span: longer spans stay in their
/// order, and what happens to one entity changes nothing for another.
struct RandomSpans: Sendable {
    /// Mean quiet time, hours, positive.
    let hoursBetween: Double
    /// Mean length of a span, hours, positive.
    let meanHours: Double
    /// The nodes or services they come to, by index.
    let places: [Int]

    /// The spans of an entity that begin before `end`, the last of them perhaps after it: sorted, disjoint.
    func spans(_ purpose: DrawPurpose, entity name: UInt64, before end: Double, draws: Draws) -> [Interval] {
        var time = 0.0
        var spans: [Interval] = []
        while time < end {
            let entity = StableHash.combine(name, StableHash.of(spans.count))
            let (quiet, on) = draws.uniformPair(purpose, entity: entity)
            let from = time - 3_600 * hoursBetween * DeterministicMath.log(quiet)
            time = from - 3_600 * meanHours * DeterministicMath.log(on)
            spans.append(Interval(from: from, to: time))
        }
        return spans
    }
}

extension RandomSpans {
    /// The parameter `random` of a perturbation whose spans may come at random; `fields` say what else it is told.
    static func parameter(_ fields: [ParameterDeclaration], summary: String) -> ParameterDeclaration {
        ParameterDeclaration("random", .record(times + fields), isOptional: true, summary: summary)
    }

    /// Reads what ``parameter(_:summary:)`` declares; nil where nothing comes at random. `places` tells to what it comes.
    static func read(
        _ parameters: MemberParameters, _ fields: [ParameterDeclaration], dataset: Dataset,
        places: (MemberParameters) throws(InputError) -> [Int]
    ) throws(InputError) -> (spans: RandomSpans, given: MemberParameters)? {
        guard parameters.isGiven("random") else { return nil }
        let given = try parameters.record("random", declared: times + fields, dataset: dataset)
        let spans = RandomSpans(
            hoursBetween: try given.number("hours_between"), meanHours: try given.number("mean_hours"),
            places: try places(given))
        return (spans, given)
    }

    private static let times = [
        ParameterDeclaration("hours_between", .number(.positive), unit: "h", summary: "mean time between two"),
        ParameterDeclaration("mean_hours", .number(.positive), unit: "h", summary: "mean time one lasts"),
    ]
}
