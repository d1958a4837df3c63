import Domain

/// How often reviewed orders were complained about, as measured on the fitted part: for a scenario's `complaints`.
public struct OlistComplaints: Sendable, Hashable, Codable {
    /// A share of some orders.
    public struct Share: Sendable, Hashable, Codable {
        /// Orders with a review.
        public let orders: Int
        /// Share of them whose last review gives at most ``OlistComplaints/highestScore``; 0 where there are none.
        public let complaints: Double
    }

    /// The highest score that is a complaint.
    public static let highestScore = 2

    /// Delivered on the promised day or earlier.
    public let onTime: Share
    /// Delivered later, by up to three days.
    public let upToThreeDaysLate: Share
    /// Delivered later than that.
    public let laterStill: Share
    /// Never delivered.
    public let undelivered: Share

    /// Measures some orders.
    init(_ orders: some Sequence<OlistBook.Order>) {
        var counts = [(orders: Int, complaints: Int)](repeating: (0, 0), count: 4)
        for order in orders {
            guard let score = order.reviewScore else { continue }
            let group: Int
            if let delivered = order.delivered {
                let daysLate = delivered.day - (order.promised ?? delivered).day
                group = daysLate <= 0 ? 0 : daysLate <= 3 ? 1 : 2
            } else {
                group = 3
            }
            counts[group].orders += 1
            counts[group].complaints += score <= OlistComplaints.highestScore ? 1 : 0
        }
        let shares = counts.map { count in
            let share = count.orders > 0 ? Double(count.complaints) / Double(count.orders) : 0
            return Share(orders: count.orders, complaints: share.rounded(toSignificantDigits: 6))
        }
        onTime = shares[0]
        upToThreeDaysLate = shares[1]
        laterStill = shares[2]
        undelivered = shares[3]
    }

    /// The shares in words.
    var text: String {
        func words(_ share: Share) -> String {
            "\(share.complaints.rounded(toSignificantDigits: 3).shortText) of \(share.orders)"
        }
        return """
            Complaints (score of at most \(OlistComplaints.highestScore)) of reviewed orders, fitted part
                on time \(words(onTime)), up to three days late \(words(upToThreeDaysLate)), later \
            \(words(laterStill)), never delivered \(words(undelivered))
            """
    }
}
