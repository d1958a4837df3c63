import Constraints
import Domain
import Ratings
import Replay
import Strategies
import TestKit
import Testing

@Suite struct StrategyOptionsTests {
    @Test("Options that say nothing change nothing")
    func neutral() throws {
        let network = try SmallNetwork()
        let before = try strategy("capacity_matched", in: network)
        let after = try StrategyOptions().applied(to: before)
        #expect(after.name == before.name && after.unmet == before.unmet)
        #expect(after.partial == before.partial && after.waveSeconds == before.waveSeconds)
        #expect(after.reroutesOnOutage == before.reroutesOnOutage)
        #expect(try described(after) == described(before))
    }

    /// What can be compared of the rule sets.
    private func described(_ specification: StrategySpecification) throws -> [String] {
        try ruleSets(specification).map { rules in
            let ratings = rules.ratings.map { "\($0.rating.key) \($0.weight) \($0.offset) \($0.scale)" }
            let constraints = rules.constraints.map { "\($0.constraint.key) \($0.softPrice ?? -1)" }
            return "\(ratings) \(constraints) \(rules.split) \(rules.usesSafetyStock)"
        }
    }

    @Test("Every option reaches the specification, in every rule set")
    func everyOption() throws {
        let network = try SmallNetwork()
        var options = StrategyOptions()
        options.name = "mine"
        options.maximumSplits = 3
        options.splitMode = .fewestShipments
        options.dividesLines = true
        options.usesSafetyStock = true
        options.unmet = .cancel
        options.partial = true
        options.waveMinutes = 2
        options.reroutesOnOutage = true
        options.constraints = [
            ConstraintUse(
                try ConstraintCatalogue.members.make("same_region", dataset: network.dataset), softPrice: 5)
        ]
        let result = try options.applied(to: strategy("capacity_matched", in: network))
        #expect(result.name == "mine" && result.unmet == .cancel && result.partial && result.reroutesOnOutage)
        #expect(result.waveSeconds == 120)
        let rules = try ruleSets(result)
        #expect(
            rules.map { $0.constraints.map(\.constraint.declaration.name) } == [
                ["spare_capacity", "same_region"], ["same_region"],
            ])
        for rules in rules {
            #expect(rules.split == SplitRule(mode: .fewestShipments, maximumSplits: 3, dividesLines: true))
            #expect(rules.usesSafetyStock)
            #expect(rules.constraints.last?.softPrice == 5)
        }
    }

    @Test("Waves of no minutes decide at once")
    func noWaves() throws {
        var options = StrategyOptions()
        options.waveMinutes = 0
        #expect(try options.applied(to: strategy("nearest", in: SmallNetwork())).waveSeconds == nil)
    }

    @Test("A weight takes the place of the member's of that name, comes last, and takes the rating out where it is 0")
    func weights() throws {
        let network = try SmallNetwork()
        func weight(_ name: String, _ weight: Double) throws -> WeightedRating {
            WeightedRating(try RatingCatalogue.members.make(name, dataset: network.dataset), weight: weight)
        }
        var options = StrategyOptions()
        options.weights = [try weight("cost", 2), try weight("carbon", 0), try weight("freight", 1)]
        let ratings = try ruleSets(options.applied(to: strategy("weighted", in: network)))[0].ratings
        #expect(
            ratings.map(\.rating.key) == [
                "expected_delivery_hours", "expected_lateness_hours", "utilisation", "cost", "freight",
            ])
        #expect(ratings[3].weight == 2 && ratings[3].scale == 10)
    }

    @Test("A strategy of one's own needs a weight, and rule sets may take the place of the member's")
    func custom() throws {
        let network = try SmallNetwork()
        let bare = try strategy("custom", in: network)
        #expect(throws: InputError.self) { try StrategyOptions().applied(to: bare) }
        var options = StrategyOptions()
        options.weights = [
            WeightedRating(try RatingCatalogue.members.make("freight", dataset: network.dataset), weight: 1)
        ]
        #expect(try ruleSets(options.applied(to: bare))[0].ratings.count == 1)
        var replaced = StrategyOptions()
        replaced.ruleSets = [RuleSet(ratings: options.weights), RuleSet(ratings: options.weights)]
        #expect(try ruleSets(replaced.applied(to: bare)).count == 2)
    }

    @Test("As-happened takes waiting and waves, and refuses what would score")
    func asHappened() throws {
        let network = try SmallNetwork(change: { $0.addHistory(order: "o1", node: "n2", service: "van") })
        let copied = try strategy("as_happened", in: network)
        var waiting = StrategyOptions()
        waiting.unmet = .cancel
        waiting.partial = true
        #expect(try waiting.applied(to: copied).partial)
        var splitting = StrategyOptions()
        splitting.maximumSplits = 2
        let error = #expect(throws: InputError.self) { try splitting.applied(to: copied) }
        #expect(
            error?.description
                == "found 'max_splits' for 'as_happened', which copies history, expected no scoring options")
    }

    @Test("Every strategy has a name of its own, a summary and described parameters")
    func documented() throws {
        let network = try SmallNetwork(change: { $0.addHistory(order: "o1", node: "n2", service: "van") })
        let members = StrategyCatalogue.members
        #expect(Set(members.names).count == members.names.count)
        for entry in members.entries {
            #expect(!entry.summary.isEmpty && entry.summary.count <= 100, "\(entry.name)")
            #expect(entry.parameters.allSatisfy { !$0.summary.isEmpty }, "\(entry.name)")
            let given = entry.name == "ranked_list" ? [ParameterField("nodes", ["n1"])] : []
            #expect(try strategy(entry.name, given, in: network).name == entry.name)
        }
    }
}
