import Domain
import Replay

extension Scenario {
    /// The scenario's meaning as lines of `path value`, in an order of their own.
    ///
    /// Numbers are the shortest text that reads back as the same number, durations and instants seconds. The name and
    /// the report's choices are in it, since they show in the results; comments and the dataset's path are not: the
    /// dataset enters a run's hash by its content.
    func canonical() -> String {
        var text = CanonicalText()
        text.add("sandtable", "1")
        text.add("name", name)
        text.add("seed", "\(seed)")
        text.add("replications", replications)
        text.add("baseline", strategies.indices.contains(baseline) ? strategies[baseline].name : "")
        settings.describe(in: &text)
        for key in perturbationKeys { text.add("world", key) }
        for (index, strategy) in strategies.enumerated() { strategy.describe("strategies[\(index)]", in: &text) }
        for objective in objectives {
            let path = "objectives[\(objective.metric)]"
            text.add("\(path).weight", objective.weight)
            text.add("\(path).from", objective.from)
            text.add("\(path).to", objective.to)
            text.add("\(path).practical_difference", objective.practicalDifference)
        }
        for guardrail in guardrails {
            switch guardrail.bound {
            case .atLeast(let limit): text.add("guardrails[\(guardrail.metric)].at_least", limit)
            case .atMost(let limit): text.add("guardrails[\(guardrail.metric)].at_most", limit)
            }
        }
        if riskLevel != Scenario.usualRiskLevel { text.add("risk.level", riskLevel) }
        for key in ratioKeys { text.add("metrics", key) }
        for key in reportMetrics { text.add("report.metrics", key) }
        for cut in cuts { text.add("report.by", cut.rawValue) }
        return text.lines.joined(separator: "\n") + "\n"
    }
}

/// Lines of a path and a value.
private struct CanonicalText {
    var lines: [String] = []

    mutating func add(_ path: String, _ value: String) {
        lines.append("\(path) \(value)")
    }

    mutating func add(_ path: String, _ value: Double) {
        add(path, plainNumber(value))
    }

    mutating func add(_ path: String, _ value: Int) {
        add(path, "\(value)")
    }

    mutating func add(_ path: String, _ value: Bool) {
        add(path, value ? "on" : "off")
    }
}

extension ReplaySettings {
    /// Horizon, screening and money.
    fileprivate func describe(in text: inout CanonicalText) {
        text.add("horizon.from_seconds", from)
        text.add("horizon.to_seconds", to)
        text.add("horizon.warm_up_seconds", warmUp)
        text.add("horizon.drain_seconds", drain)
        text.add("transit_effect", transitEffect.rawValue)
        text.add("outage_detection_seconds", detectionDelay)
        for (index, rule) in screening.enumerated() {
            let path = "screening[\(index)]"
            text.add("\(path).name", rule.name)
            if let value = rule.valueAbove { text.add("\(path).value_above", value) }
            if let segment = rule.segment { text.add("\(path).segment", segment) }
            if let tag = rule.tag { text.add("\(path).tag", tag) }
            text.add("\(path).share", rule.share)
            text.add("\(path).delay_seconds", rule.delay)
        }
        text.add("costs.unserved_per_order", money.unservedPerOrder)
        text.add("costs.unserved_per_item", money.unservedPerItem)
        text.add("costs.late_per_order", money.latePerOrder)
        text.add("costs.late_per_hour", money.latePerHour)
        text.add("costs.compensation_cap", money.compensationCap)
        text.add("complaints.on_time", money.complaintOnTime)
        text.add("complaints.late", money.complaintLate)
        text.add("complaints.per_hour_late", money.complaintPerHourLate)
        text.add("complaints.unserved", money.complaintUnserved)
    }
}

extension StrategySpecification {
    /// Rules and actions.
    fileprivate func describe(_ path: String, in text: inout CanonicalText) {
        text.add("\(path).name", name)
        switch assignment {
        case .asHappened:
            text.add("\(path).assignment", "as_happened")
        case .scored(let ruleSets):
            for (index, ruleSet) in ruleSets.enumerated() {
                ruleSet.describe("\(path).rules[\(index)]", in: &text)
            }
        }
        switch unmet {
        case .cancel: text.add("\(path).unmet", "cancel")
        case .wait(let hours): text.add("\(path).unmet.wait_hours", hours)
        }
        text.add("\(path).partial", partial)
        if let waveSeconds { text.add("\(path).wave_seconds", waveSeconds) }
        text.add("\(path).reroute_on_outage", reroutesOnOutage)
    }
}

extension RuleSet {
    /// Weights, constraints, splits.
    fileprivate func describe(_ path: String, in text: inout CanonicalText) {
        for rating in ratings {
            text.add("\(path).weights.\(rating.rating.key).weight", rating.weight)
            text.add("\(path).weights.\(rating.rating.key).offset", rating.offset)
            text.add("\(path).weights.\(rating.rating.key).scale", rating.scale)
        }
        for use in constraints {
            text.add(
                "\(path).constraints.\(use.constraint.key)", use.softPrice.map { "soft \(plainNumber($0))" } ?? "hard")
        }
        text.add("\(path).splits.max", split.maximumSplits)
        text.add("\(path).splits.mode", split.mode.rawValue)
        text.add("\(path).splits.divide_lines", split.dividesLines)
        text.add("\(path).use_safety_stock", usesSafetyStock)
    }
}
