/// A word of the command line that cannot be taken.
struct UsageError: Error, CustomStringConvertible {
    let description: String
}

/// What the command line asks for.
struct BenchmarkOptions: Sendable {
    /// How the command is used.
    static let usage = """
        Benchmarks [--quick] [--suites LIST] [--ors1 DIR] [--scenarios DIR] [--output FILE]
        Benchmarks kernel \(Kernel.allCases.map(\.rawValue).joined(separator: "|"))

          --quick          a small subset, in less than half a minute
          --suites LIST    of \(Suite.allCases.map(\.rawValue).joined(separator: ", ")); all unless said otherwise
          --ors1 DIR       what Scripts/ors1 has written
          --scenarios DIR  the repository's scenarios, instead of Scenarios
          --output FILE    JSON to a file instead of stdout
        """

    /// A small subset only.
    private(set) var isQuick = false
    /// What to measure.
    private(set) var suites = Suite.allCases
    /// The folder of ORS-1's scenarios.
    private(set) var ors1: String?
    /// The folder of the repository's scenarios.
    private(set) var scenarios = "Scenarios"
    /// Where the JSON goes; nil = stdout.
    private(set) var output: String?
    /// Whether only the usage is asked for.
    private(set) var asksForHelp = false

    /// Reads the words after the command's name.
    init(_ words: [String]) throws(UsageError) {
        var rest = words[...]
        while let word = rest.popFirst() {
            switch word {
            case "--quick": isQuick = true
            case "--help", "-h": asksForHelp = true
            case "--suites": suites = try Self.suites(try Self.value(of: word, from: &rest))
            case "--ors1": ors1 = try Self.value(of: word, from: &rest)
            case "--scenarios": scenarios = try Self.value(of: word, from: &rest)
            case "--output": output = try Self.value(of: word, from: &rest)
            default: throw UsageError(description: "found '\(word)', expected one of the options below")
            }
        }
    }

    private static func value(of option: String, from rest: inout ArraySlice<String>) throws(UsageError) -> String {
        guard let value = rest.popFirst() else {
            throw UsageError(description: "found nothing after \(option), expected its value")
        }
        return value
    }

    private static func suites(_ list: String) throws(UsageError) -> [Suite] {
        var suites: [Suite] = []
        for word in list.split(separator: ",") {
            guard let suite = Suite(rawValue: String(word)) else {
                let known = Suite.allCases.map(\.rawValue).joined(separator: ", ")
                throw UsageError(description: "found the suite '\(word)', expected one of \(known)")
            }
            suites.append(suite)
        }
        return suites
    }
}
