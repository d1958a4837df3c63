import DeterministicMath
import Domain
import History

/// What the import learns from the recorded orders: prices, transit times, pick times.
///
/// All of it from the first `fit_share` of the orders by time placed, then id; the rest is held out and only scored.
public struct OlistFits: Sendable, Hashable, Codable {
    /// Orders in the book, and how many of them the fits may use.
    public let orders: Int
    /// The first orders, by time placed and id, that the fits may use.
    public let fittedOrders: Int
    /// When the last of these was placed, local time.
    public let fittedUntil: String
    /// Freight of an order and seller on mass, items and the lane's distance, without negative terms.
    public let freight: ScoredFit
    /// The same with the distance from seller to customer, for comparison only.
    public let freightByPlaces: ScoredFit
    /// ln(hours from carrier to door) on ln(km of the lane).
    public let transit: ScoredFit
    /// The same with the distance from seller to customer, for comparison only.
    public let transitByPlaces: ScoredFit
    /// ln(hours from approval to carrier), by node.
    public let pick: PickFit
    /// How often orders were complained about.
    public let complaints: OlistComplaints

    /// Pick times.
    public struct PickFit: Sendable, Hashable, Codable {
        /// Mean of ln(hours) over all nodes.
        public let meanLogHours: Double
        /// Standard deviation of ln(hours) within a node: the sigma of the lognormal noise.
        public let deviationWithin: Double
        /// Standard deviation between nodes.
        public let deviationBetween: Double
        /// Mean of ln(hours) of each node, drawn towards the mean of all.
        public let meanLogHoursByNode: [Double]
        /// On the fitted part.
        public let fitted: FitScore
        /// On the part held out.
        public let heldOut: FitScore
        /// Most recorded orders between approval and carrier at one time, over all nodes.
        public let peakConcurrency: Int
    }

    /// Kilometres below which ln(km) is taken at this distance: places are medians of zip areas, not addresses.
    static let shortestKilometres = 1.0

    /// Mean hours of a shipment from approval to carrier at a node: exp(mean + sigma^2 / 2), as the noise has mean 1.
    func meanPickHours(node: Int) -> Double {
        DeterministicMath.exp(pick.meanLogHoursByNode[node] + pick.deviationWithin * pick.deviationWithin / 2)
    }

    /// The service's speed in km^exponent an hour: exp(-(a + sigma^2 / 2)) for ln hours = a + b ln km + sigma z, so
    /// that base hours are the mean and the noise has mean 1.
    var kilometresPerHour: Double {
        let logMean = transit.values[0] + transit.residualDeviation * transit.residualDeviation / 2
        return DeterministicMath.exp(-logMean).rounded(toSignificantDigits: 9)
    }

    /// The fits in words.
    public var text: String {
        func short(_ value: Double) -> String { value.rounded(toSignificantDigits: 4).shortText }
        return """
            Fitted on the first \(fittedOrders) of \(orders) orders, placed until \(fittedUntil); the rest is held out.
            \(freight.text)
            \(transit.text)
            For comparison, with the distance from seller to customer:
            \(freightByPlaces.text)
            \(transitByPlaces.text)
            ln(hours from approval to carrier), by node
                mean \(short(pick.meanLogHours)), sd within nodes \(short(pick.deviationWithin)), between nodes \
            \(short(pick.deviationBetween))
                fitted: \(pick.fitted.text)
                held out: \(pick.heldOut.text)
            \(complaints.text)
            """
    }
}

extension OlistFits {
    /// Terms of a tariff, in the order of its columns.
    static let tariffTerms = ["per_shipment", "per_item", "per_kg", "per_km", "per_item_km", "per_kg_km"]

    /// Fits a book.
    ///
    /// - Throws: `InputError` where the book holds too little to fit anything.
    init(
        book: OlistBook, hubs: OlistHubs, zones: OlistZones, times: OlistTimes, fitShare: Double
    ) throws(InputError) {
        let fittedCount = Int((Double(book.orders.count) * fitShare).rounded(.down))
        guard fittedCount > 0 else {
            throw InputError(found: "\(book.orders.count) orders", expected: "enough to fit prices and times")
        }
        orders = book.orders.count
        fittedOrders = fittedCount
        fittedUntil = book.orders[fittedCount - 1].placed.text
        var observations = OlistObservations()
        for index in book.orders.indices {
            observations.add(
                order: index, book: book, hubs: hubs, zones: zones, times: times, isFitted: index < fittedCount)
        }
        freight = try ScoredFit(observations.freight, target: "freight by lane distance", isNonNegative: true)
        freightByPlaces = try ScoredFit(
            observations.freightByPlaces, target: "freight by distance from seller to customer", isNonNegative: true)
        transit = try ScoredFit(observations.transit, target: "ln(hours from carrier to door) by lane distance")
        transitByPlaces = try ScoredFit(
            observations.transitByPlaces, target: "ln(hours from carrier to door) by distance from seller to customer")
        complaints = OlistComplaints(book.orders.prefix(fittedCount))
        pick = try PickFit(observations, nodeCount: hubs.hubs.count, peak: times.peakConcurrency)
    }
}

extension OlistFits.PickFit {
    /// Fits the fitted part.
    init(_ observations: OlistObservations, nodeCount: Int, peak: Int) throws(InputError) {
        let used = observations.pickIsFitted.indices.filter { observations.pickIsFitted[$0] }
        guard used.count > 1 else {
            throw InputError(found: "\(used.count) orders with times of approval and hand-over", expected: "at least 2")
        }
        let groups = GroupMeans(
            values: used.map { observations.pickLogHours[$0] }, groups: used.map { observations.pickNodes[$0] },
            groupCount: nodeCount)
        meanLogHours = groups.overall.rounded(toSignificantDigits: 9)
        deviationWithin = groups.deviationWithin.rounded(toSignificantDigits: 9)
        deviationBetween = groups.deviationBetween.rounded(toSignificantDigits: 9)
        let means = groups.means.map { $0.rounded(toSignificantDigits: 9) }
        meanLogHoursByNode = means
        // Scored as a fit with one term of coefficient 1: the node's mean.
        var scored = Observations(terms: ["mean of the node"])
        for (index, value) in observations.pickLogHours.enumerated() {
            scored.append(
                [means[observations.pickNodes[index]]], target: value, isFitted: observations.pickIsFitted[index])
        }
        fitted = FitScore(scored, coefficients: [1], fittedPart: true)
        heldOut = FitScore(scored, coefficients: [1], fittedPart: false)
        peakConcurrency = peak
    }
}
