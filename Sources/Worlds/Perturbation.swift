import Domain
import History
import Replay

/// A part of the world that can be told apart from the others: what effects are attributed to, and what replaces what.
public enum PerturbationGroup: String, Sendable, Hashable, CaseIterable {
    /// Weather and what it does.
    case weather
    /// Road traffic.
    case traffic
    /// How many orders come, where and when.
    case demand
    /// Cancellations by customers.
    case cancellation
    /// Failures of nodes, carriers, supply.
    case disruption
    /// Noise of service times.
    case service
    /// Noise of transit times.
    case transit
    /// All that files hold, where that is more than one of these.
    case file
}

/// What a perturbation says of itself.
public struct PerturbationDeclaration: Sendable, Hashable {
    /// The word in scenarios.
    public let name: String
    /// One line for `sandtable list perturbations`.
    public let summary: String
    /// The part of the world it shapes.
    public let group: PerturbationGroup
    /// Whether what is recorded of its group does not happen beside it.
    public let replacesRecorded: Bool

    /// A declaration from its parts.
    public init(name: String, summary: String, group: PerturbationGroup, replacesRecorded: Bool = true) {
        self.name = name
        self.summary = summary
        self.group = group
        self.replacesRecorded = replacesRecorded
    }
}

/// One cause of what a strategy cannot influence: it shapes a world, drawing only from `world.draws` by purposes of its
/// own, so that its presence changes no draw of another.
public protocol Perturbation: Sendable {
    /// Name, summary, group.
    var declaration: PerturbationDeclaration { get }

    /// Its name and what it does as text: the same for two that make the same worlds of the dataset, however they were
    /// written; nil where the dataset's worlds are the same without it.
    func key(in dataset: Dataset) -> String?

    /// Entries of its tables that are assumed and not measured, one line each, for the report.
    var assumptions: [String] { get }

    /// Shapes a world: multiplies what others may have set, and replaces only what is its own.
    ///
    /// Throws where the settings or the dataset lack what it needs.
    func apply(to world: inout World, dataset: Dataset, settings: ReplaySettings) throws(InputError)

    /// Has the last word on a world, once every perturbation has been applied; throws as `apply` does.
    func finish(_ world: inout World, dataset: Dataset, settings: ReplaySettings) throws(InputError)

    /// The groups of which nothing recorded happens beside it.
    var replacedGroups: [PerturbationGroup] { get }

    /// What of it is noise of service and transit times, which the recorded world has too; nil where nothing is.
    var noise: (any Perturbation)? { get }

    /// How many worlds it can shape; nil for any number.
    var replicationCount: Int? { get }

    /// What of it makes another perturbation pointless beside it; nil where both can act.
    func contradiction(with other: any Perturbation) -> String?
}

extension Perturbation {
    /// The key of one with these parameters.
    func key(_ fields: [ParameterField]) -> String {
        declaration.name + ParameterField.key(of: fields)
    }

    /// None.
    public var assumptions: [String] { [] }

    /// Nothing.
    public func finish(_ world: inout World, dataset: Dataset, settings: ReplaySettings) throws(InputError) {}

    /// Its own, unless it lies on top of what is recorded.
    public var replacedGroups: [PerturbationGroup] { declaration.replacesRecorded ? [declaration.group] : [] }

    /// Itself where it is of such a group.
    public var noise: (any Perturbation)? {
        declaration.group == .service || declaration.group == .transit ? self : nil
    }

    /// Any number.
    public var replicationCount: Int? { nil }

    /// Nothing.
    public func contradiction(with other: any Perturbation) -> String? { nil }
}
