import Domain
import Testing

@testable import ScenarioFiles

/// A scenario with something of everything.
private let original = """
    # A head
    sandtable: 1
    name: mutant
    dataset: ../data
    seed: 42
    replications: 10
    baseline: nearest
    horizon: {from: 2026-01-12T00:00, to: 2026-01-14T00:00, warm_up_hours: 6, drain_days: 14}
    world:
      weather_effects: {transit: {rain: 1.2}}
      demand: {frailty_sd: 0.1, surges: [{multiplier: 2, from: 2026-01-12T10:00, to: 2026-01-12T16:00, regions: [east]}]}
      weather_events: [{regions: [east], from: 2026-01-12T10:00, to: 2026-01-12T16:00, level: 3}]
      outages:
        - {node: east, from: 2026-01-12T10:00, to: 2026-01-12T16:00}
      cancellation: {hazard_per_hour: 0.002}
      service_noise: on
    transit_effect: along_the_way
    screening:
      - {name: high_value, value_above: 5000, delay_hours: 2}
    costs: {unserved_per_order: 20, late_per_hour: 0.5}
    complaints: {on_time: 0.01}
    strategy_defaults: {splits: {max: 1}}
    strategies:
      - nearest
      - cheapest: {splits: {max: 2}}
      - name: balanced
        weights: {freight: 1, signal: {name: premium, weight: 1}}
        constraints: [{maximum_distance: 400}, {spare_capacity: {share: 0.2, soft: 5}}]
        then: [{constraints: []}]
        unmet: {wait_hours: 48}
    objectives:
      - {metric: on_time_rate, weight: 3, from: 0.8, to: 1, practical_difference: 0.005}
    guardrails: [{metric: fill_rate, at_least: 0.95}]
    metrics: {mine: {numerator: freight, denominator: orders}}
    report: {metrics: [on_time_rate, mine], by: [region]}

    """

/// SplitMix64 (Steele, Lea & Flood 2014): the same mutants every time.
private struct Dice {
    var state: UInt64

    mutating func roll(_ sides: Int) -> Int {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return Int((mixed ^ (mixed >> 31)) % UInt64(sides))
    }
}

/// A scenario text with one to three things wrong, or not: characters and lines lost, doubled, swapped, replaced; in
/// every third only digits change, so that most of it stays a scenario.
private func mutant(_ number: Int) -> String {
    var dice = Dice(state: UInt64(number))
    var text = Array(original.unicodeScalars)
    let odd = Array("{}[]:,-#&*!|>'\"%@`~\t\n 09.eE+é\u{0}\u{FFFD}漢".unicodeScalars)
    for _ in 0...dice.roll(3) where !text.isEmpty {
        let place = dice.roll(text.count)
        switch number % 3 == 0 ? 7 : dice.roll(10) {
        case 0: text.remove(at: place)
        case 1: text[place] = odd[dice.roll(odd.count)]
        case 2: text.insert(odd[dice.roll(odd.count)], at: place)
        case 3: text.removeSubrange(place..<min(text.count, place + 1 + dice.roll(40)))
        case 4: text = Array(text[..<place])
        case 5:
            text.insert(
                contentsOf: text[place..<min(text.count, place + 1 + dice.roll(200))], at: dice.roll(text.count))
        case 6: text.swapAt(place, dice.roll(text.count))
        case 7, 8:
            let digits = text.indices.filter { ("0"..."9").contains(text[$0]) }
            if !digits.isEmpty {
                text[digits[dice.roll(digits.count)]] = Array("0123456789".unicodeScalars)[dice.roll(10)]
            }
        default:
            var lines = String(String.UnicodeScalarView(text)).split(separator: "\n", omittingEmptySubsequences: false)
            lines.swapAt(dice.roll(lines.count), dice.roll(lines.count))
            text = Array(lines.joined(separator: "\n").unicodeScalars)
        }
    }
    return String(String.UnicodeScalarView(text))
}

/// Every mutated scenario gives a scenario or errors with a place and a message: never a crash, never a hang.
@Test(.timeLimit(.minutes(20))) func mutatedScenariosGiveAScenarioOrErrors() throws {
    let dataset = try TwoCities.dataset()
    _ = try ScenarioDocument(text: original, path: "m.yaml").resolve(dataset: dataset)
    var accepted = 0
    var refused = 0
    for number in 1...250 {
        do {
            let scenario = try ScenarioDocument(text: mutant(number), path: "m.yaml").resolve(dataset: dataset)
            #expect(!scenario.strategies.isEmpty && !scenario.objectives.isEmpty && !scenario.canonicalText.isEmpty)
            accepted += 1
        } catch {
            for error in error.errors {
                #expect(error.location != nil, "mutant \(number): \(error)")
                #expect(!error.found.isEmpty && !error.expected.isEmpty, "mutant \(number)")
                #expect(!error.description.contains("\n"), "mutant \(number)")
            }
            refused += 1
        }
    }
    // Some mutations touch comments or blanks, or change a number to another: both outcomes must have been seen.
    #expect(accepted > 40 && refused > 100, "\(accepted) accepted, \(refused) refused")
}

/// The same errors come in the same order every time.
@Test func errorsOfAMutantAreTheSameEveryTime() {
    for number in 1...40 {
        #expect(TwoCities.messages(mutant(number)) == TwoCities.messages(mutant(number)))
    }
}
