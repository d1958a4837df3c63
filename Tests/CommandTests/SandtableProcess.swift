import Foundation
import Storage
import Testing

/// The built command as a process of its own.
struct SandtableProcess {
    /// What a process left behind.
    struct Result {
        /// The exit code; negative for the signal that ended it.
        var code: Int32
        /// What it wrote to stdout.
        var output: String
        /// What it wrote to stderr.
        var notes: String
    }

    /// The binary, beside the tests' own.
    static let path = URL(fileURLWithPath: CommandLine.arguments[0]).deletingLastPathComponent()
        .appendingPathComponent("sandtable").path

    /// The folder of the fixtures.
    static let fixtures = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        .appendingPathComponent("Fixtures").path

    /// The variables of a process: the ones tests depend on taken out, then those given put in.
    static func environment(_ extra: [String: String]) -> [String: String] {
        var environment = ProcessInfo.processInfo.environment
        for name in ["NO_COLOR", "TERM", "OPENBLAS_CORETYPE", "GLIBC_TUNABLES", "COLUMNS", "SANDTABLE_VECTOR_UNIT"] {
            environment[name] = nil
        }
        return environment.merging(extra) { $1 }
    }

    /// Starts the command; its output goes to files in the scratch folder.
    static func start(
        _ arguments: [String], in folder: ScratchFolder, environment: [String: String] = [:], output: String? = nil
    ) throws -> Process {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: path)
        process.arguments = arguments
        process.environment = self.environment(environment)
        process.currentDirectoryURL = URL(fileURLWithPath: folder.path)
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = try handle(output ?? folder.path + "/stdout")
        process.standardError = try handle(folder.path + "/stderr")
        try process.run()
        return process
    }

    /// Waits for a process; one that has not ended after two minutes is ended and fails the test.
    static func finish(_ process: Process, in folder: ScratchFolder) throws -> Result {
        let deadline = Date().addingTimeInterval(120)
        while process.isRunning, Date() < deadline { usleep(2_000) }
        if process.isRunning {
            process.terminate()
            Issue.record("the command did not end: \(process.arguments ?? [])")
        }
        process.waitUntilExit()
        func text(_ name: String) throws -> String {
            let path = folder.path + "/" + name
            return FileSystem.exists(path) ? String(decoding: try FileSystem.read(path), as: UTF8.self) : ""
        }
        let code = process.terminationReason == .exit ? process.terminationStatus : -process.terminationStatus
        return Result(code: code, output: try text("stdout"), notes: try text("stderr"))
    }

    /// Runs the command to its end.
    static func run(
        _ arguments: [String], in folder: ScratchFolder, environment: [String: String] = [:], output: String? = nil
    ) throws -> Result {
        try finish(try start(arguments, in: folder, environment: environment, output: output), in: folder)
    }

    private static func handle(_ path: String) throws -> FileHandle {
        if !FileSystem.exists(path) { try AtomicFile.write("", to: path) }
        let handle = try #require(FileHandle(forWritingAtPath: path))
        if !path.hasPrefix("/dev/") { try handle.truncate(atOffset: 0) }
        return handle
    }
}

/// A folder of its own for one test, taken away at its end.
final class ScratchFolder {
    let path: String

    /// An empty folder, or one with the fixtures in it.
    init(withFixtures: Bool = true) throws {
        path = NSTemporaryDirectory() + "sandtable-" + UUID().uuidString
        try FileSystem.createFolder(path)
        guard withFixtures else { return }
        for name in ["corners", "corners.yaml"] {
            try FileManager.default.copyItem(
                atPath: SandtableProcess.fixtures + "/" + name, toPath: path + "/" + name)
        }
    }

    deinit {
        try? FileSystem.remove(path)
    }

    /// The text of a file.
    func text(_ name: String) throws -> String {
        String(decoding: try FileSystem.read(path + "/" + name), as: UTF8.self)
    }

    /// Replaces a piece of a file, which must be there.
    func replace(_ old: String, by new: String, in name: String) throws {
        let before = try text(name)
        try #require(before.contains(old), "\(name) holds no '\(old)'")
        try AtomicFile.write(before.replacing(old, with: new), to: path + "/" + name)
    }

    /// trials.csv and ranking.json of a run folder, to be compared to the byte.
    func result(_ run: String) throws -> [String] {
        [try text(run + "/trials.csv"), try text(run + "/ranking.json")]
    }
}
