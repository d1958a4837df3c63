import Replay

/// The constraints a scenario can put on candidates, in the order they are listed. One line a member.
public enum ConstraintCatalogue {
    /// All constraints.
    public static let members = MemberCatalogue<any Constraint>(
        kind: "constraint",
        entries: [
            // Which nodes and services.
            AllowedNodesConstraint.entry,
            ExcludedNodesConstraint.entry,
            NodeTagConstraint.entry,
            NodeGroupConstraint.entry,
            NodeKindConstraint.entry,
            AllowedServicesConstraint.entry,
            ServiceTagConstraint.entry,
            TagMatchConstraint.entry,
            // Where.
            MaximumDistanceConstraint.entry,
            SameRegionConstraint.entry,
            ServedRegionsConstraint.entry,
            // When.
            NodeOpenConstraint.entry,
            NodeCutOffConstraint.entry,
            SameDayReachableConstraint.entry,
            PromiseReachableConstraint.entry,
            EffectiveDatesConstraint.entry,
            // What.
            CompleteOrderConstraint.entry,
            SplitValueThresholdConstraint.entry,
            ValueLimitConstraint.entry,
            MassLimitConstraint.entry,
            CarbonCapConstraint.entry,
            OrderShareConstraint.entry,
            // What the strategy did before.
            SpareCapacityConstraint.entry,
            QueueLimitConstraint.entry,
            DailyOrdersConstraint.entry,
            CarrierCapacityConstraint.entry,
            MinimumStockLeftConstraint.entry,
        ])
}
