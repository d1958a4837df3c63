import Testing

/// The folder tree is the architecture: what may see what.
struct LayeringTests {
    private let layout: PackageLayout
    private let sources: [Repository.File]

    init() throws {
        layout = PackageLayout(manifest: try Repository.file("Package.swift").lines.joined(separator: "\n"))
        sources = try Repository.sources()
    }

    /// Names imported by a file, with the lines they stand in.
    private func imports(of file: Repository.File) -> [String] {
        file.lines.compactMap { line in
            guard let match = line.wholeMatch(of: /(?:@[A-Za-z]+(?:\([a-z]+\))? )*import (?:[a-z]+ )?([A-Za-z]+).*/)
            else {
                return nil
            }
            return String(match.output.1)
        }
    }

    @Test("The package's description holds every folder of Sources, and nothing else")
    func layoutIsRead() {
        let folders = Set(sources.map(\.module)).union([
            "COpenBLAS", "CLAPACKE", "CZstandard", "CZlib", "CCrypto", "CLanes",
        ])
        #expect(folders.subtracting(layout.names).isEmpty)
        #expect(layout.names.count > 20)
        #expect(Set(layout.names).count == layout.names.count)
        #expect(layout.targets.first?.name == "sandtable")
        #expect(layout.targets.first?.dependencies.contains("Experiments") == true)
    }

    @Test("Dependencies point down the list of targets only, so that there is no cycle")
    func dependenciesPointDown() {
        for (index, target) in layout.targets.enumerated() where target.name != "TestKit" {
            for dependency in target.dependencies {
                guard let position = layout.names.firstIndex(of: dependency) else { continue }
                #expect(position > index, "\(target.name) depends on \(dependency), which stands above it")
            }
        }
    }

    @Test("No product code depends on the test kit")
    func testKitIsForTests() {
        for target in layout.targets {
            #expect(!target.dependencies.contains("TestKit"), "\(target.name) depends on TestKit")
        }
    }

    @Test("A file imports only what its module declares")
    func importsAreDeclared() {
        let system: Set = ["Foundation", "Dispatch", "Glibc", "Synchronization"]
        for file in sources {
            let allowed = layout.targets.first { $0.name == file.module }?.dependencies ?? []
            for name in imports(of: file) where !system.contains(name) {
                if !allowed.contains(name) {
                    Issue.record("\(file.path) imports \(name), which \(file.module) does not declare")
                }
            }
        }
    }

    @Test("A module declares only what one of its files imports")
    func declarationsAreUsed() {
        for target in layout.targets where !target.isSystemLibrary {
            let files = sources.filter { $0.module == target.name }
            let used = Set(files.flatMap(imports(of:)))
            for dependency in target.dependencies where !["swift", "Yams", "swift-collections"].contains(dependency) {
                if !used.contains(dependency) {
                    Issue.record("\(target.name) declares \(dependency) and never imports it")
                }
            }
        }
    }

    @Test("Only LinearAlgebra sees BLAS and LAPACK, only Storage the libraries for bytes, only Lanes its C loops")
    func libraryOwners() {
        let owners = [
            "COpenBLAS": "LinearAlgebra", "CLAPACKE": "LinearAlgebra", "CZstandard": "Storage", "CZlib": "Storage",
            "CCrypto": "Storage", "CLanes": "Lanes", "ArgumentParser": "sandtable", "Glibc": "Storage",
        ]
        for file in sources {
            for name in imports(of: file) {
                if let owner = owners[name] { #expect(file.module == owner, "\(file.path) imports \(name)") }
            }
        }
    }

    @Test("Pointers stay in files named +Unsafe of Storage, and at the calls of C in LinearAlgebra and Lanes")
    func unsafeCodeIsFenced() {
        let places = Repository.places(of: /Unsafe|unsafe[A-Z(]/, in: sources) { file in
            !(file.module == "Storage" && file.name.hasSuffix("+Unsafe.swift"))
                && !["LinearAlgebra", "Lanes"].contains(file.module)
        }
        // Reading the bytes of a string or an array in place is no pointer that lives on.
        let left = places.filter { !$0.contains("withUnsafeBytes") && !$0.contains("withUnsafeBufferPointer") }
        #expect(left.isEmpty, "\(left.joined(separator: "\n"))")
    }

    @Test("No clock, no global generator and no C mathematics where results are made")
    func resultsAreReproducible() {
        let outside: Set = ["sandtable", "Reports", "Storage", "TestKit"]
        // A cache tells files that have just changed by the clock; what it holds does not depend on it.
        let clocks = Repository.places(
            of: /Date\(\)|\bSystemRandomNumberGenerator|\.random\(in|\.shuffled\(\)|\.randomElement\(\)|arc4random/,
            in: sources
        ) { !outside.contains($0.module) && $0.name != "DatasetCache.swift" }
        #expect(clocks.isEmpty, "\(clocks.joined(separator: "\n"))")
        let mathematics = Repository.places(
            of: /(?:Foundation|Glibc)\.(?:exp|log|pow|sin|cos|tan|sqrt)|(?:^|[^.A-Za-z_])(?:exp|log|pow|sin|cos|fma)\(/,
            in: sources
        ) { $0.module != "DeterministicMath" }
        .filter { !$0.contains("func ") }
        #expect(mathematics.isEmpty, "\(mathematics.joined(separator: "\n"))")
    }
}
