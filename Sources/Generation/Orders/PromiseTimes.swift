import Domain
import Sampling

/// Which service class an order gets, and when it is then promised.
struct PromiseTimes: Sendable {
    /// The choice of a promise by segment (last = no segment), then zone; nil where none is offered.
    private let choices: [[CumulativeWeights?]]
    private let promises: [CustomerSpecification.Promise]
    private let clock: HorizonClock

    /// The choices of a network.
    ///
    /// A segment's own weight replaces a promise's share; a promise whose zone tag is missing is not offered.
    init(_ network: Network) {
        let customers = network.specification.customers
        let promises = customers.promises
        func choice(weights: [Double], zone: PlacedZone) -> CumulativeWeights? {
            let offered = promises.indices.map { index in
                promises[index].neededZoneTag.map(zone.tags.contains) ?? true ? weights[index] : 0
            }
            return offered.contains { $0 > 0 } ? CumulativeWeights(offered) : nil
        }
        let weightsBySegment =
            customers.segments.map { segment in
                promises.map { promise in
                    segment.promises.first { $0.word == promise.id }?.value ?? promise.share
                }
            } + [promises.map(\.share)]
        choices = weightsBySegment.map { weights in network.zones.map { choice(weights: weights, zone: $0) } }
        self.promises = promises
        clock = network.specification.clock
    }

    /// The promise of an order at a uniform number; -1 where none is offered. `segment` -1 = no segment.
    func promise(segment: Int, zone: Int, uniform: Double) -> Int {
        let row = segment < 0 ? choices.count - 1 : segment
        return choices[row][zone]?.index(uniform: uniform) ?? -1
    }

    /// When an order placed at `time` is promised; +infinity without a promise.
    func promisedAt(promise: Int, placedAt time: Double) -> Double {
        guard promise >= 0 else { return .infinity }
        switch promises[promise].rule {
        case .within(let seconds):
            return time + seconds
        case .day(let days, let byMinute, let orderByMinute):
            let today = clock.calendar.day(of: time)
            let isAfterCutOff = time >= clock.calendar.instant(day: today, minute: orderByMinute)
            return clock.calendar.instant(day: today + days + (isAfterCutOff ? 1 : 0), minute: byMinute)
        }
    }
}
