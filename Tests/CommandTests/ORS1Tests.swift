import Foundation
import Storage
import Testing

/// ORS-1 as its own description has it, in minutes: who ships each order. Written apart from the product.
private struct ORS1Model {
    private struct Node {
        let region: Int
        let x, y: Double
        let stations: Int
        let pick, handling, base, perKilometre, carbon, speed: Double
    }
    private struct Order {
        let time, x, y: Double
        let product, quantity: Int
        let promise: Double
    }
    private let nodes: [Node]
    private let orders: [Order]
    private let stock: [[Int]]
    private let weights: [[Double]]
    private let noise: [Double]
    private let weather: [[Double]]

    init(source: String, orderCount: Int) throws {
        nodes = try Self.rows(source, "nodes.csv").map { row in
            Node(
                region: Int(row[1]), x: row[2], y: row[3], stations: Int(row[4]), pick: row[5], handling: row[6],
                base: row[7], perKilometre: row[8], carbon: row[9], speed: row[10])
        }
        orders = try Self.rows(source, "orders.csv.zst", limit: orderCount).map { row in
            Order(
                time: row[1], x: row[2], y: row[3], product: Int(row[4]), quantity: Int(row[5]), promise: row[6])
        }
        var stock = [[Int]](repeating: [Int](repeating: 0, count: 500), count: nodes.count)
        for row in try Self.rows(source, "inventory.csv.zst") { stock[Int(row[0])][Int(row[1])] = Int(row[2]) }
        self.stock = stock
        weights = try Self.rows(source, "strategies.csv").map { Array($0.dropFirst()) }
        noise = try Self.rows(source, "noise_rep0.csv.zst", limit: orderCount).map { $0[1] }
        var weather = [[Double]](repeating: [Double](repeating: 1, count: 60), count: 4)
        for row in try Self.rows(source, "weather_rep0.csv") { weather[Int(row[0])][Int(row[1])] = row[2] }
        self.weather = weather
    }

    /// The node of each order, nil if unfilled; with recorded noise and weather, or without.
    func choices(strategy: Int, isRecorded: Bool) -> [Int?] {
        let weight = weights[strategy]
        var stock = stock
        var starts = [[Double]](repeating: [], count: nodes.count)
        var freeAt = nodes.map { [Double](repeating: 0, count: $0.stations) }
        return orders.enumerated().map { index, order in
            var best: (score: Double, node: Int)?
            for (number, node) in nodes.enumerated() where stock[number][order.product] >= order.quantity {
                let distance = ((order.x - node.x) * (order.x - node.x) + (order.y - node.y) * (order.y - node.y))
                    .squareRoot()
                starts[number].removeAll { $0 <= order.time }
                let queue = Double(starts[number].count) / Double(node.stations)
                let expected = (1 + queue) * node.pick / 60 + 6 + distance / node.speed
                let slow = isRecorded ? weather[node.region][min(Int(order.time / 1_440), 59)] : 1
                let features = [
                    distance / 100, (node.base + node.perKilometre * distance) / 10, node.handling / 10, queue,
                    node.carbon * distance, Double(order.quantity) / Double(stock[number][order.product]),
                    max(0, expected - order.promise) / 12, slow - 1,
                ]
                let score = zip(weight, features).reduce(0) { $0 + $1.0 * $1.1 }
                if score < best?.score ?? .infinity { best = (score, number) }
            }
            guard let chosen = best?.node else { return nil }
            stock[chosen][order.product] -= order.quantity
            let pick = nodes[chosen].pick * (0.4 + 0.3 * Double(order.quantity)) * (isRecorded ? noise[index] : 1)
            let station = freeAt[chosen].indices.min { freeAt[chosen][$0] < freeAt[chosen][$1] } ?? 0
            let start = max(order.time, freeAt[chosen][station])
            freeAt[chosen][station] = start + pick
            starts[chosen].append(start)
            return chosen
        }
    }

    /// The records of a file of numbers.
    private static func rows(_ source: String, _ name: String, limit: Int = .max) throws -> [[Double]] {
        let reader = try CSVReader(path: source + "/" + name)
        var rows: [[Double]] = []
        while rows.count < limit, try reader.nextRow() {
            rows.append(try reader.header.indices.map { try reader.double($0) })
        }
        return rows
    }
}

/// The benchmark's files where they are at hand, with what converts them.
private enum ORS1Source {
    static let checkout = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()
    static let folder: String? = {
        let shared =
            ProcessInfo.processInfo.environment["SANDTABLE_SHARED"]
            ?? checkout.deletingLastPathComponent().appending(path: "shared").path()
        let folder = shared + "/bench/ors1"
        let tools = ["python3", "zstd"].allSatisfy { tool in
            ["/usr/bin/", "/usr/local/bin/"].contains { FileSystem.exists($0 + tool) }
        }
        return tools && FileSystem.exists(folder + "/nodes.csv") ? folder : nil
    }()
    static let absent: Comment =
        "'bench/ors1' is not at hand (set SANDTABLE_SHARED to the folder of the shared data sets), or python3 or zstd"
}

@Suite(.enabled(if: ORS1Source.folder != nil, ORS1Source.absent))
struct ORS1Tests {
    @Test("The benchmark as a dataset and scenarios gives the choices of its own model, without chance and with it")
    func choices() throws {
        let source = try #require(ORS1Source.folder)
        let folder = try ScratchFolder(withFixtures: false)
        let conversion = Process()
        conversion.executableURL = ORS1Source.checkout.appending(path: "Scripts/ors1")
        conversion.arguments = [source, folder.path, "--orders", "2000"]
        try conversion.run()
        conversion.waitUntilExit()
        try #require(conversion.terminationStatus == 0)
        let model = try ORS1Model(source: source, orderCount: 2_000)
        var chosen: [Set<Int?>] = []
        for mode in ["det", "file"] {
            let run = try SandtableProcess.run(
                ["run", "ors1-\(mode).yaml", "--strategies", "s0,s1,s2,s3,s4", "--output", mode, "--quiet"], in: folder)
            try #require(run.code == 0, "\(run.notes)")
            for strategy in 0..<5 {
                let trial = try SandtableProcess.run(
                    ["trial", mode, "--strategy", "s\(strategy)", "--replication", "0", "--orders", "orders.csv"],
                    in: folder)
                try #require(trial.code == 0, "\(trial.notes)")
                let reader = try CSVReader(path: folder.path + "/orders.csv")
                let column = try #require(reader.column(named: "node"))
                var own: [Int?] = []
                while try reader.nextRow() { own.append(reader.isBlank(column) ? nil : try reader.integer(column)) }
                let expected = model.choices(strategy: strategy, isRecorded: mode == "file")
                let first = zip(own, expected).enumerated().first { $1.0 != $1.1 }?.offset
                #expect(own.count == expected.count)
                #expect(first == nil, "\(mode), s\(strategy): the first order of another node")
                chosen.append(Set(own))
            }
        }
        // The comparison says something only where the choice is a wide one.
        #expect(chosen.allSatisfy { $0.count > 10 })
    }
}
