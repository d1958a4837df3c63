import Domain
import History
import Replay

/// What of a world is not as usual for a while, in words, beside weather, roads and outages.
struct WorldDisruptions {
    let world: World
    let dataset: Dataset

    /// What and when: bans, lost stations, suspensions, premiums, each by time.
    var spans: [(what: String, span: Interval)] {
        let ofBans = world.bans.filter { !isSuspension($0) }.map {
            (words(of: $0), $0.span)
        }
        let ofStations = world.stationLosses.enumerated().flatMap { node, losses in
            losses.map { loss in
                (
                    "\(dataset.nodes[node].id) without \(loss.stations) of \(dataset.nodes[node].stations) stations",
                    loss.span
                )
            }
        }
        let ofSuspensions = world.suspensions.enumerated().flatMap { service, spans in
            spans.map { ("\(dataset.services[service].id) collects nothing", $0) }
        }
        let groups: [[(what: String, span: Interval)]] = [ofBans, ofStations, ofSuspensions, premiums]
        return groups.flatMap { group in
            group.sorted { ($0.span.from, $0.what) < ($1.span.from, $1.what) }
        }
    }

    /// Runs of hours in which a service's freight is multiplied by the same.
    private var premiums: [(what: String, span: Interval)] {
        let series = world.freightMultiplier
        return dataset.services.indices.flatMap { service in
            var runs: [(what: String, span: Interval)] = []
            var hour = 0
            while hour < series.hourCount {
                let factor = series.value(region: service, hour: hour)
                let first = hour
                while hour < series.hourCount, series.value(region: service, hour: hour) == factor { hour += 1 }
                guard factor != 1 else { continue }
                let percent = ((factor - 1) * 1_000).rounded() / 10
                runs.append(
                    (
                        "\(dataset.services[service].id) \(plainNumber(abs(percent))) % \(percent > 0 ? "dearer" : "cheaper")",
                        Interval(from: 3_600 * Double(first), to: 3_600 * Double(hour))
                    ))
            }
            return runs
        }
    }

    /// A suspension bans its service too; it is told once.
    private func isSuspension(_ ban: Ban) -> Bool {
        guard let services = ban.services.indices, !world.suspensions.isEmpty, ban.products.isEvery, ban.nodes.isEvery
        else { return false }
        return services.allSatisfy { service in
            world.suspensions[service].contains { $0.from <= ban.span.from && ban.span.to <= $0.to }
        }
    }

    private func words(of ban: Ban) -> String {
        var words = "no " + list(ban.products, among: dataset.products.ids, every: "product", noun: "products")
        if !ban.nodes.isEvery {
            words += " from " + list(ban.nodes, among: dataset.nodes.map(\.id), every: "", noun: "nodes")
        }
        if !ban.services.isEvery {
            words += " by " + list(ban.services, among: dataset.services.map(\.id), every: "", noun: "services")
        }
        if !ban.regions.isEvery {
            words += " to " + list(ban.regions, among: dataset.regions, every: "", noun: "regions")
        }
        return words
    }

    /// Up to three names, else how many.
    private func list(_ choice: IndexChoice, among names: [String], every: String, noun: String) -> String {
        guard let indices = choice.indices else { return every }
        return indices.count <= 3 ? indices.map { names[$0] }.joined(separator: ", ") : "\(indices.count) \(noun)"
    }
}
