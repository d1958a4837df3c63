import DeterministicMath
import Domain

/// How much of all demand each zone has: the gravity law between its people and the cities' pull.
///
/// The interaction of zone i with city c is `T_ic = P_i^a A_c^b (d_ic + d_0)^-g`, P the zone's population in millions, A
/// the city's attractiveness, d the kilometres between zone and city centre, d_0 an offset that keeps a city's pull on
/// itself finite (Isard 1960, "Methods of Regional Analysis", ch. 11; Wilson 1971, doi:10.1068/a030001). The demand of
/// the zone is the sum of T_ic over all cities: people, times the access to markets they have (Hansen 1959,
/// doi:10.1080/01944365908978307).
enum GravityDemand {
    /// Shares of demand by zone, summing to 1 in zone order.
    static func shares(
        zones: [PlacedZone], cities: [CitySpecification], demand: DemandSpecification
    ) -> [Double] {
        let pulls = cities.map { DeterministicMath.power($0.attractiveness, demand.attractivenessExponent) }
        var weights: [Double] = []
        for zone in zones {
            var access = 0.0
            for (city, pull) in zip(cities, pulls) {
                let kilometres = zone.place.distanceKilometres(to: city.centre, in: .geographic)
                access +=
                    pull
                    * DeterministicMath.power(
                        kilometres + demand.distanceOffsetKilometres, -demand.distanceExponent)
            }
            weights.append(DeterministicMath.power(zone.populationMillions, demand.populationExponent) * access)
        }
        let total = weights.reduce(0, +)
        return weights.map { $0 / total }
    }
}
