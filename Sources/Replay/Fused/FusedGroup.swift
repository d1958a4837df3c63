import Domain
import History
import Lanes
import Statistics
import Storage

/// Up to eight strategies of a world that the fused loop decides and replays side by side, and the replays that it stands for:
/// they decide where the loop is not certain, and take over what it did when it is done.
struct FusedGroup {
    /// A strategy of the group.
    private struct Member {
        /// Position among the replays of the world.
        let index: Int
        /// Column in the block's scores.
        let column: Int
        /// Bound of the absolute sum of the offsets in its score.
        let offsets: Double
    }
    private let list: [Member]
    private var members: FusedMembers
    /// The replays, which decide where the loop is not certain.
    private var deciders: [StrategyReplay]
    /// What else is in the scores, for each slot of a block.
    private let bases: [Buffer<Double>]
    /// Room for the lanes to one place.
    private let ownKilometres, ownBaseHours: Buffer<Double>
    private let network: FusedNetwork
    private let loop: FusedLoop
    private let context: ReplayContext
    private let tables: FusedTables
    /// Four times gamma_n for the number of terms, see ``StrategyReplay/bestLane(_:block:index:column:)``.
    private let slackFactor: Double
    /// Units of the opening record that are missing to 0, product x node: the same for all members while none can ship them.
    private let debts: Buffer<Int32>
    /// What is straight in the kilometres.
    private let lineSums: FusedLines
    /// The largest 1 / stations.
    private let steepestQueue: Double
    private let arena = Arena()

    /// A group of some of the replays, which are still at their start.
    init(
        members indices: [(index: Int, column: Int)], replays: [StrategyReplay], ramps: [any RampRating],
        lines: [String: [LaneLine]], slots: Int, block: FusedBlock, plan: FeaturePlan, context: ReplayContext,
        tables: FusedTables, loop: FusedLoop
    ) {
        self.context = context
        self.tables = tables
        self.loop = loop
        let width = FusedLoop.widths.first { $0 >= indices.count } ?? indices.count
        let trees = StationTrees(stations: tables.stations, width: width, in: arena)
        network = tables.network(of: context, trees: trees, arena: arena)
        let nodeCount = tables.stations.count
        lineSums = FusedLines(
            indices.map { replays[$0.index].strategy.ruleSets[0] }, lines: lines, width: width, context: context,
            in: arena)
        ownKilometres = arena.buffer(repeating: 0, count: context.tables.largestZone)
        ownBaseHours = arena.buffer(repeating: 0, count: context.tables.largestZone)
        deciders = indices.map { replays[$0.index] }
        let arena = arena
        bases = (0..<slots).map { _ in arena.buffer(repeating: 0, count: block.baseCount * width) }
        var members = FusedMembers(
            width: width, count: indices.count, stations: tables.stations, trees: trees, from: context.settings.from,
            stockCount: nodeCount * context.tables.products.count, base: bases[0], slopes: lineSums.slopes,
            features: block.addedFeatures,
            ramps: ramps.map { ramp in
                guard case .ramp(let floor, let cap) = ramp.fusedForm else { preconditionFailure("a ramp") }
                return (floor, cap)
            }, binCount: network.bins.count, in: arena)
        debts = arena.buffer(repeating: 0, count: nodeCount * context.tables.products.count)
        var list: [Member] = []
        var termCount = 0
        for (member, place) in indices.enumerated() {
            let rules = replays[place.index].strategy.ruleSets[0]
            termCount = max(termCount, rules.exogenous.count + rules.endogenous.count)
            Self.weigh(rules, member: member, ramps: ramps, members: &members)
            Self.weigh(plan.orderPart, column: place.column, member: member, members: members)
            let offsets = rules.endogenous.reduce(0) { $0 + abs($1.weight / $1.scale * $1.offset) }
            list.append(Member(index: place.index, column: place.column, offsets: offsets))
            let available = replays[place.index].state.available
            for position in available.indices {
                members.inverseStock[position * width + member] =
                    available[position] > 0 ? 1 / Double(available[position]) : .infinity
                debts[position] = max(0, -available[position])
            }
        }
        self.list = list
        self.members = members
        // Weights take in the scale, and values are a few roundings off: half as many terms again, and a few more.
        let count = Double(2 * termCount + 32)
        slackFactor = 4 * count * 0x1p-53 / (1 - count * 0x1p-53)
        steepestQueue = tables.stations.reduce(0) { max($0, 1 / Double($1)) }
    }

    /// Tells a block where the group keeps what else is in its scores of it.
    func addBase(to block: inout FusedBlock, slot: Int) {
        block.addBase(bases[slot], lines: lineSums, columns: list.map(\.column), width: members.width)
    }

    /// Sets a member's weights of endogenous ratings.
    private static func weigh(
        _ rules: CompiledRuleSet, member: Int, ramps: [any RampRating], members: inout FusedMembers
    ) {
        for term in rules.endogenous {
            guard let rating = term.rating as? any FusedRating else { preconditionFailure("ratings the loop can add") }
            let weight = term.weight / term.scale
            switch rating.fusedForm {
            case .queuePerStation: members.queueWeights[member] += weight
            case .stockDepth: members.depthWeights[member] += weight
            case .shareOfDay: members.dayWeights[member] += weight
            case .ramp:
                guard let ramp = ramps.firstIndex(where: { $0.key == rating.key }) else {
                    preconditionFailure("a ramp of the block")
                }
                members.rampWeights[ramp * members.width + member] += weight
            }
        }
    }

    /// Sets a member's weights of the features that the loop adds.
    private static func weigh(_ part: FeaturePlan.Part, column: Int, member: Int, members: FusedMembers) {
        let count = part.features.count
        guard members.featureWeights.count > 0, part.position[column] >= 0 else { return }
        for feature in 0..<count {
            members.featureWeights[feature * members.width + member] =
                part.weights[part.position[column] * count + feature]
        }
    }

    /// Puts units of a product on every member's stock at a node.
    func receive(_ units: Int32, node: Int, product: Int) {
        let position = product * members.nodeCount + node
        let debt = debts[position]
        debts[position] = max(0, debt - units)
        for member in list.indices {
            let place = position * members.width + member
            let left = Self.units(members.inverseStock[place], debt: debt) + units
            members.inverseStock[place] = left > 0 ? 1 / Double(left) : .infinity
        }
    }

    /// Units of which the inverse is kept.
    private static func units(_ inverse: Double, debt: Int32) -> Int32 {
        inverse == .infinity ? -debt : Int32((1 / inverse).rounded(.toNearestOrEven))
    }

    /// A day begins, with nothing assigned.
    func beginDay() { members.committed.fill(0) }

    /// Replays the visits of a block in a slot.
    mutating func replay(_ block: FusedBlock, slot: Int, day: Int) {
        members.base = bases[slot]
        setSlack(of: block)
        members.beginVisits()
        var isChosen = false
        while true {
            let end = loop.run(
                &members, visits: block.visits, network: network, upTo: block.count, isChosen: isChosen)
            isChosen = false
            switch end {
            case .done: return
            case .full: members.growFullRings()
            case .unsure:
                decide(block, day: day)
                isChosen = true
            }
        }
    }

    /// Works out how close scores of the block may be and still be told apart.
    private mutating func setSlack(of block: FusedBlock) {
        members.doubtful = 0
        let bounds = block.bounds
        for (number, member) in list.enumerated() {
            // No queue is longer than the longest so far and all of the block's orders.
            let longest = members.peaks[number] + Double(block.count)
            var magnitude = block.magnitude(member.column) + member.offsets
            let line = lineSums.bounds[number]
            magnitude += line.fixed + line.perKilometre * bounds.kilometres
            magnitude += line.perItem * bounds.units + line.perKilogram * bounds.kilograms
            magnitude += abs(members.queueWeights[number]) * longest * steepestQueue
            magnitude += abs(members.depthWeights[number])
            for ramp in members.rampFloors.indices {
                let weight = abs(members.rampWeights[ramp * members.width + number])
                guard weight > 0 else { continue }
                let bound = bounds.ramps[ramp]
                magnitude += weight * (longest * bound.slope + bound.intercept)
            }
            if let factors = block.visits.dayFactors {
                var largest = 0.0
                for node in factors.indices {
                    let most =
                        members.committed[node * members.width + number]
                        + Double(block.count)
                        * (tables.largestService.fixed + tables.largestService.perItem * bounds.units)
                    largest = max(largest, most * factors[node])
                }
                magnitude += abs(members.dayWeights[number]) * largest
            }
            members.slack[number] = slackFactor * magnitude
            // What is not finite proves nothing.
            if !magnitude.isFinite {
                members.slack[number] = 0
                members.doubtful |= 1 << UInt32(number)
            }
        }
    }

    /// Decides the visit in work for the members that are not certain, candidate by candidate.
    private mutating func decide(_ block: FusedBlock, day: Int) {
        let facts = block.facts(members.visit, kilometres: ownKilometres, baseHours: ownBaseHours)
        let product = block.visits.products[members.visit]
        for number in list.indices where members.unsure >> UInt32(number) & 1 == 1 {
            load(number, product: product, time: facts.time, day: day)
            let first = context.dataset.lanes.rows(ofZone: facts.zone).lowerBound
            let lane = deciders[number].exactLane(facts, product: product)
            members.choices[number] = lane.map { $0 - first } ?? -1
        }
    }

    /// Brings a strategy's own network up to what a member did, as far as a decision on a product looks at it.
    private mutating func load(_ number: Int, product: Int, time: Double, day: Int) {
        deciders[number].state.time = time
        deciders[number].state.day = day
        let state = deciders[number].state
        for node in 0..<members.nodeCount {
            let place = node * members.width + number
            state.waiting[node] = Int32(members.waiting[place])
            state.committedSecondsToday[node] = members.committed[place]
        }
        loadStock(number, product: product, into: state)
    }

    /// Brings a product's stock up to a member's.
    private func loadStock(_ number: Int, product: Int, into state: NetworkState) {
        for position in (product * members.nodeCount)..<((product + 1) * members.nodeCount) {
            state.available[position] = Self.units(
                members.inverseStock[position * members.width + number], debt: debts[position])
        }
    }

    /// Hands what the members did to the strategies' replays; `placed` are the sums that are the same for all.
    func handOver(
        placed: [(fact: Fact, sum: Double)], decisions: Int, nextExogenous: Int, to replays: inout [StrategyReplay]
    ) {
        let bins = members.bins.count / members.width
        for (number, member) in list.enumerated() {
            for product in context.tables.products.indices {
                loadStock(number, product: product, into: replays[member.index].state)
            }
            replays[member.index].takeOver(
                sums: placed
                    + FusedSum.allCases.compactMap { sum in
                        sum.fact.map { ($0, members.sums[sum.rawValue * members.width + number]) }
                    },
                leadTimes: Array(members.bins.from(number * bins).array.prefix(bins)),
                busyHours: (0..<members.nodeCount).map { members.busyHours[$0 * members.width + number] },
                peakQueue: Int32(members.peaks[number]),
                lanes: (
                    members.sums[FusedSum.lanesCounted.rawValue * members.width + number],
                    members.sums[FusedSum.lanesWithHistory.rawValue * members.width + number]
                ), decisions: decisions, nextExogenous: nextExogenous)
        }
    }
}

extension FusedSum {
    /// The fact it is the sum of; nil for the two that tell how many lanes history used.
    fileprivate var fact: Fact? {
        switch self {
        case .delivered: .delivered
        case .itemsDelivered: .itemsDelivered
        case .onTime: .onTime
        case .latenessHours: .latenessHours
        case .leadTimeHours: .leadTimeHours
        case .unserved: .unserved
        case .open: .open
        case .itemsUnserved: .itemsUnserved
        case .shipments: .shipments
        case .picks: .picks
        case .pickWaitHours: .pickWaitHours
        case .deliveredValue: .deliveredValue
        case .goodsCost: .goodsCost
        case .freight: .freight
        case .handling: .handling
        case .compensation: .compensation
        case .unservedCost: .unservedCost
        case .kilometres: .kilometres
        case .carbon: .carbonKilograms
        case .complaints: .complaints
        case .serviceHours: .serviceHours
        case .lanesCounted, .lanesWithHistory: nil
        }
    }
}

extension StrategyReplay {
    /// The lane with the smallest score of those whose node has the units of an order of one line, scored one by one.
    fileprivate mutating func exactLane(_ facts: OrderFacts, product: Int) -> Int? {
        let units = Int32(facts.parcel.items)
        var count = 0
        for row in context.dataset.lanes.rows(ofZone: facts.zone)
        where state.available[product * state.nodeCount + Int(context.tables.laneNodes[row])] >= units {
            scratch.exactRows[count] = Int32(row)
            count += 1
        }
        guard count > 0 else { return nil }
        setExactScores(count: count, facts: facts, rules: strategy.ruleSets[0])
        var best = 0
        for index in 0..<count where scratch.exact[index] < scratch.exact[best] { best = index }
        return Int(scratch.exactRows[best])
    }

    /// Takes over what the fused loop did for this strategy, as if it had been replayed here.
    fileprivate mutating func takeOver(
        sums found: [(fact: Fact, sum: Double)], leadTimes: [Double], busyHours hours: [Double], peakQueue: Int32,
        lanes: (counted: Double, withHistory: Double), decisions: Int, nextExogenous: Int
    ) {
        for (fact, sum) in found {
            sums[fact.rawValue] = sum
            if fact == .delivered { sums[Fact.filled.rawValue] = sum }
        }
        measures.leadTimeHours = LogarithmicHistogram(bins: Measures.leadTimeBins, weights: leadTimes)
        measures.decisions = decisions
        for node in hours.indices { busyHours[node] = hours[node] }
        self.peakQueue = peakQueue
        lanesCounted = lanes.counted
        lanesWithHistory = lanes.withHistory
        self.nextExogenous = nextExogenous
    }
}
