import Domain
import Statistics

/// Places of zip prefixes: the median of the recorded positions of each.
struct OlistGeography {
    /// The bounding box of Brazil in degrees, with its islands near the coast: from the Serra do Divisor to the mouth
    /// of the Paraiba, from the Chui to the Monte Caburai, widened to tenths.
    static let west = -74.1
    static let east = -34.7
    static let south = -33.8
    static let north = 5.3

    /// Positions by zip prefix of five digits and of every shorter length.
    private let placesByPrefix: [String: Place]

    /// Reads the positions; sets exact duplicate rows and rows outside Brazil aside.
    ///
    /// - Throws: `InputError` for a position that is no number, or where no row is left.
    init(_ table: SourceTable, log: inout FindingLog) throws(InputError) {
        let zip = try OlistColumn(table, "geolocation_zip_code_prefix")
        let latitude = try OlistColumn(table, "geolocation_lat")
        let longitude = try OlistColumn(table, "geolocation_lng")
        var account = FindingLog.Account(file: table.file, use: "places of zip prefixes")
        var seen: Set<String> = []
        var positions: [String: (x: [Double], y: [Double])] = [:]
        for row in 0..<table.count {
            account.read += 1
            let place = Place(x: try longitude.number(row), y: try latitude.number(row))
            let isOutside = !OlistGeography.isInBrazil(place)
            if isOutside {
                log.add(
                    "outside_brazil", .setAside, "position outside Brazil; set aside", at: table.location(row),
                    detail: "\(place.y.shortText), \(place.x.shortText)")
            }
            if !seen.insert(table.wholeRecord(row)).inserted {
                log.add(
                    "duplicate_geolocation", .setAside, "exact duplicate of an earlier row; set aside",
                    at: table.location(row))
                account.setAside("exact duplicate")
            } else if isOutside {
                account.setAside("outside Brazil")
            } else {
                account.kept += 1
                for length in 1...5 {
                    let prefix = String(zip[row].prefix(length))
                    positions[prefix, default: ([], [])].x.append(place.x)
                    positions[prefix, default: ([], [])].y.append(place.y)
                }
            }
        }
        log.add(account)
        placesByPrefix = positions.mapValues { Place(x: median($0.x), y: median($0.y)) }
        if placesByPrefix.isEmpty {
            throw InputError(
                at: SourceLocation(file: table.file), found: "no position inside Brazil", expected: "at least one")
        }
    }

    /// The place of a zip prefix, and whether it is that of the whole prefix or of a shorter one.
    func place(ofZip zip: String) -> (place: Place, isExact: Bool)? {
        for length in stride(from: 5, through: 1, by: -1) {
            if let place = placesByPrefix[String(zip.prefix(length))] { return (place, length == 5) }
        }
        return nil
    }

    /// Whether a position is inside the bounding box.
    static func isInBrazil(_ place: Place) -> Bool {
        place.x >= west && place.x <= east && place.y >= south && place.y <= north
    }
}
