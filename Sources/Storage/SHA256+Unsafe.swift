import CCrypto
import Domain

/// A running SHA-256 (FIPS 180-4), by OpenSSL's libcrypto.
public final class SHA256 {
    private let context: OpaquePointer

    /// An empty hash.
    public init() {
        guard let context = EVP_MD_CTX_new() else { fatalError("out of memory") }
        self.context = context
        let started = EVP_DigestInit_ex(context, EVP_sha256(), nil)
        precondition(started == 1, "libcrypto offers SHA-256")
    }

    deinit {
        EVP_MD_CTX_free(context)
    }

    /// Adds raw bytes.
    func update(raw bytes: UnsafeRawBufferPointer) {
        let added = EVP_DigestUpdate(context, bytes.baseAddress, bytes.count)
        precondition(added == 1, "SHA-256 takes bytes until it is finished")
    }

    /// Adds bytes.
    public func update(_ bytes: Span<UInt8>) {
        bytes.withUnsafeBytes { update(raw: $0) }
    }

    /// Adds bytes.
    public func update(_ bytes: [UInt8]) {
        bytes.withUnsafeBytes { update(raw: $0) }
    }

    /// Adds a text's length and UTF-8 bytes, so that neighbouring texts cannot run into each other.
    public func update(_ text: String) {
        update(UInt64(text.utf8.count))
        var text = text
        text.withUTF8 { update(raw: UnsafeRawBufferPointer($0)) }
    }

    /// Adds a number as eight little-endian bytes.
    public func update(_ number: UInt64) {
        withUnsafeBytes(of: number.littleEndian) { update(raw: $0) }
    }

    /// The hash in lower-case hexadecimal; the object takes no more bytes.
    public func finish() -> String {
        let digest = finishBytes()
        let digits = Array("0123456789abcdef".utf8)
        return String(decoding: digest.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
    }

    /// The 32 bytes of the hash; the object takes no more bytes.
    public func finishBytes() -> [UInt8] {
        [UInt8](unsafeUninitializedCapacity: 32) { buffer, count in
            let finished = EVP_DigestFinal_ex(context, buffer.baseAddress, nil)
            precondition(finished == 1, "SHA-256 finishes once")
            count = 32
        }
    }

    /// The hash of bytes, hexadecimal.
    public static func hash(of bytes: [UInt8]) -> String {
        let hash = SHA256()
        hash.update(bytes)
        return hash.finish()
    }

    /// The hash of a file's bytes as stored, hexadecimal.
    ///
    /// - Throws: `OperationError` when the file cannot be read.
    public static func hash(ofFile path: String) throws(OperationError) -> String {
        let file = try PosixFile(reading: path)
        let hash = SHA256()
        let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 18, alignment: 64)
        defer { buffer.deallocate() }
        while true {
            let count = try file.read(into: buffer)
            if count == 0 { return hash.finish() }
            hash.update(raw: UnsafeRawBufferPointer(rebasing: buffer[..<count]))
        }
    }
}
