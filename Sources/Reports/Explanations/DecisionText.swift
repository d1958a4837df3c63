import Experiments
import Explanations

/// An explanation of one decision in words and tables; every statement carries the numbers it is made of.
public struct DecisionText: Sendable {
    private let explanation: DecisionExplanation
    /// Rows of a table; JSON has them all.
    private static let rowsMax = 8
    /// Names in a list.
    private static let namesMax = 6

    /// The text of an explanation.
    public init(_ explanation: DecisionExplanation) {
        self.explanation = explanation
    }

    /// Lines for a terminal.
    public func text(style: TextStyle = .plain) -> String {
        var text = style.apply(.strong, to: title) + "\n" + head + "\n"
        for sentence in sentences { text += "\n" + sentence + "\n" }
        if !explanation.funnels.isEmpty {
            text += "\n" + style.apply(.strong, to: "Who could have shipped it") + "\n" + funnelText
        }
        for part in explanation.contributions {
            text +=
                "\n" + style.apply(.strong, to: contributionTitle(part)) + "\n"
                + contributionTable(part).text(style: style)
        }
        if let answers = explanation.counterfactuals {
            text += "\n" + style.apply(.strong, to: "What would have had to be otherwise") + "\n"
            text += counterfactualText(answers, style: style)
        }
        if let consequence = explanation.consequence, consequence.obstacle == nil {
            text += "\n" + style.apply(.strong, to: "The same world with \(consequence.node) instead") + "\n"
            text += consequenceTable(consequence).text(style: style)
            text += othersSentence(consequence) + "\n"
        }
        return text
    }

    // MARK: Sentences

    /// Which decision it is.
    public var title: String {
        "\(explanation.scenario): order \(explanation.order) under \(explanation.strategy) in world \(explanation.replication)"
    }

    private var head: String {
        let lines = explanation.lines.map { "\($0.quantity) x \($0.product)" }.joined(separator: ", ")
        var text = "\(lines) to \(explanation.zone) (\(explanation.region)); placed \(explanation.placedAt)"
        if let decided = explanation.decidedAt { text += ", decided \(decided)" }
        if let promised = explanation.promisedAt { text += ", promised \(promised)" }
        if explanation.decisionCount > 1, let decision = explanation.decision {
            text += "; decision \(decision + 1) of \(explanation.decisionCount)"
        }
        return text
    }

    /// What an explanation comes to, a sentence or two each: the choice, what would have changed it, what that would
    /// have done.
    public var sentences: [String] {
        guard explanation.decision != nil else {
            return ["It was never decided: it was cancelled before, or its decision lies beyond the end of the replay."]
        }
        var sentences: [String] = []
        if explanation.followsRecord { sentences.append("The record says which node: nothing was weighed.") }
        for part in explanation.contributions { sentences.append(choiceSentence(part)) }
        if explanation.contributions.isEmpty, !explanation.followsRecord {
            sentences.append("No candidate could carry it.")
        }
        if let answers = explanation.counterfactuals { sentences.append(changeSentence(answers)) }
        if let consequence = explanation.consequence { sentences.append(consequenceSentence(consequence)) }
        return sentences
    }

    private func choiceSentence(_ part: DecisionContributions) -> String {
        guard let chosen = part.chosen else { return "" }
        let what = part.shipment.map { "shipment \($0 + 1) (\(Self.list(part.lines)))" } ?? "all of it"
        let name = "\(chosen.node) by \(chosen.service)"
        let scored = part.candidates.count { $0.removals.isEmpty }
        guard let second = part.second else {
            let alone = scored == 1 ? "the only candidate that could" : "no other node could"
            return "\(name) took \(what): \(alone)."
        }
        let terms = zip(part.features, zip(second.contributions, zip(chosen.values, second.values)))
            .map { (feature: $0, contribution: $1.0, own: $1.1.0, other: $1.1.1) }
            .filter { $0.contribution != 0 }
            .sorted { abs($0.contribution) > abs($1.contribution) }
        func words(
            _ terms: some Sequence<
                (feature: DecisionContributions.Feature, contribution: Double, own: Double, other: Double)
            >
        ) -> String {
            terms.prefix(3).map { term in
                let unit = term.feature.unit.isEmpty ? "" : " \(self.unit(term.feature.unit))"
                return "\(term.feature.key) \(Self.signed(term.contribution)) (\(NumberText.value(term.own)) against "
                    + "\(NumberText.value(term.other))\(unit))"
            }.joined(separator: ", ")
        }
        var text = "\(name) took \(what): its score \(NumberText.value(chosen.score)) is "
        if second.difference == 0 {
            return text + "that of \(second.node) by \(second.service) too, and ties go to the lower id."
        }
        text += "\(NumberText.value(-second.difference)) below that of \(second.node) by \(second.service)"
        let speaking = terms.filter { $0.contribution < 0 }
        let against = terms.filter { $0.contribution > 0 }
        if !speaking.isEmpty { text += ", because of " + words(speaking) }
        if !against.isEmpty { text += "; against it spoke " + words(against) }
        return text + "."
    }

    private func changeSentence(_ answers: Counterfactuals) -> String {
        guard let best = answers.best else {
            return "No single input, and no mix of weights, would have changed the choice within its plausible range."
        }
        let parts = best.parts.map { part in
            "\(part.key) had been \(Self.outward(part.to, from: part.from)) instead of \(Self.value(part.from))"
        }
        let proof = best.proof == .provedSmallest ? "proved smallest" : "smallest found"
        return "\(Self.names(best.nodes)) would have been chosen if \(parts.joined(separator: " and ")) "
            + "(\(NumberText.value(best.distance)) spreads, \(proof))."
    }

    private func consequenceSentence(_ consequence: DecisionConsequence) -> String {
        if let obstacle = consequence.obstacle {
            return "\(consequence.node) could not have taken it: \(obstacle)."
        }
        let (before, after) = (consequence.before, consequence.after)
        var text = "Sent to \(consequence.node) by \(consequence.service), the order would have been \(after.status)"
        if let hours = after.leadTimeHours { text += " after \(NumberText.value(hours)) h" }
        text += after.isOnTime ? ", on time" : after.status == "delivered" ? ", late" : ""
        text += ", at a cost of \(NumberText.value(after.cost)) \(explanation.currency); it was \(before.status)"
        if let hours = before.leadTimeHours { text += " after \(NumberText.value(hours)) h" }
        text += before.isOnTime ? ", on time" : before.status == "delivered" ? ", late" : ""
        return text + ", at \(NumberText.value(before.cost))."
    }

    private func othersSentence(_ consequence: DecisionConsequence) -> String {
        let differing = consequence.otherChoices + consequence.otherTimes
        guard differing > 0 else { return "No other order would have noticed." }
        return "Of all other orders \(NumberText.count(differing)) would have differed, "
            + "\(NumberText.count(consequence.otherChoices)) of them in node, service or status: cost "
            + "\(Self.signed(consequence.otherCost)) \(explanation.currency), on-time orders "
            + "\(consequence.otherOnTime > 0 ? "+" : "")\(consequence.otherOnTime), hours to delivery "
            + "\(Self.signed(consequence.otherHours))."
    }

    // MARK: Tables

    private var funnelText: String {
        var text = ""
        for funnel in explanation.funnels {
            let what = funnel.shipment.map { "shipment \($0 + 1)" } ?? "all of it"
            let rules = explanation.funnels.contains { $0.ruleSet > 0 } ? ", rule set \(funnel.ruleSet + 1)" : ""
            text += "\(what)\(rules): \(NumberText.count(funnel.candidates)) lanes to the zone"
            for removal in funnel.removals {
                let detail = removal.detail.isEmpty ? "" : " (\(removal.detail))"
                text += "\n  - \(removal.lanes) \(Self.reason(removal.reason))\(detail): \(Self.names(removal.nodes))"
            }
            text += "\n  = \(funnel.scored) scored; "
            if let node = funnel.node, let service = funnel.service {
                text += "chosen: \(node) by \(service)\n"
            } else {
                text += "nobody chosen\n"
            }
        }
        return text
    }

    private func contributionTitle(_ part: DecisionContributions) -> String {
        let what = part.shipment.map { "Shipment \($0 + 1), " } ?? ""
        let chosen = part.chosen?.node ?? ""
        let score = what.isEmpty ? "Score" : "score"
        return "\(what)\(score) of \(chosen) less that of each other, rating by rating (negative speaks for \(chosen))"
    }

    private func contributionTable(_ part: DecisionContributions) -> TextTable {
        var table = TextTable(
            columns: [.init("candidate")]
                + part.features.map { feature in
                    .init(feature.key + (feature.unit.isEmpty ? "" : " [\(unit(feature.unit))]"), alignsRight: true)
                } + [.init("score", alignsRight: true), .init("difference", alignsRight: true)])
        let scored = part.candidates.filter { $0.removals.isEmpty }
        let shown = scored.prefix(Self.rowsMax)
        for candidate in shown {
            let cells = part.features.indices.map { index -> TextTable.Cell in
                let value = NumberText.value(candidate.values[index])
                guard !candidate.isChosen else { return .init(value) }
                return .init("\(value) (\(Self.signed(candidate.contributions[index])))")
            }
            table.add(
                [.init("\(candidate.node) by \(candidate.service)", look: candidate.isChosen ? .good : .plain)] + cells
                    + [
                        .init(NumberText.value(candidate.score)),
                        .init(candidate.isChosen ? "" : Self.signed(candidate.difference)),
                    ])
        }
        if scored.count > shown.count {
            let blanks = [TextTable.Cell](repeating: "", count: part.features.count + 2)
            table.add([.init("... \(scored.count - shown.count) more", look: .faint)] + blanks)
        }
        return table
    }

    private func counterfactualText(_ answers: Counterfactuals, style: TextStyle) -> String {
        var table = TextTable(columns: [
            .init("input"), .init("was", alignsRight: true), .init("would have to be", alignsRight: true),
            .init("spreads", alignsRight: true), .init("then"), .init("how sure"),
        ])
        func add(_ found: Counterfactual) {
            let nodes = Self.names(found.nodes)
            let proof = found.proof == .provedSmallest ? "proved smallest" : "smallest found"
            for (index, part) in found.parts.enumerated() {
                let isFirst = index == 0
                table.add([
                    .init(part.key), .init(Self.value(part.from)),
                    .init(Self.outward(part.to, from: part.from)), .init(NumberText.value(part.distance)),
                    .init(isFirst ? nodes : "and"), .init(isFirst ? proof : ""),
                ])
            }
        }
        let found = answers.alone.compactMap(\.smallest).sorted { $0.distance < $1.distance }
        for answer in found.prefix(Self.rowsMax) { add(answer) }
        let together = [answers.weights, answers.features].compactMap { $0 }.filter { $0.parts.count > 1 }
        for answer in together { add(answer) }
        var text = found.isEmpty ? "" : table.text(style: style)
        if found.count > Self.rowsMax {
            text += "... \(found.count - Self.rowsMax) more inputs by themselves (--json)\n"
        }
        let none = ChangeableInput.Kind.allCases.compactMap { kind in
            Self.noneWords(answers.alone.filter { $0.input.kind == kind && $0.matters && $0.smallest == nil })
        }
        if !none.isEmpty { text += "None in the plausible range: \(none.joined(separator: "; "))\n" }
        let idle = ChangeableInput.Kind.allCases.filter { kind in
            let asked = answers.alone.filter { $0.input.kind == kind && !$0.input.isFrozen }
            return !asked.isEmpty && asked.allSatisfy { !$0.matters }
        }
        if !idle.isEmpty {
            text += "Of no account here: \(idle.map(\.rawValue).joined(separator: ", "))\n"
        }
        let frozen = answers.alone.filter(\.input.isFrozen).map(\.input.key)
        if !frozen.isEmpty { text += "Kept as they were: \(Self.names(frozen))\n" }
        return text + "Decided again \(NumberText.count(answers.decisions)) times.\n"
    }

    /// Inputs of one kind that nothing plausible makes decisive: a few by name, many by number.
    private static func noneWords(_ answers: [InputAnswer]) -> String? {
        guard let first = answers.first?.input else { return nil }
        if answers.count > namesMax / 2 {
            return "\(NumberText.count(answers.count)) of \(first.kind.rawValue)"
        }
        return answers.map { answer in
            let range = "\(NumberText.stated(answer.input.low)) to \(NumberText.stated(answer.input.high))"
            return "\(answer.input.key) (\(range))"
        }.joined(separator: ", ")
    }

    private func consequenceTable(_ consequence: DecisionConsequence) -> TextTable {
        var table = TextTable(columns: [
            .init("the order"), .init("as it was"), .init("then"),
        ])
        let (before, after) = (consequence.before, consequence.after)
        table.add(["nodes", .init(Self.names(before.nodes)), .init(Self.names(after.nodes))])
        table.add(["status", .init(before.status), .init(after.status)])
        table.add([
            "delivered", .init(Self.toSeconds(before.deliveredAt)), .init(Self.toSeconds(after.deliveredAt)),
        ])
        table.add([
            "hours", .init(NumberText.value(before.leadTimeHours)), .init(NumberText.value(after.leadTimeHours)),
        ])
        table.add(["on time", .init(before.isOnTime ? "yes" : "no"), .init(after.isOnTime ? "yes" : "no")])
        table.add([
            .init("cost [\(explanation.currency)]"), .init(NumberText.value(before.cost)),
            .init(NumberText.value(after.cost)),
        ])
        return table
    }

    // MARK: Words

    /// A local time without fractions of a second.
    private static func toSeconds(_ time: String?) -> String {
        time.map { String($0.prefix { $0 != "." }) } ?? NumberText.undefined
    }

    private func unit(_ unit: String) -> String { unit == "money" ? explanation.currency : unit }

    /// A reason of ``DecisionFunnel`` for people.
    private static func reason(_ word: String) -> String {
        switch word {
        case "node_down": "node known to be down"
        case "daily_limit": "daily limit of orders reached"
        case "node_tag": "node cannot keep the temperature"
        case "service_tag": "service cannot keep the temperature"
        case "stock": "not in stock"
        case "constraint": "forbidden by a constraint"
        case "covers_less": "carries fewer lines than others"
        case "other_nodes": "not of the best set of nodes"
        default: "excluded by the world"
        }
    }

    private static func list(_ lines: [DecisionExplanation.Line]) -> String {
        lines.map { "\($0.quantity) x \($0.product)" }.joined(separator: ", ")
    }

    private static func names(_ names: [String]) -> String {
        let more = names.count > namesMax ? " and \(names.count - namesMax) more" : ""
        return names.prefix(namesMax).joined(separator: ", ") + more
    }

    /// A number with its sign.
    static func signed(_ value: Double) -> String { (value > 0 ? "+" : "") + NumberText.value(value) }

    /// A number as it was stated where it is whole, else with about four digits.
    private static func value(_ value: Double) -> String {
        value == value.rounded() ? NumberText.stated(value) : NumberText.value(value)
    }

    /// A value that has to be reached, rounded to four digits away from where it started: rounded the other way it would
    /// not do.
    static func outward(_ value: Double, from start: Double) -> String {
        guard value != start, value.isFinite, value != value.rounded() else { return Self.value(value) }
        var scale = 1.0
        while abs(value) * scale < 1_000, scale < 1e9 { scale *= 10 }
        let rule: FloatingPointRoundingRule = value > start ? .up : .down
        return NumberText.stated((value * scale).rounded(rule) / scale)
    }
}
