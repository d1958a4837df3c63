import Domain
import History

/// What moving a typical parcel costs and emits in a dataset: the reference by which `weighted` and `stock_balanced` make
/// money and carbon comparable with hours and shares, whatever the currency.
///
/// A property of the dataset, the same for every order and every strategy.
struct LaneReference {
    /// Mean freight of one unit of the products' mean mass over all lanes, money; 1 where that is 0.
    let freight: Double
    /// Mean emissions of the same, kg CO2e; 1 where that is 0.
    let carbonKilograms: Double

    /// The references of a dataset, summed in order of lanes. O(lanes).
    init(dataset: Dataset) {
        let products = dataset.products
        var mass = 0.0
        for kilograms in products.massKilograms { mass += kilograms }
        let load = Load(items: 1, massKilograms: products.count == 0 ? 0 : mass / Double(products.count))
        let lanes = dataset.lanes
        var freight = 0.0
        var carbon = 0.0
        for row in 0..<lanes.count {
            freight += dataset.tariffs[Int(lanes.tariffs[row])].price(for: load, kilometres: lanes.kilometres[row])
            if let emission = dataset.services[Int(lanes.services[row])].emission {
                carbon += dataset.tariffs[emission].price(for: load, kilometres: lanes.kilometres[row])
            }
        }
        self.freight = freight > 0 ? freight / Double(lanes.count) : 1
        carbonKilograms = carbon > 0 ? carbon / Double(lanes.count) : 1
    }
}
