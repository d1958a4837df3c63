import Domain
import History
import Replay

/// The weather of a world by region and hour: `weather.csv`, with the columns of a dataset's own.
///
/// Storms, forecasts and effects act on it as on any source of weather.
struct WeatherPart: WorldPart {
    static let table = WorldTable(
        name: "weather", summary: "weather by region and hour",
        columns: HourlyRows.columns + ["class", "intensity", "storm_level"],
        required: HourlyRows.columns + ["class"], furtherColumns: HourlyRows.further, group: .weather,
        replaces: ["recorded_weather", "bootstrap_weather", "generated_weather"], replacesRecorded: true, isSource: true
    )

    private let weather: WeatherSeries

    init?(of world: World, in export: WorldExport) {
        guard world.weather.hourCount > 0 else { return nil }
        weather = world.weather
    }

    init(reading reader: inout WorldTableReader) throws(InputError) {
        let words = WeatherClass.allCases.map { ($0.word, $0) }
        let (hourCount, values) = try HourlyRows.read(&reader) { row throws(InputError) in
            (
                try row.word("class", of: "class of weather", words),
                try row.number("intensity", in: .nonNegative) ?? 0,
                try row.number("storm_level", in: .from(0, to: 5)) ?? 0
            )
        }
        var weather = WeatherSeries(regionCount: reader.dataset.regions.count, hourCount: hourCount)
        for (cell, value) in values.enumerated() {
            guard let value else { continue }
            (weather.classes[cell], weather.intensities[cell], weather.stormLevels[cell]) = value
        }
        self.weather = weather
    }

    func rows(in dataset: Dataset, _ body: ([WorldCell]) throws -> Void) rethrows {
        try HourlyRows.rows(
            names: dataset.regions, hourCount: weather.hourCount,
            { region, hour in
                let cell = region * weather.hourCount + hour
                return [
                    .text(weather.classes[cell].word), .number(weather.intensities[cell]),
                    .number(weather.stormLevels[cell]),
                ]
            }, body)
    }

    func apply(to world: inout World, dataset: Dataset, settings: ReplaySettings) {
        world.weather = weather
    }
}
