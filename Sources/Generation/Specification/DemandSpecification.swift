import Domain

/// How many orders each zone places in each hour: `demand`.
struct DemandSpecification: Sendable {
    /// A stretch of time in which some regions order more.
    struct Surge: Sendable {
        /// Region ids; empty = all.
        var regions: [String]
        /// First second, from the dataset's start.
        var from: Double
        /// End, exclusive.
        var to: Double
        /// What the intensity is multiplied by.
        var factor: Double
    }
    /// Power of the population in the gravity law.
    var populationExponent: Double
    /// Power of a city's attractiveness in the gravity law.
    var attractivenessExponent: Double
    /// Power of distance in the gravity law.
    var distanceExponent: Double
    /// Kilometres added to every distance of the gravity law, so that a city's pull on itself is finite.
    var distanceOffsetKilometres: Double
    /// Relative intensity of the 24 local hours, Monday to Friday.
    var weekdayHours: [Double]
    /// Relative intensity of the 24 local hours, Saturday and Sunday.
    var weekendHours: [Double]
    /// Relative volume of the seven days, Monday first.
    var weekdays: [Double]
    /// Surges; where several hold at once their factors multiply.
    var surges: [Surge]

    /// Reads `demand`; `clock` understands the file's instants.
    init(_ root: SpecificationMapping, regions: [String], clock: HorizonClock) throws(InputError) {
        let values = try root.required("demand").mapping(
            keys: ["gravity", "hours", "weekend_hours", "weekdays", "surges"])
        let gravity = try values.optional("gravity")?.mapping(
            keys: ["population_exponent", "attractiveness_exponent", "distance_exponent", "distance_offset_km"])
        populationExponent = try gravity?.number("population_exponent", in: 0...5, default: 1) ?? 1
        attractivenessExponent = try gravity?.number("attractiveness_exponent", in: 0...5, default: 1) ?? 1
        distanceExponent = try gravity?.number("distance_exponent", in: 0...5, default: 1) ?? 1
        distanceOffsetKilometres = try gravity?.number("distance_offset_km", in: 0.001...1e5, default: 20) ?? 20
        weekdayHours = try values.required("hours").shares(count: 24)
        weekendHours = try values.optional("weekend_hours")?.shares(count: 24) ?? weekdayHours
        weekdays = try values.optional("weekdays")?.shares(count: 7) ?? [Double](repeating: 1, count: 7)
        surges = []
        for entry in try values.list("surges") {
            let surge = try entry.mapping(keys: ["regions", "from", "to", "factor"])
            let span = try surge.span(clock)
            surges.append(
                Surge(
                    regions: try surge.optional("regions")?.words("region", among: regions) ?? [],
                    from: span.from, to: span.to, factor: try surge.number("factor", in: 0...1000)))
        }
    }
}
