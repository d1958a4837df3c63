import Domain
import Storage
import TestKit
import Testing

@Suite("Compressed files")
struct CompressionTests {
    /// Half a megabyte that compresses, but not away.
    static let content: [UInt8] = (0..<500_000).map { UInt8(truncatingIfNeeded: ($0 &* $0) >> 7) }

    @Test(
        "What is written plain, .gz or .zst is read back, and the same content gives the same bytes",
        arguments: [
            "a.csv", "a.csv.gz", "a.csv.zst",
        ])
    func roundTrip(name: String) throws {
        try withTemporaryFolder { folder in
            let path = folder + "/" + name
            func write() throws -> String {
                let writer = try CompressedWriter(path: path)
                try writer.write(Array(Self.content.prefix(1000)))
                try writer.write(Array(Self.content.dropFirst(1000)))
                return try writer.finish()
            }
            let hash = try write()
            #expect(try SHA256.hash(ofFile: path) == hash)
            #expect(try ByteSource(path: path).readAll() == Self.content)
            #expect(try write() == hash)
        }
    }

    @Test(
        "Members of a .gz and frames of a .zst that follow each other are read as one",
        arguments: [
            "a.gz", "a.zst",
        ])
    func concatenated(name: String) throws {
        try withTemporaryFolder { folder in
            let path = folder + "/" + name
            let writer = try CompressedWriter(path: path)
            try writer.write(Self.content)
            try writer.finish()
            let once = try FileSystem.read(path)
            try AtomicFile.write(once + once, to: path)
            #expect(try ByteSource(path: path).readAll() == Self.content + Self.content)
        }
    }

    @Test(
        "A truncated file is named as such, wherever it was cut",
        arguments: [
            ("a.gz", "a truncated gzip file"), ("a.zst", "a truncated .zst file (it ends inside a frame)"),
        ])
    func truncated(name: String, found: String) throws {
        try withTemporaryFolder { folder in
            let path = folder + "/" + name
            let writer = try CompressedWriter(path: path)
            try writer.write(Self.content)
            try writer.finish()
            let whole = try FileSystem.read(path)
            for size in [1, 7, whole.count / 2, whole.count - 1] {
                try AtomicFile.write(Array(whole.prefix(size)), to: path)
                let message = try inputError { _ = try ByteSource(path: path).readAll() }
                #expect(message == "\(path): found \(found), expected a complete one")
            }
        }
    }

    @Test("A flipped bit is found")
    func corrupt() throws {
        try withTemporaryFolder { folder in
            for name in ["a.gz", "a.zst"] {
                let path = folder + "/" + name
                let writer = try CompressedWriter(path: path)
                try writer.write(Self.content)
                try writer.finish()
                var bytes = try FileSystem.read(path)
                bytes[bytes.count / 2] ^= 0x10
                try AtomicFile.write(bytes, to: path)
                let message = try #require(try inputError { _ = try ByteSource(path: path).readAll() })
                #expect(message.hasPrefix("\(path): found a corrupt"))
            }
        }
    }

    @Test("A missing file, a folder and compressed data under a plain name are named")
    func wrongFiles() throws {
        try withTemporaryFolder { folder in
            #expect(
                try inputError { _ = try ByteSource(path: folder + "/none.csv") }
                    == "\(folder)/none.csv: found no such file, expected a file to read")
            #expect(
                try inputError { _ = try ByteSource(path: folder) }
                    == "\(folder): found a folder, expected a file to read")
            try AtomicFile.write([0x28, 0xB5, 0x2F, 0xFD, 1, 2], to: folder + "/a.csv")
            #expect(
                try inputError { _ = try ByteSource(path: folder + "/a.csv") }
                    == "\(folder)/a.csv: found Zstandard data, expected plain text; did you mean '\(folder)/a.csv.zst'?"
            )
        }
    }
}
