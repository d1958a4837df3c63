/// What Package.swift says of its targets, in its order.
struct PackageLayout {
    /// A target that is built here.
    struct Target {
        /// Its name.
        var name: String
        /// Names of targets and products it may import.
        var dependencies: [String]
        /// Whether it is a system library.
        var isSystemLibrary: Bool
    }
    /// The targets, top first.
    var targets: [Target] = []

    /// Reads the targets of the list `targets:`, tests excepted.
    ///
    /// The manifest is read as text, since a package cannot be described while its tests hold the build folder.
    init(manifest: String) {
        let code = manifest.split(separator: "\n", omittingEmptySubsequences: false)
            .map { line in line.drop { $0 == " " }.hasPrefix("//") ? "" : String(line) }.joined(separator: "\n")
        let declaration = /\.(executableTarget|target|systemLibrary)\(\s*name:\s*"([A-Za-z]+)"/
        let starts = code.matches(of: declaration)
        for (index, match) in starts.enumerated() {
            let end = index + 1 < starts.count ? starts[index + 1].range.lowerBound : code.endIndex
            var body = code[match.range.upperBound..<end]
            // The test targets that follow the last target are made of pairs, not of declarations.
            if let tests = body.firstRange(of: "+ [\n            (") { body = body[..<tests.lowerBound] }
            for other in ["linkerSettings:", "swiftSettings:", "cSettings:"] {
                if let settings = body.firstRange(of: other) { body = body[..<settings.lowerBound] }
            }
            let words = body.matches(of: /(?:name:\s*)?"([A-Za-z]+)"(?:,\s*package:)?/).map { String($0.output.1) }
            let isSystemLibrary = match.output.1 == "systemLibrary"
            targets.append(
                Target(
                    name: String(match.output.2), dependencies: isSystemLibrary ? [] : words,
                    isSystemLibrary: isSystemLibrary))
        }
    }

    /// The names, top first.
    var names: [String] { targets.map(\.name) }
}
