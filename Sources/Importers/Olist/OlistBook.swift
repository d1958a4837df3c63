import Domain

/// The order book of the Olist tables, joined and with its oddities reported.
struct OlistBook {
    /// What a seller is, and how much it sold.
    struct Seller {
        let id: String
        let zip: String
        let city: String
        let state: String
        let row: Int
        var itemCount = 0
    }

    /// What a product is.
    struct Product {
        let id: String
        /// Portuguese name, blank for none.
        let category: String
        let massKilograms: Double
        let volumeLitres: Double
        /// Prices at which units were sold, in file order.
        var prices: [Double] = []
    }

    /// A unit that an order holds.
    struct Item {
        let product: Int
        let seller: Int
        let price: Double
        let freight: Double
        let row: Int
    }

    /// An order that is kept.
    struct Order {
        let id: String
        let row: Int
        let status: String
        let placed: CivilTime
        let approved: CivilTime?
        let shipped: CivilTime?
        let delivered: CivilTime?
        let promised: CivilTime?
        /// The customer as a person.
        let person: String
        let zip: String
        let city: String
        let state: String
        var items: [Item] = []
        var paymentTypes: [String] = []
        /// Score of the review answered last, nil without one.
        var reviewScore: Int?

        /// Whether every unit comes from one seller.
        var hasOneSeller: Bool { items.allSatisfy { $0.seller == items[0].seller } }
    }

    /// Orders by time placed, then id.
    var orders: [Order] = []
    /// Sellers in file order.
    var sellers: [Seller] = []
    /// Products in file order.
    var products: [Product] = []
    /// English category names.
    var englishCategories: [String: String] = [:]

    /// The category of a product for people, blank for none.
    func category(of product: Int) -> String {
        let category = products[product].category
        return englishCategories[category] ?? category
    }
}
