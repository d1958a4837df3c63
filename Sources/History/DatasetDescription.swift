import Domain

/// What `dataset.yaml` says.
public struct DatasetDescription: Sendable, Hashable {
    /// When an order counts as on time.
    public enum PromiseBasis: String, Sendable, Hashable, CaseIterable {
        /// Delivered on the local day of the promise or earlier.
        case day
        /// Delivered at the promised instant or earlier.
        case instant
    }
    /// What is said of a file.
    public struct FileFacts: Sendable, Hashable {
        /// Records without the header.
        public var rows: Int
        /// SHA-256 of the bytes as stored, hexadecimal.
        public var sha256: String

        /// Facts of a file.
        public init(rows: Int, sha256: String) {
            self.rows = rows
            self.sha256 = sha256
        }
    }
    /// Name.
    public var name: String
    /// Where the data comes from.
    public var origin: String
    /// Licence.
    public var licence: String
    /// ISO 4217 code.
    public var currency: String
    /// IANA time zone.
    public var timeZone: String
    /// Time 0, seconds from 1970-01-01T00:00:00Z.
    public var start: Double
    /// End of the recorded horizon, exclusive, seconds from ``start``.
    public var end: Double
    /// When an order counts as on time.
    public var promiseBy: PromiseBasis
    /// How places are written.
    public var coordinates: CoordinateSystem
    /// Facts by file name, as far as stated.
    public var files: [String: FileFacts]

    /// A description from its parts.
    public init(
        name: String, origin: String, licence: String, currency: String, timeZone: String, start: Double, end: Double,
        promiseBy: PromiseBasis, coordinates: CoordinateSystem, files: [String: FileFacts] = [:]
    ) {
        self.name = name
        self.origin = origin
        self.licence = licence
        self.currency = currency
        self.timeZone = timeZone
        self.start = start
        self.end = end
        self.promiseBy = promiseBy
        self.coordinates = coordinates
        self.files = files
    }
}
