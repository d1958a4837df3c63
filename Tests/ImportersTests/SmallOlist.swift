import Domain
import Foundation

@testable import Importers

/// A small set of Olist tables whose prices and times follow exact formulas.
///
/// Three sellers in three cities, four zip prefixes of customers, 200 delivered orders of one or two items; freight =
/// 5 + 2 items + 1.5 kg + 0.01 km, hours from carrier to door = 3 x km^0.5, 30 hours from approval to carrier. And six
/// orders that are odd, each in its own way.
struct SmallOlist {
    /// Zip prefix, latitude, longitude of the sellers' cities.
    static let sellers = [("01001", -23.5, -46.6), ("20010", -22.9, -43.2), ("80010", -25.4, -49.3)]
    /// The same of the customers'.
    static let customers = [
        ("30110", -19.9, -43.9), ("40010", -13.0, -38.5), ("69005", -3.1, -60.0), ("90010", -30.0, -51.2),
    ]

    /// Kilometres between a seller's city and a customer's.
    static func kilometres(_ seller: Int, _ customer: Int) -> Double {
        let from = Place(x: sellers[seller].2, y: sellers[seller].1)
        return from.distanceKilometres(
            to: Place(x: customers[customer].2, y: customers[customer].1), in: .geographic)
    }

    private var tables: [String: [String]] = [
        "olist_orders": [
            "order_id,customer_id,order_status,order_purchase_timestamp,order_approved_at,"
                + "order_delivered_carrier_date,order_delivered_customer_date,order_estimated_delivery_date"
        ],
        "olist_order_items": ["order_id,order_item_id,product_id,seller_id,shipping_limit_date,price,freight_value"],
        "olist_customers": ["customer_id,customer_unique_id,customer_zip_code_prefix,customer_city,customer_state"],
        "olist_order_payments": ["order_id,payment_sequential,payment_type,payment_installments,payment_value"],
        "olist_order_reviews": [
            "review_id,order_id,review_score,review_comment_title,review_comment_message,review_creation_date,"
                + "review_answer_timestamp"
        ],
        "olist_sellers": [
            "seller_id,seller_zip_code_prefix,seller_city,seller_state", "s0,01001,sao paulo - sp,SP",
            "s1,20010,rio de janeiro,RJ", "s2,80010,Curitiba,PR",
        ],
        "olist_products": [
            "product_id,product_category_name,product_weight_g,product_length_cm,product_height_cm,product_width_cm",
            "p0,beleza,500,10,10,10", "p1,beleza,2000,20,10,10", "p2,,7500,50,20,30",
        ],
        "olist_geolocation": [
            "geolocation_zip_code_prefix,geolocation_lat,geolocation_lng,geolocation_city,geolocation_state"
        ],
    ]

    init() {
        for (zip, latitude, longitude) in SmallOlist.sellers + SmallOlist.customers {
            tables["olist_geolocation"]?.append("\(zip),\(latitude),\(longitude),city,ST")
        }
        tables["olist_geolocation"]?.append("30110,-19.9,-43.9,city,ST")
        tables["olist_geolocation"]?.append("30110,38.7,-9.1,lisboa,ST")
        for index in 0..<200 {
            add(
                order: index, seller: index % 3, customer: index % 4,
                products: index % 5 == 0 ? [index % 3, (index + 1) % 3] : [index % 3], score: index % 10 == 0 ? 2 : 5)
        }
        addOddOrders()
    }

    /// An ordinary order, delivered by the formulas.
    private mutating func add(order: Int, seller: Int, customer: Int, products: [Int], score: Int) {
        let kilometres = SmallOlist.kilometres(seller, customer)
        let placed = CivilTime(day: CivilTime.dayNumber(year: 2017, month: 5, day: 1), secondOfDay: 0)
            .adding(seconds: Double(order) * 7200)
        let shipped = placed.adding(seconds: 31 * 3600)
        let delivered = shipped.adding(seconds: (3 * kilometres.squareRoot() * 3600).rounded())
        addOrder(
            "o\(order)", status: "delivered", person: "u\(order)", customer: customer,
            times: [placed, placed.adding(seconds: 3600), shipped, delivered])
        let masses = [0.5, 2, 7.5]
        let kilograms = products.reduce(0) { $0 + masses[$1] }
        let count = Double(products.count)
        let freight = 5 + 2 * count + 1.5 * kilograms + 0.01 * kilometres
        for (position, product) in products.enumerated() {
            addItem("o\(order)", position: position + 1, product: product, seller: seller, freight: freight / count)
        }
        tables["olist_order_payments"]?.append("o\(order),1,boleto,1,\(10 * count + freight)")
        tables["olist_order_reviews"]?.append("r\(order),o\(order),\(score),,,2017-08-01 00:00:00,2017-08-02 00:00:00")
    }

    private mutating func addOddOrders() {
        let placed = CivilTime(day: CivilTime.dayNumber(year: 2017, month: 4, day: 30), secondOfDay: 43_200)
        // From two cities; reviewed twice, the second time well; by the person of order o0.
        addOrder(
            "two", status: "delivered", person: "u0", customer: 0,
            times: [placed, placed, placed, placed.adding(seconds: 864_000)])
        addItem("two", position: 1, product: 0, seller: 0, freight: 7)
        addItem("two", position: 2, product: 0, seller: 0, freight: 7)
        addItem("two", position: 3, product: 2, seller: 1, freight: 20)
        tables["olist_order_payments"]?.append("two,1,voucher,1,4")
        tables["olist_order_payments"]?.append("two,2,credit_card,1,60")
        tables["olist_order_reviews"]?.append("ra,two,1,,\"late\nand wet\",2017-08-01 00:00:00,2017-08-02 00:00:00")
        tables["olist_order_reviews"]?.append("rb,two,4,,,2017-08-01 00:00:00,2017-08-05 00:00:00")
        // Without items; cancelled; shipped before it was approved; free of freight; from a zip without a position.
        addOrder("none", status: "unavailable", person: "n", customer: 1, times: [placed])
        addOrder("gone", status: "canceled", person: "g", customer: 1, times: [placed, placed])
        addItem("gone", position: 1, product: 1, seller: 2, freight: 9)
        addOrder(
            "early", status: "shipped", person: "e", customer: 2,
            times: [placed, placed.adding(seconds: 7200), placed.adding(seconds: 3600)])
        addItem("early", position: 1, product: 1, seller: 2, freight: 0)
        addOrder("far", status: "processing", person: "f", zip: "30999", times: [placed, placed])
        addItem("far", position: 1, product: 0, seller: 1, freight: 8)
    }

    private mutating func addOrder(
        _ id: String, status: String, person: String, customer: Int, times: [CivilTime]
    ) {
        addOrder(id, status: status, person: person, zip: SmallOlist.customers[customer].0, times: times)
    }

    private mutating func addOrder(_ id: String, status: String, person: String, zip: String, times: [CivilTime]) {
        let texts = (0..<4).map { $0 < times.count ? times[$0].text.replacing("T", with: " ") : "" }
        tables["olist_orders"]?.append("\(id),c-\(id),\(status),\(texts.joined(separator: ",")),2017-07-01 00:00:00")
        tables["olist_customers"]?.append("c-\(id),\(person),\(zip),cidade,ST")
    }

    private mutating func addItem(_ order: String, position: Int, product: Int, seller: Int, freight: Double) {
        tables["olist_order_items"]?.append(
            "\(order),\(position),p\(product),s\(seller),2017-08-01 00:00:00,10,\(freight)")
    }

    /// Writes the tables into a folder.
    func write(to folder: ScratchFolder) throws {
        for (name, lines) in tables {
            _ = try folder.write(lines.joined(separator: "\n") + "\n", to: name + "_dataset.csv")
        }
    }
}
