import Domain
import History
import Replay

/// Makes worlds out of perturbations.
public enum WorldSampler {
    /// The world of an index: a function of these arguments alone, whatever is sampled before, beside or after.
    ///
    /// What no perturbation says is as recorded: recorded weather and traffic happen, with their standard effects, unless
    /// a perturbation of the same group is given (`recorded_weather` with `enabled: false` gives a world without).
    /// What is not recorded is neutral. Perturbations are applied in the catalogue's order, so the order in which a
    /// scenario lists them changes nothing. Throws what a perturbation throws.
    public static func sample(
        _ perturbations: [any Perturbation], dataset: Dataset, settings: ReplaySettings, seed: UInt64, replication: Int
    ) throws(InputError) -> World {
        try sample(
            exactly: perturbations + recorded(beside: perturbations, dataset: dataset), dataset: dataset,
            settings: settings, seed: seed, replication: replication)
    }

    /// The world of these perturbations alone: not even what is recorded happens beside them. What is left out is
    /// neutral, and every draw of the others is as it was. Throws what a perturbation throws.
    public static func sample(
        exactly perturbations: [any Perturbation], dataset: Dataset, settings: ReplaySettings, seed: UInt64,
        replication: Int
    ) throws(InputError) -> World {
        var world = World(replication: replication, seed: seed, dataset: dataset)
        let ordered = inOrder(perturbations)
        for perturbation in ordered { try perturbation.apply(to: &world, dataset: dataset, settings: settings) }
        for perturbation in ordered { try perturbation.finish(&world, dataset: dataset, settings: settings) }
        return world
    }

    /// What happens beside the given perturbations because it is recorded.
    public static func recorded(
        beside perturbations: [any Perturbation], dataset: Dataset
    ) -> [any Perturbation] {
        let groups = perturbations.flatMap(\.replacedGroups)
        var recorded: [any Perturbation] = []
        if dataset.weather != nil, !groups.contains(.weather) { recorded.append(RecordedWeather()) }
        if dataset.traffic != nil, !groups.contains(.traffic) { recorded.append(RecordedTraffic()) }
        // Weather that is only shown would be none: what it does happens unless it is said otherwise.
        let isWeather = (perturbations + recorded).contains { perturbation in
            if let file = perturbation as? WorldFile { return file.bringsWeather }
            return perturbation.declaration.group == .weather
                && !((perturbation as? RecordedWeather)?.isEnabled == false)
                && !(perturbation is WeatherForecast)
        }
        if isWeather, !perturbations.contains(where: { $0 is WeatherEffectTable }) {
            recorded.append(WeatherEffectTable())
        }
        return recorded
    }

    /// Perturbations in the catalogue's order; of one name in the order given; those of no catalogue last.
    private static func inOrder(_ perturbations: [any Perturbation]) -> [any Perturbation] {
        let names = PerturbationCatalogue.members.names
        let keyed = perturbations.enumerated().map { position, perturbation in
            (names.firstIndex(of: perturbation.declaration.name) ?? names.count, position, perturbation)
        }
        return keyed.sorted { ($0.0, $0.1) < ($1.0, $1.1) }.map(\.2)
    }
}
