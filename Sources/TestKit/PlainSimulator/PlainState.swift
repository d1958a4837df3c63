import Domain
import History
import Replay

/// A line of an order.
struct PlainLine {
    let product: Int
    let quantity: Int
    let price: Double
}

/// Units of one line: all of them, or fewer where lines are divided.
typealias PlainPart = ShipmentOutcome.ShipmentLine

/// A lane that an order could take, as the order sees it.
struct PlainCandidate {
    let node: Int
    let service: Int
    let kilometres: Double
    let baseHours: Double
    let tariff: Int
}

/// An order on its way through the rules 1 to 9.
struct PlainOrder {
    let visit: Int
    let row: Int
    let entity: UInt64
    let placedAt: Double
    let promisedAt: Double
    let zone: Int
    let region: Int
    let place: Place
    let segment: Int
    let tags: TagSet
    let lines: [PlainLine]
    let candidates: [PlainCandidate]

    /// Rule 1.
    var metScreeningRule = false
    /// Rule 2.
    var decisionTime = Double.infinity
    /// Rule 3.
    var cancellationTime = Double.infinity

    var isDecided = false
    var cancelledAt = Double.infinity
    var waiting: [PlainPart] = []
    var unserved: [PlainPart] = []
    var hasWaited = false
    var deadline: Double?
    var deadlineHasPassed = false
    /// Positions in the run's shipments, by ordinal.
    var shipments: [Int] = []
}

/// A shipment of an order, or an open order of the opening state.
struct PlainShipment {
    /// The order's visit number; below 0 for the opening state.
    let visit: Int
    let ordinal: Int
    let node: Int
    let service: Int
    /// Nothing for the opening state: nobody asks where it goes.
    let candidate: PlainCandidate?
    let parts: [PlainPart]
    let assignedAt: Double
    /// Rule 6, or the stated seconds of the opening state.
    var serviceSeconds = 0.0
    var pickStart = Double.infinity
    /// Known at the start of the pick, past or future.
    var pickEnd = Double.infinity
    var handedOverAt = Double.infinity
    var arrivedAt = Double.infinity
    var isVoid = false
    /// Whether it takes units that are not there: "Failed picks".
    var isShort = false
    /// Whether its pick has failed.
    var hasFailed = false
}

/// What a node is doing.
struct PlainNode {
    /// Shipments waiting for a station, first come first.
    var queue: [Int] = []
    /// Shipments on a station.
    var inProgress: [Int] = []
    /// Whether it is detected to be down.
    var isDetectedDown = false
}

/// What decisions use up.
struct PlainLedger {
    /// On hand less reserved, by node and product, safety stock included.
    var unreserved: [[Int]]
    /// Units of the opening record that are not there, by node and product.
    var missing: [[Int]]
    /// Shipments assigned since the last local midnight, by node.
    var assignedToday: [Int]
    /// Their mean service seconds, by node.
    var secondsToday: [Double]
}

/// Something that will happen at an instant.
struct PlainEvent {
    enum Kind {
        case midnight
        case outageEnds(node: Int)
        case banEnds(number: Int)
        case outageDetected(node: Int)
        case replenishment(row: Int)
        case picks(node: Int)
        case pickFails(shipment: Int)
        case cancellation(visit: Int)
        case deadline(visit: Int)
        case decision(visit: Int)
    }
    let time: Double
    let kind: Kind

    /// The table of "Time and order of events": rank, then key.
    func position(in dataset: Dataset, shipments: [PlainShipment]) -> [Int] {
        switch kind {
        case .midnight: [0]
        case .outageEnds(let node): [1, node]
        case .banEnds(let number): [2, number]
        case .outageDetected(let node): [3, node]
        case .replenishment(let row):
            [4, dataset.replenishments[row].node, dataset.replenishments[row].product, row]
        case .picks(let node): [5, node]
        case .pickFails(let shipment): [6, shipments[shipment].visit, shipments[shipment].ordinal]
        case .cancellation(let visit): [7, visit]
        case .deadline(let visit): [8, visit]
        case .decision(let visit): [9, visit]
        }
    }
}
