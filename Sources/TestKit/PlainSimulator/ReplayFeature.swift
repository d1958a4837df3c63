/// Something that a rule of the article brings about: counted, so that a test can say that random cases meet it.
public enum ReplayFeature: String, Sendable, CaseIterable {
    // Screening and waves.
    case approvalDelay, screeningDelay, screeningNotDrawn, waveDelay
    // Decisions.
    case wholeOrder, splitOrder, splitOfFewestNodes, dividedLine, mergedShipment, laterRuleSet, partialPlan
    case recordedAssignment, placeOfItsOwn, equalScores, safetyStockUsed
    case softConstraintBroken, hardConstraintExcludes, dailyLimitExcludes, temperatureExcludes, downNodeExcludes
    case banExcludes, premiumPaid
    // Unmet lines.
    case linesWait, deadlinePasses, unmetAfterDeadline, cancelledByUnmetAction
    case servedAfterMidnight, servedAfterOutage, servedAfterReplenishment, servedAfterCancellation, servedAfterBan
    // Cancellation.
    case cancelledBeforeDecision, cancelledInQueue, cancelledWaiting, cancellationTooLate, cancelledByRecord
    // Outages.
    case reroutedShipment, reroutedToUnmet, suspendedPick, silentOutage, undetectedOutage
    // Picks.
    case pickWaitsForStation, pickWaitsForOpening, pickWaitsForRepair, pickOfNoSeconds, openOrderPicked
    case stationsLost, failedPick
    // Carriage.
    case handedOverAtCutOff, handedOverOnLaterDay, neverHandedOver, slowTransit, waitsForSuspension, capacityCut
    // The end.
    case undecidedAtEnd, waitingAtEnd, queuedAtEnd, pickingAtEnd, onTheWayAtEnd
    case deliveredLate, compensationCapped, deliveredInPart
    // Time.
    case eventsAtOneInstant, dayOfClockChange
}

/// Counts of features; a reference, so that a question counts too and not only a change.
final class FeatureTally {
    private(set) var counts: [ReplayFeature: Int] = [:]

    func note(_ feature: ReplayFeature) { counts[feature, default: 0] += 1 }
}
