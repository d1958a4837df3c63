import Documents
import Domain
import Replay
import Strategies

/// Reads what a scenario says of a strategy over its member's defaults.
struct StrategyOptionsReader {
    let context: ReadingContext

    /// Keys of how a strategy acts, whatever it scores.
    static let actionKeys = ["unmet", "partial", "wave_minutes", "reroute_on_outage"]
    /// Keys of `strategy_defaults`.
    static let defaultKeys = actionKeys + ["constraints", "splits", "use_safety_stock"]
    /// Keys of a rule set in `then`.
    private static let ruleSetKeys = ["weights", "constraints", "splits", "use_safety_stock"]

    /// The options a mapping states, all but `name` and `then`.
    func options(_ reader: MappingReader) -> StrategyOptions {
        var options = StrategyOptions()
        readActions(reader, into: &options)
        if let value = reader.optional("weights") { options.weights = weights(value) }
        options.constraints = reader.list("constraints").compactMap(constraint)
        options.usesSafetyStock = reader.read("use_safety_stock") { value throws(InputError) in try value.truth() }
        if let value = reader.optional("splits") { readSplits(value, into: &options) }
        return options
    }

    /// Shared options for a strategy: what only a scored one has is left out for one that copies history.
    func withoutScoring(
        _ shared: StrategyOptions, unlessScored strategy: StrategySpecification
    ) -> StrategyOptions {
        guard case .asHappened = strategy.assignment else { return shared }
        var options = StrategyOptions()
        options.unmet = shared.unmet
        options.partial = shared.partial
        options.waveMinutes = shared.waveMinutes
        options.reroutesOnOutage = shared.reroutesOnOutage
        return options
    }

    /// The strategy with the rule sets of `then` after its own.
    ///
    /// What a later rule set does not state it has from the first, but for the constraints: it is there to relax them.
    func appendingRuleSets(_ reader: MappingReader, to strategy: StrategySpecification) -> StrategySpecification {
        guard case .scored(var ruleSets) = strategy.assignment, let first = ruleSets.first else { return strategy }
        for value in reader.list("then") {
            let options = options(context.reader(value, keys: Self.ruleSetKeys))
            var next = first
            next.constraints = options.constraints
            if value["weights"] != nil { next.ratings = options.weights.filter { $0.weight != 0 } }
            if next.ratings.isEmpty {
                context.errors.add(
                    InputError(
                        at: value.location, found: "a rule set without a rating to score by",
                        expected: "at least one weight"))
            }
            next.split.maximumSplits = options.maximumSplits ?? first.split.maximumSplits
            next.split.mode = options.splitMode ?? first.split.mode
            next.split.dividesLines = options.dividesLines ?? first.split.dividesLines
            next.usesSafetyStock = options.usesSafetyStock ?? first.usesSafetyStock
            ruleSets.append(next)
        }
        var result = strategy
        result.assignment = .scored(ruleSets)
        return result
    }

    // MARK: Actions

    /// `unmet`, `partial`, `wave_minutes`, `reroute_on_outage`.
    private func readActions(_ reader: MappingReader, into options: inout StrategyOptions) {
        options.unmet = reader.optional("unmet").flatMap(unmetAction)
        options.partial = reader.read("partial") { value throws(InputError) in try value.truth() }
        options.reroutesOnOutage = reader.read("reroute_on_outage") { value throws(InputError) in try value.truth() }
        options.waveMinutes = reader.read("wave_minutes") { value throws(InputError) in
            value.truthIfAny == false ? 0 : try value.number(in: .from(0, to: 10_080))
        }
    }

    /// `cancel`, or `{wait_hours: H}`.
    private func unmetAction(_ value: DocumentValue) -> UnmetAction? {
        if value.isMapping {
            let reader = context.reader(value, keys: ["wait_hours"])
            _ = reader.required("wait_hours", expected: "the hours that unplaced lines wait for stock")
            return reader.number("wait_hours", in: .nonNegative).map { .wait(deadlineHours: $0) }
        }
        guard case .scalar(let text, _) = value.content, text == "cancel" else {
            context.errors.add(value.error(expected: "'cancel' or '{wait_hours: number}'"))
            return nil
        }
        return .cancel
    }

    /// `splits: 2`, `splits: off`, or `{max, mode, divide_lines}`.
    private func readSplits(_ value: DocumentValue, into options: inout StrategyOptions) {
        if value.truthIfAny == false {
            options.maximumSplits = 0
        } else if value.isScalar {
            options.maximumSplits = context.errors.collect { () throws(InputError) in try value.integer(in: 0...1_000) }
        } else {
            let reader = context.reader(value, keys: ["max", "mode", "divide_lines"])
            options.maximumSplits = reader.read("max") { value throws(InputError) in try value.integer(in: 0...1_000) }
            options.splitMode = reader.read("mode") { value throws(InputError) in
                try value.word("split mode", of: SplitRule.Mode.self)
            }
            options.dividesLines = reader.read("divide_lines") { value throws(InputError) in try value.truth() }
        }
    }

    // MARK: Weights and constraints

    /// `{freight: 1, stock_depth: {weight: 0.4, scale: 2}}`, or a list of such entries where a rating comes twice.
    private func weights(_ value: DocumentValue) -> [WeightedRating] {
        let uses: [MemberUse]
        switch value.content {
        case .mapping(let entries):
            uses = entries.map { MemberUse($0, in: value) }
        case .list(let elements):
            uses = elements.compactMap { element in
                context.errors.collect { () throws(InputError) in
                    try MemberUse(listEntry: element, kind: Catalogues.ratings.kind)
                }
            }
        default:
            context.errors.add(value.error(expected: "a weight for each rating, 'freight: 1'"))
            return []
        }
        var weights: [WeightedRating] = []
        for use in uses {
            guard let weight = weight(use) else { continue }
            if weights.contains(where: { $0.rating.key == weight.rating.key }) {
                context.errors.add(
                    InputError(
                        at: use.location, found: "the rating '\(weight.rating.key)' twice",
                        expected: "each rating and its parameters once"))
            }
            weights.append(weight)
        }
        return weights
    }

    /// One rating with its weight: a number, or a mapping with `weight`, references and the rating's parameters.
    private func weight(_ use: MemberUse) -> WeightedRating? {
        guard let value = use.value else {
            context.errors.add(
                InputError(at: use.location, found: "no weight for '\(use.name)'", expected: "'\(use.name): number'"))
            return nil
        }
        if value.isScalar {
            let bare = MemberUse(name: use.name, location: use.location, value: nil, entry: use.entry)
            let weight = context.errors.collect { () throws(InputError) in try value.number() }
            guard let rating = context.make(bare, in: Catalogues.ratings)?.member, let weight else { return nil }
            return WeightedRating(rating, weight: weight)
        }
        guard value.isMapping else {
            context.errors.add(value.error(expected: "a weight, or a mapping with 'weight'"))
            return nil
        }
        let rating = context.make(use, in: Catalogues.ratings, reserved: ["weight", "offset", "scale"])?.member
        let reader = context.reader(value, keys: value.entries.map(\.key))
        _ = reader.required("weight", expected: "the rating's weight in the score")
        let offset = reader.number("offset")
        let scale = reader.number("scale", in: .positive)
        guard let rating, let weight = reader.number("weight") else { return nil }
        return WeightedRating(rating, weight: weight, offset: offset, scale: scale)
    }

    /// `same_region`, `maximum_distance: {km: 400}`, `spare_capacity: {share: 0.2, soft: 5}`.
    private func constraint(_ value: DocumentValue) -> ConstraintUse? {
        guard
            let use = context.errors.collect({ () throws(InputError) in
                try MemberUse(listEntry: value, kind: Catalogues.constraints.kind)
            })
        else { return nil }
        let made = context.make(use, in: Catalogues.constraints, reserved: ["soft"])
        var price: Double?
        if let value = use.value, value.isMapping {
            price = context.reader(value, keys: value.entries.map(\.key)).number("soft", in: .nonNegative)
        }
        return made.map { ConstraintUse($0.member, softPrice: price) }
    }

    // MARK: Order

    /// The strategy with ratings and constraints in the catalogues' order, then by key: the order of a mapping's keys
    /// means nothing, and floating-point sums follow the order of terms.
    func sorted(_ strategy: StrategySpecification) -> StrategySpecification {
        guard case .scored(var ruleSets) = strategy.assignment else { return strategy }
        // Lists that are put together anew each time they are asked for.
        let (ratingNames, constraintNames) = (Catalogues.ratings.names, Catalogues.constraints.names)
        for index in ruleSets.indices {
            ruleSets[index].ratings.sort { left, right in
                let leftPlace = Self.place(left.rating.declaration.name, among: ratingNames)
                let rightPlace = Self.place(right.rating.declaration.name, among: ratingNames)
                return (leftPlace, left.rating.key) < (rightPlace, right.rating.key)
            }
            ruleSets[index].constraints.sort { left, right in
                let leftPlace = Self.place(left.constraint.declaration.name, among: constraintNames)
                let rightPlace = Self.place(right.constraint.declaration.name, among: constraintNames)
                return (leftPlace, left.constraint.key, left.softPrice ?? -1)
                    < (rightPlace, right.constraint.key, right.softPrice ?? -1)
            }
        }
        var result = strategy
        result.assignment = .scored(ruleSets)
        return result
    }

    /// Where a name stands in a catalogue.
    private static func place(_ name: String, among names: [String]) -> Int {
        names.firstIndex(of: name) ?? names.count
    }
}
