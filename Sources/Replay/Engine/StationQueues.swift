/// First-come-first-served pick queues event by event: for trials in which a shipment may leave its queue for reasons not
/// known when it joins (part of an order waiting while it may still be cancelled, or re-routing that changes whether an
/// order is cancelled).
struct StationQueues {
    /// Shipments waiting, by node, in order of joining; those taken out are skipped.
    private(set) var queues: [[Int32]]
    /// Stations busy, by node.
    private(set) var busy: [Int]
    private let stations: [Int]
    /// When a node is next looked at because it was not available; +infinity if not planned.
    var wakeAt: [Double]

    init(stations: [Int]) {
        self.stations = stations
        queues = [[Int32]](repeating: [], count: stations.count)
        busy = [Int](repeating: 0, count: stations.count)
        wakeAt = [Double](repeating: .infinity, count: stations.count)
    }

    mutating func join(node: Int, shipment: Int32) { queues[node].append(shipment) }

    mutating func leave(node: Int, shipment: Int32) { queues[node].removeAll { $0 == shipment } }

    /// Whether a shipment waits and a station is free.
    func canStart(node: Int) -> Bool { busy[node] < stations[node] && !queues[node].isEmpty }

    /// The first instant at or after `time` at which a node may start a pick if none in progress ends before; +infinity if
    /// none is known.
    func start(node: Int, notBefore time: Double, availability: Availability) -> Double {
        guard availability.losesStations(node: node) else { return availability.start(node: node, notBefore: time) }
        return availability.start(node: node, notBefore: time, stations: stations[node]) { lost in
            busy[node] + lost < stations[node] ? -.infinity : .infinity
        }
    }

    /// Takes the head of the queue to a station.
    mutating func takeFirst(node: Int) -> Int32 {
        busy[node] += 1
        return queues[node].removeFirst()
    }

    /// Takes a station without queueing (orders under way at the start).
    mutating func occupy(node: Int) { busy[node] += 1 }

    mutating func release(node: Int) { busy[node] -= 1 }
}
