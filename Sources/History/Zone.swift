import Domain

/// A place delivered to.
public struct Zone: Sendable {
    /// Id, unique among zones.
    public var id: String
    /// Name for people.
    public var name: String
    /// Point or centroid.
    public var place: Place
    /// Index into ``Dataset/regions``.
    public var region: Int
    /// Tags.
    public var tags: TagSet

    /// A zone; a blank name is the id.
    public init(id: String, name: String = "", place: Place, region: Int, tags: TagSet = TagSet()) {
        self.id = id
        self.name = name.isEmpty ? id : name
        self.place = place
        self.region = region
        self.tags = tags
    }
}
