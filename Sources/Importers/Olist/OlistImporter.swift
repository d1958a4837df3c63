import Domain
import History
import Storage

/// Imports the Brazilian E-Commerce Public Dataset by Olist: sellers become nodes, zip prefixes zones, and prices and
/// times are fitted to what was recorded. Explained in <doc:Importing>.
public struct OlistImporter: Importer {
    /// The settings.
    public typealias Options = OlistOptions

    /// The importer.
    public init() {}

    /// Its name on the command line.
    public let name = "olist"
    /// What it reads.
    public let summary =
        "the Brazilian E-Commerce Public Dataset by Olist: orders, items, sellers, customers and their places"

    /// Imports; see ``Importer``. Beside the tables stand `fit.json` and `fit.txt`.
    public func run(
        sources: [String], options: OlistOptions, output: ImportOutput, report: inout FindingLog
    ) throws -> ImportSummary {
        let sources = try OlistSources(sources: sources, log: &report)
        let geography = try OlistGeography(sources.geolocation, log: &report)
        var reader = OlistBookReader(sources: sources)
        let book = try reader.read(log: &report)
        let hubs = try OlistHubs(
            book: book, geography: geography, options: options, file: sources.sellers, log: &report)
        let zones = try OlistZones(
            book: book, geography: geography, options: options, customers: sources.customers, log: &report)
        let times = OlistTimes(book: book, localTime: try LocalTime(timeZone: OlistImporter.timeZone))
        let fits = try OlistFits(book: book, hubs: hubs, zones: zones, times: times, fitShare: options.fitShare)
        let dataset = OlistDataset(book: book, hubs: hubs, zones: zones, fits: fits, options: options)
        let tables = dataset.tables(log: &report)
        let notes = [fits.text, assumptions(dataset)]
        return try tables.write(
            to: output, description: description(times), log: report, notes: notes,
            files: [
                ("fit.json", try jsonText(fits)), ("fit.txt", notes.joined(separator: "\n\n") + "\n"),
            ])
    }

    /// The zone in which the tables' times are taken to be local; they state none.
    static let timeZone = "America/Sao_Paulo"

    private func description(_ times: OlistTimes) -> DatasetDescription {
        DatasetDescription(
            name: "olist", origin: "Brazilian E-Commerce Public Dataset by Olist (kaggle.com/olistbr), imported",
            licence: "CC BY-NC-SA 4.0, as its publisher states it", currency: "BRL", timeZone: OlistImporter.timeZone,
            start: times.start,
            end: times.end, promiseBy: .day, coordinates: .geographic)
    }

    /// What is not in the record and was assumed, in words.
    private func assumptions(_ dataset: OlistDataset) -> String {
        let options = dataset.options
        let spread = dataset.hubs.meanSquaredKilometres.squareRoot().rounded(toSignificantDigits: 3).shortText
        return """
            Assumed, as the record does not say it: opening stock \(options.stockFactor.shortText) x the units a node \
            sold, \(options.categoryStockShare.shortText) x all units sold where it sold only the category; \
            \(dataset.stations) pick stations a node, so that no queue forms beside the recorded waiting; \
            \(options.emissionKilogramsPerTonneKilometre.shortText) kg CO2e a tonne and kilometre; cost of goods and \
            handling 0. \(dataset.hubs.hubs.count) nodes lie \(spread) km (root mean square, by items) from their \
            sellers; \(dataset.zones.zones.count) zones are the first \(options.zoneDigits) digits of the zip prefix.
            """
    }
}
