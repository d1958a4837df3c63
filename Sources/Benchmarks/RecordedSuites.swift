import History
import Replay
import ScenarioFiles
import Storage

/// Datasets that are there as files, with the scenarios of the repository.
enum RecordedSuites {
    /// All strategies of the scenario together in two worlds, then each scored one alone in one world.
    static func yangtzeDelta(_ bench: Workbench, into report: inout BenchmarkReport) throws {
        let document = try ScenarioDocument.read(bench.options.scenarios + "/yangtze-delta.yaml")
        try measureTogetherAndAlone(.yangtzeDelta, document, bench, aloneMax: bench.isQuick ? 1 : .max, into: &report)
    }

    /// As yangtze-delta, where the dataset has been imported.
    static func olist(_ bench: Workbench, into report: inout BenchmarkReport) throws {
        let document = try ScenarioDocument.read(bench.options.scenarios + "/olist.yaml")
        let path = try document.datasetPath()
        guard FileSystem.exists(path + "/dataset.yaml") else {
            return report.skip(
                .olist, because: "no dataset in \(path); the head of Scenarios/olist.yaml says how to get it")
        }
        try measureTogetherAndAlone(.olist, document, bench, aloneMax: bench.isQuick ? 0 : .max, into: &report)
    }

    private static func measureTogetherAndAlone(
        _ suite: Suite, _ document: ScenarioDocument, _ bench: Workbench, aloneMax: Int,
        into report: inout BenchmarkReport
    ) throws {
        let dataset = try DatasetReader.open(try document.datasetPath()).dataset
        let together = try document.applying(ScenarioOptions(replications: bench.isQuick ? 1 : 2))
        report.decisions.append(
            try bench.measure(suite: suite.rawValue, name: "all strategies", together, dataset: dataset))
        let strategies = try document.resolve(dataset: dataset).strategies
        let scored = strategies.filter { strategy in
            if case .scored = strategy.assignment { true } else { false }
        }
        for strategy in scored.prefix(aloneMax) {
            let alone = try document.applying(ScenarioOptions(strategies: [strategy.name], replications: 1))
            report.decisions.append(
                try bench.measure(suite: suite.rawValue, name: strategy.name, alone, dataset: dataset))
        }
    }

    /// ORS-1 without chance, with recorded and with generated noise: one strategy alone, then all 64.
    static func ors1(_ bench: Workbench, into report: inout BenchmarkReport) throws {
        guard let folder = bench.options.ors1 else {
            return report.skip(.ors1, because: "no folder given; Scripts/ors1 makes it, --ors1 names it")
        }
        for mode in bench.isQuick ? ["file"] : ["det", "file", "mc"] {
            let document = try ScenarioDocument.read("\(folder)/ors1-\(mode).yaml")
            let dataset = try DatasetReader.open(try document.datasetPath()).dataset
            let alone = try document.applying(ScenarioOptions(strategies: ["s0"], replications: 1))
            report.decisions.append(
                try bench.measure(suite: Suite.ors1.rawValue, name: "\(mode), 1 strategy", alone, dataset: dataset))
            guard !bench.isQuick else { continue }
            let all = try document.applying(ScenarioOptions(replications: 1))
            report.decisions.append(
                try bench.measure(suite: Suite.ors1.rawValue, name: "\(mode), 64 strategies", all, dataset: dataset))
        }
    }
}
