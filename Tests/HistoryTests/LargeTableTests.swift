import Domain
import Foundation
import History
import Storage
import TestKit
import Testing

/// What only shows in tables of many rows, or of rows in an odd order.
@Suite("Reading orders and their lines")
struct LargeTableTests {
    @Test("Repeated lines are set aside in short and in long orders, near and far, and all others are kept")
    func repeatedLines() throws {
        // 200 different lines of one order, then each of them again, between lines of another order.
        var lines = "order,product,quantity,price\no2,bread,1,4\no3,milk,12,1.2\no3,milk,12,1.2\n"
        for round in 0..<2 {
            for quantity in 1...200 {
                lines += "o1,bread,\(quantity),\n"
                if quantity % 50 == 0 { lines += "o2,milk,\(quantity + round),2\n" }
            }
        }
        lines += "o2,bread,1,4\no9,bread,1,\no9,bread,1,\no1,wine,1,\no1,wine,1,\n"
        let opened = try openExample(changing: ["order_lines.csv": lines])
        let account = try #require(opened.quality.tables.first { $0.table == "order_lines" })
        #expect(account.setAside == ["duplicate_row": 200 + 1 + 1 + 2, "unknown_order": 1, "unknown_product": 1])
        #expect(account.read == account.kept + 206)
        let orders = opened.dataset.orders
        #expect(orders.lines(of: 0).count == 200)
        #expect(orders.lines(of: 0).map { orders.lineQuantities[$0] } == (1...200).map(Int32.init))
        #expect(orders.lines(of: 1).count == 9)
    }

    @Test("Lines in any order, quoted, not in ASCII or with quotes inside belong to their orders")
    func anyOrder() throws {
        var ids: [String] = []
        for number in 0..<300 { ids.append(["ö", "a\"", ""][number % 3] + "\(number)") }
        // Neither 7 nor 13 divides 300 or 600: every row comes once.
        func mixed(_ rows: [String]) -> String {
            rows.indices.map { rows[($0 * (rows.count == 300 ? 7 : 13) + 5) % rows.count] }.joined()
        }
        func cell(_ id: String) -> String { "\"\(id.replacing("\"", with: "\"\""))\"" }
        let orders = ids.map { "\(cell($0)),2026-01-12T08:15:00,harbour,,\n" }
        // The position of an order is told by the quantity of its lines.
        let lines = ids.indices.flatMap { index in
            ["\(cell(ids[index])),bread,\(index + 1),\n", "\(cell(ids[index])),milk,\(index + 1),\n"]
        }
        let dataset = try openExample(changing: [
            "orders.csv": "id,placed_at,zone,promised_at,segment\n" + mixed(orders),
            "order_lines.csv": "order,product,quantity,price\n" + mixed(lines),
        ]).dataset
        #expect(dataset.orders.count == 300)
        for order in 0..<300 {
            let id = dataset.orders.ids[order]
            let index = try #require(ids.firstIndex(of: id))
            #expect(dataset.orders.idHashes[order] == StableHash.of(id))
            let quantities = dataset.orders.lines(of: order).map { dataset.orders.lineQuantities[$0] }
            #expect(quantities == [Int32(index + 1), Int32(index + 1)])
        }
    }

    @Test("An order that comes twice is an error though an exact repetition is not, also after one set aside")
    func repeatedOrders() throws {
        let orders = try #require(try exampleFiles()["orders.csv"])
        let outside = "o4,2025-01-12T08:15:00,harbour,,\n"
        let opened = try openExample(changing: ["orders.csv": orders + outside + outside])
        let account = try #require(opened.quality.tables.first { $0.table == "orders" })
        #expect(account.setAside == ["duplicate_row": 1, "placed_outside": 1])
        #expect(
            try messageOfExample(changing: ["orders.csv": orders + outside + outside.replacing("2025", with: "2024")])
                == "orders.csv:6:1: found the order 'o4' twice, expected each once")
        #expect(
            try messageOfExample(changing: ["orders.csv": orders + "\"o\n5\",2026-01-12T08:15:00,harbour,,\n"])
                == "orders.csv:5:2: found 'o 5', expected an id without line breaks in column 'id'")
    }

    @Test("A note on many rows is counted on all, with the first five as examples")
    func manyNotes() throws {
        var orders = "id,placed_at,zone,promised_at,segment\n"
        var lines = "order,product,quantity,price\n"
        for number in 0..<100 {
            orders += "o\(number),2026-01-12T08:15:00,harbour,,\n"
            lines += "o\(number),bread,1,0\n"
        }
        let quality = try openExample(changing: ["orders.csv": orders, "order_lines.csv": lines]).quality
        let missing = try #require(quality.findings.first { $0.code == "promise_missing" })
        #expect(missing.count == 100 && missing.examples == (2...6).map { "orders.csv:\($0)" })
        let free = try #require(quality.findings.first { $0.code == "price_zero" })
        #expect(free.count == 100 && free.examples.first == "order_lines.csv:2:12: '0'" && free.examples.count == 5)
    }

    @Test("A table of lines that is read beside the orders gives what it gives read after them, and says the same")
    func linesAhead() throws {
        // Beyond a megabyte, so that another thread reads it as long as nothing is odd.
        var orders = "id,placed_at,zone,promised_at,segment\n"
        var lines: [String] = []
        for number in 0..<20_000 {
            let id = "order-number-\(100_000 + number)"
            orders += "\(id),2026-01-12T08:\(10 + number % 50):00,harbour,,\n"
            lines.append("\(id),bread,\(1 + number % 7),\n")
            lines.append("\(id),milk,\(1 + number % 3),\(number % 11 == 0 ? "2.5" : "")\n")
            lines.append("\(id),bread,\(20 + number % 5),\n")
        }
        func opened(_ lines: [String]) throws -> OpenedDataset {
            let text = "order,product,quantity,price\n" + lines.joined()
            #expect(text.utf8.count > 1 << 20)
            return try openExample(changing: ["orders.csv": orders, "order_lines.csv": text])
        }
        func account(_ opened: OpenedDataset) throws -> QualityReport.TableAccount {
            try #require(opened.quality.tables.first { $0.table == "order_lines" })
        }
        let calm = try opened(lines)
        #expect(try account(calm).read == 60_000 && account(calm).kept == 60_000)
        // Lines of an order apart from each other are read as usual.
        let apart = try opened((0..<3).flatMap { part in (0..<20_000).map { lines[3 * $0 + part] } })
        #expect(apart.dataset.contentHash == calm.dataset.contentHash)
        #expect(apart.quality == calm.quality)
        // So are all where something is to be said of one, at the end or before.
        let odd = try opened(
            lines + [lines[59_999], "order-number-119999,wine,1,\n", "order-number-9,milk,1,\n", lines[0]]
                + ["order-number-119999,milk,9,0\n"])
        #expect(try account(odd).setAside == ["duplicate_row": 2, "unknown_product": 1, "unknown_order": 1])
        let free = try #require(odd.quality.findings.first { $0.code == "price_zero" })
        #expect(free.examples == ["order_lines.csv:60006:28: '0'"])
        for (row, message) in [
            (
                "order-number-119999,milk,x,\n",
                "order_lines.csv:60002:26: found 'x', expected a whole number in column 'quantity'"
            ),
            (
                "order-number-119999,milk,1\n",
                "order_lines.csv:60002: found 3 fields, expected 4 fields as in the header"
            ),
        ] {
            let text = "order,product,quantity,price\n" + lines.joined() + row
            #expect(try messageOfExample(changing: ["orders.csv": orders, "order_lines.csv": text]) == message)
            // What is wrong with the orders comes first.
            let wrong = orders + "order-number-1,later,harbour,,\n"
            let first = try #require(try messageOfExample(changing: ["orders.csv": wrong, "order_lines.csv": text]))
            #expect(first.hasPrefix("orders.csv:20002:16: found 'later'"))
        }
    }

    @Test("Repeated rows of history are set aside, near and far, and rows of an order are sorted whatever their order")
    func history() throws {
        let header = "order,product,node,service,shipped_at,delivered_at,freight_paid,complaint\n"
        var rows: [String] = []
        for hour in 10..<16 {
            for order in ["o1", "o2"] {
                rows.append("\(order),bread,depot,same-day,2026-01-12T\(hour):00:00,2026-01-12T23:00:00,\(hour),true\n")
                rows.append("\(order),,,,2026-01-12T\(hour):30:00,2026-01-12T23:00:00,1.5,\n")
            }
        }
        let odd = ["o9,,,,,,,\n", "o1,wine,,,,,,\n"]
        let opened = try openExample(changing: ["history.csv": header + (rows + rows + odd + odd).joined()])
        let account = try #require(opened.quality.tables.first { $0.table == "history" })
        #expect(account.read == 52 && account.kept == 24)
        #expect(account.setAside == ["duplicate_row": 26, "unknown_order": 1, "unknown_product": 1])
        let table = try #require(opened.dataset.history)
        for order in 0..<2 {
            let range = table.rows(of: order)
            #expect(range.map { table.products[$0] } == Array(repeating: -1, count: 6) + Array(repeating: 0, count: 6))
            #expect(range.map { table.freightPaid[$0] } == Array(repeating: 1.5, count: 6) + (10..<16).map(Double.init))
            #expect(range.map { table.complaint[$0] } == Array(repeating: 2, count: 6) + Array(repeating: 1, count: 6))
            #expect(range.dropFirst(6).allSatisfy { table.nodes[$0] == 0 && table.services[$0] == 0 })
            #expect(range.dropLast(6).allSatisfy { table.nodes[$0] == -1 && table.cancelledAt[$0].isNaN })
        }
        let reversed = try openExample(changing: ["history.csv": header + rows.reversed().joined()])
        #expect(reversed.dataset.contentHash == opened.dataset.contentHash)
    }

    @Test("Random texts like instants are read, or not, whatever was read before")
    func randomInstants() throws {
        let zone = try LocalTime(timeZone: "Europe/Berlin")
        var shared = InstantParser(localTime: zone, start: 1_767_222_000)
        var state: UInt64 = 17
        func random(_ bound: Int) -> Int {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int(state >> 33) % bound
        }
        func digits(_ value: Int) -> String { value < 10 ? "0\(value)" : "\(value)" }
        var read = 0
        for round in 0..<6000 {
            let date = "202\(5 + random(2))-\(digits(1 + random(12)))-\(digits(1 + random(31)))"
            let time = "\(digits(random(24))):\(digits(random(60))):\(digits(random(60)))"
            var bytes = Array((date + ["T", " "][random(2)] + time).utf8)
            // Half of them with one wrong byte, some of which are no text.
            if round % 2 == 1 { bytes[random(19)] = [0, 0x2F, 0x3A, 0x30, 0x39, 0x80, 0xB0, 0xFF][random(8)] }
            let found = shared.seconds(bytes.span)
            var alone = InstantParser(localTime: zone, start: 1_767_222_000)
            #expect(found == alone.seconds(bytes.span), "\(bytes)")
            #expect(found == shared.seconds(bytes.span), "\(bytes)")
            read += found == nil ? 0 : 1
        }
        #expect(read > 2500)
        #expect(shared.seconds([UInt8](repeating: 0, count: 10).span) == nil)
        var nothing = [UInt8](repeating: 0, count: 10) + Array("T12:00:00".utf8)
        #expect(shared.seconds(nothing.span) == nil)
        nothing[0] = 0x32
        #expect(shared.seconds(nothing.span) == nil)
    }

    @Test("Instants of one date read as each would alone, on days with and without a change of the clocks")
    func instants() throws {
        let zone = try LocalTime(timeZone: "Europe/Berlin")
        let start = zone.instant(wallClock: 1_774_483_200)
        var shared = InstantParser(localTime: zone, start: start)
        for date in ["2026-03-26", "2026-03-28", "2026-03-29", "2026-03-30", "2026-04-02"] {
            for time in ["00:00:00", "02:30:00", "23:59:59", "12:34:56", "24:00:00", "12:60:00", "1a:00:00"] {
                for text in [date + "T" + time, date + " " + time, date + "T" + time.prefix(5)] {
                    var alone = InstantParser(localTime: zone, start: start)
                    #expect(shared.seconds(text) == alone.seconds(text), "\(text)")
                }
            }
        }
    }
}
