import Foundation
import Storage
import Testing

/// report.html as a browser sees it.
struct ReportPageTests {
    /// A strategy's row of the ranking table, as the page shows it.
    private struct ShownRow {
        var name: String
        var composite: String
    }

    /// The first place where a program is installed.
    private static func program(_ names: [String]) -> String? {
        let folders = (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":")
        return names.lazy.flatMap { name in folders.map { "\($0)/\(name)" } }.first(where: FileSystem.exists)
    }

    /// Rows whose first cell is a rank, second a name and third a composite.
    private func rows(of html: String) -> [ShownRow] {
        html.matches(of: /<tr><td class="number">\d+<\/td><td>([^<]+)<\/td><td class="number">([^<]+)<\/td>/).map {
            ShownRow(name: String($0.output.1), composite: String($0.output.2))
        }
    }

    /// Whether a number as shown is the exact one to the digits that it shows.
    private func agrees(_ shown: Substring, with exact: Double) -> Bool {
        let digits = shown.replacing(",", with: "")
        guard let value = Double(digits) else { return false }
        let decimals = digits.split(separator: ".").dropFirst().first?.count ?? 0
        return abs(value - exact) <= 0.5000001 * pow(10, -Double(decimals))
    }

    /// Every strategy's composite on the page is that of ranking.json, to the digits shown.
    private func compare(_ html: String, in folder: ScratchFolder) throws {
        let json = try JSONSerialization.jsonObject(with: Data(try folder.text("out/ranking.json").utf8))
        let strategies = try #require((json as? [String: Any])?["strategies"] as? [[String: Any]])
        let shown = rows(of: html)
        #expect(shown.map(\.name) == strategies.map { $0["name"] as? String })
        for (row, strategy) in zip(shown, strategies) {
            let exact = try #require(strategy["composite"] as? Double)
            #expect(
                agrees(row.composite.split(separator: " ")[0], with: exact), "\(row.name): \(row.composite), \(exact)")
        }
    }

    @Test(
        "The page holds the answer, the ranking with the numbers of ranking.json, a world, a decision and the manifest")
    func page() throws {
        let folder = try ScratchFolder()
        let result = try SandtableProcess.run(["run", "corners.yaml", "--output", "out", "--quiet"], in: folder)
        #expect(result.code == 0, "\(result.notes)")
        let html = try folder.text("out/report.html")
        for heading in ["The answer", "Ranking", "One of the worlds", "One decision, explained", "Manifest"] {
            #expect(html.contains("<h2>\(heading)</h2>"), "\(heading)")
        }
        try compare(html, in: folder)
        // Nothing is fetched: the only addresses are names of formats.
        let addresses = html.matches(of: /(?:src|href)="([^"]*)"/).map { String($0.output.1) }
        #expect(addresses.allSatisfy { $0.hasPrefix("#") }, "\(addresses)")
    }

    @Test("A browser shows the same numbers, in light and in dark, and reports no error")
    func browser() throws {
        guard let chromium = Self.program(["chromium", "chromium-browser", "google-chrome"]) else {
            print("skipped: no chromium on the PATH")
            return
        }
        let folder = try ScratchFolder()
        let result = try SandtableProcess.run(["run", "corners.yaml", "--output", "out", "--quiet"], in: folder)
        #expect(result.code == 0, "\(result.notes)")
        for scheme in ["0", "1"] {
            let process = Process()
            process.executableURL = URL(fileURLWithPath: chromium)
            process.arguments = [
                "--headless", "--no-sandbox", "--disable-gpu", "--blink-settings=preferredColorScheme=\(scheme)",
                "--user-data-dir=\(folder.path)/browser", "--dump-dom", "file://\(folder.path)/out/report.html",
            ]
            let output = Pipe()
            process.standardOutput = output
            process.standardError = FileHandle.nullDevice
            try process.run()
            let shown = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
            process.waitUntilExit()
            #expect(process.terminationStatus == 0)
            try compare(shown, in: folder)
            // What the browser could not read it would have left out.
            #expect(shown.matches(of: /<svg/).count == (try folder.text("out/report.html")).matches(of: /<svg/).count)
        }
    }
}
