import Documents
import Domain
import Replay

/// Reads `objectives` and `guardrails`.
struct ObjectiveReader {
    let context: ReadingContext
    /// Every metric there is.
    let metrics: [MetricDeclaration]

    /// An objective with what its author left open.
    struct Draft {
        /// Where it stands; the scenario's root where it stands nowhere.
        var value: DocumentValue
        var metric: MetricDeclaration
        var weight: Double
        var from: Double?
        var to: Double?
        var practicalDifference: Double?

        /// The objective, once nothing is open.
        var complete: Objective? {
            guard let from, let to, let practicalDifference else { return nil }
            return Objective(
                metric: metric.key, weight: weight, from: from, to: to, practicalDifference: practicalDifference)
        }

        /// The keys that are missing.
        var missing: [String] {
            [("from", from), ("to", to), ("practical_difference", practicalDifference)]
                .filter { $0.1 == nil }.map(\.0)
        }
    }

    /// The objectives, complete or not; nil where there is no block at all.
    func drafts(_ root: MappingReader) -> [Draft]? {
        guard let value = root.optional("objectives") else { return nil }
        guard let elements = context.errors.collect({ () throws(InputError) in try value.list() }) else { return [] }
        if elements.isEmpty { return nil }
        var drafts: [Draft] = []
        for element in elements {
            guard let draft = draft(element) else { continue }
            if drafts.contains(where: { $0.metric.key == draft.metric.key }) {
                context.errors.add(
                    InputError(
                        at: element.location, found: "two objectives for '\(draft.metric.key)'",
                        expected: "each metric once"))
            } else {
                drafts.append(draft)
            }
        }
        return drafts
    }

    /// One objective.
    private func draft(_ value: DocumentValue) -> Draft? {
        let reader = context.reader(value, keys: ["metric", "weight", "from", "to", "practical_difference"])
        _ = reader.required("metric", expected: "the key of a metric")
        let weight = reader.number("weight", in: .positive, default: 1)
        let from = reader.number("from")
        let to = reader.number("to")
        let difference = reader.number("practical_difference", in: .positive)
        guard let metric = reader.read("metric", metric) else { return nil }
        if let from, let to { checkDirection(metric, from: from, to: to, at: value.location) }
        let draft = Draft(
            value: value, metric: metric, weight: weight, from: from, to: to, practicalDifference: difference)
        // A key that is there and wrong has its own error: it is not missing.
        let isWrong = draft.missing.contains { value[$0] != nil }
        return isWrong ? nil : draft
    }

    /// `to` is better than `from`.
    private func checkDirection(_ metric: MetricDeclaration, from: Double, to: Double, at location: SourceLocation) {
        let isBetter = metric.direction == .higher ? to > from : to < from
        guard !isBetter else { return }
        let expected =
            metric.direction == .higher
            ? "'to' above 'from', as more of it is better" : "'to' below 'from', as less of it is better"
        context.errors.add(
            InputError(
                at: location, found: "from \(plainNumber(from)) to \(plainNumber(to)) for \(metric.key)",
                expected: expected))
    }

    /// The metric a value names.
    private func metric(_ value: DocumentValue) throws(InputError) -> MetricDeclaration {
        let key = try value.word("metric", among: metrics.map(\.key))
        guard let metric = metrics.first(where: { $0.key == key }) else {
            throw value.unknown("metric", word: key, among: metrics.map(\.key))
        }
        return metric
    }

    /// `guardrails`.
    func guardrails(_ root: MappingReader) -> [Guardrail] {
        root.list("guardrails").flatMap { value -> [Guardrail] in
            let reader = context.reader(value, keys: ["metric", "at_least", "at_most"])
            _ = reader.required("metric", expected: "the key of a metric")
            if value.isMapping, value["at_least"] == nil, value["at_most"] == nil {
                context.errors.add(
                    InputError(
                        at: value.location, found: "no bound for \(value.path)", expected: "'at_least' or 'at_most'"))
            }
            let low = reader.number("at_least")
            let high = reader.number("at_most")
            if let low, let high, low > high {
                context.errors.add(
                    InputError(
                        at: value.location, found: "at least \(plainNumber(low)) and at most \(plainNumber(high))",
                        expected: "'at_least' below 'at_most'"))
            }
            guard let metric = reader.read("metric", metric) else { return [] }
            return [
                low.map { Guardrail(metric: metric.key, bound: .atLeast($0)) },
                high.map { Guardrail(metric: metric.key, bound: .atMost($0)) },
            ].compactMap { $0 }
        }
    }
}
