import Domain
import History
import Replay

/// One part of a world as a table: what it holds, how it is written, read back and laid into a world.
///
/// To add a part: one file with a type like ``OutagePart``, its line in ``WorldPartCatalogue``, one test, and a section in the
/// article Worlds in files.
protocol WorldPart: Sendable {
    /// The table it is written as.
    static var table: WorldTable { get }

    /// The part of a world; nil where the world is neutral in it, and no file is written.
    init?(of world: World, in export: WorldExport)

    /// The part that a file holds.
    ///
    /// - Throws: ``InputError`` at the place of what is wrong.
    init(reading reader: inout WorldTableReader) throws(InputError)

    /// Whether a world is the same with and without it.
    var isNeutral: Bool { get }

    /// The rows of its file, each with a cell for every one of the table's columns, in an order that depends on nothing but
    /// what they hold: what is written, and what the part's hash is made of.
    func rows(in dataset: Dataset, _ body: ([WorldCell]) throws -> Void) rethrows

    /// Puts it in the place of what the world holds.
    func apply(to world: inout World, dataset: Dataset, settings: ReplaySettings) throws(InputError)
}

extension WorldPart {
    /// No.
    var isNeutral: Bool { false }
}

/// What is to be known of a part's table without reading it.
struct WorldTable: Sendable {
    /// The name of the file, without `.csv`.
    let name: String
    /// One line for people.
    let summary: String
    /// The columns as written.
    let columns: [String]
    /// Those of them that a file must have.
    let required: [String]
    /// Columns that a file may have, but that are not written.
    var furtherColumns: [String] = []
    /// The part of the world it belongs to.
    let group: PerturbationGroup
    /// Perturbations that would do what it holds: beside it they are an error.
    var replaces: [String] = []
    /// Whether nothing recorded of its group happens beside it.
    var replacesRecorded = false
    /// Whether storms, forecasts and effects of weather act on it, so that it is laid before them and not last.
    var isSource = false

    /// The name of the file.
    var file: String { name + ".csv" }
}

/// A field of a row.
enum WorldCell: Sendable {
    /// An id or word.
    case text(String)
    /// A number, written as the shortest text that reads back to the same bits.
    case number(Double)
    /// A whole number.
    case integer(Int)
    /// Nothing.
    case blank

    /// A number where it is finite, else blank: a span without beginning or end, a draw that is not recorded.
    static func finite(_ number: Double) -> WorldCell { number.isFinite ? .number(number) : .blank }
}
