import Domain
import Storage

/// An element of GHCN-Daily (Menne et al. 2012, DOI 10.1175/JTECH-D-11-00103.1): what a value of a day measures.
enum ClimateElement {
    /// What an element becomes here; all are in tenths of their unit (mm, degrees Celsius, m/s).
    static func quantity(_ element: String) -> SeriesQuantity? {
        switch element {
        case "PRCP": .precipitation
        case "TMAX": .highest
        case "TMIN": .lowest
        case "TAVG": .temperature
        case "AWND": .wind
        default: nil
        }
    }

    /// Elements of the documentation that are not read here. Soil temperatures and weather types come in families besides.
    private static let others = [
        "SNOW", "SNWD", "ACMC", "ACMH", "ACSC", "ACSH", "ADPT", "ASLP", "ASTP", "AWBT", "AWDR", "DAEV", "DAPR", "DASF",
        "DATN", "DATX", "DAWM", "DWPR", "EVAP", "FMTM", "FRGB", "FRGT", "FRTH", "GAHT", "MDEV", "MDPR", "MDSF", "MDTN",
        "MDTX", "MDWM", "MNPN", "MXPN", "PGTM", "PSUN", "RHAV", "RHMN", "RHMX", "TAXN", "THIC", "TOBS", "TSUN", "WDF1",
        "WDF2", "WDF5", "WDFG", "WDFI", "WDFM", "WDMV", "WESD", "WESF", "WSF1", "WSF2", "WSF5", "WSFG", "WSFI", "WSFM",
    ]

    /// Whether an element is one of the documentation.
    static func isKnown(_ element: String) -> Bool {
        if quantity(element) != nil || others.contains(element) { return true }
        let isFamily = element.utf8.count == 4 && ["SN", "SX", "WT", "WV"].contains { element.hasPrefix($0) }
        return isFamily && element.dropFirst(2).allSatisfy { $0.isASCII && $0.isNumber }
    }

    /// Words near which a wrong one may be.
    static var words: [String] { ["PRCP", "TMAX", "TMIN", "TAVG", "AWND"] + others }

    /// A cell of tenths as a value of whole units.
    static func value(_ reader: CSVReader, _ column: Int) throws(InputError) -> Double {
        let text = try reader.text(column).filter { $0 != " " }
        guard let tenths = Int(text) else {
            throw reader.error(column, expected: "a whole number of tenths, as GHCN-Daily has them,")
        }
        return Double(tenths) / 10
    }

    /// What is known of how days were read.
    static func note(_ path: String, flagged: Int) -> [String] {
        flagged == 0 ? [] : ["\(path): values left out, for they failed a quality check: \(flagged)."]
    }
}
