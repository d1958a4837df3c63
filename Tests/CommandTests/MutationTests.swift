import Domain
import Foundation
import Storage
import Testing

/// Files that somebody, or a disk, has spoilt.
struct MutationTests {
    /// The tables and the scenario, each spoilt in turn.
    private static let names = [
        "corners.yaml", "corners/dataset.yaml", "corners/nodes.csv", "corners/zones.csv", "corners/products.csv",
        "corners/inventory.csv", "corners/services.csv", "corners/tariffs.csv", "corners/orders.csv",
        "corners/order_lines.csv", "corners/history.csv", "corners/weather.csv", "corners/replenishments.csv",
    ]

    @Test("200 spoilt files end with an exit code of ours: no crash, no hang, nothing half-written")
    func spoiltFiles() throws {
        let folder = try ScratchFolder()
        for index in 0..<200 {
            let name = Self.names[index % Self.names.count]
            let path = folder.path + "/" + name
            let sound = try FileSystem.read(path)
            let spoilt = Self.mutated(sound, draw: StableHash.combine(20_260_112, StableHash.of(index)))
            try AtomicFile.write(spoilt, to: path)
            let result = try SandtableProcess.run(
                ["run", "corners.yaml", "--replications", "1", "--output", "out", "--quiet", "--jobs", "1"], in: folder)
            #expect((0...3).contains(result.code), "mutation \(index) of \(name): \(result.code) \(result.notes)")
            #expect(result.code != 1, "mutation \(index) of \(name): \(result.notes)")
            let left = FileSystem.exists(folder.path + "/out")
            #expect(left == (result.code != 2), "mutation \(index) of \(name)")
            if result.code == 2 { #expect(!result.notes.isEmpty) }
            try FileSystem.remove(folder.path + "/out")
            try AtomicFile.write(sound, to: path)
        }
    }

    /// A copy with one thing wrong: a byte, a piece left out, a piece twice, a number changed, an end too early.
    private static func mutated(_ bytes: [UInt8], draw: UInt64) -> [UInt8] {
        var bytes = bytes
        func number(_ part: Int, below bound: Int) -> Int {
            Int(StableHash.combine(draw, StableHash.of(part)) % UInt64(max(1, bound)))
        }
        let place = number(0, below: bytes.count)
        let length = min(1 + number(1, below: 40), bytes.count - place)
        switch number(2, below: 6) {
        case 0: bytes[place] = UInt8(number(3, below: 256))
        case 1: bytes.removeSubrange(place..<(place + length))
        case 2: bytes.insert(contentsOf: bytes[place..<(place + length)], at: place)
        case 3: bytes.removeSubrange(place...)
        case 4:
            let digits = bytes.indices.filter { (48...57).contains(bytes[$0]) }
            let texts = ["-1", "1e400", "99999999999999999999", "nan", "0", "-0.0", "1e-320", "9007199254740993"]
            guard !digits.isEmpty else { return bytes }
            let digit = digits[number(3, below: digits.count)]
            bytes.replaceSubrange(digit...digit, with: Array(texts[number(4, below: texts.count)].utf8))
        default:
            let pieces = ["\"", "\r", "\n\n", ",", "\u{FEFF}", "{", "- ", ": ", "&a *a", "%", "\t", "\u{0}"]
            bytes.insert(contentsOf: Array(pieces[number(3, below: pieces.count)].utf8), at: place)
        }
        return bytes
    }
}
