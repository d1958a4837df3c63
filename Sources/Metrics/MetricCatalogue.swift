import Replay

/// The metrics of a trial, in the order they are listed. One line a member.
public enum MetricCatalogue {
    /// The metrics that take no parameters: the columns of a table of trials.
    public static let standard: [any Metric] = [
        OnTimeRate(),
        OnTimeOfDelivered(),
        FillRate(),
        ItemFillRate(),
        LeadTimeHours(),
        LeadTimeP50Hours(),
        LeadTimeP90Hours(),
        LeadTimeP99Hours(),
        LatenessHours(),
        WaitMinutes(),
        CostPerOrder(),
        FreightPerOrder(),
        HandlingPerOrder(),
        CompensationPerOrder(),
        UnservedCostPerOrder(),
        GrossMerchandiseValue(),
        GrossMargin(),
        MarginAfterPenalties(),
        ComplaintRate(),
        CancellationRate(),
        UnservedRate(),
        OpenRate(),
        BackOrderRate(),
        SplitRate(),
        ShipmentsPerOrder(),
        KilometresPerOrder(),
        CarbonKilogramsPerOrder(),
        Utilisation(),
        UtilisationOfBusiestNode(),
        PeakQueue(),
        IneffectiveDispatchRate(),
        ManualReviewRate(),
        StockImbalance(),
        UnprecedentedLaneShare(),
    ]

    /// All metrics, with those the scenario defines.
    public static let members: MemberCatalogue<any Metric> = MemberCatalogue(
        kind: "metric", entries: standard.map { .plain($0) } + [Ratio.entry])
}
