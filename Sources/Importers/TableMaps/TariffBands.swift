import Domain
import Storage

/// Turns the tariff columns that only a map knows, `to_kg` and `minimum_charge`, into bands of the dataset format.
enum TariffBands {
    /// Replaces both columns by bands.
    ///
    /// A minimum charge M over a price p + k m (m the mass) is a band of M alone below the break-even mass (M - p) / k
    /// and the price from there on: exact. A band's upper bound is the next one's lower bound in the format; rows of
    /// one tariff whose ranges overlap are reported and the first row of each lower bound is kept.
    ///
    /// - Throws: `InputError` where a minimum charge meets terms per item or per kilometre, for which no mass bounds
    ///   exist.
    static func expand(_ draft: TableDraft, file: String, log: inout FindingLog) throws(InputError) -> TableDraft {
        let columns = draft.columns.filter { !TargetSchema.tariffExtras.contains($0) }
        var expanded = TableDraft(
            name: draft.name, columns: columns.contains("from_kg") ? columns : columns + ["from_kg"])
        var seen: [String: (from: Set<Double>, ranges: [(low: Double, high: Double)])] = [:]
        for (index, row) in draft.rows.enumerated() {
            func text(_ name: String) -> String { draft.column(name).map { row[$0] } ?? "" }
            func number(_ name: String) -> Double { NumberParsing.double(Array(text(name).utf8).span) ?? 0 }
            let from = number("from_kg")
            let to = text("to_kg").isEmpty ? Double.infinity : number("to_kg")
            let place = draft.origins[index] ?? SourceLocation(file: file)
            var known = seen[text("id")] ?? ([], [])
            if known.ranges.contains(where: { from <= $0.high && $0.low <= to && $0.high.isFinite }) {
                log.add(
                    "overlapping_bands", .kept,
                    "mass bands of one tariff overlap; the first row of each lower bound counts", at: place,
                    detail: "tariff '\(text("id"))' from \(from.shortText) to \(to.shortText) kg")
            }
            let isNew = known.from.insert(from).inserted
            known.ranges.append((from, to))
            seen[text("id")] = known
            if !isNew {
                log.add(
                    "repeated_band", .setAside, "a tariff has two rows from the same mass; the first is kept",
                    at: place, detail: "tariff '\(text("id"))' from \(from.shortText) kg")
                log.setAside("repeated band", use: draft.name, file: place.file)
                continue
            }
            var cells = draft.columns.enumerated().filter { columns.contains($1) }.map { (name: $1, text: row[$0]) }
            let minimum = number("minimum_charge")
            let perKilogram = number("per_kg")
            let base = number("per_shipment")
            guard minimum > base + perKilogram * from else {
                expanded.append(named: cells)
                continue
            }
            for name in ["per_item", "per_km", "per_item_km", "per_kg_km"] where number(name) != 0 {
                throw InputError(
                    at: place, found: "a minimum charge beside '\(name)' in tariff '\(text("id"))'",
                    expected: "a minimum charge only with per_shipment and per_kg")
            }
            expanded.append(
                named: [("id", text("id")), ("from_kg", from.shortText), ("per_shipment", minimum.shortText)])
            let breakEven = perKilogram > 0 ? (minimum - base) / perKilogram : .infinity
            if breakEven < to {
                cells.removeAll { $0.name == "from_kg" }
                cells.append(("from_kg", breakEven.rounded(toSignificantDigits: 9).shortText))
                expanded.append(named: cells)
            }
        }
        return expanded
    }
}
