import Domain
import Foundation
import Storage
import Testing

@testable import Generation

/// The root of the repository.
let repository = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().path

/// The minimal spec that the article shows.
func minimalSpec() throws -> String {
    let path = repository + "/Sources/Generation/Generation.docc/GeneratingDatasets.md"
    let lines = String(decoding: try FileSystem.read(path), as: UTF8.self)
        .split(separator: "\n", omittingEmptySubsequences: false)
    let start = try #require(lines.firstIndex { $0 == "`minimal.yaml`:" }) + 2
    return lines[start...].prefix { $0 != "```" }.joined(separator: "\n") + "\n"
}

/// The minimal spec with texts replaced; each must be there.
func minimalSpec(_ edits: (String, String)...) throws -> String {
    var text = try minimalSpec()
    for (old, new) in edits {
        try #require(text.contains(old), "the minimal spec holds '\(old)'")
        text = text.replacing(old, with: new, maxReplacements: 1)
    }
    return text
}

/// The network of a spec's text.
func makeNetwork(_ text: String, orders: Int? = nil, seed: UInt64? = nil) throws -> Network {
    let specification = try GenerationSpecification(yaml: text, file: "spec.yaml")
    return Network(specification, orderCount: orders ?? specification.orderCount, seed: seed ?? specification.seed)
}

/// All orders of a network in one batch.
func allOrders(_ network: Network) throws -> OrderBatch {
    var stream = OrderStream(network, counts: try OrderCounts(network))
    var all = OrderBatch()
    while let batch = stream.next() {
        all.append(batch)
    }
    return all
}

extension OrderBatch {
    /// The ids of all orders.
    var ids: [String] { (0..<count).map(id(of:)) }

    /// Appends another batch.
    mutating func append(_ other: OrderBatch) {
        let first = lineProducts.count
        zoneIds = other.zoneIds
        hours += other.hours
        numbers += other.numbers
        entities += other.entities
        placedAt += other.placedAt
        zones += other.zones
        customers += other.customers
        segments += other.segments
        channels += other.channels
        promises += other.promises
        promisedAt += other.promisedAt
        tags += other.tags
        lineOffsets += other.lineOffsets.dropFirst().map { $0 + first }
        lineProducts += other.lineProducts
        lineQuantities += other.lineQuantities
    }
}

/// The stored bytes of every file of a folder, by name.
func bytes(of folder: String) throws -> [String: [UInt8]] {
    var result: [String: [UInt8]] = [:]
    for name in try FileSystem.names(in: folder) where FileSystem.facts(folder + "/" + name)?.isFolder == false {
        result[name] = try FileSystem.read(folder + "/" + name)
    }
    return result
}

/// The rows of a table of a written dataset, cells by column name.
func rows(_ table: String, in folder: String) throws -> [[String: String]] {
    let text = String(decoding: try ByteSource(path: "\(folder)/\(table).csv.zst").readAll(), as: UTF8.self)
    let lines = text.split(separator: "\n").map {
        $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
    }
    let header = try #require(lines.first)
    return lines.dropFirst().map { Dictionary(uniqueKeysWithValues: zip(header, $0)) }
}

/// Pearson's statistic of counts against expected counts.
func chiSquare(_ counts: [Int], expected: [Double]) -> Double {
    zip(counts, expected).reduce(0) { $0 + (Double($1.0) - $1.1) * (Double($1.0) - $1.1) / $1.1 }
}

/// A bound that a chi-square variable of so many degrees of freedom exceeds with a probability of about 1e-6
/// (Wilson & Hilferty 1931).
func chiSquareBound(degreesOfFreedom: Int) -> Double {
    let n = Double(degreesOfFreedom)
    let root = 1 - 2 / (9 * n) + 4.753 * (2 / (9 * n)).squareRoot()
    return n * root * root * root
}
