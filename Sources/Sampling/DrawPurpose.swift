/// What a draw is for. Draws of different purposes are independent, whatever their entity and index.
///
/// The raw value enters the generator's counter: it is stable for ever. A new purpose takes an unused number in its
/// group; none is renumbered or used again, or every stored result would change.
public enum DrawPurpose: UInt16, Sendable, Hashable, CaseIterable {
    // Noise of an order and copy.
    /// Service time at a pick station. Entity: order and copy.
    case service = 0x0101
    /// Transit time of a shipment. Entity: order and copy.
    case transit = 0x0102
    /// The unit exponential that an order's integrated cancellation hazard is held against. Entity: order and copy.
    case cancellation = 0x0103
    /// Whether a delivered order leads to a complaint. Entity: order and copy.
    case complaint = 0x0104
    /// Risk screening and sign-off delays. Entity: order and copy.
    case screening = 0x0105
    /// Whether a pick fails or is short. Entity: order and copy.
    case pick = 0x0106
    /// Whether a delivered order comes back. Entity: order and copy.
    case orderReturn = 0x0107

    // Strategies.
    /// Choices of the random strategy. Entity: order and copy.
    case randomStrategy = 0x0201
    /// Assignment of an order to champion or challenger. Entity: order and copy.
    case trialArm = 0x0202

    // Demand.
    /// How many copies of a recorded order appear. Entity: order.
    case demandMultiplicity = 0x0301
    /// Gamma frailty of a region's day. Entity: region and day.
    case demandFrailty = 0x0302
    /// Shift in time of a copy. Entity: order and copy.
    case demandJitter = 0x0303
    /// Zone of a copy. Entity: order and copy.
    case demandZone = 0x0304

    // Weather.
    /// Innovations of the latent process of wet hours. Entity: region and hour.
    case weatherWet = 0x0401
    /// Innovations of the latent process of intensity. Entity: region and hour.
    case weatherIntensity = 0x0402
    /// Which block of recorded days is replayed. Entity: block.
    case weatherBlock = 0x0403
    /// Forecast errors. Entity: region, valid hour and lead.
    case forecast = 0x0404
    /// Innovations of the temperature. Entity: region and hour.
    case weatherTemperature = 0x0405
    /// Whether, when and how hard an announced storm comes. Entity: the storm.
    case weatherEvent = 0x0406
    /// Innovations of the wind. Entity: region and hour.
    case weatherWind = 0x0407

    // Traffic.
    /// Innovations of congestion. Entity: region and hour.
    case traffic = 0x0501
    /// Incidents: starts, durations, severities. Entity: region and hour.
    case incident = 0x0502

    // Disruptions.
    /// Node outages: time to failure, time to repair. Entity: node.
    case outage = 0x0601
    /// Loss of pick stations. Entity: node and number of the loss.
    case stationLoss = 0x0602
    /// Carrier suspensions and premiums. Entity: which of them, service and number of the span.
    case carrier = 0x0603
    /// Late replenishments. Entity: node, product and replenishment.
    case replenishmentDelay = 0x0604
    /// Difference of real from recorded stock. Entity: node and product.
    case inventoryError = 0x0605
    /// Cold-chain excursions. Entity: node and number of the excursion.
    case coldChain = 0x0606

    // Data.
    /// Synthetic networks and order books. Entity: what is generated.
    case generation = 0x0701
    /// Decisions of an importer: k-means++ seeds and the like. Entity: what is decided.
    case importing = 0x0702

    // Statistics.
    /// Simulated reference distributions: maximum of correlated t statistics and the like. Entity: the sample.
    case referenceDistribution = 0x0801
    /// Resampling: bootstrap, permutation. Entity: the sample.
    case resampling = 0x0802
    /// Weights of objectives drawn around the chosen ones. Entity: the sample.
    case objectiveWeights = 0x0803

    /// For tests only.
    case test = 0xFFFF
}
