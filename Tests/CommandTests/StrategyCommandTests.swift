import Foundation
import Testing

struct StrategyCommandTests {
    private func paths(_ arguments: [String]) throws -> [String: [String: Any]] {
        let folder = try ScratchFolder()
        let result = try SandtableProcess.run(["strategy", "show", "corners.yaml", "--json"] + arguments, in: folder)
        #expect(result.code == 0, "\(result.notes)")
        let list = try #require(try JSONSerialization.jsonObject(with: Data(result.output.utf8)) as? [[String: Any]])
        return Dictionary(uniqueKeysWithValues: list.compactMap { one in (one["name"] as? String).map { ($0, one) } })
    }

    private static let notFused = "not fused: outcomes are cut"

    @Test("strategy show tells on which path each strategy is replayed, and why on no faster one")
    func show() throws {
        let many = try paths([])
        #expect(many["as_happened"]?["path"] as? String == "recorded")
        #expect(many["nearest"]?["path"] as? String == "pruned")
        #expect(many["nearest"]?["reasons"] as? [String] == [Self.notFused])
        #expect(many["fastest"]?["path"] as? String == "scanned")
        #expect(
            many["fastest"]?["reasons"] as? [String] == [
                Self.notFused, "expected_delivery_hours depends on what was decided before",
                "fewer than 5 strategies could go in lockstep",
            ])
        let few = try paths(["--replications", "2"])
        #expect(few["nearest"]?["path"] as? String == "scanned")
        #expect(
            few["nearest"]?["reasons"] as? [String] == [
                Self.notFused, "ranking pays from 3 worlds on", "fewer than 5 strategies could go in lockstep",
            ])
        let waves = try paths(["--set", "strategy_defaults.wave_minutes=10"])
        #expect(waves["nearest"]?["path"] as? String == "asked")
        #expect(waves["nearest"]?["reasons"] as? [String] == ["decides in waves of 10.0 minutes"])
    }

    @Test("For people it is a block of lines a strategy")
    func text() throws {
        let folder = try ScratchFolder()
        let result = try SandtableProcess.run(
            ["strategy", "show", "corners.yaml", "--strategies", "nearest"], in: folder)
        #expect(result.code == 0, "\(result.notes)")
        #expect(
            result.output == """
                nearest
                  path  pruned: first possible of the ranked nodes, near ones first until no farther one can be better
                        since not fused: outcomes are cut
                  by    1.0 x distance, 1e-06 x cost

                """)
    }
}
