import Domain
import History
import Replay

extension Rating {
    /// A rating without parameters is known by its name.
    var key: String { declaration.name }
}

extension MemberEntry where Member == any Rating {
    /// The entry of a rating without parameters.
    static func plain(_ rating: any Rating) -> MemberEntry {
        MemberEntry(name: rating.declaration.name, summary: rating.declaration.summary) {
            (_, _) throws(InputError) -> any Rating in rating
        }
    }
}

/// The most hours an expectation counts for: a node that never opens again must not make a score infinite.
let longestExpectedHours = 8_760.0
