import Foundation
import Storage
import Testing

struct WorldExportTests {
    @Test("Worlds that are exported and named in their place give the same trials and the same fidelity")
    func back() throws {
        let folder = try ScratchFolder()
        let exported = try SandtableProcess.run(
            ["world", "export", "corners.yaml", "--replications", "4", "--output", "worlds", "--json"], in: folder)
        #expect(exported.code == 0, "\(exported.notes)")
        let listed = try #require(
            try JSONSerialization.jsonObject(with: Data(exported.output.utf8)) as? [[String: Any]])
        #expect(listed.map { $0["folder"] as? String } == (0..<4).map { "worlds/\($0)" })
        let direct = try SandtableProcess.run(
            ["run", "corners.yaml", "--replications", "4", "--output", "direct"], in: folder)
        let back = try SandtableProcess.run(
            ["run", "corners.yaml", "--set", "world={file: worlds}", "--replications", "4", "--output", "back"],
            in: folder)
        #expect(direct.code == 0 && back.code == 0, "\(back.notes)")
        for name in ["trials.csv", "ranking.csv", "segments.csv"] {
            #expect(try folder.text("direct/" + name) == folder.text("back/" + name), "\(name)")
        }
        func fidelity(_ run: String) throws -> NSDictionary {
            let json = try JSONSerialization.jsonObject(with: Data(try folder.text(run + "/ranking.json").utf8))
            return try #require((json as? [String: Any])?["fidelity"] as? NSDictionary)
        }
        #expect(try fidelity("direct") == fidelity("back"))
    }

    @Test("A folder that is there and more replications than worlds are refused, with their exit codes")
    func refused() throws {
        let folder = try ScratchFolder()
        let world = ["world", "export", "corners.yaml", "--replication", "2", "--output", "one"]
        let first = try SandtableProcess.run(world, in: folder)
        #expect(first.code == 0 && first.output.hasPrefix("one: world 2, rows: "), "\(first.output)")
        let second = try SandtableProcess.run(world, in: folder)
        #expect(second.code == 1 && second.notes.contains("cannot write a world to 'one': it exists already"))
        #expect(
            try SandtableProcess.run(
                ["world", "export", "corners.yaml", "--replications", "2", "--output", "two"], in: folder
            ).code == 0)
        let beyond = try SandtableProcess.run(["run", "corners.yaml", "--set", "world={file: two}"], in: folder)
        #expect(beyond.code == 2 && beyond.notes.contains("at most 2, as there are no more worlds"), "\(beyond.notes)")
        let beside = try SandtableProcess.run(["run", "corners.yaml", "--set", "world.file=one"], in: folder)
        #expect(beside.code == 2)
        #expect(beside.notes.contains("'service_noise' beside a world from files that is complete"), "\(beside.notes)")
    }
}
