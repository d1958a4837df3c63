import Experiments
import Replay
import Worlds

/// What the answer rests on.
struct AssumptionSection: ReportSection {
    let heading = "What was assumed"

    func markdown(of input: ReportInput) -> String? {
        let ranking = input.ranking
        let settings = input.scenario.settings
        var lines = [
            "Dataset `\(ranking.dataset.name)`: \(NumberText.count(ranking.dataset.orders)) orders within "
                + "\(NumberText.stated((settings.to - settings.from) / 3_600)) hours; the first "
                + "\(NumberText.stated(settings.warmUp / 3_600)) hours warm up and do not count.",
            "All strategies met the same \(NumberText.count(ranking.replications)) worlds (common random numbers, seed "
                + "\(ranking.seed)).",
        ]
        let keys = input.scenario.perturbationKeys
        lines.append(
            keys.isEmpty
                ? "Worlds are as recorded: nothing in the scenario varies them."
                : "Worlds vary by: "
                    + keys.map { "`\($0.replacing("(enabled: true)", with: ""))`" }.joined(separator: ", ") + ".")
        for perturbation in input.scenario.perturbations {
            guard !perturbation.assumptions.isEmpty else { continue }
            let texts = perturbation.assumptions.map { $0.replacing(" (assumed)", with: "") }
            lines.append(
                "Assumed, not measured (`\(perturbation.declaration.name)`): \(texts.joined(separator: "; ")).")
        }
        let money = settings.money
        if money == MoneyRules() { lines.append("A late or unserved order costs nothing beyond its lost value.") }
        return lines.map { "- \($0)\n" }.joined()
    }
}
