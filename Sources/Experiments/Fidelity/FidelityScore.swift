/// How well the as-happened strategy, replayed in the recorded world, reproduces the record.
///
/// Two parts: orders on whose time services and tariffs may have been fitted (the first 70 % by time placed), and the
/// rest. Only the second says how far the model can be trusted on what it has not seen.
public struct FidelityScore: Codable, Sendable, Hashable {
    /// The share of orders by time that counts as fitted.
    public static let fittedShare = 0.7

    /// One part of the orders.
    public struct Part: Codable, Sendable, Hashable {
        /// Orders placed in it, by sampling weight.
        public var orders: Double
        /// Orders compared: delivered in the record and in the replay; a weight.
        public var compared: Double
        /// Orders the record has delivered and the replay has not, by weight.
        public var missed: Double
        /// Share on time in the record, of the recorded orders delivered with a promise.
        @Nullable public var recordedOnTimeRate: Double?
        /// Share on time in the replay, of the same orders.
        @Nullable public var replayedOnTimeRate: Double?
        /// Mean hours from placed to delivered in the record.
        @Nullable public var recordedLeadTimeHours: Double?
        /// The same in the replay.
        @Nullable public var replayedLeadTimeHours: Double?
        /// Wasserstein-1 distance of the two distributions of lead times, hours.
        @Nullable public var leadTimeWassersteinHours: Double?
        /// Kolmogorov-Smirnov distance of the two distributions, 0 to 1.
        @Nullable public var leadTimeKolmogorovSmirnov: Double?
        /// Mean freight paid an order in the record, where known.
        @Nullable public var recordedFreight: Double?
        /// Mean freight of the same orders in the replay.
        @Nullable public var replayedFreight: Double?
    }

    /// The first 70 % of orders by time.
    public var fitted: Part
    /// The rest.
    public var heldOut: Part
    /// Orders left out because the customer cancelled them, by weight: no strategy can change that.
    public var cancelledByCustomers: Double
    /// Orders left out because the record has no end for them, by weight.
    public var censored: Double

    /// A score from its parts.
    public init(fitted: Part, heldOut: Part, cancelledByCustomers: Double, censored: Double) {
        self.fitted = fitted
        self.heldOut = heldOut
        self.cancelledByCustomers = cancelledByCustomers
        self.censored = censored
    }
}
