extension Fact {
    /// The word in scenarios: `orderedValue` is written `ordered_value`.
    public var word: String {
        var word = ""
        for character in "\(self)" {
            word += character.isUppercase ? "_" + character.lowercased() : String(character)
        }
        return word
    }

    /// One line for `sandtable list facts`.
    public var summary: String {
        switch self {
        case .orders: "Orders placed"
        case .lines: "Lines ordered"
        case .items: "Units ordered"
        case .orderedValue: "Money ordered: price x quantity"
        case .delivered: "Orders delivered"
        case .filled: "Orders delivered with all their lines"
        case .itemsDelivered: "Units delivered"
        case .onTime: "Orders filled by their promise"
        case .latenessHours: "Hours late of filled orders"
        case .leadTimeHours: "Hours from placed to delivered of filled orders"
        case .cancelled: "Orders cancelled before their first pick"
        case .unserved: "Orders of which nothing was placed by their deadline"
        case .open: "Orders unfinished at the end"
        case .itemsUnserved: "Units unserved"
        case .backOrdered: "Orders that had a line waiting for stock"
        case .split: "Orders in more than one shipment"
        case .reviewed: "Orders that met a screening rule"
        case .shipments: "Shipments that are not void"
        case .picks: "Shipments whose pick started"
        case .pickWaitHours: "Hours from assignment to the start of the pick"
        case .ineffective: "Shipments assigned to a node in an outage, or void after their assignment"
        case .deliveredValue: "Money of delivered lines"
        case .goodsCost: "Cost of goods of delivered lines"
        case .freight: "Freight of shipments"
        case .handling: "Handling and labour of shipments"
        case .compensation: "Compensation of late orders"
        case .unservedCost: "Penalty of unserved lines"
        case .kilometres: "Kilometres of shipments"
        case .carbonKilograms: "kg CO2e of shipments"
        case .complaints: "Expected complaints"
        case .serviceHours: "Realised service hours"
        }
    }
}

extension Cut {
    /// One line for `sandtable list cuts`.
    public var summary: String {
        switch self {
        case .region: "The zone's region"
        case .hour: "Local hour of the day placed, 0 to 23"
        case .segment: "Customer segment"
        case .weather: "Weather of the zone's region in the hour placed"
        case .category: "Product category of the order's first line"
        case .channel: "Channel"
        case .node: "Node of the first shipment, blank where there is none"
        case .service: "Service of the first shipment, blank where there is none"
        }
    }
}
