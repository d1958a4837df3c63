import Foundation

/// Counts the instructions of a kernel of the command `Benchmarks` under valgrind's callgrind.
///
/// Counts, unlike times, do not depend on what else the machine does. They are those of one compiler; what libraries
/// choose by the processor is forced to a portable path.
struct Callgrind {
    /// Something that ended otherwise than it should.
    struct Failure: Error, CustomStringConvertible {
        let description: String
    }

    /// Whether valgrind and what removes debugging information are installed.
    static var isThere: Bool { program("valgrind") != nil && stripper != nil }

    /// What takes debugging information out of a program: valgrind 3.19 cannot read the one that Swift 6 writes.
    private static var stripper: String? { program("llvm-objcopy") ?? program("objcopy") }

    /// What counts are stored under: compiler and processor family.
    static let compiler: String = {
        guard let swift = program("swift"), let text = try? output(of: swift, ["--version"]),
            let version = text.firstMatch(of: /Swift version ([0-9.]+)/),
            let target = text.firstMatch(of: /Target: (\S+)/)
        else { return "unknown" }
        return "swift \(version.output.1) \(target.output.1)"
    }()

    private let folder: String
    private let binary: String

    /// Copies the command, which lies beside the tests' own program, without debugging information to a folder.
    init(folder: String) throws {
        self.folder = folder
        binary = folder + "/Benchmarks"
        let built = URL(fileURLWithPath: CommandLine.arguments[0]).deletingLastPathComponent()
            .appendingPathComponent("Benchmarks").path
        guard let stripper = Self.stripper else { throw Failure(description: "no objcopy on the PATH") }
        _ = try Self.output(of: stripper, ["--strip-debug", built, binary])
    }

    /// Names of all kernels, as the command itself tells them.
    func kernels() throws -> [String] {
        let usage = try Self.output(of: binary, ["--help"])
        guard let list = usage.firstMatch(of: /kernel ([a-z|]+)/) else {
            throw Failure(description: "no kernels in the usage of Benchmarks: \(usage)")
        }
        return list.output.1.split(separator: "|").map(String.init)
    }

    /// Instructions from the entry of the kernel's function to its end.
    func instructions(of kernel: String) throws -> Int {
        let file = "\(folder)/\(kernel).callgrind"
        _ = try Self.output(
            of: Self.program("valgrind") ?? "valgrind",
            [
                "--tool=callgrind", "--callgrind-out-file=" + file, "--collect-atstart=no",
                "--toggle-collect=*counted*", binary, "kernel", kernel,
            ],
            environment: [
                "SWIFT_DETERMINISTIC_HASHING": "1", "OPENBLAS_NUM_THREADS": "1", "OPENBLAS_CORETYPE": "Prescott",
                "GLIBC_TUNABLES": "glibc.cpu.hwcaps=-AVX2_Usable,-FMA_Usable,-AVX2,-FMA,-AVX512F_Usable",
            ])
        let text = try String(contentsOfFile: file, encoding: .utf8)
        guard let total = text.firstMatch(of: /(?m)^summary: ([0-9]+)/).flatMap({ Int($0.output.1) }) else {
            throw Failure(description: "no summary in what callgrind wrote of \(kernel)")
        }
        return total
    }

    /// The path of a program; nil where no folder of PATH has it.
    private static func program(_ name: String) -> String? {
        (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":").map { $0 + "/" + name }
            .first { FileManager.default.isExecutableFile(atPath: $0) }
    }

    /// What a program writes to stdout and stderr; an exit code other than 0 is a failure.
    private static func output(
        of program: String, _ arguments: [String], environment: [String: String] = [:]
    ) throws -> String {
        let process = Process()
        let pipe = Pipe()
        process.executableURL = URL(fileURLWithPath: program)
        process.arguments = arguments
        process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
        process.standardOutput = pipe
        process.standardError = pipe
        try process.run()
        let text = String(decoding: try pipe.fileHandleForReading.readToEnd() ?? Data(), as: UTF8.self)
        process.waitUntilExit()
        guard process.terminationStatus == 0 else {
            throw Failure(
                description:
                    "\(program) \(arguments.joined(separator: " ")) ended with \(process.terminationStatus): \(text)")
        }
        return text
    }
}
