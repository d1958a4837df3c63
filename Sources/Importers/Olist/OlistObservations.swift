import DeterministicMath
import Domain
import History

/// Times of the orders as instants, so that durations are right across clock changes.
struct OlistTimes {
    /// Seconds since 1970 in UTC of time 0: the local midnight before the first order.
    let start: Double
    /// Seconds from start to the local midnight after the last order.
    let end: Double
    /// Seconds from approval to hand-over, by order; nil where one is blank.
    let pickSeconds: [Double?]
    /// Seconds from hand-over to delivery, by order; nil where one is blank.
    let transitSeconds: [Double?]
    /// Most orders between approval and hand-over at one time.
    let peakConcurrency: Int

    /// Places the book's times on the time line of a zone.
    init(book: OlistBook, localTime: LocalTime) {
        let days = book.orders.map(\.placed.day)
        let start = localTime.instant(wallClock: Double(days.min() ?? 0) * 86_400)
        self.start = start
        end = localTime.instant(wallClock: Double((days.max() ?? 0) + 1) * 86_400) - start
        var parser = InstantParser(localTime: localTime, start: start)
        var changes: [(time: Double, step: Int)] = []
        var picks: [Double?] = []
        var transits: [Double?] = []
        for order in book.orders {
            let approved = order.approved.flatMap { parser.seconds($0.text) }
            let shipped = order.shipped.flatMap { parser.seconds($0.text) }
            let delivered = order.delivered.flatMap { parser.seconds($0.text) }
            picks.append(OlistTimes.span(approved, shipped))
            transits.append(OlistTimes.span(shipped, delivered))
            if let approved, let shipped, shipped > approved {
                changes.append((approved, 1))
                changes.append((shipped, -1))
            }
        }
        pickSeconds = picks
        transitSeconds = transits
        changes.sort { $0.time != $1.time ? $0.time < $1.time : $0.step < $1.step }
        var level = 0
        var peak = 0
        for change in changes {
            level += change.step
            peak = max(peak, level)
        }
        peakConcurrency = peak
    }

    private static func span(_ from: Double?, _ to: Double?) -> Double? {
        guard let from, let to else { return nil }
        return to - from
    }
}

/// What the orders say about prices and times, ready to be fitted.
struct OlistObservations {
    /// Freight of each order and seller, by lane distance.
    private(set) var freight = Observations(terms: OlistFits.tariffTerms)
    /// The same by the distance from seller to customer.
    private(set) var freightByPlaces = Observations(terms: OlistFits.tariffTerms)
    /// ln hours on 1 and ln km of the lane.
    private(set) var transit = Observations(terms: ["constant", "ln_km"])
    /// The same by the distance from seller to customer.
    private(set) var transitByPlaces = Observations(terms: ["constant", "ln_km"])
    /// ln hours from approval to hand-over.
    private(set) var pickLogHours: [Double] = []
    /// The node of each.
    private(set) var pickNodes: [Int] = []
    /// Whether each belongs to the fitted part.
    private(set) var pickIsFitted: [Bool] = []

    /// Shorter times from carrier to door are records made late, not transits; their logarithms would outweigh
    /// hundreds.
    static let shortestTransitSeconds = 3600.0

    /// Adds an order: its freight by seller where it was not free, its times where they are in order and it has one
    /// seller, as each order has but one hand-over and one delivery.
    mutating func add(
        order index: Int, book: OlistBook, hubs: OlistHubs, zones: OlistZones, times: OlistTimes, isFitted: Bool
    ) {
        let order = book.orders[index]
        let zone = zones.zones[zones.zoneOfOrder[index]].place
        var sellers: [Int] = []
        for item in order.items where !sellers.contains(item.seller) { sellers.append(item.seller) }
        for seller in sellers {
            let lane = hubs.hubs[hubs.hubOfSeller[seller]].place.distanceKilometres(to: zone, in: .geographic)
            let direct = hubs.placeOfSeller[seller]
                .distanceKilometres(to: zones.placeOfOrder[index], in: .geographic)
            addFreight(of: order, seller: seller, book: book, lane: lane, direct: direct, isFitted: isFitted)
            guard sellers.count == 1 else { continue }
            if let seconds = times.pickSeconds[index], seconds > 0 {
                pickLogHours.append(DeterministicMath.log(seconds / 3600))
                pickNodes.append(hubs.hubOfSeller[seller])
                pickIsFitted.append(isFitted)
            }
            if order.status == "delivered", let seconds = times.transitSeconds[index],
                seconds >= OlistObservations.shortestTransitSeconds
            {
                let hours = DeterministicMath.log(seconds / 3600)
                transit.append(OlistObservations.logRow(lane), target: hours, isFitted: isFitted)
                transitByPlaces.append(OlistObservations.logRow(direct), target: hours, isFitted: isFitted)
            }
        }
    }

    private mutating func addFreight(
        of order: OlistBook.Order, seller: Int, book: OlistBook, lane: Double, direct: Double, isFitted: Bool
    ) {
        var items = 0.0
        var kilograms = 0.0
        var paid = 0.0
        for item in order.items where item.seller == seller {
            items += 1
            kilograms += book.products[item.product].massKilograms
            paid += item.freight
        }
        // Free shipping is a promotion and no price.
        guard paid > 0 else { return }
        func row(_ km: Double) -> [Double] { [1, items, kilograms, km, items * km, kilograms * km] }
        freight.append(row(lane), target: paid, isFitted: isFitted)
        freightByPlaces.append(row(direct), target: paid, isFitted: isFitted)
    }

    private static func logRow(_ kilometres: Double) -> [Double] {
        [1, DeterministicMath.log(max(kilometres, OlistFits.shortestKilometres))]
    }
}
