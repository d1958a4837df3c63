import Domain
import Storage

/// What one parcel costs and emits lane after lane: the terms of every tariff are summed beforehand. Not to be kept, see
/// ``ReplayContext/withPrices(of:_:)``.
public struct ParcelPrices {
    /// Not the tables they are of: a reference that all threads count would slow them down.
    @usableFromInline let services: Buffer<ServiceNumbers>
    /// The price lines by tariff.
    @usableFromInline let lines: Buffer<FreightLine>

    /// Fills `lines`, one a tariff.
    @inlinable
    init(load: Load, tables: ReplayTables, lines: Buffer<FreightLine>) {
        services = tables.services
        self.lines = lines
        for tariff in lines.indices { lines[tariff] = tables.freightLine(tariff: tariff, load: load) }
    }

    /// The line of a tariff or an emission factor.
    @inlinable
    public func line(tariff: Int) -> FreightLine { lines[tariff] }

    /// Freight on a lane, money.
    @inlinable
    public func freight(_ lane: LaneFacts) -> Double { lines[lane.tariff].price(kilometres: lane.kilometres) }

    /// Emissions on a lane, kg CO2e; 0 where the service states none.
    @inlinable
    public func carbonKilograms(_ lane: LaneFacts) -> Double {
        let emission = services[lane.service].emission
        return emission < 0 ? 0 : lines[emission].price(kilometres: lane.kilometres)
    }
}
