import Documents
import Domain
import History
import Replay

/// Reads what all strategies and worlds share: horizon, screening, costs, complaints, outage detection, transit effect.
struct SettingsReader {
    let context: ReadingContext

    /// The keys of a scenario that this reader answers for.
    static let keys = [
        "horizon", "screening", "costs", "complaints", "transit_effect", "outage_detection_minutes",
    ]

    /// The settings; errors are noted.
    func settings(_ root: MappingReader) -> ReplaySettings {
        var settings = horizon(root)
        settings.screening = root.list("screening").enumerated().compactMap { screeningRule($1) }
        checkNames(of: settings.screening, in: root.list("screening"))
        settings.money = money(costs: root.optional("costs"), complaints: root.optional("complaints"))
        settings.transitEffect = root.word("transit_effect", of: "transit effect", default: .alongTheWay)
        settings.detectionDelay = root.number("outage_detection_minutes", in: .nonNegative, default: 0) * 60
        return settings
    }

    // MARK: Horizon

    /// The horizon: the dataset's, unless said otherwise.
    private func horizon(_ root: MappingReader) -> ReplaySettings {
        let description = context.dataset.description
        var settings = ReplaySettings(from: 0, to: description.end)
        guard let value = root.optional("horizon") else {
            checkOrders(of: settings, at: root.value.location)
            return settings
        }
        let before = context.errors.errors.count
        let reader = context.reader(value, keys: ["from", "to", "warm_up_hours", "drain_days"])
        settings.from = reader.read("from", context.instant) ?? settings.from
        settings.to = reader.read("to", context.instant) ?? settings.to
        settings.warmUp = reader.number("warm_up_hours", in: .nonNegative, default: 0) * 3_600
        settings.drain = reader.number("drain_days", in: .from(0, to: 3_650), default: 14) * 86_400
        guard context.errors.errors.count == before else { return settings }
        guard settings.from < settings.to else {
            let from = context.text(ofInstant: settings.from)
            context.errors.add(
                InputError(
                    at: value.location, found: "a horizon from \(from) to \(context.text(ofInstant: settings.to))",
                    expected: "'to' after 'from'"))
            return settings
        }
        checkOrders(of: settings, at: value.location)
        return settings
    }

    /// A horizon without an order, or with none after its warm-up, is an error.
    private func checkOrders(of settings: ReplaySettings, at location: SourceLocation) {
        let placed = context.dataset.orders.placedAt
        let first = settings.from + settings.warmUp
        for row in 0..<placed.count where placed[row] >= first && placed[row] < settings.to { return }
        let description = context.dataset.description
        let span = context.text(ofInstant: first) + " to " + context.text(ofInstant: settings.to)
        let recorded = context.text(ofInstant: 0) + " to " + context.text(ofInstant: description.end)
        let warmUp = settings.warmUp > 0 ? " after the warm-up" : ""
        context.errors.add(
            InputError(
                at: location, found: "no order placed in \(span)\(warmUp)",
                expected: "orders; the dataset '\(description.name)' has \(placed.count) in \(recorded)"))
    }

    // MARK: Screening

    /// A rule of `screening`.
    private func screeningRule(_ value: DocumentValue) -> ScreeningRule? {
        let reader = context.reader(
            value, keys: ["name", "value_above", "segment", "tag", "share", "delay_hours"])
        _ = reader.required("name", expected: "the rule's name in reports")
        _ = reader.required("delay_hours", expected: "the hours that the rule takes")
        guard let name = reader.text("name"), let delay = reader.number("delay_hours", in: .nonNegative) else {
            return nil
        }
        return ScreeningRule(
            name: name, valueAbove: reader.number("value_above", in: .nonNegative),
            segment: reader.read("segment") { value throws(InputError) in try context.index(value, of: .segment) },
            tag: reader.read("tag") { value throws(InputError) in try context.index(value, of: .tag) },
            share: reader.number("share", in: .share, default: 1), delay: delay * 3_600)
    }

    /// Two rules of one name are an error.
    private func checkNames(of rules: [ScreeningRule], in values: [DocumentValue]) {
        for (index, rule) in rules.enumerated() where rules[..<index].contains(where: { $0.name == rule.name }) {
            if let value = values.last(where: { $0.entryName == rule.name }) {
                context.errors.add(
                    InputError(
                        at: value.location, found: "two screening rules named '\(rule.name)'",
                        expected: "a name of its own for each"))
            }
        }
    }

    // MARK: Money

    /// `costs` and `complaints`.
    private func money(costs: DocumentValue?, complaints: DocumentValue?) -> MoneyRules {
        var money = MoneyRules()
        if let costs {
            let reader = context.reader(
                costs,
                keys: [
                    "unserved_per_order", "unserved_per_item", "late_per_order", "late_per_hour", "compensation_cap",
                ])
            money.unservedPerOrder = reader.number("unserved_per_order", in: .nonNegative, default: 0)
            money.unservedPerItem = reader.number("unserved_per_item", in: .nonNegative, default: 0)
            money.latePerOrder = reader.number("late_per_order", in: .nonNegative, default: 0)
            money.latePerHour = reader.number("late_per_hour", in: .nonNegative, default: 0)
            money.compensationCap = reader.number("compensation_cap", in: .nonNegative, default: .infinity)
        }
        if let complaints {
            let reader = context.reader(complaints, keys: ["on_time", "late", "per_hour_late", "unserved"])
            money.complaintOnTime = reader.number("on_time", in: .share, default: 0)
            money.complaintLate = reader.number("late", in: .share, default: 0)
            money.complaintPerHourLate = reader.number("per_hour_late", in: .share, default: 0)
            money.complaintUnserved = reader.number("unserved", in: .share, default: 0)
        }
        return money
    }
}
