import Testing

/// How the code reads, as far as a program can tell.
struct TidyTests {
    private let files: [Repository.File]

    init() throws {
        files = try Repository.sources() + Repository.tests()
    }

    @Test("No file is longer than 500 lines")
    func filesAreShort() {
        for file in files {
            #expect(file.lines.count <= 501, "\(file.path) has \(file.lines.count - 1) lines")
        }
    }

    @Test("No function is longer than 80 lines, in tests with their tables of cases 100")
    func functionsFitAScreen() {
        for file in files {
            let limit = file.path.hasPrefix("Tests/") ? 100 : 80
            for (name, start, length) in functions(of: file) where length > limit {
                Issue.record("\(file.path):\(start): \(name) has \(length) lines")
            }
        }
    }

    @Test("The functions of a file are found with their lengths")
    func functionsAreFound() throws {
        let file = Repository.File(
            path: "A/B/C.swift", lines: ["struct A {", "    func b(", "        c: Int", "    ) {", "    }", "}"])
        let found = functions(of: file)
        #expect(found.count == 1)
        #expect(found.first?.start == 2)
        #expect(found.first?.length == 4)
        #expect(try functions(of: Repository.file("Tests/ArchitectureTests/TidyTests.swift")).count > 5)
    }

    /// Functions with their first line, from 1, and their number of lines; the formatter fixes the indentation.
    private func functions(of file: Repository.File) -> [(name: String, start: Int, length: Int)] {
        var found: [(String, Int, Int)] = []
        for (index, line) in file.code.enumerated() {
            let text = line.drop { $0 == " " }
            guard let match = text.firstMatch(of: /\b(?:func [^(]+|init[?]?)\(|\bdeinit \{/),
                text[..<match.range.lowerBound].allSatisfy({ $0.isLetter || " @()".contains($0) })
            else { continue }
            let opened = line.utf8.count { $0 == 0x7B }
            if opened > 0, opened == line.utf8.count(where: { $0 == 0x7D }) { continue }
            let indentation = String(line.prefix { $0 == " " })
            let closings = [indentation + "}", indentation + "} "]
            guard
                let end = file.code[index...].firstIndex(where: { candidate in
                    closings.contains(where: { candidate == $0 || candidate.hasPrefix($0) })
                })
            else { continue }
            found.append((String(match.output), index + 1, end - index + 1))
        }
        return found
    }

    @Test("Nothing is forced, left undone, or switched off")
    func noShortCuts() {
        for place in Repository.places(of: /try!|as!|fatalError\(\)/, in: files) where !place.contains("places(of:") {
            Issue.record("\(place)")
        }
        let words = ["TO" + "DO", "FIX" + "ME", "XX" + "X", "swift-format" + "-ignore"]
        for file in files {
            for (index, line) in file.lines.enumerated() {
                for word in words where line.contains(word) {
                    Issue.record("\(file.path):\(index + 1): \(word)")
                }
            }
        }
    }

    @Test("No path of a developer's machine is named anywhere")
    func noMachinePaths() throws {
        let texts =
            try files
            + Repository.files(under: "Scripts", endings: ["setup", "quickstart", "test", ".py", ".sh"])
            + Repository.files(under: "Scenarios", endings: [".yaml"])
            + Repository.files(under: "Sources", endings: [".md"])
            + [Repository.file("Package.swift")]
        for file in texts {
            for (index, line) in file.lines.enumerated() where line.contains(/\/(?:work|home|root|Users)\//) {
                Issue.record("\(file.path):\(index + 1): \(line)")
            }
        }
    }

    @Test("Every test opens with a sentence that says what holds")
    func testsSayWhatHolds() throws {
        for file in try Repository.tests() {
            for (index, line) in file.lines.enumerated() {
                let text = line.drop { $0 == " " }
                guard text.hasPrefix("@Test") else { continue }
                // Its display name, or a comment directly above.
                let opening = file.lines[index...].prefix(3).joined()
                let above = index > 0 ? file.lines[index - 1] : ""
                if !opening.contains(/@Test\(\s*"[^"]{12,}/), !above.contains(/\/\/\/ .{12,}/) {
                    Issue.record("\(file.path):\(index + 1): a test without its sentence")
                }
            }
        }
    }
}
