import History
import Replay
import Sampling

extension CaseFrame {
    /// Noise, cancellations, outages, slow hours: each on in a share of the cases.
    func world(dataset: Dataset) -> World {
        var dice = dice("world")
        var world = World(replication: dice.integer(0...9), seed: UInt64(number) + 1, dataset: dataset)
        world.hasServiceNoise = dice.chance(0.5)
        world.hasTransitNoise = dice.chance(0.5)
        world.replaysRecordedCancellations = dice.chance(0.7)
        if dice.chance(0.4) { world.cancellationHazardPerHour = dice.one(of: [0.01, 0.05, 0.3]) }
        let regionCount = dataset.regions.count
        if dice.chance(0.3) {
            world.cancellationMultiplier = series(&dice, regionCount: regionCount, values: [0, 1, 3])
        }
        if dice.chance(0.3) {
            world.serviceMultiplier = series(&dice, regionCount: regionCount, values: [0.5, 1, 1.5, 3])
        }
        if let traffic = dataset.traffic, dice.chance(0.7) {
            world.congestion = traffic
            world.slowness = Slowness(series: traffic, regionCount: regionCount)
        } else if dice.chance(0.5) {
            let values = isCoarse ? [0.5, 1, 2] : [0.7, 1, 1.3, 5.5]
            world.slowness = Slowness(
                series: series(&dice, regionCount: regionCount, values: values), regionCount: regionCount)
        }
        if let weather = dataset.weather { world.weather = weather }
        if dice.chance(0.6) {
            for node in dataset.nodes.indices { world.outages[node] = outages(&dice) }
        }
        addDisruptions(to: &world, dataset: dataset)
        return world
    }

    /// Bans, lost stations, suspended and dearer carriers, missing stock: each on in a share of the cases.
    private func addDisruptions(to world: inout World, dataset: Dataset) {
        var dice = dice("disruptions")
        let services = dataset.services.count
        if dice.chance(0.4) { world.bans = bans(&dice, dataset: dataset) }
        if dice.chance(0.4) {
            world.stationLosses = dataset.nodes.map { node in
                // What is drawn must not depend on how many spans there are: another future has others.
                let stations = dice.integer(1...max(1, node.stations))
                return outages(&dice).map { StationLoss(span: $0, stations: stations) }
                    + outages(&dice).map { StationLoss(span: $0, stations: 1) }
            }
        }
        if dice.chance(0.4) { world.suspensions = (0..<services).map { _ in outages(&dice) } }
        if dice.chance(0.4) {
            world.capacityByRegion = series(&dice, regionCount: dataset.regions.count, values: [0, 0.5, 1])
        }
        if dice.chance(0.4) {
            world.capacityByService = series(&dice, regionCount: services, values: [0.2, 0.7, 1])
        }
        if dice.chance(0.4) {
            world.freightMultiplier = series(&dice, regionCount: services, values: [0.5, 1, 1, 1.25])
        }
        if dice.chance(0.4) {
            world.missingUnits = dataset.inventory.onHand.map { units in
                dice.chance(0.4) ? Int32(dice.integer(0...Int(units))) : 0
            }
        }
    }

    /// One to four bans, each of some products, nodes, services or regions.
    private func bans(_ dice: inout CaseDice, dataset: Dataset) -> [Ban] {
        func some(_ count: Int) -> IndexChoice {
            dice.chance(0.5) ? .every : IndexChoice((0..<count).filter { _ in dice.chance(0.5) })
        }
        return (0..<dice.integer(1...4)).flatMap { _ in
            let (products, nodes) = (some(dataset.products.count), some(dataset.nodes.count))
            let (services, regions) = (some(dataset.services.count), some(dataset.regions.count))
            return outages(&dice).map { span in
                Ban(span: span, products: products, nodes: nodes, services: services, regions: regions)
            }
        }
    }

    /// Values by region and hour that end within the replay, so that hours beyond them count too.
    private func series(_ dice: inout CaseDice, regionCount: Int, values: [Double]) -> HourlySeries {
        var series = HourlySeries(regionCount: regionCount, hourCount: dice.integer(6...(24 * days)), neutral: 1)
        for index in series.values.indices {
            series.values[index] = dice.one(of: values)
            if isChanged(Double(index % series.hourCount) * 3_600) { series.values[index] *= 3 }
        }
        return series
    }

    /// None to three outages of a node, some begun before time 0.
    private func outages(_ dice: inout CaseDice) -> [Interval] {
        var spans: [Interval] = []
        for _ in 0..<dice.integer(0...3) {
            let start = dice.number(-7_200...end, grid: timeGrid)
            let length = dice.number(600...30_000, grid: timeGrid ?? 1) + 600
            if isChanged(start) { continue }
            spans.append(Interval(from: start, to: start + length + (isChanged(start + length) ? 7_000 : 0)))
        }
        if let future { spans.append(Interval(from: future + 100, to: future + 9_000)) }
        return Interval.union(spans)
    }
}
