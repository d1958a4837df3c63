import Domain
import Foundation
import History
import Testing

@testable import Importers

@Suite struct SmallOlistTests {
    /// Imports the small tables with three hubs.
    private func imported(_ change: (inout OlistOptions) -> Void = { _ in }) throws -> (
        ScratchFolder, FindingLog, OlistFits
    ) {
        let folder = try ScratchFolder()
        try SmallOlist().write(to: folder)
        var options = OlistOptions()
        options.hubs = 3
        change(&options)
        var log = FindingLog()
        _ = try OlistImporter().run(
            sources: [folder.path], options: options, output: ImportOutput(folder: folder.path + "/out"), report: &log)
        let json = try Data(contentsOf: URL(filePath: folder.path + "/out/fit.json"))
        return (folder, log, try JSONDecoder().decode(OlistFits.self, from: json))
    }

    @Test("Prices and times that follow a formula are found again, coefficient by coefficient")
    func recoversFormulas() throws {
        let (folder, _, fits) = try imported()
        // The odd orders' own prices are among the fitted ones: near, not equal.
        for (value, expected) in zip(fits.freight.values, [5, 2, 1.5, 0.01, 0, 0]) {
            #expect((value - expected).magnitude < 0.05 * max(expected, 0.02), "\(fits.freight.values)")
        }
        #expect((fits.transit.values[0] - log(3)).magnitude < 1e-3)
        #expect((fits.transit.values[1] - 0.5).magnitude < 1e-4)
        #expect(fits.transit.residualDeviation < 1e-3)
        #expect((exp(fits.pick.meanLogHours) - 30).magnitude < 1e-6)
        let services = try WrittenTable(folder.path + "/out", "services")
        let speed = try #require(Double(try services.column("km_per_hour")[0]))
        // km^0.5 / speed hours are 3 km^0.5 hours.
        #expect((speed - 1.0 / 3).magnitude < 1e-3)
    }

    @Test("An order from two cities has a history row for each line, others one for the whole order")
    func writesHistoryByLine() throws {
        let (folder, _, _) = try imported()
        let history = try WrittenTable(folder.path + "/out", "history")
        let rows = try zip(
            zip(history.column("order"), history.column("product")),
            zip(history.column("node"), zip(history.column("freight_paid"), history.column("complaint"))))
        let two = rows.filter { $0.0.0 == "two" }.map { [$0.0.1, $0.1.0, $0.1.1.0, $0.1.1.1] }
        #expect(two == [["p0", "sao-paulo", "14", "false"], ["p2", "rio-de-janeiro", "20", "false"]])
        let lines = try WrittenTable(folder.path + "/out", "order_lines")
        let quantities = zip(try lines.column("order"), try lines.column("quantity")).filter { $0.0 == "two" }.map(\.1)
        #expect(quantities == ["2", "1"])
        #expect(rows.count { $0.0.0 == "o0" } == 1)
        #expect(rows.first { $0.0.0 == "o10" }?.1.1.1 == "true", "a score of 2 is a complaint")
    }

    @Test("Every oddity is found and every row accounted for")
    func findsOddities() throws {
        let (folder, log, _) = try imported()
        for (code, count) in [
            ("several_sellers", 1), ("order_without_items", 1), ("several_reviews", 1), ("person_with_several_ids", 1),
            ("carrier_before_approved", 1), ("freight_zero", 1), ("zip_unmatched", 1), ("outside_brazil", 1),
            ("duplicate_geolocation", 1), ("paid_differs", 0), ("order_without_payment", 3), ("unfinished_order", 3),
            ("blank_category", 1), ("line_breaks_in_cells", 1),
        ] {
            // 64 paid, 30 + 34 due: no difference.
            #expect(log.count(code) == count, "\(code)")
        }
        let orders = try #require(log.accounts.first { $0.use == "orders" })
        #expect(orders.read == 205 && orders.kept == 204 && orders.setAsideByReason == ["no items": 1])
        #expect(try WrittenTable(folder.path + "/out", "orders").source.count == 204)
    }

    @Test("Nodes lie where their sellers are; stock follows the sales by the stated factors")
    func stocksNodes() throws {
        let (folder, _, _) = try imported { $0.stockFactor = 2 }
        let nodes = try WrittenTable(folder.path + "/out", "nodes")
        #expect(try Set(nodes.column("id")) == ["sao-paulo", "rio-de-janeiro", "curitiba"])
        let opened = try DatasetReader.open(folder.path + "/out", cache: .never).dataset
        let node = try #require(opened.nodes.firstIndex { $0.id == "curitiba" })
        #expect((opened.nodes[node].place.x - -49.3).magnitude < 1e-4)
        // Curitiba sold p2, and p0 in every fifth order; p1 only in "gone" and "early". p2 has no category.
        let inventory = opened.inventory
        func stock(_ node: String, _ product: String) throws -> Int {
            let node = try #require(opened.nodes.firstIndex { $0.id == node })
            let product = try #require(opened.products.ids.firstIndex(of: product))
            return Int(inventory.onHand[inventory.position(node: node, product: product)])
        }
        #expect(try stock("curitiba", "p1") == 2 * 2)
        // Rio sold p1 in every order of its own, 67, and one p0 ("far"); its category mates sold no less elsewhere.
        #expect(try stock("rio-de-janeiro", "p1") == 2 * 67)
        #expect(try stock("rio-de-janeiro", "p0") == 2)
        // Every fifth order of Rio also sold p2, 14 of them, and "two" one more.
        let fifth = (0..<200).count { $0 % 5 == 0 && $0 % 3 == 1 }
        #expect(try stock("rio-de-janeiro", "p2") == 2 * (fifth + 1))
    }

    @Test("A category sold elsewhere stocks a node with the stated share, a blank category does not")
    func stocksCategories() throws {
        let (folder, _, _) = try imported { $0.categoryStockShare = 0 }
        let without = try WrittenTable(folder.path + "/out", "inventory").source.count
        let (other, _, _) = try imported { $0.categoryStockShare = 0.5 }
        let inventory = try WrittenTable(other.path + "/out", "inventory")
        #expect(inventory.source.count >= without)
        let pairs = try zip(inventory.column("node"), inventory.column("product")).map { "\($0) \($1)" }
        #expect(Set(pairs).count == pairs.count)
    }

    @Test("Zones follow the digits asked for; a customer without a position stands at its neighbours'")
    func makesZones() throws {
        let (folder, _, _) = try imported()
        #expect(try WrittenTable(folder.path + "/out", "zones").column("id") == ["301", "309", "400", "690", "900"])
        let (coarse, _, _) = try imported { $0.zoneDigits = 1 }
        let zones = try WrittenTable(coarse.path + "/out", "zones")
        #expect(try zones.column("id") == ["3", "4", "6", "9"])
        #expect(try zones.column("y")[0] == "-19.9")
    }

    @Test("More hubs than places, missing tables and broken cells are errors that say what and where")
    func refusesBadInput() throws {
        let hubs = #expect(throws: InputError.self) { try imported { $0.hubs = 4 } }
        #expect(hubs?.found == "4 for 'hubs'")
        let folder = try ScratchFolder()
        try SmallOlist().write(to: folder)
        func error(_ name: String, _ text: String?) throws -> InputError? {
            let path = folder.path + "/\(name)"
            let before = try String(contentsOfFile: path, encoding: .utf8)
            if let text {
                _ = try folder.write(text, to: name)
            } else {
                try FileManager.default.removeItem(atPath: path)
            }
            defer { try? before.write(toFile: path, atomically: true, encoding: .utf8) }
            var log = FindingLog()
            return #expect(throws: InputError.self) {
                try OlistImporter().run(
                    sources: [folder.path], options: .init(), output: ImportOutput(folder: folder.path + "/out"),
                    report: &log)
            }
        }
        let missing = try error("olist_sellers_dataset.csv", nil)
        #expect(missing?.found == "no file 'olist_sellers_dataset.csv'")
        let column = try error("olist_sellers_dataset.csv", "seller_id,seller_zip,seller_city,seller_state\n")
        #expect(column?.suggestion == nil || column?.found == "no column 'seller_zip_code_prefix'")
        let number = try error(
            "olist_order_items_dataset.csv",
            "order_id,order_item_id,product_id,seller_id,shipping_limit_date,price,freight_value\no1,1,p1,s1,,ten,1\n")
        #expect(number?.found == "'ten'")
        #expect(number?.location?.line == 2)
        #expect(!FileManager.default.fileExists(atPath: folder.path + "/out"))
    }

    @Test("Bytes do not depend on the order in which the sources are named")
    func orderOfSourcesDoesNotMatter() throws {
        let folder = try ScratchFolder()
        try SmallOlist().write(to: folder)
        let files = try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted().map {
            folder.path + "/" + $0
        }
        var options = OlistOptions()
        options.hubs = 2
        for (name, sources) in [("a", files), ("b", files.reversed())] {
            var log = FindingLog()
            _ = try OlistImporter().run(
                sources: sources, options: options, output: ImportOutput(folder: folder.path + "/" + name), report: &log
            )
        }
        for name in try FileManager.default.contentsOfDirectory(atPath: folder.path + "/a") {
            #expect(
                FileManager.default.contents(atPath: folder.path + "/a/" + name)
                    == FileManager.default.contents(atPath: folder.path + "/b/" + name), "\(name)")
        }
    }
}
