import ArgumentParser
import Domain
import History
import ScenarioFiles
import Storage

/// `sandtable init`: a first scenario for a dataset.
struct InitCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "init",
        abstract: "Write a commented scenario that runs on a dataset.",
        discussion: "Without --output the scenario goes to the standard output, seen from the working directory.")

    @Argument(help: ArgumentHelp("The dataset's folder.", valueName: "dataset"))
    var dataset: String
    @Option(help: ArgumentHelp("The file to write; it must not be there.", valueName: "file"))
    var output: String?

    func run() throws {
        let read = try DatasetReader.open(dataset).dataset
        guard let output else {
            try StandardOutput.write(ScenarioTemplate.initial(dataset: read, datasetPath: dataset))
            return
        }
        guard !FileSystem.exists(output) else {
            throw InputError(at: SourceLocation(file: output), found: "a file that is there", expected: "a new file")
        }
        let folder = FileSystem.parent(of: output)
        let path = RelativePath.path(to: Machine.absolute(dataset), from: Machine.absolute(folder))
        try FileSystem.createFolder(folder)
        try AtomicFile.write(ScenarioTemplate.initial(dataset: read, datasetPath: path), to: output)
        Console.note("\(output) is written; run it with: sandtable run \(output)")
    }
}

/// One path as seen from another.
enum RelativePath {
    /// The path to a place from a folder, both from the root.
    static func path(to place: String, from folder: String) -> String {
        let there = parts(place)
        let here = parts(folder)
        var common = 0
        while common < min(there.count, here.count), there[common] == here[common] { common += 1 }
        let path = Array(repeating: "..", count: here.count - common) + there[common...]
        return path.isEmpty ? "." : path.joined(separator: "/")
    }

    /// The names of a path, `.` and `..` resolved.
    private static func parts(_ path: String) -> [String] {
        var parts: [String] = []
        for part in path.split(separator: "/") where part != "." {
            if part == ".." { _ = parts.popLast() } else { parts.append(String(part)) }
        }
        return parts
    }
}
