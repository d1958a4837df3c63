import Domain
import History
import Replay

extension Constraint {
    /// A constraint without parameters is known by its name.
    var key: String { declaration.name }
}

extension MemberEntry where Member == any Constraint {
    /// The entry of a constraint without parameters.
    static func plain(_ constraint: any Constraint) -> MemberEntry {
        MemberEntry(name: constraint.declaration.name, summary: constraint.declaration.summary) {
            (_, _) throws(InputError) -> any Constraint in constraint
        }
    }
}

extension ParameterDeclaration {
    /// The optional parameter `nodes`: which nodes a rule is about.
    static let rulesNodes = ParameterDeclaration(
        "nodes", .list(.reference(.node)), isOptional: true, summary: "the nodes the rule is about; all unless given")
    /// The optional parameter `services`: which services a rule is about.
    static let rulesServices = ParameterDeclaration(
        "services", .list(.reference(.service)), isOptional: true,
        summary: "the services the rule is about; all unless given")
}

/// A membership table: true at the given indices, everywhere if there are none given.
func selection(_ indices: [Int]?, count: Int) -> [Bool] {
    guard let indices else { return [Bool](repeating: true, count: count) }
    var selected = [Bool](repeating: false, count: count)
    for index in indices { selected[index] = true }
    return selected
}
