import ArgumentParser
import Calibration
import Domain
import Experiments
import Reports
import Storage

/// `sandtable calibrate`: a block of a scenario's world from series of weather or traffic.
struct CalibrateCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "calibrate",
        abstract: "Fit generated weather or traffic to hourly series, and show the fit beside the data.",
        discussion: """
            The block to put into a scenario goes to standard output, with the facts of record and fit as comments. Columns \
            are found by their usual names: year, month, day and hour, or a timestamp; precipitation (or rain, precip) and \
            temperature; travel_time or traffic_volume, with a column of roads (id, segment) where there are several.
            """)

    /// What is calibrated.
    enum Kind: String, CaseIterable, ExpressibleByArgument {
        case weather, traffic
    }
    /// Units of a weather series.
    enum Units: String, CaseIterable, ExpressibleByArgument {
        case metric, us
    }

    @Argument(help: ArgumentHelp("Hourly series: CSV, plain, .gz or .zst.", valueName: "series"))
    var series: [String]
    @Option(help: "What the series hold: weather or traffic.")
    var kind = Kind.weather
    @Option(help: ArgumentHelp("The column to read, where it has no usual name.", valueName: "name"))
    var column: String?
    @Option(help: ArgumentHelp("Only this place or road of the file.", valueName: "name"))
    var place: String?
    @Option(help: "metric (mm, Celsius) or us (inches, Fahrenheit).")
    var units = Units.metric
    @Flag(help: "Print JSON.")
    var json = false

    func run() throws {
        switch kind {
        case .weather: try calibrateWeather()
        case .traffic: try calibrateTraffic()
        }
    }

    /// The records of all files, by place.
    private func records(_ kind: HourlyRecord.Kind) throws(InputError) -> [(place: String, record: HourlyRecord)] {
        var records: [(place: String, record: HourlyRecord)] = []
        for path in series { records += try HourlyRecord.read(path, kind, column: column) }
        guard let place else { return records }
        let chosen = records.filter { $0.place == place }
        guard !chosen.isEmpty else {
            throw InputError(
                at: SourceLocation(file: "--place"), unknown: "place", word: place, among: records.map(\.place))
        }
        return chosen
    }

    private func calibrateWeather() throws {
        let places = try records(.precipitation)
        guard let first = places.first else {
            throw InputError(at: SourceLocation(file: series[0]), found: "no rows", expected: "hours of rain")
        }
        if places.count > 1, place == nil {
            Console.note("\(places.count) places; fitting \(first.place) (--place chooses another)")
        }
        var record = first.record
        if units == .us { record.values = record.values.map { $0 * 25.4 } }
        let fit = try RainFit(record)
        if json {
            try StandardOutput.write(try ResultCoding.json(fit))
            return
        }
        var table = TextTable(
            columns: [
                TextTable.Column("fact"), TextTable.Column("record", alignsRight: true),
                TextTable.Column("standard error", alignsRight: true), TextTable.Column("generated", alignsRight: true),
            ])
        for (index, name) in RainFacts.names.enumerated() {
            table.add([
                TextTable.Cell(name), TextTable.Cell(NumberText.fixed(fit.recorded.values[index], decimals: 4)),
                TextTable.Cell(
                    index < fit.standardErrors.count
                        ? NumberText.fixed(fit.standardErrors[index], decimals: 4) : ""),
                TextTable.Cell(NumberText.fixed(fit.generated.values[index], decimals: 4)),
            ])
        }
        try StandardOutput.write(commented(table.text(), hours: fit.hours, setAside: fit.hoursSetAside) + fit.yaml)
    }

    private func calibrateTraffic() throws {
        let fit = try TrafficFit(try records(.traffic).map(\.record))
        if json {
            try StandardOutput.write(try ResultCoding.json(fit))
            return
        }
        let cross = fit.crossCorrelation.map { NumberText.fixed($0, decimals: 3) } ?? "one road"
        let text = """
            roads \(fit.roads), residual sd of the logarithm \(NumberText.fixed(fit.residualDeviation, decimals: 3)), \
            lag-1 correlation \(NumberText.fixed(fit.persistence, decimals: 3)), between roads \(cross)
            """
        try StandardOutput.write(commented(text, hours: fit.hours, setAside: 0) + fit.yaml)
    }

    /// Lines of comment above the block.
    private func commented(_ text: String, hours: Int, setAside: Int) -> String {
        var lines = ["Fitted to \(NumberText.count(hours)) hours of \(series.joined(separator: ", "))."]
        if setAside > 0 { lines.append("\(setAside) hours above 500 mm were set aside.") }
        lines += text.split(separator: "\n").map(String.init)
        return lines.map { "# \($0)\n" }.joined()
    }
}
