import Experiments

/// Warnings that the weights let one metric pay for another's collapse.
struct WeightTrapSection: ReportSection {
    let heading = "A warning about the weights"

    func markdown(of input: ReportInput) -> String? {
        let warnings = WeightTrapWarning.sentences(of: input.ranking)
        guard !warnings.isEmpty else { return nil }
        return warnings.map { "- \($0)\n" }.joined()
            + "\nBefore acting on this: set a guardrail on the metric, give it more weight, or state a `from` and `to` that "
            + "price the loss as it is felt.\n"
    }
}

/// The warnings of a ranking in words.
public enum WeightTrapWarning {
    /// One sentence a warning, made of its numbers.
    public static func sentences(of ranking: Ranking) -> [String] {
        ranking.weightTraps.map { trap in
            let collapse =
                switch trap.collapse {
                case .fall:
                    "\(trap.metric) is \(NumberText.value(trap.mean)) instead of \(NumberText.value(trap.referenceMean)) with "
                        + "the baseline \(trap.reference), more than \(NumberText.stated(WeightTrap.fallMultiple)) practical "
                        + "differences and \(NumberText.stated(100 * WeightTrap.fallShare)) % of its scale worse"
                case .worthless:
                    "\(trap.metric) is \(NumberText.value(trap.mean)), worth less than nothing (from "
                        + "\(NumberText.stated(trap.limit))), while \(trap.reference) has \(NumberText.value(trap.referenceMean)) "
                        + "and no objective below its worth of nothing"
                }
            return "\(trap.strategy) wins although \(collapse): its gain in \(trap.paidBy), worth "
                + "\(NumberText.value(trap.gain)), pays for that loss of \(NumberText.value(-trap.loss)). Without that gain it "
                + "would be behind \(trap.reference) by \(NumberText.value(-trap.leadWithoutGain))."
        }
    }
}
