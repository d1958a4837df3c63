import Domain

/// Weather, traffic and signals.
extension DatasetReading {
    mutating func readWeather() throws(InputError) {
        guard let source = try open(.weather) else { return }
        let classes = WeatherClass.allCases.map { ($0.word, $0) }
        while try source.next() {
            let classColumn = source.column("class")
            _ = try source.required(classColumn, expected: "a class of weather")
            let row = DatasetBuilder.WeatherHour(
                region: try source.required(source.column("region"), expected: "a region"),
                time: try source.requiredInstant(source.column("at")),
                weatherClass: try source.word(classColumn, classes) ?? .clear,
                intensity: try source.number(source.column("intensity")) ?? 0,
                stormLevel: try source.number(source.column("storm_level")) ?? 0)
            try source.check(DatasetRules.problem(in: row))
            if try isKept(source, region: row.region, time: row.time) { builder.weather.append(row) }
        }
        try close(source, kept: builder.weather.count)
        noteMissingHours(.weather, source, builder.weather.map(\.time))
    }

    mutating func readTraffic() throws(InputError) {
        guard let source = try open(.traffic) else { return }
        while try source.next() {
            let row = DatasetBuilder.SignalHour(
                name: "congestion", region: try source.required(source.column("region"), expected: "a region"),
                time: try source.requiredInstant(source.column("at")),
                value: try source.requiredNumber(source.column("congestion")))
            try source.check(DatasetRules.problem(in: row, isCongestion: true))
            if try isKept(source, region: row.region, time: row.time) { builder.traffic.append(row) }
        }
        try close(source, kept: builder.traffic.count)
        noteMissingHours(.traffic, source, builder.traffic.map(\.time))
    }

    mutating func readSignals() throws(InputError) {
        guard let source = try open(.signals) else { return }
        let names = source.reader.header.filter { $0 != "region" && $0 != "at" }
        guard !names.isEmpty, !names.contains("") else {
            throw InputError(
                at: SourceLocation(file: source.reader.path, line: 1),
                found: "the columns " + source.reader.header.joined(separator: ", "),
                expected: "a named column for each signal")
        }
        var kept: [Double] = []
        while try source.next() {
            let region = try source.required(source.column("region"), expected: "a region")
            let time = try source.requiredInstant(source.column("at"))
            var values: [DatasetBuilder.SignalHour] = []
            for name in names {
                guard let value = try source.number(source.column(name)) else { continue }
                let signal = DatasetBuilder.SignalHour(name: name, region: region, time: time, value: value)
                try source.check(DatasetRules.problem(in: signal, isCongestion: false))
                values.append(signal)
            }
            if try isKept(source, region: region, time: time) {
                builder.signals += values
                kept.append(time)
            }
        }
        try close(source, kept: kept.count)
        noteMissingHours(.signals, source, kept)
    }

    /// Whether a row of a series is of a known region and a kept hour; if not it is set aside.
    private func isKept(_ source: TableSource, region: String, time: Double) throws(InputError) -> Bool {
        guard regions.contains(region) else {
            source.setAside(
                "unknown_region", "hours of a region that no node or zone is in", at: source.column("region"))
            return false
        }
        let hour = Int((time / 3600).rounded(.down))
        guard hour >= 0, hour < SeriesAssembly.hourLimit(builder.description) else {
            source.setAside(
                "hour_outside", "hours before the start or long after the end", severity: .note,
                at: source.column("at"))
            return false
        }
        try source.unique(
            TableSource.key(region, String(hour)), at: source.column("at"), "hour \(hour) of region '\(region)'")
        return true
    }

    /// Counts the hours of the horizon that are listed for no region or for only some.
    private func noteMissingHours(_ table: DatasetTable, _ source: TableSource, _ times: [Double]) {
        let hours = Int((builder.description.end / 3600).rounded(.up))
        let listed = times.count { $0 < builder.description.end }
        let missing = hours * regions.count - listed
        guard missing > 0 else { return }
        log.count(
            "hours_missing", in: table, "hours of a region that are not listed and count as neutral", times: missing
        ) { nil }
    }
}
