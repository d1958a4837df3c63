import DeterministicMath
import Domain
import History
import Storage

/// What ratings and constraints may read of a trial besides the order, the lane and the network's state: the tables and
/// the world.
public final class ReplayContext: Sendable {
    /// The dataset, flattened.
    public let tables: ReplayTables
    /// The world being replayed.
    public let world: World

    /// A context.
    public init(tables: ReplayTables, world: World) {
        self.tables = tables
        self.world = world
    }

    /// The dataset.
    public var dataset: Dataset { tables.dataset }
    /// Horizon, screening, money.
    public var settings: ReplaySettings { tables.settings }
    /// Local days.
    public var calendar: LocalCalendar { tables.calendar }

    /// A row of the lane table as this order would take it.
    ///
    /// An order with a place of its own has its own kilometres and base hours, from the service's formula.
    @inlinable
    public func lane(_ row: Int, for order: OrderFacts) -> LaneFacts {
        guard tables.hasOrderPlaces else { return tables.lanes[row] }
        guard let own = order.ownLanes else { return ownLane(row, for: order) }
        var lane = tables.lanes[row]
        lane.kilometres = own.kilometres[row - own.firstRow]
        lane.baseHours = own.baseHours[row - own.firstRow]
        return lane
    }

    /// The base hours of ``lane(_:for:)``.
    @inlinable
    public func baseHours(_ row: Int, for order: OrderFacts) -> Double {
        guard tables.hasOrderPlaces else { return tables.laneBaseHours[row] }
        guard let own = order.ownLanes else { return ownLane(row, for: order).baseHours }
        return own.baseHours[row - own.firstRow]
    }

    /// Works out the lanes of an order's zone as it would take them, into columns.
    func workOutLanes(for order: OrderFacts, kilometres: Buffer<Double>, baseHours: Buffer<Double>) -> OwnLanes {
        let rows = dataset.lanes.rows(ofZone: order.zone)
        for row in rows {
            let lane = ownLane(row, for: order)
            kilometres[row - rows.lowerBound] = lane.kilometres
            baseHours[row - rows.lowerBound] = lane.baseHours
        }
        return OwnLanes(kilometres: kilometres, baseHours: baseHours, firstRow: rows.lowerBound)
    }

    /// A lane to an order's own place.
    @usableFromInline
    func ownLane(_ row: Int, for order: OrderFacts) -> LaneFacts {
        guard order.place != tables.dataset.zones[order.zone].place else { return tables.lanes[row] }
        var lane = tables.lanes[row]
        lane.kilometres = tables.dataset.nodes[lane.node].place.distanceKilometres(
            to: order.place, in: tables.dataset.description.coordinates)
        lane.baseHours = tables.dataset.services[lane.service].baseHours(kilometres: lane.kilometres)
        return lane
    }

    /// Mean pick-and-pack seconds of a parcel at a node: perOrder + perLine x lines + perItem x items.
    @inlinable
    public func meanServiceSeconds(node: Int, parcel: Parcel) -> Double {
        tables.nodes[node].serviceSecondsPerOrder
            + tables.nodes[node].serviceSecondsPerLine * Double(parcel.lines)
            + tables.nodes[node].serviceSecondsPerItem * parcel.items
    }

    /// The next instant at or after `time` at which a service collects, whatever its capacity; +infinity beyond the
    /// calendar.
    public func nextCollection(service: Int, after time: Double) -> Double {
        guard let instants = tables.collections[service] else { return time }
        let index = instants.first(notBefore: time)
        return index < instants.values.count ? instants.values[index] : .infinity
    }

    /// When a service collects at or after `time` in this world: as ``nextCollection(service:after:)``, but not while it is
    /// suspended. Strategies do not know it beforehand.
    @inline(__always)
    func collection(service: Int, after time: Double) -> Double {
        let instant = nextCollection(service: service, after: time)
        return world.suspensions.isEmpty ? instant : unsuspended(instant, service: service)
    }

    /// The first collection from one on that lies in no suspension.
    private func unsuspended(_ first: Double, service: Int) -> Double {
        var instant = first
        while let pause = world.suspensions[service].first(where: { $0.from <= instant && instant < $0.to }) {
            instant = nextCollection(service: service, after: pause.to)
        }
        return instant
    }

    /// How many shipments a service with a daily capacity collects from a node on a local day: the capacity times the mean
    /// of the day's hourly factors, rounded down. An hour belongs to the day in which its middle lies.
    func handOverCapacity(_ capacity: Int, node: Int, service: Int, day: Int) -> Int {
        let (regional, own) = (world.capacityByRegion, world.capacityByService)
        guard regional.hourCount > 0 || own.hourCount > 0 else { return capacity }
        let region = tables.nodes[node].region
        let first = Int((calendar.midnights[day] / 3_600 - 0.5).rounded(.up))
        let end = max(first + 1, Int((calendar.midnights[day + 1] / 3_600 - 0.5).rounded(.up)))
        var sum = 0.0
        for hour in first..<end {
            sum += regional.value(region: region, hour: hour) * own.value(region: service, hour: hour)
        }
        // A mean of 0.7 may come out a rounding below it.
        return (Double(capacity) * (sum / Double(end - first)) + 1e-9).floored
    }

    /// Whether freight in the hour of an instant differs from the tariffs.
    @inlinable
    public func hasPremium(at time: Double) -> Bool {
        world.freightMultiplier.hourCount > 0 && isPremiumHour(time)
    }

    /// Whether any service's freight is multiplied in the hour of an instant.
    @usableFromInline
    func isPremiumHour(_ time: Double) -> Bool {
        let hour = (time / 3_600).floored
        return tables.services.indices.contains { world.freightMultiplier.value(region: $0, hour: hour) != 1 }
    }

    /// Freight of a parcel on a lane for a decision at an instant, money: the tariff's price times the hour's multiplier of the
    /// service.
    @inlinable
    public func freight(_ lane: LaneFacts, parcel: Parcel, at time: Double) -> Double {
        let price = tables.freightLine(tariff: lane.tariff, load: parcel.load).price(kilometres: lane.kilometres)
        return world.freightMultiplier.hourCount == 0
            ? price : price * freightMultiplier(service: lane.service, at: time)
    }

    /// What the freight of a service is multiplied by for a decision at an instant.
    public func freightMultiplier(service: Int, at time: Double) -> Double {
        world.freightMultiplier.value(region: service, hour: (time / 3_600).floored)
    }

    /// Calls `body` with the prices of one parcel by every tariff, which are gone when it returns.
    @inlinable
    @inline(__always)
    public func withPrices<Result>(of parcel: Parcel, _ body: (ParcelPrices) -> Result) -> Result {
        withPassingBuffer(of: FreightLine.self, count: tables.tariffOffsets.count - 1) { lines in
            body(ParcelPrices(load: parcel.load, tables: tables, lines: lines))
        }
    }

    /// As ``withPrices(of:_:)``, but of emission factors there is none.
    @inlinable
    @inline(__always)
    public func withFreight<Result>(of parcel: Parcel, _ body: (ParcelPrices) -> Result) -> Result {
        withPassingBuffer(of: FreightLine.self, count: tables.tariffOffsets.count - 1) { lines in
            body(ParcelPrices(freightOf: parcel.load, tables: tables, lines: lines))
        }
    }

    /// Calls `body` with the emissions of one parcel by every service, which are gone when it returns.
    @inlinable
    @inline(__always)
    public func withEmissions<Result>(of parcel: Parcel, _ body: (ParcelEmissions) -> Result) -> Result {
        withPassingBuffer(of: FreightLine.self, count: tables.services.count) { lines in
            body(ParcelEmissions(load: parcel.load, tables: tables, lines: lines))
        }
    }

    /// Emissions of a parcel on a lane, kg CO2e; 0 where the service states none.
    public func carbonKilograms(_ lane: LaneFacts, parcel: Parcel) -> Double {
        let emission = tables.services[lane.service].emission
        guard emission >= 0 else { return 0 }
        return tables.freightLine(tariff: emission, load: parcel.load).price(kilometres: lane.kilometres)
    }

    /// Handling of a parcel at a node without labour, money.
    @inlinable
    public func handling(node: Int, parcel: Parcel) -> Double {
        tables.nodes[node].handlingCostPerOrder
            + tables.nodes[node].handlingCostPerLine * Double(parcel.lines)
            + tables.nodes[node].handlingCostPerItem * parcel.items
    }

    /// The share of a node's day that is spoken for: mean service seconds assigned today / station seconds on offer, or
    /// shipments assigned today / daily order limit, whichever is larger; 1 for a node closed all day.
    public func utilisation(node: Int, state: NetworkState) -> Double {
        let seconds = tables.openStationSeconds(node: node, day: state.day)
        var share = seconds > 0 ? state.committedSecondsToday[node] / seconds : 1
        let limit = tables.nodes[node].dailyLimit
        if limit < .max {
            share = max(share, limit > 0 ? Double(state.assignedToday[node]) / Double(limit) : 1)
        }
        return share
    }

    /// The same under each strategy of some that are decided together.
    public func utilisation(node: Int, state: LockstepState) -> SIMD8<Double> {
        let seconds = tables.openStationSeconds(node: node, day: state.day)
        var shares =
            seconds > 0 ? state.committedSecondsToday(node: node) * (1 / seconds) : SIMD8<Double>(repeating: 1)
        let limit = tables.nodes[node].dailyLimit
        if limit < .max {
            let counted =
                limit > 0
                ? state.assignedToday(node: node) * (1 / Double(limit)) : SIMD8<Double>(repeating: 1)
            shares.replace(with: counted, where: counted .> shares)
        }
        return shares
    }
}
