import Domain
import Storage

/// What one parcel costs and emits lane after lane: the terms of every tariff are summed beforehand.
public struct ParcelPrices {
    @usableFromInline let tables: ReplayTables
    /// The price lines by tariff. An array and no `InlineArray`, which is copied whole at every look.
    @usableFromInline let lines: [FreightLine]

    @inlinable
    init(load: Load, tables: ReplayTables) {
        self.tables = tables
        lines = (0..<(tables.tariffOffsets.count - 1)).map { tables.freightLine(tariff: $0, load: load) }
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
        let emission = tables.services[lane.service].emission
        return emission < 0 ? 0 : lines[emission].price(kilometres: lane.kilometres)
    }
}
