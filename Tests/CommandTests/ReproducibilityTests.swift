import Domain
import Experiments
import Foundation
import Lanes
import Storage
import Testing

/// The same bytes, come what may.
@Suite(.serialized)
struct ReproducibilityTests {
    @Test("Any number of threads gives the same bytes")
    func threads() throws {
        let folder = try ScratchFolder()
        for jobs in ["1", "2", "5"] {
            let result = try SandtableProcess.run(
                ["run", "corners.yaml", "--jobs", jobs, "--output", "jobs\(jobs)"], in: folder)
            #expect(result.code == 0, "\(result.notes)")
            #expect(try folder.result("jobs\(jobs)") == folder.result("jobs1"))
            #expect(try folder.text("jobs\(jobs)/segments.csv") == folder.text("jobs1/segments.csv"))
            for name in ["report.md", "ranking.svg"] {
                #expect(try folder.text("jobs\(jobs)/\(name)") == folder.text("jobs1/\(name)"))
            }
        }
    }

    @Test("Any BLAS kernel, a C library without FMA and AVX2, and the engine's own portable loops give the same bytes")
    func processors() throws {
        let folder = try ScratchFolder()
        let environments = [
            "plain": [:],
            "haswell": ["OPENBLAS_CORETYPE": "Haswell"],
            "prescott": ["OPENBLAS_CORETYPE": "Prescott"],
            "portable": ["SANDTABLE_VECTOR_UNIT": "portable"],
            "masked": [
                "OPENBLAS_CORETYPE": "Sandybridge",
                "GLIBC_TUNABLES": "glibc.cpu.hwcaps=-AVX2_Usable,-FMA_Usable,-AVX2,-FMA,-AVX512F_Usable",
            ],
        ]
        for (name, environment) in environments.sorted(by: { $0.key > $1.key }) {
            let result = try SandtableProcess.run(
                ["run", "corners.yaml", "--output", name], in: folder, environment: environment)
            #expect(result.code == 0, "\(name): \(result.notes)")
        }
        for name in environments.keys.sorted() {
            #expect(try folder.result(name) == folder.result("plain"), "\(name)")
        }
        // The kernels really differed. On a processor that the library does not know its own choice is one of these.
        #expect(try folder.text("prescott/manifest.json").contains("Prescott"))
        #expect(try folder.text("haswell/manifest.json").contains("Haswell"))
        #expect(try folder.text("portable/manifest.json").contains(#""vector_unit" : "portable""#))
        #expect(
            try folder.text("plain/manifest.json").contains(#""vector_unit" : "\#(VectorUnit.widest.rawValue)""#))
    }

    @Test("A vector unit that is not there is refused by name, with exit code 2 and nothing written")
    func unknownVectorUnit() throws {
        let folder = try ScratchFolder()
        let result = try SandtableProcess.run(
            ["run", "corners.yaml", "--output", "out"], in: folder, environment: ["SANDTABLE_VECTOR_UNIT": "sse9"])
        #expect(result.code == 2)
        #expect(result.notes.contains("found 'sse9' in the environment variable SANDTABLE_VECTOR_UNIT"))
        #expect(!FileManager.default.fileExists(atPath: folder.path + "/out"))
    }

    @Test(
        "A run that was stopped is finished by --resume, with the bytes of one that was not",
        arguments: [SIGINT, SIGTERM, SIGKILL])
    func interruption(signal: Int32) throws {
        let folder = try ScratchFolder()
        // Enough worlds that the signal comes long before the end.
        #if DEBUG
            let worlds = "600"
        #else
            let worlds = "8000"
        #endif
        let arguments = ["run", "corners.yaml", "--replications", worlds, "--strategies", "nearest,cheapest"]
        let process = try SandtableProcess.start(arguments + ["--output", "out", "--jobs", "2"], in: folder)
        let journal = folder.path + "/out/journal.csv"
        while process.isRunning, FileSystem.facts(journal)?.size ?? 0 < 20_000 { usleep(1_000) }
        kill(process.processIdentifier, signal)
        let stopped = try SandtableProcess.finish(process, in: folder)
        if signal == SIGKILL {
            #expect(stopped.code == -SIGKILL)
        } else {
            #expect(stopped.code == 1)
            #expect(stopped.notes.contains("--resume goes on"))
        }
        #expect(stopped.output.isEmpty)
        #expect(!FileSystem.exists(folder.path + "/out/ranking.json"))

        let refused = try SandtableProcess.run(arguments + ["--output", "out"], in: folder)
        #expect(refused.code == 2)
        #expect(refused.notes.contains("found an interrupted run, expected --resume"))

        let resumed = try SandtableProcess.run(arguments + ["--output", "out", "--resume"], in: folder)
        #expect(resumed.code == 0, "\(resumed.notes)")
        #expect(resumed.notes.contains("Going on after "))
        #expect(!FileSystem.exists(journal))
        _ = try SandtableProcess.run(arguments + ["--output", "whole"], in: folder)
        #expect(try folder.result("out") == folder.result("whole"))
        #expect(try folder.text("out/segments.csv") == folder.text("whole/segments.csv"))
    }

    @Test("The golden scenario gives the bytes that are kept; a change of them needs a new result revision")
    func golden() throws {
        let folder = try ScratchFolder()
        let result = try SandtableProcess.run(["run", "corners.yaml", "--output", "out"], in: folder)
        #expect(result.code == 0, "\(result.notes)")
        let golden = SandtableProcess.fixtures + "/Golden"
        let names = ["trials.csv", "ranking.json", "segments.csv"]
        func kept(_ name: String) throws -> String {
            let path = golden + "/" + name
            return FileSystem.exists(path) ? String(decoding: try FileSystem.read(path), as: UTF8.self) : ""
        }
        /// Without the lines that any new version changes.
        func made(_ name: String) throws -> String {
            try folder.text("out/" + name).split(separator: "\n", omittingEmptySubsequences: false)
                .filter { !$0.contains(/^  "(run|run_hash|version)" :/) }.joined(separator: "\n")
        }
        let revision = "\(CodeVersion.resultRevision)\n"
        guard ProcessInfo.processInfo.environment["SANDTABLE_RECORD"] != nil else {
            for name in names { #expect(try made(name) == kept(name), "\(name)") }
            #expect(try kept("revision.txt") == revision)
            return
        }
        let differs = try names.contains { try kept($0) != made($0) }
        if differs, try kept("revision.txt") == revision {
            Issue.record("results have changed: raise CodeVersion.resultRevision, then record")
            return
        }
        try FileSystem.createFolder(golden)
        for name in names { try AtomicFile.write(try made(name), to: golden + "/" + name) }
        try AtomicFile.write(revision, to: golden + "/revision.txt")
        Issue.record("the golden files have been recorded anew; run the tests without SANDTABLE_RECORD")
    }
}
