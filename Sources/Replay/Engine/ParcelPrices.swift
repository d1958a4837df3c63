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

    /// Fills those of `lines`, one a tariff, by which lanes are priced: emission factors are left out.
    @inlinable
    init(freightOf load: Load, tables: ReplayTables, lines: Buffer<FreightLine>) {
        services = tables.services
        self.lines = lines
        let tariffs = tables.freightTariffs
        for position in tariffs.indices {
            lines[tariffs[position]] = tables.freightLine(tariff: tariffs[position], load: load)
        }
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

/// What one parcel emits lane after lane: the terms of every service's emission factor are summed beforehand. Not to be
/// kept, see ``ReplayContext/withEmissions(of:_:)``.
public struct ParcelEmissions {
    /// The lines by service.
    @usableFromInline let lines: Buffer<FreightLine>

    /// Fills `lines`, one a service.
    @inlinable
    init(load: Load, tables: ReplayTables, lines: Buffer<FreightLine>) {
        self.lines = lines
        for service in lines.indices {
            let emission = tables.services[service].emission
            lines[service] =
                emission < 0
                ? FreightLine(fixed: 0, perKilometre: 0) : tables.freightLine(tariff: emission, load: load)
        }
    }

    /// Emissions by a service over a distance, kg CO2e; 0 where it states none.
    @inlinable
    public func kilograms(service: Int, kilometres: Double) -> Double { lines[service].price(kilometres: kilometres) }
}
