import ArgumentParser
import Calibration
import Constraints
import Experiments
import Importers
import Metrics
import Ratings
import Replay
import Reports
import Storage
import Strategies
import Worlds

/// `sandtable list`: what there is.
struct ListCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list",
        abstract: "Explain what there is, a line each.")

    /// What can be listed.
    enum Kind: String, CaseIterable, ExpressibleByArgument {
        case strategies, constraints, ratings, metrics, perturbations, importers, readers, fits, cuts, facts
    }

    @Argument(help: ArgumentHelp("What to list.", valueName: "kind"))
    var kind: Kind
    @Flag(help: "Print JSON.")
    var json = false

    func run() throws {
        let listing = Self.listing(kind)
        try StandardOutput.write(
            json ? try ResultCoding.json(listing.members) : listing.text(style: Console.outputStyle))
    }

    /// The members of a kind.
    static func listing(_ kind: Kind) -> MemberListing {
        switch kind {
        case .strategies: MemberListing(StrategyCatalogue.members)
        case .constraints: MemberListing(ConstraintCatalogue.members)
        case .ratings: MemberListing(RatingCatalogue.members)
        case .perturbations: MemberListing(PerturbationCatalogue.members)
        case .metrics: metrics
        case .importers:
            MemberListing(
                members: ImporterCatalogue.members.map { importer in
                    MemberListing.Member(
                        name: importer.name, summary: importer.summary,
                        parameters: importer.settings.map { setting in
                            MemberListing.Parameter(
                                name: setting.name, expects: "", standard: setting.standard, summary: setting.summary)
                        })
                })
        case .readers:
            MemberListing(
                members: SeriesReaderCatalogue.members.map {
                    MemberListing.Member(name: $0.name, summary: $0.summary)
                })
        case .fits:
            MemberListing(
                members: WorldFitCatalogue.members.map {
                    MemberListing.Member(name: $0.name, summary: "\($0.summary) (\($0.kind.rawValue))")
                })
        case .cuts:
            MemberListing(members: Cut.allCases.map { MemberListing.Member(name: $0.rawValue, summary: $0.summary) })
        case .facts:
            MemberListing(members: Fact.allCases.map { MemberListing.Member(name: $0.word, summary: $0.summary) })
        }
    }

    /// Metrics with unit and direction; those that take parameters after them.
    private static var metrics: MemberListing {
        let standard = MetricCatalogue.standard.map(\.declaration)
        let plain = standard.map { declaration in
            MemberListing.Member(
                name: declaration.key,
                summary: "\(declaration.summary) [\(declaration.unit), \(declaration.direction.rawValue) is better]")
        }
        let others = MemberListing(MetricCatalogue.members).members.filter { member in
            !standard.contains { $0.key == member.name }
        }
        return MemberListing(members: plain + others)
    }
}
