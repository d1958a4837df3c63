/// Delays observed at one place, in the order of the file.
public struct DelayRecord: Sendable {
    /// Where they left; blank where the file names no place.
    public var place: String
    /// Hours since 1970-01-01T00:00 of the record's clock in which they should have left.
    public var hours: [Int] = []
    /// Minutes late; NaN where it never left.
    public var minutes: [Double] = []
    /// Minutes under way; NaN where unknown.
    public var underWay: [Double] = []

    /// A record of a place without delays.
    public init(place: String) {
        self.place = place
    }
}

/// What some files hold.
public struct SeriesContent: Sendable {
    /// Hourly and daily values, place by place.
    public var places: [PlaceRecord]
    /// Delays, place by place.
    public var delays: [DelayRecord]
    /// What to know of how they were read, a sentence each.
    public var notes: [String]

    /// Content from its parts.
    public init(places: [PlaceRecord] = [], delays: [DelayRecord] = [], notes: [String] = []) {
        self.places = places
        self.delays = delays
        self.notes = notes
    }

    /// Adds what another file holds.
    public mutating func append(_ other: SeriesContent) {
        places += other.places
        delays += other.delays
        notes += other.notes
    }

    /// The places with a quantity at a step, in order.
    func places(_ step: PlaceRecord.Step, with quantity: SeriesQuantity) -> [PlaceRecord] {
        places.filter { $0.step == step && $0[quantity] != nil }
    }
}
