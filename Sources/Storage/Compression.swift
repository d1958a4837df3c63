/// How bytes are compressed when written.
public enum Compression: Sendable, Hashable {
    /// As they are.
    case plain
    /// gzip (RFC 1952) at a level from 1 to 9, with modification time 0 so that the bytes are reproducible.
    case gzip(level: Int = 6)
    /// Zstandard (RFC 8878) at a level from 1 to 19, with a checksum.
    case zstandard(level: Int = 9)

    /// The compression a file's name asks for, at the default level.
    public init(path: String) {
        switch Format(path: path) {
        case .plain: self = .plain
        case .gzip: self = .gzip()
        case .zstandard: self = .zstandard()
        }
    }

    /// What a name ends with: nothing, `.gz` or `.zst`.
    public var suffix: String {
        switch self {
        case .plain: Format.plain.suffix
        case .gzip: Format.gzip.suffix
        case .zstandard: Format.zstandard.suffix
        }
    }

    /// A file format, without a level.
    public enum Format: Sendable, Hashable, CaseIterable {
        /// As it is.
        case plain
        /// RFC 1952.
        case gzip
        /// RFC 8878.
        case zstandard

        /// The format a file's name stands for.
        public init(path: String) {
            self = path.hasSuffix(".gz") ? .gzip : path.hasSuffix(".zst") ? .zstandard : .plain
        }

        /// The compressed format that begins with these bytes, if any.
        init?(magic bytes: [UInt8]) {
            if bytes.starts(with: [0x1F, 0x8B]) {
                self = .gzip
            } else if bytes.starts(with: [0x28, 0xB5, 0x2F, 0xFD]) {
                self = .zstandard
            } else {
                return nil
            }
        }

        /// What a name ends with.
        public var suffix: String {
            switch self {
            case .plain: ""
            case .gzip: ".gz"
            case .zstandard: ".zst"
            }
        }

        /// Its name.
        public var word: String {
            switch self {
            case .plain: "plain"
            case .gzip: "gzip"
            case .zstandard: "Zstandard"
            }
        }
    }
}
