import Documents
import Domain

/// Who orders, through which channel, how much at once and against which promise.
struct CustomerSpecification: Sendable {
    /// A kind of customer. An entry of `segments`.
    struct Segment: Sendable {
        /// Id.
        var id: String
        /// Share of customers, relative to the other segments.
        var share: Double
        /// Probability that a customer has a preference, by tag.
        var preferences: [(word: String, value: Double)]
        /// What the shares of categories are multiplied by; a category not listed keeps its share.
        var categories: [(word: String, value: Double)]
        /// Own weights of promises; a promise not listed keeps its share.
        var promises: [(word: String, value: Double)]
        /// Own weights of channels; a channel not listed keeps its share.
        var channels: [(word: String, value: Double)]
    }
    /// A service class: what is promised to the customer. An entry of `promises`.
    struct Promise: Sendable {
        /// When the delivery is promised.
        enum Rule: Sendable, Hashable {
            /// So many seconds after the order was placed.
            case within(seconds: Double)
            /// At `byMinute` of the day `days` after the order's, one day later for orders placed at `orderByMinute`
            /// or after.
            case day(days: Int, byMinute: Int, orderByMinute: Int)
        }
        /// Id.
        var id: String
        /// Share of orders, relative to the other promises.
        var share: Double
        /// Tag the zone must carry for the class to be offered, if any.
        var neededZoneTag: String?
        /// Tag the order gets, if any.
        var tag: String?
        /// When the delivery is promised.
        var rule: Rule
    }
    /// Customers for each million inhabitants.
    var perMillion: Double
    /// Segments.
    var segments: [Segment]
    /// Shares of channels.
    var channels: [(word: String, value: Double)]
    /// Service classes.
    var promises: [Promise]
    /// Share of orders with 1, 2, 3 ... lines.
    var lineShares: [Double]
    /// Probability that a further line stays in the category of the first.
    var sameCategory: Double
    /// Product tags that an order with such a product gets too.
    var productTags: [String]
    /// Order value from which an order gets ``highValueTag``; nil = none.
    var highValue: Double?
    /// Tag of orders worth ``highValue`` or more.
    var highValueTag: String

    /// Reads `customers`, `segments`, `channels`, `promises` and `basket`.
    init(_ root: SpecificationMapping, categories: [String]) throws(InputError) {
        let customers = try root.optional("customers")?.mapping(keys: ["per_million"])
        perMillion = try customers?.number("per_million", in: 0...1e6, default: 100) ?? 100
        channels = try root.optional("channels")?.numbersByWord(in: 0...1e9, of: "channel") ?? []
        let promises = try Self.readPromises(root)
        let channelWords = channels.map(\.word)
        var segments: [Segment] = []
        try root.each(root.list("segments")) { entry throws(InputError) in
            segments.append(
                try Self.segment(
                    entry, known: segments.map(\.id), categories: categories, promises: promises.map(\.id),
                    channels: channelWords))
        }
        self.promises = promises
        self.segments = segments
        let basket = try root.optional("basket")?.mapping(
            keys: ["lines", "same_category", "product_tags", "high_value", "high_value_tag"])
        lineShares = try basket?.optional("lines")?.shares() ?? [1]
        if let lines = basket?.optional("lines"), lineShares.count > Basket.linesMax {
            throw lines.error(expected: "at most \(Basket.linesMax) entries")
        }
        sameCategory = try basket?.number("same_category", in: 0...1, default: 0.5) ?? 0.5
        productTags = try basket?.tags("product_tags") ?? []
        highValue = try basket?.optional("high_value")?.number(in: 0...1e12)
        highValueTag = try basket?.text("high_value_tag", default: "high_value") ?? "high_value"
    }

    /// Reads an entry of `segments`.
    private static func segment(
        _ entry: DocumentValue, known: [String], categories: [String], promises: [String], channels: [String]
    ) throws(InputError) -> Segment {
        let values = try entry.mapping(
            keys: ["id", "share", "preferences", "categories", "promises", "channels"])
        let preferences = values.optional("preferences")
        if let preferences, preferences.entries.count > CustomerPool.preferencesMax {
            throw preferences.error(expected: "at most \(CustomerPool.preferencesMax) preferences")
        }
        return Segment(
            id: try values.required("id").identifier(notIn: known), share: try values.number("share", in: 0...1e9),
            preferences: try preferences?.numbersByWord(in: 0...1, of: "preference") ?? [],
            categories: try values.optional("categories")?
                .numbersByWord(in: 0...1e6, of: "category", among: categories) ?? [],
            promises: try values.optional("promises")?
                .numbersByWord(in: 0...1e6, of: "promise", among: promises) ?? [],
            channels: try values.optional("channels")?
                .numbersByWord(in: 0...1e6, of: "channel", among: channels) ?? [])
    }

    /// Reads `promises`.
    private static func readPromises(_ root: SpecificationMapping) throws(InputError) -> [Promise] {
        var promises: [Promise] = []
        try root.each(root.list("promises")) { entry throws(InputError) in
            let values = try entry.mapping(
                keys: ["id", "share", "needs_zone_tag", "tag", "within_hours", "days", "by", "order_by"])
            promises.append(
                Promise(
                    id: try values.required("id").identifier(notIn: promises.map(\.id)),
                    share: try values.number("share", in: 0...1e9),
                    neededZoneTag: try values.optional("needs_zone_tag")?.text(),
                    tag: try values.optional("tag")?.text(), rule: try rule(values)))
        }
        return promises
    }

    /// `within_hours`, or `days` with `by` and `order_by`.
    private static func rule(_ values: SpecificationMapping) throws(InputError) -> Promise.Rule {
        if let hours = values.optional("within_hours") {
            for key in ["days", "by", "order_by"] {
                if let value = values.optional(key) {
                    throw InputError(
                        at: value.location, found: "'\(key)' beside 'within_hours'", expected: "one of the two")
                }
            }
            return .within(seconds: try hours.number(in: 0...8784) * 3600)
        }
        guard values.optional("by") != nil else {
            throw values.error(found: "a promise without a time", expected: "'within_hours', or 'days' and 'by'")
        }
        return .day(
            days: try values.integer("days", in: 0...366), byMinute: try values.required("by").minuteOfDay(),
            orderByMinute: try values.optional("order_by")?.minuteOfDay() ?? 1440)
    }
}
