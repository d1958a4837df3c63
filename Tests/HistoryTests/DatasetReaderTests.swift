import Domain
import Foundation
import History
import Storage
import TestKit
import Testing

@Suite("Reading a dataset folder")
struct DatasetReaderTests {
    @Test("The example of the article is read as it says, without any warning")
    func example() throws {
        let opened = try openExample(strict: true)
        let dataset = opened.dataset
        #expect(dataset.description.name == "two-corners")
        // 2026-01-12 is a Monday, midnight in Berlin 23:00 UTC the day before.
        #expect(dataset.description.start == 1_768_172_400)
        #expect(dataset.description.end == 2 * 86_400)
        #expect(dataset.nodes.map(\.id) == ["depot", "store"])
        #expect(dataset.nodes[0].openingHours.description.hasPrefix("Mo 06:00-22:00; Tu 06:00-22:00"))
        #expect(dataset.nodes[0].serviceDistribution == .exponential)
        #expect(dataset.nodes[1].openingHours == .always)
        #expect(dataset.zones.map(\.id) == ["harbour", "hill"])
        #expect(dataset.services[0].cutOffMinutes == [720, 1050])
        #expect(dataset.tariffs.count == 2)
        #expect(dataset.tariffs[0].bands.map(\.fromKilograms) == [0, 10])
        #expect(Array(dataset.orders.ids) == ["o1", "o2", "o3"])
        #expect(Array(dataset.orders.placedAt) == [29_700, 42_000, 86_400 + 9 * 3600 + 300])
        #expect(Array(dataset.orders.promisedAt) == [72_000, 158_400, .infinity])
        #expect(Array(dataset.orders.linePrices) == [4.5, 1.5, 4, 1.2])
        #expect(dataset.lanes.kilometres == [5, 45, 45, 5])
        #expect(dataset.lanes.baseHours == [0.625, 1.625, 1.625, 0.625])
        #expect(dataset.inventory.onHand == [20, 40, 5, 0])
        #expect(opened.quality.tables.map(\.kept) == [2, 2, 2, 3, 3, 1, 3, 4])
        #expect(opened.quality.findings.map(\.code) == ["promise_missing"])
    }

    @Test("What is written by the writer is read back, whatever the compression and the order of rows")
    func invariance() throws {
        try withTemporaryFolder { folder in
            try writeExample(to: folder + "/plain")
            let files = try exampleFiles()
            let plain = try DatasetReader.open(folder + "/plain", cache: .never).dataset
            for (name, compression) in [("gz", Compression.gzip()), ("zst", .zstandard())] {
                let writer = try DatasetWriter(
                    folder: folder + "/" + name, description: plain.description, compression: compression)
                for table in DatasetTable.allCases {
                    guard let text = files[table.name + ".csv"] else { continue }
                    let reader = try CSVReader(source: ByteSource(name: table.name, bytes: Array(text.utf8)))
                    var rows: [[TableWriter.Cell]] = []
                    while try reader.nextRow() {
                        rows.append(try reader.header.indices.map { .text(try reader.text($0)) })
                    }
                    let output = try writer.table(table, columns: reader.header)
                    for row in rows.reversed() { try output.row(row) }
                }
                try writer.finish()
                let opened = try DatasetReader.open(folder + "/" + name, strict: true, cache: .never)
                #expect(opened.dataset.contentHash == plain.contentHash)
                #expect(opened.dataset.description.files["orders.csv" + compression.suffix]?.rows == 3)
            }
        }
    }

    @Test("What would change a result is an error with its place")
    func errors() throws {
        let files = try exampleFiles()
        func changed(_ file: String, _ old: String, _ new: String) throws -> String? {
            let text = try #require(files[file])
            #expect(text.contains(old), "\(file) holds \(old)")
            return try messageOfExample(changing: [file: text.replacing(old, with: new)])
        }
        #expect(
            try changed("dataset.yaml", "licence", "license")
                == "dataset.yaml:4:1: found unknown key 'license', expected one of coordinates, currency, end, files, licence, name, origin, promise_by, sandtable, start, time_zone; did you mean 'licence'?"
        )
        #expect(
            try changed("dataset.yaml", "Europe/Berlin", "Europe/Berln")
                == "dataset.yaml:6:12: found unknown time zone 'Europe/Berln', expected an IANA name such as Asia/Shanghai; did you mean 'Europe/Berlin'?"
        )
        #expect(
            try changed("dataset.yaml", "promise_by: day", "promise_by: days")
                == "dataset.yaml:9:13: found unknown promise basis 'days' for promise_by, expected one of day, instant; did you mean 'day'?"
        )
        #expect(
            try changed("dataset.yaml", "start: 2026-01-12T00:00:00", "start: 2026-01-12T00:30:00")
                == "dataset.yaml:7:8: found a start within an hour, expected a full local hour")
        #expect(
            try changed("dataset.yaml", "currency: EUR\n", "")
                == "dataset.yaml:1:1: found no 'currency', expected the keys sandtable, name, origin, licence, currency, time_zone, start, end, promise_by, coordinates"
        )
        #expect(
            try changed("dataset.yaml", "name: two", "name: [two")
                == "dataset.yaml:3:7: found broken YAML (while parsing a flow sequence did not find expected ',' or ']'), expected valid YAML"
        )
        #expect(
            try changed("nodes.csv", "id,x,y,region", "id,x,y,regoin")
                == "nodes.csv:1: found the columns id, x, y, regoin, opening_hours, stations, service_seconds_per_order, service_distribution, tags, expected a column 'region'"
        )
        #expect(
            try changed("nodes.csv", "store,30,40", "store,30,4O")
                == "nodes.csv:3:10: found '4O', expected a number in column 'y'")
        #expect(
            try changed("nodes.csv", "east,,1,300", "east,,0,300")
                == "nodes.csv:3:19: found '0', expected a whole number of at least 1 in column 'stations'")
        #expect(
            try changed("nodes.csv", "store,30", "depot,30")
                == "nodes.csv:3:1: found the node 'depot' twice, expected each once")
        #expect(
            try changed("nodes.csv", "exponential", "exponentail")
                == "nodes.csv:2:56: found unknown distribution 'exponentail', expected one of deterministic, exponential, lognormal:SIGMA, lognormal-cv:CV, uniform:HALF_WIDTH, triangular:HALF_WIDTH, gamma:SHAPE, erlang:PHASES, hyperexponential:SQUARED_CV; did you mean 'exponential'?"
        )
        #expect(
            try changed("nodes.csv", "Sa 08:00-14:00", "Sat 08:00-14:00")
                == "nodes.csv:2:16: found unknown day 'Sat', expected one of Mo, Tu, We, Th, Fr, Sa, Su; did you mean 'Sa'?"
        )
        #expect(
            try changed("inventory.csv", "milk,40", "milk,-40")
                == "inventory.csv:3:12: found '-40', expected a whole number of at least 0 in column 'on_hand'")
        #expect(
            try changed("inventory.csv", "store,bread", "stor,bread")
                == "inventory.csv:4:1: found unknown node 'stor', expected the id of a node; did you mean 'store'?")
        #expect(
            try changed("inventory.csv", "store,bread", "depot,bread")
                == "inventory.csv:4:1: found the stock of product 'bread' at node 'depot' twice, expected each once")
        #expect(
            try changed("services.csv", "van,van-carbon", "vans,van-carbon")
                == "services.csv:2:18: found unknown tariff 'vans', expected the id of a tariff; did you mean 'van'?")
        #expect(
            try changed("services.csv", "12:00;17:30", "12:00;17.30")
                == "services.csv:2:43: found '12:00;17.30', expected times such as 17:30, separated by ';', in column 'cut_offs'"
        )
        #expect(
            try changed("orders.csv", "2026-01-12T08:15:00", "12.01.2026 08:15")
                == "orders.csv:2:4: found '12.01.2026 08:15', expected an instant (2026-01-12T08:30:00, 2026-01-12T08:30:00+08:00 or seconds from the start) in column 'placed_at'"
        )
        #expect(
            try changed("orders.csv", "harbour", "")
                == "orders.csv:2: found neither a zone nor a place, expected a zone, or x and y")
        #expect(
            try changed("orders.csv", "o2,", "o1,") == "orders.csv:3:1: found the order 'o1' twice, expected each once")
        #expect(
            try changed("order_lines.csv", "o1,milk,1,", "o1,milk,1.5,")
                == "order_lines.csv:3:9: found '1.5', expected a whole number in column 'quantity'")
        #expect(
            try changed("order_lines.csv", "o1,milk,1,", "o1,milk,1")
                == "order_lines.csv:3: found 3 fields, expected 4 fields as in the header")
        #expect(
            try messageOfExample(without: "order_lines.csv")
                == "FOLDER: found no table 'order_lines', expected order_lines.csv, order_lines.csv.gz or order_lines.csv.zst"
        )
        #expect(
            try messageOfExample(changing: ["orders.csv.gz": "x"])
                == "FOLDER: found orders.csv and orders.csv.gz, expected one file for the table 'orders'")
        #expect(
            try messageOfExample(changing: ["orders.csv": "id,placed_at\n"])
                == "orders.csv: found no rows, expected at least one in 'orders'")
        #expect(
            try messageOfExample(without: "dataset.yaml")
                == "FOLDER: found no dataset.yaml, expected a folder with dataset.yaml")
    }

    @Test("All that is wrong in dataset.yaml is told at once, in the order of the file")
    func descriptionErrors() throws {
        #expect(
            try messageOfExample(changing: [
                "dataset.yaml": "sandtable: 2\nname: x\norigin: o\nlicence: [a]\ncurrency: EUR\ntime_zone: UTC\n"
                    + "start: 2026-01-12T00:00:00\nend: soon\npromise_by: day\ncoordinates: flat\n"
                    + "files: {orders.csv: {rows: -1}}\n"
            ]) == """
                dataset.yaml:1:12: found '2' for sandtable, expected 1, the version of the format
                dataset.yaml:4:10: found a list for licence, expected a text
                dataset.yaml:8:6: found 'soon' for end, expected a time such as 2026-01-12T00:00:00
                dataset.yaml:10:14: found unknown kind of coordinates 'flat' for coordinates, expected one of geographic, plane
                dataset.yaml:11:21: found no 'sha256' for files.orders.csv, expected {rows: ..., sha256: ...}
                dataset.yaml:11:28: found '-1' for files.orders.csv.rows, expected a whole number at least 0
                """)
    }

    @Test("A truncated .zst table and files that differ from what dataset.yaml states are errors")
    func damagedFiles() throws {
        let files = try exampleFiles()
        try withTemporaryFolder { folder in
            try writeExample(to: folder, without: "orders.csv")
            let orders = try CompressedWriter(path: folder + "/orders.csv.zst")
            try orders.write(try #require(files["orders.csv"]))
            let hash = try orders.finish()
            let whole = try FileSystem.read(folder + "/orders.csv.zst")
            try AtomicFile.write(Array(whole.dropLast(3)), to: folder + "/orders.csv.zst")
            #expect(
                try inputError { _ = try DatasetReader.open(folder) }
                    == "\(folder)/orders.csv.zst: found a truncated .zst file (it ends inside a frame), expected a complete one"
            )
            #expect(!FileSystem.exists(folder + "/.sandtable-cache"))
            let yaml = try #require(files["dataset.yaml"])
            try AtomicFile.write(
                yaml + "files:\n  orders.csv.zst: {rows: 3, sha256: \(hash)}\n", to: folder + "/dataset.yaml")
            let cut = SHA256.hash(of: Array(whole.dropLast(3)))
            #expect(
                try inputError { _ = try DatasetReader.open(folder) }
                    == "\(folder)/orders.csv.zst: found SHA-256 \(cut), expected \(hash) as dataset.yaml says")
            try AtomicFile.write(whole, to: folder + "/orders.csv.zst")
            #expect(try DatasetReader.open(folder).dataset.orders.count == 3)
            try AtomicFile.write(
                yaml + "files:\n  orders.csv.zst: {rows: 4, sha256: \(hash)}\n", to: folder + "/dataset.yaml")
            #expect(
                try inputError { _ = try DatasetReader.open(folder) }
                    == "\(folder)/orders.csv.zst: found 3 rows, expected 4 as dataset.yaml says")
        }
    }

    @Test("What an analyst can live with is counted with examples, and every row is accounted for")
    func quality() throws {
        let files = try exampleFiles()
        let orders = try #require(files["orders.csv"])
        let lines = try #require(files["order_lines.csv"])
        let opened = try openExample(changing: [
            "nodes.csv": try #require(files["nodes.csv"]).replacing("stations", with: "statoins"),
            "orders.csv": orders.replacing("o3,2026-01-13 09:05", with: "o3,2026-01-13 09:05") + """
                o1,2026-01-12T08:15:00,harbour,2026-01-12T20:00:00,household
                o4,2026-01-11 23:59,hill,,cafe
                o5,2026-01-13 10:00,moon,,cafe
                o6,2026-01-13 10:00,hill,2026-01-13 09:00,cafe
                o7,2026-01-13 10:00,hill,,cafe

                """,
            "order_lines.csv": lines + """
                o1,bread,2,
                o4,bread,1,
                o5,milk,1,
                o6,milk,1,0
                o8,milk,1,
                o7,wine,1,

                """,
            "zones.csv": try #require(files["zones.csv"]) + "island,500,500,west\n",
            "history.csv": """
            order,node,service,shipped_at,delivered_at,cancelled,cancelled_at,freight_paid
            o1,depot,same-day,2026-01-12 08:00,2026-01-12 07:00,,,0
            o2,attic,same-day,,2026-01-13 07:00,true,2026-01-12 08:00,
            o3,depot,same-day,2026-01-13 12:00,,false,,3
            o6,,,,,true,,
            o7,depot,,,,,,
            o9,depot,,,,,,

            """,
            "weather.csv": """
            region,at,class,intensity
            west,2026-01-12 00:30,rain,1
            moon,2026-01-12 00:30,rain,1
            west,2025-01-12 00:30,rain,1

            """,
        ])
        func finding(_ table: String, _ code: String) -> QualityReport.Finding? {
            opened.quality.findings.first { $0.table == table && $0.code == code }
        }
        #expect(
            finding("nodes", "unknown_column")?.examples == [
                "nodes.csv:1:29: unknown column 'statoins'; did you mean 'stations'?"
            ])
        #expect(finding("orders", "duplicate_row")?.examples == ["orders.csv:5"])
        #expect(finding("orders", "placed_outside")?.examples == ["orders.csv:6:4: '2026-01-11 23:59'"])
        #expect(finding("orders", "unknown_zone")?.examples == ["orders.csv:7:21: 'moon'"])
        #expect(finding("orders", "order_without_lines")?.examples == ["orders.csv: order 'o7'"])
        #expect(finding("orders", "promised_before_placed")?.count == 1)
        #expect(finding("orders", "promise_missing")?.count == 2)
        #expect(finding("order_lines", "duplicate_row")?.count == 1)
        #expect(finding("order_lines", "order_set_aside")?.count == 2)
        #expect(finding("order_lines", "unknown_order")?.count == 1)
        #expect(finding("order_lines", "unknown_product")?.count == 1)
        #expect(finding("order_lines", "price_zero")?.count == 1)
        #expect(finding("zones", "zone_without_lane")?.examples == ["zone 'island' with 0 orders"])
        #expect(finding("history", "shipped_before_placed")?.count == 1)
        #expect(finding("history", "delivered_before_shipped")?.count == 1)
        #expect(finding("history", "freight_zero")?.count == 1)
        #expect(finding("history", "unknown_node")?.treatment == .repaired)
        #expect(finding("history", "cancelled_but_delivered")?.count == 1)
        #expect(finding("history", "cancelled_before_placed")?.count == 1)
        #expect(finding("history", "cancelled_without_time")?.count == 1)
        #expect(finding("history", "delivered_without_shipped")?.count == 1)
        #expect(finding("history", "shipped_not_delivered")?.count == 1)
        #expect(finding("history", "order_set_aside")?.count == 1)
        #expect(finding("history", "unknown_order")?.count == 1)
        #expect(finding("weather", "unknown_region")?.count == 1)
        #expect(finding("weather", "hour_outside")?.severity == .note)
        #expect(finding("weather", "hours_missing")?.count == 2 * 48 - 1)
        for table in opened.quality.tables {
            #expect(table.read == table.kept + table.setAside.values.reduce(0, +), "\(table.table)")
        }
        let accounts = Dictionary(uniqueKeysWithValues: opened.quality.tables.map { ($0.table, $0) })
        #expect(accounts["orders"]?.read == 8)
        #expect(accounts["orders"]?.kept == 4)
        #expect(accounts["order_lines"]?.read == 10)
        #expect(accounts["history"]?.kept == 4)
        #expect(opened.dataset.orders.count == 4)
        #expect(opened.dataset.history?.nodes[1] == -1)
    }

    @Test("Places, cold chain and stock that cannot be right are counted")
    func checks() throws {
        let files = try exampleFiles()
        let opened = try openExample(changing: [
            "zones.csv": try #require(files["zones.csv"]) + "typo,3000,4,west\n",
            "orders.csv": try #require(files["orders.csv"])
                .replacing("segment", with: "segment,x,y").replacing("household", with: "household,,")
                .replacing("cafe", with: "cafe,900,36"),
            "products.csv": try #require(files["products.csv"]).replacing("0.75,", with: "0,frozen"),
            "inventory.csv": "node,product,on_hand,safety_stock\ndepot,bread,2,3\n",
        ])
        let examples = Dictionary(
            uniqueKeysWithValues: opened.quality.findings.map { ("\($0.table) \($0.code)", $0.examples) })
        #expect(examples["zones zone_out_of_the_way"] == ["zone 'typo': 2970 km from the nearest node"])
        #expect(examples["orders place_far_from_zone"] == ["order 'o3': 873 km from zone 'hill'"])
        #expect(examples["products mass_zero"] == ["products.csv:2:18: '0'"])
        #expect(examples["products product_without_stock"] == ["product 'milk' in 2 order lines"])
        #expect(examples["products temperature_without_carrier"] == ["product 'bread' is frozen"])
        #expect(examples["inventory safety_above_stock"] == ["inventory.csv:2:15: '3'"])
        #expect(opened.dataset.ordersHavePlaces)
    }

    @Test("With strict a warning is an error that names it; a note is not")
    func strict() throws {
        let files = try exampleFiles()
        let orders = try #require(files["orders.csv"])
        #expect(
            try messageOfExample(
                changing: ["orders.csv": orders + "o3,2026-01-13 09:05,hill,,cafe\n"], strict: true)
                == "FOLDER: found 1 x orders: rows that repeat an earlier one exactly, such as orders.csv:5, expected no warnings, since --strict is given"
        )
        let early = orders.replacing("2026-01-12T20:00:00", with: "2026-01-12T07:00:00")
        #expect(
            try openExample(changing: ["orders.csv": early], strict: true).quality.count(of: "promised_before_placed")
                == 1)
    }

    @Test("200 mutated files are read or refused with an input error")
    func mutations() throws {
        let files = try exampleFiles().sorted { $0.key < $1.key }
        var state: UInt64 = 8135
        func next(_ bound: Int) -> Int {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int(state >> 33) % max(1, bound)
        }
        let insertions =
            [
                "\"", ",", "\n", "\r", ";", "-", "1e999", "999999999999999999999", "-1", "0", "é", "\u{0}", "nan",
                "inf", "  ",
                "2026-03-29T02:30", "[", "{", ": ", "&a", "*a", "!!x", "\"\"", "1e15", "0.0000001",
            ].map { Array($0.utf8) } + [[0xFF], [0xC3]]
        var refused = 0
        try withTemporaryFolder { folder in
            for round in 0..<200 {
                let (name, text) = files[next(files.count)]
                var bytes = Array(text.utf8)
                for _ in 0...next(3) {
                    let position = next(bytes.count)
                    switch next(5) {
                    case 0: bytes.removeSubrange(position..<min(bytes.count, position + 1 + next(8)))
                    case 1: bytes.insert(contentsOf: insertions[next(insertions.count)], at: position)
                    case 2: bytes = Array(bytes.prefix(position))
                    case 3: bytes.insert(contentsOf: bytes[position..<min(bytes.count, position + 30)], at: position)
                    default:
                        // A cell replaced.
                        let end = bytes[position...].firstIndex { $0 == 0x2C || $0 == 0x0A } ?? bytes.count
                        bytes.replaceSubrange(position..<end, with: insertions[next(insertions.count)])
                    }
                    if bytes.isEmpty { break }
                }
                try writeExample(to: folder + "/\(round)")
                try Data(bytes).write(to: URL(fileURLWithPath: folder + "/\(round)/" + name))
                do {
                    let opened = try DatasetReader.open(folder + "/\(round)", cache: .never)
                    #expect(!opened.quality.tables.isEmpty)
                } catch is InputErrors {
                    refused += 1
                }
            }
        }
        // Both ways out are taken, or the mutations test nothing.
        #expect((20..<180).contains(refused))
    }
}
