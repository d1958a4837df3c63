import Domain
import Foundation
import Testing

@testable import Importers

/// One import of the public sample of 8,135 orders, shared by the tests of this file.
struct OlistSample: Sendable {
    let folder: ScratchFolder
    let log: FindingLog
    let summary: ImportSummary

    /// Nil where the sample is absent.
    static let shared: Result<OlistSample, any Error>? = SharedData.folder("datasets/olist/sample8135").map { source in
        Result {
            let folder = try ScratchFolder(isShared: true)
            var log = FindingLog()
            let summary = try OlistImporter().run(
                sources: [source], options: OlistOptions(), output: ImportOutput(folder: folder.path + "/olist"),
                report: &log)
            return OlistSample(folder: folder, log: log, summary: summary)
        }
    }

    /// Where the dataset is.
    var output: String { folder.path + "/olist" }
}

@Suite(.enabled(if: OlistSample.shared != nil, SharedData.absent("datasets/olist/sample8135")))
struct OlistSampleTests {
    private func sample() throws -> OlistSample { try #require(OlistSample.shared).get() }

    @Test(
        "Every oddity that is known of the sample is found, as often as it is there",
        arguments: [
            ("carrier_before_approved", "orders", 77), ("carrier_before_purchase", "orders", 3),
            ("delivered_before_carrier", "orders", 3), ("delivered_before_purchase", "orders", 0),
            ("delivered_without_date", "orders", 8), ("delivered_without_carrier", "orders", 1),
            ("cancelled_with_delivery", "orders", 6), ("blank_approved", "orders", 146),
            ("blank_carrier", "orders", 1782), ("blank_delivered", "orders", 2965),
            ("order_without_items", "orders", 775), ("several_sellers", "orders", 71),
            ("repeated_order", "orders", 0), ("paid_differs", "orders", 22), ("unfinished_order", "orders", 2338),
            ("duplicate_geolocation", "geolocation", 9028), ("outside_brazil", "geolocation", 2),
            ("zip_unmatched", "customers", 29), ("zip_unmatched", "sellers", 4),
            ("person_with_several_ids", "customers", 73), ("several_reviews", "order_reviews", 87),
            ("line_breaks_in_cells", "order_reviews", 8884 - 8225), ("freight_zero", "order_items", 17),
            ("blank_category", "products", 111), ("item_without_product_or_seller", "order_items", 0),
        ] as [(String, String, Int)])
    func findsKnownOddities(code: String, table: String, count: Int) throws {
        let found = try sample().log.findings.filter {
            $0.code == code && RowScope.stem(of: $0.file) == "olist_\(table)_dataset"
        }
        #expect(found.reduce(0) { $0 + $1.count } == count)
    }

    @Test("Every finding has a severity, and examples with file and line, no more than it has cases")
    func findingsHaveExamples() throws {
        for finding in try sample().log.findings {
            #expect(!finding.examples.isEmpty && finding.examples.count <= min(finding.count, 5), "\(finding.code)")
            #expect(finding.examples.allSatisfy { $0.location.line != nil && $0.location.file == finding.file })
        }
    }

    @Test("Reviews: 8,225 records on 8,884 lines")
    func readsReviews() throws {
        let log = try sample().log
        let finding = try #require(log.findings.first { $0.code == "line_breaks_in_cells" })
        #expect(finding.message.hasSuffix("8225 records on 8884 lines"))
    }

    @Test(
        "Rows read = rows kept + rows set aside, in every source table",
        arguments: [
            ("orders", 8135, 7360), ("order_items", 8365, 8365), ("customers", 8135, 7263), ("sellers", 1610, 1610),
            ("products", 5460, 5460), ("order_payments", 8924, 8094), ("order_reviews", 8225, 7360),
            ("geolocation", 45_928, 36_898),
        ] as [(String, Int, Int)])
    func accountsForEveryRow(table: String, read: Int, kept: Int) throws {
        let accounts = try sample().log.accounts.filter { RowScope.stem(of: $0.file) == "olist_\(table)_dataset" }
        let account = try #require(accounts.first)
        #expect(accounts.count == 1)
        #expect(account.read == read)
        #expect(account.kept == kept)
        #expect(account.setAside.allSatisfy { $0.count > 0 })
    }

    @Test("What happened is feasible: no node ships more of a product than its opening stock, and none lacks it")
    func historyIsFeasible() throws {
        let output = try sample().output
        var stock: [String: Int] = [:]
        let inventory = try WrittenTable(output, "inventory")
        let stockKeys = try zip(inventory.column("node"), inventory.column("product")).map { "\($0) \($1)" }
        for (key, units) in zip(stockKeys, try inventory.column("on_hand")) { stock[key] = Int(units) }
        #expect(stock.count == stockKeys.count, "each pair once")
        var nodes: [String: [String: String]] = [:]
        let history = try WrittenTable(output, "history")
        for ((order, product), node) in zip(
            zip(try history.column("order"), try history.column("product")), try history.column("node"))
        {
            nodes[order, default: [:]][product] = node
        }
        let lines = try WrittenTable(output, "order_lines")
        for ((order, product), quantity) in zip(
            zip(try lines.column("order"), try lines.column("product")), try lines.column("quantity"))
        {
            let node = try #require(nodes[order]?[product] ?? nodes[order]?[""], "a history row for each line")
            stock["\(node) \(product)", default: -1] -= try #require(Int(quantity))
        }
        #expect(stock.values.allSatisfy { $0 >= 0 })
    }

    @Test("Freight paid, weights, complaints and cancellations sum to those of the source")
    func totalsAreThoseOfTheSource() throws {
        let source = try #require(SharedData.folder("datasets/olist/sample8135"))
        let items = try SourceTable(path: source + "/olist_order_items_dataset.csv.zst")
        let freight = try items.requiredColumn("freight_value")
        let paid = (0..<items.count).reduce(0.0) { $0 + (Double(items.text($1, freight)) ?? .nan) }
        let history = try WrittenTable(sample().output, "history")
        let written = try history.column("freight_paid").reduce(0.0) { $0 + (Double($1) ?? .nan) }
        #expect((paid - written).magnitude < 1e-6)
        let weights = try WrittenTable(sample().output, "orders").column("weight")
        #expect(weights.count { $0 == "18.65" } == 5172)
        #expect(weights.count { $0 == "1" } == 7360 - 5172)
        // 625 cancelled orders, of which 164 have no items.
        let cancelled = zip(try history.column("order"), try history.column("cancelled")).filter { $1 == "true" }.map(
            \.0)
        #expect(Set(cancelled).count == 625 - 164)
    }

    @Test("The fits keep to prices and times that can be, and say how good they are on both parts")
    func fitsAreSound() throws {
        let json = try Data(contentsOf: URL(filePath: sample().output + "/fit.json"))
        let fits = try JSONDecoder().decode(OlistFits.self, from: json)
        #expect(fits.orders == 7360 && fits.fittedOrders == 5152)
        #expect(fits.freight.values.allSatisfy { $0 >= 0 })
        #expect(fits.freight.values == fits.freight.values.map { $0.rounded(toSignificantDigits: 9) })
        // Reference: the same fits in NumPy on hubs of its own (other random numbers), R2 .611 and .545, .37 and .35.
        #expect(try (0.57...0.65).contains(#require(fits.freight.fitted.rSquared)))
        #expect(try (0.50...0.59).contains(#require(fits.freight.heldOut.rSquared)))
        #expect(try (0.34...0.41).contains(#require(fits.transit.fitted.rSquared)))
        #expect((0.36...0.42).contains(fits.transit.values[1]))
        #expect(fits.freight.fitted.observations + fits.freight.heldOut.observations == 7417)
        #expect(fits.pick.meanLogHoursByNode.count == 24)
        let text = try String(contentsOfFile: sample().output + "/fit.txt", encoding: .utf8)
        #expect(text.contains("R2") && text.contains("standard error") && text.contains("held out"))
    }

    @Test("The mean of the fitted lognormal transit is the mean hours of the fitted orders, within sampling error")
    func transitMeanIsRight() throws {
        let json = try Data(contentsOf: URL(filePath: sample().output + "/fit.json"))
        let fits = try JSONDecoder().decode(OlistFits.self, from: json)
        // By the model, at 400 km: exp(a + sigma^2 / 2) km^b.
        let hours = Foundation.pow(400, fits.transit.values[1]) / fits.kilometresPerHour
        let sigma = fits.transit.residualDeviation
        let expected = Foundation.exp(
            fits.transit.values[0] + sigma * sigma / 2 + fits.transit.values[1] * Foundation.log(400))
        #expect((hours / expected - 1).magnitude < 1e-6)
    }

    @Test("Nodes carry the names of their main cities, each id once, the largest first")
    func namesNodes() throws {
        let nodes = try WrittenTable(sample().output, "nodes")
        let ids = try nodes.column("id")
        #expect(ids.count == 24 && Set(ids).count == 24)
        #expect(ids[0] == "sao-paulo")
        #expect(try nodes.column("name")[0] == "Sao Paulo")
        #expect(try nodes.column("region")[0] == "SP")
        for city in ["curitiba", "belo-horizonte", "rio-de-janeiro"] { #expect(ids.contains(city)) }
    }

    @Test("A second import gives the same bytes")
    func importRepeats() throws {
        let first = try sample()
        let source = try #require(SharedData.folder("datasets/olist/sample8135"))
        var log = FindingLog()
        let folder = try ScratchFolder()
        _ = try OlistImporter().run(
            sources: [source], options: OlistOptions(), output: ImportOutput(folder: folder.path + "/olist"),
            report: &log)
        for name in try FileManager.default.contentsOfDirectory(atPath: first.output) {
            let left = FileManager.default.contents(atPath: first.output + "/" + name)
            #expect(left == FileManager.default.contents(atPath: folder.path + "/olist/" + name), "\(name)")
        }
    }
}
