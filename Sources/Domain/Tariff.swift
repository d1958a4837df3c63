/// What is moved, as far as a tariff or an emission factor cares.
public struct Load: Sendable, Hashable, BitwiseCopyable {
    /// Number of units.
    public var items: Double
    /// Kilograms.
    public var massKilograms: Double

    /// A load from its parts.
    @inlinable
    public init(items: Double, massKilograms: Double) {
        self.items = items
        self.massKilograms = massKilograms
    }
}

/// A sum of terms per shipment, per item, per kg, per km, per item-km and per kg-km.
///
/// With money as the unit it is one band of a tariff; with kg CO2e, an emission factor.
public struct LoadTerms: Sendable, Hashable, BitwiseCopyable {
    /// Units for each shipment.
    public var perShipment: Double
    /// Units for each item.
    public var perItem: Double
    /// Units for each kilogram.
    public var perKilogram: Double
    /// Units for each kilometre.
    public var perKilometre: Double
    /// Units for each item and kilometre.
    public var perItemKilometre: Double
    /// Units for each kilogram and kilometre.
    public var perKilogramKilometre: Double

    /// Terms, each zero unless given.
    public init(
        perShipment: Double = 0, perItem: Double = 0, perKilogram: Double = 0, perKilometre: Double = 0,
        perItemKilometre: Double = 0, perKilogramKilometre: Double = 0
    ) {
        self.perShipment = perShipment
        self.perItem = perItem
        self.perKilogram = perKilogram
        self.perKilometre = perKilometre
        self.perItemKilometre = perItemKilometre
        self.perKilogramKilometre = perKilogramKilometre
    }

    /// The sum of the terms, in declaration order, for a load over a distance in kilometres.
    @inlinable
    public func amount(for load: Load, kilometres: Double) -> Double {
        perShipment + perItem * load.items + perKilogram * load.massKilograms
            + (perKilometre + perItemKilometre * load.items + perKilogramKilometre * load.massKilograms) * kilometres
    }
}

/// A carrier's price: one set of terms per mass band.
public struct Tariff: Sendable, Hashable {
    /// The bands by rising lower bound in kilograms; a load belongs to the last band whose bound it reaches.
    public let bands: [(fromKilograms: Double, terms: LoadTerms)]

    /// A tariff of at least one band; bands are sorted by their bound.
    public init(bands: [(fromKilograms: Double, terms: LoadTerms)]) {
        precondition(!bands.isEmpty, "a tariff has at least one band")
        self.bands = bands.sorted { $0.fromKilograms < $1.fromKilograms }
    }

    /// The price for a load over a distance; a load below the first bound is priced by the first band.
    @inlinable
    public func price(for load: Load, kilometres: Double) -> Double {
        var index = bands.count - 1
        while index > 0, load.massKilograms < bands[index].fromKilograms { index -= 1 }
        return bands[index].terms.amount(for: load, kilometres: kilometres)
    }

    /// Equal when every band is.
    public static func == (left: Tariff, right: Tariff) -> Bool {
        left.bands.count == right.bands.count
            && zip(left.bands, right.bands).allSatisfy {
                $0.fromKilograms == $1.fromKilograms && $0.terms == $1.terms
            }
    }

    /// Feeds every band to the hasher.
    public func hash(into hasher: inout Hasher) {
        for band in bands {
            hasher.combine(band.fromKilograms)
            hasher.combine(band.terms)
        }
    }
}
