import Domain

/// Weather, traffic and signals as dense series of region x hour.
struct SeriesAssembly {
    /// Hours kept beyond the end of the recorded horizon: a replay drains for 14 days unless said otherwise, and no
    /// scenario is expected to ask for more than these 60.
    static let hoursBeyondEnd = 24 * 60

    private let assembly: DatasetAssembly
    private let hourLimit: Int

    init(_ assembly: DatasetAssembly) {
        self.assembly = assembly
        hourLimit = Self.hourLimit(assembly.builder.description)
    }

    /// Hours a series may have.
    static func hourLimit(_ description: DatasetDescription) -> Int {
        Int((description.end / 3600).rounded(.up)) + hoursBeyondEnd
    }

    /// Adds the series there are.
    ///
    /// - Throws: `InputError` for an unknown region, an hour that comes twice or a value out of range.
    func add(to encoder: DatasetEncoder) throws(InputError) {
        if !assembly.builder.weather.isEmpty { encoder.add(try weather()) }
        if !assembly.builder.traffic.isEmpty {
            for hour in assembly.builder.traffic {
                try DatasetAssembly.check(
                    DatasetRules.problem(in: hour, isCongestion: true), in: "region '\(hour.region)'")
            }
            encoder.add(traffic: try series(assembly.builder.traffic, neutral: 1))
        }
        let byName = Dictionary(grouping: assembly.builder.signals, by: \.name)
        for name in byName.keys.sorted(by: identifierPrecedes) {
            for hour in byName[name] ?? [] {
                try DatasetAssembly.check(
                    DatasetRules.problem(in: hour, isCongestion: false), in: "region '\(hour.region)'")
            }
            encoder.add(signal: name, try series(byName[name] ?? [], neutral: 0))
        }
        encoder.addSignalNames(byName.keys.sorted(by: identifierPrecedes))
    }

    private func weather() throws(InputError) -> WeatherSeries {
        let rows = assembly.builder.weather
        for row in rows {
            try DatasetAssembly.check(DatasetRules.problem(in: row), in: "the weather of region '\(row.region)'")
        }
        let (positions, hours) = try positions(rows.map { ($0.region, $0.time) }, table: "weather")
        var series = WeatherSeries(regionCount: assembly.regions.names.count, hourCount: hours)
        for (row, position) in zip(rows, positions) {
            guard let position else { continue }
            series.classes[position] = row.weatherClass
            series.intensities[position] = row.intensity
            series.stormLevels[position] = row.stormLevel
        }
        return series
    }

    private func series(_ rows: [DatasetBuilder.SignalHour], neutral: Double) throws(InputError) -> HourlySeries {
        let (positions, hours) = try positions(rows.map { ($0.region, $0.time) }, table: rows.first?.name ?? "")
        var series = HourlySeries(regionCount: assembly.regions.names.count, hourCount: hours, neutral: neutral)
        for (row, position) in zip(rows, positions) {
            if let position { series.values[position] = row.value }
        }
        return series
    }

    /// The place of each row in a dense series, nil where its hour is outside of what is kept; and the hours a region.
    private func positions(
        _ rows: [(region: String, time: Double)], table: String
    ) throws(InputError) -> (positions: [Int?], hours: Int) {
        let hours = rows.map { Int(($0.time / 3600).rounded(.down)) }
        let kept = hours.filter { $0 >= 0 && $0 < hourLimit }
        let hourCount = (kept.max() ?? -1) + 1
        var isTaken = [Bool](repeating: false, count: hourCount * assembly.regions.names.count)
        var positions: [Int?] = []
        for (row, hour) in zip(rows, hours) {
            guard let region = assembly.regions.number(row.region) else {
                throw InputError(
                    found: "unknown region '\(row.region)' in \(table)", expected: "a region of a node or zone",
                    suggestion: nearestWord(to: row.region, among: assembly.regions.names))
            }
            guard hour >= 0, hour < hourLimit else {
                positions.append(nil)
                continue
            }
            let position = region * hourCount + hour
            if isTaken[position] {
                throw InputError(
                    found: "hour \(hour) of region '\(row.region)' twice in \(table)", expected: "each hour once")
            }
            isTaken[position] = true
            positions.append(position)
        }
        return (positions, hourCount)
    }
}
