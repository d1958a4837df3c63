/// A quantity that every measured order adds to. A metric is a function of these sums, so that it merges exactly and
/// can be cut by anything an order has.
///
/// Every contribution is multiplied by the order's sampling weight.
public enum Fact: Int, Sendable, CaseIterable {
    /// 1 for an order placed.
    case orders
    /// Lines ordered.
    case lines
    /// Units ordered.
    case items
    /// Money ordered: sum of price x quantity.
    case orderedValue
    /// 1 for an order delivered.
    case delivered
    /// 1 for an order delivered with all its lines.
    case filled
    /// Units delivered.
    case itemsDelivered
    /// 1 for an order filled by its promise.
    case onTime
    /// Hours late of filled orders.
    case latenessHours
    /// Hours from placed to delivered of filled orders.
    case leadTimeHours
    /// 1 for an order cancelled before its first pick.
    case cancelled
    /// 1 for an order of which nothing was placed by its deadline.
    case unserved
    /// 1 for an order unfinished at the end.
    case open
    /// Units unserved.
    case itemsUnserved
    /// 1 for an order that had a line waiting for stock.
    case backOrdered
    /// 1 for an order in more than one shipment.
    case split
    /// 1 for an order that met a screening rule.
    case reviewed
    /// Shipments that are not void.
    case shipments
    /// Shipments whose pick started.
    case picks
    /// Hours from assignment to the start of the pick.
    case pickWaitHours
    /// Shipments assigned to a node in an outage or void after their assignment.
    case ineffective
    /// Money of delivered lines.
    case deliveredValue
    /// Cost of goods of delivered lines.
    case goodsCost
    /// Freight of shipments.
    case freight
    /// Handling and labour of shipments.
    case handling
    /// Compensation of late orders.
    case compensation
    /// Penalty of unserved lines.
    case unservedCost
    /// Kilometres of shipments.
    case kilometres
    /// kg CO2e of shipments.
    case carbonKilograms
    /// Expected complaints.
    case complaints
    /// Realised service hours.
    case serviceHours

    /// Number of facts.
    public static let count = Fact.allCases.count
}

/// The sums of all facts over a set of orders.
public struct FactSums: Sendable, Hashable {
    /// One sum a fact, by raw value.
    public private(set) var sums: [Double]

    /// Zero sums.
    public init() {
        sums = [Double](repeating: 0, count: Fact.count)
    }

    /// Sums that were added up elsewhere, by raw value.
    init(sums: [Double]) {
        precondition(sums.count == Fact.count, "one sum a fact")
        self.sums = sums
    }

    /// The sum of a fact.
    public subscript(fact: Fact) -> Double {
        get { sums[fact.rawValue] }
        set { sums[fact.rawValue] = newValue }
    }

    /// Adds another set of orders: exact in the sense that the order of merging is fixed by the caller.
    public mutating func merge(_ other: FactSums) {
        for index in sums.indices { sums[index] += other.sums[index] }
    }

    /// One sum per another, times a factor.
    public func quotient(_ numerator: Fact, per denominator: Fact, times factor: Double = 1) -> Quotient {
        Quotient(self[numerator], per: self[denominator], times: factor)
    }
}
