import Domain
import Foundation
import Storage
import Testing

/// What is wrong in the input ends with exit code 2, a message that names it, and nothing written.
struct BadInputTests {
    /// Runs a spoilt copy of the fixtures; the notes are the message.
    private func notes(
        of arguments: [String] = ["run", "corners.yaml", "--output", "out"], code: Int32 = 2,
        spoil: (ScratchFolder) throws -> Void
    ) throws -> String {
        let folder = try ScratchFolder()
        try spoil(folder)
        let result = try SandtableProcess.run(arguments, in: folder)
        #expect(result.code == code, "\(result.notes)")
        #expect(result.output.isEmpty)
        #expect(!FileSystem.exists(folder.path + "/out"), "nothing is left behind")
        return result.notes
    }

    /// Runs with values of the scenario changed.
    private func notes(setting overrides: String...) throws -> String {
        try notes(of: ["run", "corners.yaml", "--output", "out"] + overrides.flatMap { ["--set", $0] }) { _ in }
    }

    @Test("An unknown key is told with its place and the nearest right one")
    func unknownKey() throws {
        let notes = try notes { try $0.replace("replications:", by: "replicatons:", in: "corners.yaml") }
        #expect(notes.contains("corners.yaml:6:1: found unknown key 'replicatons'"))
        #expect(notes.contains("did you mean 'replications'?"))
    }

    @Test("A wrong type is told with what was expected")
    func wrongType() throws {
        let notes = try notes { try $0.replace("replications: 12", by: "replications: many", in: "corners.yaml") }
        #expect(notes.contains("corners.yaml:6:15: found 'many' for replications, expected a whole number"))
    }

    @Test("A value out of range is told with the range, and all errors of a file at once")
    func outOfRange() throws {
        let notes = try notes(
            setting: "replications=0", "strategy_defaults.unmet.wait_hours=-1", "horizon.drain_days=9999")
        #expect(notes.split(separator: "\n").count == 3)
        #expect(notes.contains("found '0' for replications, expected a whole number from 1 to 1000000"))
        #expect(notes.contains("found '-1' for strategy_defaults.unmet.wait_hours"))
        #expect(notes.contains("found '9999' for horizon.drain_days"))
    }

    @Test("An unknown strategy is told with the nearest, in the scenario and on the command line")
    func unknownStrategy() throws {
        let notes1 = try notes { try $0.replace("- cheapest", by: "- cheepest", in: "corners.yaml") }
        #expect(notes1.contains("unknown strategy 'cheepest'") && notes1.contains("did you mean 'cheapest'?"))
        let arguments = ["run", "corners.yaml", "--strategies", "nearest,fastst", "--output", "out"]
        let notes2 = try notes(of: arguments) { _ in }
        #expect(notes2.contains("--strategies: found unknown strategy 'fastst'"))
        #expect(notes2.contains("did you mean 'fastest'?"))
    }

    @Test("A cut that is none is told with those there are")
    func unknownCut() throws {
        let notes = try notes(of: ["run", "corners.yaml", "--by", "regoin", "--output", "out"]) { _ in }
        #expect(notes.contains("--by: found unknown cut 'regoin'") && notes.contains("did you mean 'region'?"))
    }

    @Test("A table that is missing is named")
    func missingTable() throws {
        let notes = try notes { try FileSystem.remove($0.path + "/corners/services.csv") }
        #expect(notes.contains("services"))
        #expect(notes.contains("corners"))
    }

    @Test("A dataset that is not there is told as such")
    func missingDataset() throws {
        let notes = try notes { try FileSystem.remove($0.path + "/corners") }
        #expect(notes.contains("corners"))
    }

    @Test("A .zst file that ends too early is told as damaged")
    func truncatedArchive() throws {
        let notes = try notes { folder in
            let plain = folder.path + "/corners/orders.csv"
            let writer = try CompressedWriter(path: plain + ".zst")
            try writer.write(try FileSystem.read(plain))
            try writer.finish()
            let bytes = try FileSystem.read(plain + ".zst")
            try AtomicFile.write(Array(bytes.prefix(bytes.count - 40)), to: plain + ".zst")
            try FileSystem.remove(plain)
        }
        #expect(notes.contains("orders.csv.zst"))
        #expect(notes.contains("expected"))
    }

    @Test("A malformed CSV line is told with its line")
    func malformedLine() throws {
        let notes = try notes { try $0.replace("Z2,East,70", by: "Z2,\"East\"x,70", in: "corners/zones.csv") }
        #expect(notes.contains("corners/zones.csv:3:"))
        #expect(notes.contains("found text after a closing quote"))
        let short = try self.notes { try $0.replace("Z2,East,70,25,south", by: "Z2,East,70", in: "corners/zones.csv") }
        #expect(short.contains("corners/zones.csv:3: found 3 fields, expected 5 fields as in the header"))
    }

    @Test("An unknown id is told with its place and the nearest right one")
    func unknownIdentifier() throws {
        let notes = try notes { try $0.replace("N2,P1,12", by: "N22,P1,12", in: "corners/inventory.csv") }
        #expect(notes.contains("corners/inventory.csv:6:1:"))
        #expect(notes.contains("N22"))
        #expect(notes.contains("did you mean 'N2'?"))
    }

    @Test("Negative stock is told with its place")
    func negativeStock() throws {
        let notes = try notes { try $0.replace("N2,P1,12", by: "N2,P1,-12", in: "corners/inventory.csv") }
        #expect(notes.contains("corners/inventory.csv:6:7:"))
        #expect(notes.contains("-12"))
    }

    @Test("A horizon without orders is told as such")
    func emptyHorizon() throws {
        let notes = try notes(
            setting: "horizon.from=2026-01-12T00:00:01", "horizon.to=2026-01-12T00:00:02", "horizon.warm_up_hours=0")
        #expect(notes.contains("found no order placed in 2026-01-12T00:00:01 to 2026-01-12T00:00:02, expected orders"))
    }

    @Test("A strategy that finds no feasible node for any order is named")
    func infeasibleStrategy() throws {
        let notes = try notes { folder in
            try folder.replace(
                "  - cheapest\n", by: "  - cheapest: {constraints: [{maximum_distance: 0.001}]}\n", in: "corners.yaml")
        }
        #expect(notes.contains("found no shipment by strategy 'cheapest'"))
        #expect(notes.contains("expected a feasible node for at least one order"))
    }

    @Test("A scenario that is not there, is a folder, or no text is told as such")
    func unreadableScenario() throws {
        #expect(try notes(of: ["run", "none.yaml"]) { _ in }.contains("none.yaml: found no such file"))
        #expect(try notes(of: ["run", "corners"]) { _ in }.contains("corners: found a folder"))
        let notes = try notes { try AtomicFile.write([0xFF, 0xFE, 0x00], to: $0.path + "/corners.yaml") }
        #expect(notes.contains("no UTF-8 text"))
    }
}

/// Wrong usage, and what the system refuses.
struct UsageTests {
    @Test(
        "Wrong usage ends with exit code 2 and says how it is meant",
        arguments: [
            ["fly"], ["run"], ["run", "corners.yaml", "--jobs", "0"], ["run", "corners.yaml", "--jobs", "two"],
            ["run", "corners.yaml", "--seed", "-1"], ["run", "corners.yaml", "--resume", "--force"],
            ["run", "corners.yaml", "--fast"], ["list", "nodes"], ["import", "table", "x.csv"], ["trial", "out"],
        ])
    func wrongUsage(arguments: [String]) throws {
        let folder = try ScratchFolder()
        let result = try SandtableProcess.run(arguments, in: folder)
        #expect(result.code == 2)
        #expect(result.output.isEmpty)
        #expect(result.notes.contains("Error: ") && result.notes.contains("Usage: sandtable"))
    }

    @Test("Help and version are printed on stdout and are no error")
    func help() throws {
        let folder = try ScratchFolder()
        let version = try SandtableProcess.run(["--version"], in: folder)
        #expect(version.code == 0)
        #expect(version.output.contains(/^sandtable [0-9]+\.[0-9]+\.[0-9]+\n$/))
        for arguments in [["--help"], ["run", "--help"], []] {
            let result = try SandtableProcess.run(arguments, in: folder)
            #expect(result.code == 0)
            #expect(result.output.contains("USAGE: sandtable"))
            #expect(result.notes.isEmpty)
        }
    }

    @Test(
        "Every kind of member is listed, a line each, and as JSON",
        arguments: [
            "strategies", "constraints", "ratings", "metrics", "perturbations", "importers", "cuts", "facts",
        ])
    func lists(kind: String) throws {
        let folder = try ScratchFolder()
        let text = try SandtableProcess.run(["list", kind], in: folder)
        let json = try SandtableProcess.run(["list", kind, "--json"], in: folder)
        #expect(text.code == 0 && json.code == 0)
        let members = try #require(
            try JSONSerialization.jsonObject(with: Data(json.output.utf8)) as? [[String: Any]])
        let lines = text.output.split(separator: "\n").filter { !$0.hasPrefix(" ") }
        #expect(lines.count == members.count && !members.isEmpty)
        for (line, member) in zip(lines, members) {
            let name = try #require(member["name"] as? String)
            let summary = try #require(member["summary"] as? String)
            #expect(line.hasPrefix(name) && summary.count > 5 && line.hasSuffix(summary))
        }
    }

    @Test("A place that cannot be written is told before any work, with exit code 1")
    func unwritableOutput() throws {
        let folder = try ScratchFolder()
        // Below a file nobody can make a folder, whatever his rights.
        let result = try SandtableProcess.run(["run", "corners.yaml", "--output", "corners.yaml/out"], in: folder)
        #expect(result.code == 1)
        #expect(result.notes.contains("cannot create the folder 'corners.yaml/out': 'corners.yaml' is a file"))
        #expect(result.output.isEmpty)
    }

    @Test("A full disk ends the run with exit code 1 and a message, and leaves nothing half-written")
    func fullDisk() throws {
        let folder = try ScratchFolder()
        let disk = folder.path + "/disk"
        try FileSystem.createFolder(disk)
        guard try Self.mount(["-t", "tmpfs", "-o", "size=32k", "tmpfs", disk]) else {
            print("skipped: no rights to mount a small disk here")
            return
        }
        defer { _ = try? Self.unmount(disk) }
        let result = try SandtableProcess.run(
            ["run", "corners.yaml", "--replications", "200", "--output", "disk/out"], in: folder)
        #expect(result.code == 1)
        #expect(result.notes.contains("No space left on device"))
        #expect(result.output.isEmpty)
        let left = try FileSystem.names(in: disk + "/out")
        #expect(left.allSatisfy { ["journal.csv", "scenario.yaml", "scenario.resolved.txt"].contains($0) }, "\(left)")
    }

    /// Mounts something; false where that is not allowed.
    private static func mount(_ arguments: [String]) throws -> Bool {
        try status("/bin/mount", arguments) == 0
    }

    private static func unmount(_ path: String) throws -> Bool {
        try status("/bin/umount", [path]) == 0
    }

    private static func status(_ program: String, _ arguments: [String]) throws -> Int32 {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: program)
        process.arguments = arguments
        process.standardError = FileHandle.nullDevice
        try process.run()
        process.waitUntilExit()
        return process.terminationStatus
    }

    @Test("A full standard output is an error, a reader that has gone away is none")
    func standardOutput() throws {
        let folder = try ScratchFolder()
        let full = try SandtableProcess.run(["list", "ratings"], in: folder, output: "/dev/full")
        #expect(full.code == 1)
        #expect(full.notes.contains("cannot write to the standard output: No space left on device"))
        let shell = Process()
        shell.executableURL = URL(fileURLWithPath: "/bin/bash")
        shell.arguments = ["-c", "set -o pipefail; '\(SandtableProcess.path)' list ratings | (exec 0<&-; sleep 0.3)"]
        shell.currentDirectoryURL = URL(fileURLWithPath: folder.path)
        try shell.run()
        shell.waitUntilExit()
        #expect(shell.terminationReason == .exit)
        #expect(shell.terminationStatus == 0)
    }
}
