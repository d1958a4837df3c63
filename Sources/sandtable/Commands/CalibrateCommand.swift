import ArgumentParser
import Calibration
import Domain
import Experiments
import Reports
import Storage

/// `sandtable calibrate`: a block of a scenario's world from series of weather, traffic or delays.
struct CalibrateCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "calibrate",
        abstract: "Fit weather, traffic or the effect of weather to series, and show the fit beside the data.",
        discussion: """
            The block to put into a scenario goes to standard output, with record and fit side by side as comments.

            weather: hourly precipitation, temperature and wind, what there is of them, or days. traffic: hourly travel \
            times, with a column of roads (id, segment) where there are several. effects: a file of delays and one of the \
            weather they met.

            Formats are told by how a file begins: Open-Meteo's hourly JSON, GHCN-Daily, else CSV whose columns are found by \
            their usual names: year, month, day and hour, or a timestamp; precipitation (or rain, precip), temperature, \
            wind_speed; travel_time; delay and under_way.
            """)

    @Argument(help: ArgumentHelp("Series: CSV or JSON, plain, .gz or .zst.", valueName: "series"))
    var series: [String]
    @Option(help: "What is fitted: weather, traffic or effects.")
    var kind = CalibrationKind.weather
    @Option(
        help: ArgumentHelp(
            "The format, where it is not told by how the file begins: "
                + SeriesReaderCatalogue.members.map(\.name).joined(separator: ", ") + ".", valueName: "format"))
    var reader: String?
    @Option(
        help: ArgumentHelp(
            "A column without a usual name, as quantity=name; name alone: precipitation, travel_time or delay.",
            valueName: "column"))
    var column: [String] = []
    @Option(help: ArgumentHelp("Only this place or road of the files.", valueName: "name"))
    var place: String?
    @Option(help: "Units of CSV: metric (mm, Celsius, m/s, km), us (inches, Fahrenheit, mph, miles), kelvin.")
    var units = SeriesUnits.metric
    @Option(help: "Constants of time of rain: sought where the standard ones miss the record, or standard.")
    var constants = FitOptions.Constants.sought
    @Flag(help: "Print JSON.")
    var json = false
    @Flag(help: "No notes on standard error.")
    var quiet = false

    func run() throws {
        var options = ReadingOptions()
        options.units = units
        options.place = place
        options.columns = try columns()
        let content = try chosen(try SeriesReaderCatalogue.read(series, reader: reader, options: options))
        var fitting = FitOptions()
        fitting.constants = constants
        let world = try WorldFitCatalogue.fit(content, kind: kind, options: fitting)
        try StandardOutput.write(json ? try ResultCoding.json(world) : commented(world) + world.yaml)
    }

    /// Columns by quantity.
    private func columns() throws(InputError) -> [SeriesQuantity: String] {
        let main: [CalibrationKind: SeriesQuantity] = [
            .weather: .precipitation, .traffic: .travelTime, .effects: .delay,
        ]
        var columns: [SeriesQuantity: String] = [:]
        for column in column {
            let parts = column.split(separator: "=", maxSplits: 1).map(String.init)
            guard parts.count == 2 else {
                columns[main[kind] ?? .precipitation] = column
                continue
            }
            guard let quantity = SeriesQuantity(rawValue: parts[0]) else {
                throw InputError(
                    at: SourceLocation(file: "--column"), unknown: "quantity", word: parts[0],
                    among: SeriesQuantity.allCases.map(\.rawValue))
            }
            columns[quantity] = parts[1]
        }
        return columns
    }

    /// What is fitted to: one place of weather, all roads, all delays; only the place that was asked for.
    private func chosen(_ content: SeriesContent) throws(InputError) -> SeriesContent {
        var content = content
        if let place {
            let names = content.places.map(\.place) + content.delays.map(\.place)
            content.places.removeAll { $0.place != place }
            content.delays.removeAll { $0.place != place }
            guard !content.places.isEmpty || !content.delays.isEmpty else {
                throw InputError(
                    at: SourceLocation(file: "--place"), unknown: "place", word: place, among: Set(names).sorted())
            }
        }
        let names = Set(content.places.map(\.place)).sorted()
        if kind == .weather, names.count > 1, let first = content.places.first?.place {
            content.places.removeAll { $0.place != first }
            if !quiet { Console.note("\(names.count) places; fitting \(first) (--place chooses another)") }
        }
        return content
    }

    /// Record and fit as comments above the block.
    private func commented(_ world: FittedWorld) -> String {
        var lines = ["Fitted to \(series.joined(separator: ", ")) by sandtable calibrate."] + world.notes
        for part in world.parts {
            lines += [""] + part.notes
            for table in part.tables {
                lines += ["", table.title]
                lines += Self.text(table).split(separator: "\n").map(String.init)
            }
        }
        return lines.map { $0.isEmpty ? "#\n" : "# \($0)\n" }.joined()
    }

    /// A table for people.
    private static func text(_ table: FactTable) -> String {
        var text = TextTable(
            columns: [TextTable.Column("")] + table.columns.map { TextTable.Column($0, alignsRight: true) })
        for row in table.rows {
            let values = row.values.enumerated().map { column, value -> TextTable.Cell in
                guard let value else { return TextTable.Cell("-") }
                return TextTable.Cell(
                    column < table.countColumns
                        ? NumberText.count(Int(value)) : NumberText.fixed(value, decimals: table.decimals))
            }
            text.add([TextTable.Cell(row.name)] + values)
        }
        return text.text()
    }
}

extension CalibrationKind: ExpressibleByArgument {}
extension SeriesUnits: ExpressibleByArgument {}
extension FitOptions.Constants: ExpressibleByArgument {}
