import Experiments
import Statistics

/// Who comes first by the composite, and how sure that is.
public struct Standing: Codable, Sendable, Hashable {
    /// The strategy with the best mean composite, the first of the scenario's among equals; null where no composite is
    /// defined in every world.
    @Nullable public var winner: String?
    /// The strategy that is recommended: the best of those that keep all guardrails; null where none does.
    @Nullable public var recommended: String?
    /// Who comes second; null where nobody does.
    @Nullable public var second: String?
    /// The winner's composite less the second's, paired by world. Its interval holds at once with those of the winner
    /// less every other strategy (95 %, max-t).
    public var lead: StatedEstimate
    /// Share of worlds in which no strategy has a better composite than the winner.
    @Nullable public var winnerShare: Double?
    /// Strategies that may be the best, by multiple comparisons with the best (Hsu 1984), the winner among them.
    public var mayBeBest: [String]

    /// The standing of the strategies of a table whose trials are all done.
    public init(_ builder: RankingBuilder) {
        let ranked = builder.ranked()
        let names = builder.table.strategies
        recommended = ranked.first(where: \.recommended)?.name
        mayBeBest = ranked.filter(\.mayBeBest).map(\.name)
        lead = StatedEstimate(mean: nil)
        let composites = names.indices.map(builder.composites(ofStrategy:))
        let defined = composites.indices.filter { composites[$0].allSatisfy(\.isFinite) }
        guard let first = ranked.first(where: { $0.composite != nil }),
            let position = defined.firstIndex(where: { names[$0] == first.name })
        else { return }
        winner = first.name
        let own = composites[defined[position]]
        let wins = own.indices.count { world in defined.allSatisfy { composites[$0][world] <= own[world] } }
        winnerShare = Double(wins) / Double(own.count)
        guard defined.count > 1 else { return }
        let compared = BaselineComparison(
            samples: defined.map { composites[$0] }, baseline: position, level: RankingBuilder.confidence,
            method: RankingBuilder.method)
        second = ranked.filter { $0.composite != nil }.dropFirst().first?.name
        guard let rival = defined.firstIndex(where: { names[$0] == second }),
            let difference = compared.differences[rival]
        else { return }
        lead = StatedEstimate(
            mean: -difference.mean, standardError: difference.standardError, low: difference.interval.map { -$0.high },
            high: difference.interval.map { -$0.low })
    }
}
