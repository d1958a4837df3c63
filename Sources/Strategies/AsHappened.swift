import Domain
import History
import Replay

/// Copies what history records: each line ships from its recorded node by its recorded service, if the stock is there;
/// what is not recorded or not in stock follows the unmet action. The baseline that fidelity is measured with.
enum AsHappened {
    /// Its line in the catalogue.
    static let entry = MemberEntry<StrategySpecification>(
        name: "as_happened", summary: "What history records, line by line"
    ) { (parameters, dataset) throws(InputError) -> StrategySpecification in
        guard dataset.history != nil else {
            throw InputError(
                at: parameters.location, found: "as_happened on a dataset without history",
                expected: "a table 'history'")
        }
        return StrategySpecification(name: "as_happened", assignment: .asHappened, unmet: StrategyDefaults.unmet)
    }
}
