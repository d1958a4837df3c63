import Domain
import History
import Replay
import Sampling

/// Weather made of recorded days: blocks of whole days, drawn from the record around the same day of the year, for all
/// regions at once, so that spells, days, season and likeness of regions are the record's own.
///
/// Day d of the world belongs to block d / `block_days`; the block begins at a recorded day whose day of the year is at most
/// `season_days` from its own (purpose `weatherBlock`, entity the block), each as likely as the other. A record that ends
/// within a block goes on at its beginning.
struct BootstrapWeather: Perturbation {
    /// Its line in the catalogue.
    static let entry = MemberEntry(
        standard,
        parameters: [
            ParameterDeclaration(
                "block_days", .integer(NumberRange(lower: 1, upper: 60)), unit: "d", default: 3,
                summary: "days that stay together"),
            ParameterDeclaration(
                "season_days", .integer(NumberRange(lower: 0, upper: 183)), unit: "d", default: 15,
                summary: "how far from the day of the year recorded days may be"),
        ]
    ) { (parameters, dataset) throws(InputError) -> any Perturbation in
        guard dataset.weather != nil else {
            throw InputError(
                at: parameters.location, found: "bootstrap_weather on a dataset without weather",
                expected: "a dataset with the table weather")
        }
        return BootstrapWeather(
            blockDays: try parameters.integer("block_days"), seasonDays: try parameters.integer("season_days"),
            key: parameters.key)
    }
    private static let standard = PerturbationDeclaration(
        name: "bootstrap_weather", summary: "Recorded days of weather, drawn anew in blocks", group: .weather)

    /// Days that stay together.
    let blockDays: Int
    /// How far from the day of the year recorded days may be.
    let seasonDays: Int
    /// Its parameters as text.
    let key: String
    var declaration: PerturbationDeclaration { Self.standard }

    func key(in dataset: Dataset) -> String? { dataset.weather == nil ? nil : declaration.name + key }

    func apply(to world: inout World, dataset: Dataset, settings: ReplaySettings) throws(InputError) {
        guard let record = dataset.weather else { return }
        let recordDays = record.hourCount / 24
        let hours = max(0, Int((settings.end / 3_600).rounded(.up)))
        guard recordDays > 0 else {
            throw InputError(found: "less than a day of recorded weather", expected: "a day at least")
        }
        let clock = try HourClock(dataset: dataset, hours: max(hours, recordDays * 24))
        var series = WeatherSeries(regionCount: dataset.regions.count, hourCount: hours)
        let blockHours = 24 * blockDays
        for (block, first) in stride(from: 0, to: hours, by: blockHours).enumerated() {
            let near = (0..<recordDays).filter { day in
                let apart = abs(clock.daysOfYear[24 * day] - clock.daysOfYear[first])
                return min(apart, 365 - apart) <= seasonDays
            }
            guard !near.isEmpty else {
                throw InputError(
                    found: "no recorded weather within \(seasonDays) days of day \(first / 24) of the horizon",
                    expected: "a larger season_days")
            }
            let uniform = world.draws.uniform(.weatherBlock, entity: StableHash.of(block))
            let start = 24 * near[min(near.count - 1, Int(uniform * Double(near.count)))]
            for hour in first..<min(first + blockHours, hours) {
                let source = (start + hour - first) % (24 * recordDays)
                for region in dataset.regions.indices {
                    series.copy(hour: hour, region: region, from: record, hour: source)
                }
            }
        }
        world.weather = series
    }
}
