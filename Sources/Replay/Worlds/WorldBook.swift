import Domain
import History

/// The orders of a world whose demand is not the recorded one: copies of recorded orders, laid out for the engine.
public final class WorldBook: Sendable {
    /// The copies, by time, then id, then number.
    public let copies: [OrderCopy]
    /// The dataset with these orders in the place of its own; row i is copy i.
    public let dataset: Dataset
    /// Its tables.
    let tables: ReplayTables
    /// As the fused loop reads them; nil where it cannot replay them.
    let fused: FusedTables?
    /// The recorded dataset, which the other shares its columns with.
    private let recorded: Dataset

    /// A book of copies, which the engine visits in this order.
    public init(copies: [OrderCopy], of recorded: Dataset, settings: ReplaySettings) throws(InputError) {
        self.copies = copies
        self.recorded = recorded
        dataset = recorded.taking(copies)
        let tables = try ReplayTables(dataset: dataset, settings: settings, lanesUsedIn: recorded)
        self.tables = tables
        fused = FusedTables(tables)
    }
}
