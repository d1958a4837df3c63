// swift-tools-version: 6.1
import PackageDescription

/// The folder tree is the architecture: one module per idea, dependencies point down this list only.
/// `ArchitectureTests` reads this file and asserts it.
let package = Package(
    name: "Sandtable",
    products: [
        .executable(name: "sandtable", targets: ["sandtable"])
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/apple/swift-collections", from: "1.6.0"),
        .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
    ],
    targets: [
        // Command line and composition.
        .executableTarget(
            name: "sandtable",
            dependencies: [
                "Reports", "Explanations", "Experiments", "Calibration", "ScenarioFiles", "Importers", "Generation",
                "Strategies", "Ratings", "Constraints", "Worlds", "Metrics", "Replay", "History", "Storage",
                "LinearAlgebra", "Domain",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ]),
        // Measures the speed of the parts above the engine and of the whole; no product, so that building `sandtable`
        // leaves it out.
        .executableTarget(
            name: "Benchmarks",
            dependencies: [
                "Experiments", "ScenarioFiles", "Generation", "Replay", "History", "Lanes", "Storage", "Statistics",
                "Sampling", "LinearAlgebra", "Domain",
            ]),
        // Words and tables for people: ranking, report, data quality.
        .target(
            name: "Reports",
            dependencies: ["Explanations", "Experiments", "ScenarioFiles", "Worlds", "Replay", "History", "Domain"]),
        // Reasons: between strategies, between scenarios, of one decision.
        .target(
            name: "Explanations", dependencies: ["Experiments", "Worlds", "Replay", "History", "Statistics", "Domain"]),
        // The grid of trials, its concurrency, the ranking.
        .target(
            name: "Experiments",
            dependencies: [
                "ScenarioFiles", "Worlds", "Metrics", "Replay", "History", "Lanes", "Storage", "Statistics", "Domain",
            ]),
        // YAML to a validated scenario, with positions.
        .target(
            name: "ScenarioFiles",
            dependencies: [
                "Strategies", "Ratings", "Constraints", "Worlds", "Metrics", "Replay", "History", "Storage",
                "Documents", "Domain",
            ]),
        // Series of weather and traffic to the world of a scenario.
        .target(
            name: "Calibration",
            dependencies: [
                "Worlds", "History", "Storage", "LinearAlgebra", "Statistics", "Sampling", "Domain",
                "DeterministicMath",
            ]),
        // Raw exports to a dataset: one file an importer.
        .target(
            name: "Importers",
            dependencies: [
                "History", "Storage", "Documents", "LinearAlgebra", "Statistics", "Sampling", "Domain",
                "DeterministicMath",
            ]),
        // Synthetic networks and order books.
        .target(
            name: "Generation",
            dependencies: [
                "History", "Storage", "Sampling", "Documents", "Domain", "DeterministicMath",
            ]),
        // Extension points: one protocol (in Replay), one file a member, one catalogue each.
        .target(name: "Strategies", dependencies: ["Ratings", "Constraints", "Replay", "History", "Domain"]),
        .target(name: "Ratings", dependencies: ["Replay", "History", "Storage", "Sampling", "Domain"]),
        .target(name: "Constraints", dependencies: ["Replay", "History", "Domain"]),
        .target(
            name: "Worlds",
            dependencies: [
                "Replay", "History", "Storage", "Documents", "LinearAlgebra", "Sampling", "Domain",
                "DeterministicMath",
            ]),
        .target(name: "Metrics", dependencies: ["Replay", "History", "Domain"]),
        // The engine and its protocols.
        .target(
            name: "Replay",
            dependencies: [
                "History", "Scoring", "Lanes", "Storage", "Statistics", "Sampling", "Domain", "DeterministicMath",
                .product(name: "HeapModule", package: "swift-collections"),
            ]),
        // Tables, cache, quality.
        .target(
            name: "History",
            dependencies: ["Storage", "Sampling", "Documents", "Domain", "DeterministicMath"]),
        // The loops over candidates for strategies side by side, by what the processor's vectors hold.
        .target(name: "Lanes", dependencies: ["CLanes", "Storage", "Domain"]),
        // Features x weights.
        .target(name: "Scoring", dependencies: ["LinearAlgebra", "Storage"]),
        .target(name: "Statistics", dependencies: ["Sampling", "DeterministicMath", "Domain"]),
        .target(name: "LinearAlgebra", dependencies: ["COpenBLAS", "CLAPACKE"]),
        .target(name: "Sampling", dependencies: ["DeterministicMath", "Domain"]),
        // Bytes: files, compression, hashes, mapped columns. The one module with pointers.
        .target(name: "Storage", dependencies: ["Domain", "CZstandard", "CZlib", "CCrypto"]),
        // YAML as a tree whose values know where they stand, with overrides.
        .target(name: "Documents", dependencies: ["Domain", .product(name: "Yams", package: "Yams")]),
        .target(name: "Domain", dependencies: ["DeterministicMath"]),
        // exp, log, normal quantile ... the same bits on every processor. Of libm, only the exact sqrt and floor.
        .target(name: "DeterministicMath", linkerSettings: [.linkedLibrary("m")]),
        .target(name: "CLanes"),
        .systemLibrary(name: "COpenBLAS", pkgConfig: "openblas", providers: [.apt(["libopenblas-dev"])]),
        .systemLibrary(name: "CLAPACKE", providers: [.apt(["liblapacke-dev"])]),
        .systemLibrary(name: "CZstandard", pkgConfig: "libzstd", providers: [.apt(["libzstd-dev"])]),
        .systemLibrary(name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])]),
        .systemLibrary(name: "CCrypto", pkgConfig: "libcrypto", providers: [.apt(["libssl-dev"])]),
        // The plain simulator, random small datasets, theory books: for tests only.
        .target(
            name: "TestKit",
            dependencies: [
                "Ratings", "Constraints", "Replay", "History", "Storage", "Sampling", "Domain", "DeterministicMath",
            ]),
    ]
        + [
            ("DeterministicMathTests", ["DeterministicMath"]),
            ("DomainTests", ["Domain"]),
            ("DocumentsTests", ["Documents"]),
            ("SamplingTests", ["Sampling"]),
            ("LinearAlgebraTests", ["LinearAlgebra"]),
            ("StatisticsTests", ["Statistics", "Sampling"]),
            ("StorageTests", ["Storage", "TestKit"]),
            ("HistoryTests", ["History", "TestKit"]),
            ("LanesTests", ["Lanes", "Storage", "Sampling"]),
            ("ScoringTests", ["Scoring"]),
            (
                "ReplayTests",
                [
                    "Replay", "Lanes", "Storage", "Ratings", "Constraints", "Strategies", "Worlds", "Metrics",
                    "TestKit",
                ]
            ),
            ("RatingsTests", ["Ratings", "Storage", "TestKit"]),
            ("ConstraintsTests", ["Constraints", "TestKit"]),
            ("MetricsTests", ["Metrics", "TestKit"]),
            ("StrategiesTests", ["Strategies", "TestKit"]),
            ("WorldsTests", ["Worlds", "Calibration", "TestKit"]),
            ("ScenarioFilesTests", ["ScenarioFiles", "TestKit"]),
            ("ImportersTests", ["Importers", "TestKit"]),
            ("CalibrationTests", ["Calibration", "Sampling", "DeterministicMath"]),
            ("GenerationTests", ["Generation", "TestKit"]),
            ("ExperimentsTests", ["Experiments", "TestKit"]),
            ("ExplanationsTests", ["Explanations", "Sampling", "DeterministicMath", "TestKit"]),
            ("ReportsTests", ["Reports", "TestKit"]),
            ("CommandTests", ["Explanations", "Experiments", "Lanes", "Storage", "Domain", "sandtable"]),
            ("BenchmarksTests", ["Benchmarks"]),
            ("ArchitectureTests", []),
        ].map { name, targets in
            // Reference numbers and fixtures are read by path: they are no resources of a bundle.
            .testTarget(
                name: name, dependencies: targets.map { .target(name: $0) },
                exclude: ["DeterministicMathTests", "StatisticsTests"].contains(name)
                    ? ["Reference"] : ["CommandTests", "BenchmarksTests"].contains(name) ? ["Fixtures"] : [])
        }
)
