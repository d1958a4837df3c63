import Domain
import Foundation
import Testing

@testable import Importers

/// One import of the Brunel tables by the map beside the article, shared by the tests of this file.
struct BrunelImport: Sendable {
    let folder: ScratchFolder
    let log: FindingLog

    /// Nil where the tables are absent.
    static let shared: Result<BrunelImport, any Error>? = SharedData.folder("datasets/brunel_logistics").map { source in
        Result {
            let folder = try ScratchFolder(isShared: true)
            var log = FindingLog()
            var options = TableImporter.Options()
            options.map = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
                .deletingLastPathComponent().appending(path: "Sources/Importers/Importers.docc/brunel.yaml").path()
            _ = try TableImporter().run(
                sources: [source], options: options, output: ImportOutput(folder: folder.path + "/brunel"),
                report: &log)
            return BrunelImport(folder: folder, log: log)
        }
    }

    /// Where the dataset is.
    var output: String { folder.path + "/brunel" }
}

@Suite(.enabled(if: BrunelImport.shared != nil, SharedData.absent("datasets/brunel_logistics")))
struct BrunelTests {
    private func brunel() throws -> BrunelImport { try #require(BrunelImport.shared).get() }

    @Test(
        "Every oddity that is known of the tables is found, as often as it is there",
        arguments: [
            ("lookup_none:freight rate of an order", 854), ("lookup_several:freight rate of an order", 6957),
            ("lookup_outside:freight rate of an order", 8361 - 6991), ("outside_bounds:products.mass_kg", 2),
            ("capacity_exceeded:orders of a plant and day", 4),
            ("capacity_exceeded_in_total:orders of a plant and day", 1),
        ] as [(String, Int)])
    func findsKnownOddities(code: String, count: Int) throws {
        #expect(try brunel().log.count(code) == count)
    }

    @Test("The plants over their capacity are named with both figures, and so is the whole book")
    func namesPlants() throws {
        let findings = try brunel().log.findings
        let plants = try #require(findings.first { $0.code == "capacity_exceeded:orders of a plant and day" })
        #expect(
            plants.examples.map(\.detail) == [
                "PLANT03, 5/26/13: 8541 against 1013", "PLANT08, 5/26/13: 102 against 14",
                "PLANT12, 5/26/13: 300 against 209", "PLANT09, 5/26/13: 12 against 11",
            ])
        let all = try #require(findings.first { $0.code == "capacity_exceeded_in_total:orders of a plant and day" })
        #expect(all.examples.map(\.detail) == ["5/26/13: 9215 against 5791"])
    }

    @Test("Padded names, CR LF and the missing last line feed are seen in the files that have them")
    func seesForm() throws {
        let findings = try brunel().log.findings
        func count(_ code: String, _ stem: String) -> Int {
            findings.filter { $0.code == code && RowScope.stem(of: $0.file) == stem }.reduce(0) { $0 + $1.count }
        }
        #expect(count("padded_cells", "FreightRates") == 1511)
        #expect(count("carriage_returns", "OrderList") == 9215)
        #expect(count("no_final_line_feed", "OrderList") == 1)
        #expect(count("carriage_returns", "WhCapacities") == 0)
    }

    @Test("Every row of every block is kept or set aside, and what is kept is written")
    func accountsForEveryRow() throws {
        var kept: [String: Int] = [:]
        for account in try brunel().log.accounts { kept[account.use, default: 0] += account.kept }
        for table in [
            "nodes", "zones", "products", "inventory", "lanes", "customers", "orders", "order_lines", "history",
        ] {
            #expect(try WrittenTable(brunel().output, table).source.count == kept[table], "\(table)")
        }
        #expect(kept["orders"] == 9215)
        // A minimum charge gives a band of its own, and the collected orders' tariff is written in the map.
        #expect(try WrittenTable(brunel().output, "tariffs").source.count > (kept["tariffs"] ?? 0))
    }

    @Test("A rate with a minimum charge prices what the source says: the larger of both")
    func pricesRates() throws {
        let tariffs = try WrittenTable(brunel().output, "tariffs")
        let ids = try tariffs.column("id")
        let bands = ids.indices.filter { ids[$0] == "V444_0-DTP-2d-PORT04" }
        let from = try tariffs.column("from_kg").map { Double($0) ?? 0 }
        let perShipment = try tariffs.column("per_shipment").map { Double($0) ?? 0 }
        let perKilogram = try tariffs.column("per_kg").map { Double($0) ?? 0 }
        func price(_ mass: Double) throws -> Double {
            let band = try #require(bands.filter { from[$0] <= mass }.max { from[$0] < from[$1] })
            return perShipment[band] + perKilogram[band] * mass
        }
        // 1.4992 at least, .0484 a kg below 100 kg, .0424 from there.
        #expect(try price(1) == 1.4992)
        #expect(try (price(50) - 2.42).magnitude < 1e-9)
        #expect(try (price(200) - 8.48).magnitude < 1e-9)
    }
}
