import History

/// What of a dataset a parameter's text may name.
public enum DatasetReference: String, Sendable, Hashable, CaseIterable {
    /// A node's id.
    case node
    /// A zone's id.
    case zone
    /// A service's id.
    case service
    /// A region's name.
    case region
    /// A tag.
    case tag
    /// A customer segment.
    case segment
    /// A product's id.
    case product
    /// A product category.
    case category
    /// A sales channel.
    case channel
    /// A node group.
    case nodeGroup = "node group"
    /// A kind of node.
    case nodeKind = "node kind"
    /// A recorded signal.
    case signal

    /// The words a dataset has, by index; the index of node groups and kinds is their place in identifier order.
    public func words(in dataset: Dataset) -> [String] {
        switch self {
        case .node: dataset.nodes.map(\.id)
        case .zone: dataset.zones.map(\.id)
        case .service: dataset.services.map(\.id)
        case .region: dataset.regions
        case .tag: dataset.tags
        case .segment: dataset.segments
        case .product: dataset.products.ids
        case .category: dataset.categories
        case .channel: dataset.channels
        case .nodeGroup: Self.distinct(dataset.nodes.map(\.group))
        case .nodeKind: Self.distinct(dataset.nodes.map(\.kind))
        case .signal: dataset.signals.map(\.name)
        }
    }

    /// The words once each, in order, without the blank.
    private static func distinct(_ words: [String]) -> [String] {
        var result: [String] = []
        for word in words.sorted() where word != result.last && !word.isEmpty { result.append(word) }
        return result
    }
}
