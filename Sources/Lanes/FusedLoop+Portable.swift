import Domain
import Storage

// The definition of the loop: member by member, in plain numbers.
extension FusedLoop {
    /// ``run(_:visits:network:upTo:isChosen:)``.
    func runPortably(
        _ members: inout FusedMembers, visits: FusedVisits, network: FusedNetwork, upTo end: Int, isChosen: Bool
    ) -> End {
        var isChosen = isChosen
        while members.visit < end {
            if isChosen {
                isChosen = false
            } else {
                members.startPicks(by: visits.times[members.visit])
                members.unsure = members.doubtful
                for member in 0..<members.count {
                    if !members.choose(member, visits: visits, network: network) {
                        members.unsure |= 1 << UInt32(member)
                    }
                }
                if members.unsure != 0 { return .unsure }
            }
            var isFull = false
            for member in 0..<members.count where members.assign(member, visits: visits, network: network) {
                isFull = true
            }
            members.visit += 1
            if isFull { return .full }
        }
        return .done
    }
}

extension FusedMembers {
    /// Picks that have started by an instant leave the queues.
    fileprivate mutating func startPicks(by time: Double) {
        for place in nextStarts.indices where nextStarts[place] <= time {
            while nextStarts[place] <= time {
                rings[place].head &+= 1
                waiting[place] -= 1
                nextStarts[place] = starts[rings[place].offset + Int(rings[place].head & rings[place].mask)]
            }
        }
    }

    /// Sets a member's choice; false where it is not certain.
    fileprivate mutating func choose(_ member: Int, visits: FusedVisits, network: FusedNetwork) -> Bool {
        let units = visits.units[visit]
        let enough = 1 / units
        let depthWeight = depthWeights[member] * units
        let first = visits.rowOffsets[visit]
        let stock = visits.products[visit] * nodeCount
        var (best, second) = (Double.infinity, Double.infinity)
        var choice = -1
        for lane in 0..<visits.laneCounts[visit] {
            let node = network.lanes.nodes[visits.firstLanes[visit] + lane]
            let place = node * width + member
            let left = inverseStock[stock * width + place]
            guard left <= enough else { continue }
            var score = base[(visits.baseOffsets[visit] + lane) * width + member]
            if let slopes {
                score +=
                    slopes[(visits.firstLanes[visit] + lane) * width + member]
                    * visits.kilometres[visits.ownOffsets[visit] + lane]
            }
            for feature in 0..<visits.featureCount {
                score +=
                    featureWeights[feature * width + member]
                    * visits.features[feature * visits.rowCapacity + first + lane]
            }
            score += queueWeights[member] * (waiting[place] * network.nodes.inverseStations[node])
            score += depthWeight * left
            if let dayFactors = visits.dayFactors {
                score += dayWeights[member] * (committed[place] * dayFactors[node])
            }
            for ramp in 0..<visits.rampCount {
                let row = ramp * visits.rampStride + visits.rampOffsets[visit] + lane
                let value = waiting[place] * visits.rampSlopes[row] + visits.rampIntercepts[row]
                let raised = value > rampFloors[ramp] ? value : rampFloors[ramp]
                score += rampWeights[ramp * width + member] * (raised < rampCaps[ramp] ? raised : rampCaps[ramp])
            }
            if score < best {
                (best, second, choice) = (score, best, lane)
            } else if score < second {
                second = score
            }
        }
        choices[member] = choice
        return choice < 0 || !(second <= best + slack[member])
    }

    /// Adds weight x value to a sum of a member.
    @inline(__always)
    private func add(_ weighted: Double, to sum: FusedSum, _ member: Int) {
        sums[sum.rawValue * width + member] += weighted
    }

    /// Assigns the order of the visit in work as a member has chosen, and counts what becomes of it; true where its ring is full.
    fileprivate mutating func assign(_ member: Int, visits: FusedVisits, network: FusedNetwork) -> Bool {
        let weight = visits.weights[visit]
        let (time, items) = (visits.times[visit], visits.units[visit])
        guard choices[member] >= 0 else {
            let money = network.money
            add(weight, to: .unserved, member)
            add(weight * items, to: .itemsUnserved, member)
            add(weight * (money.unservedPerOrder + money.unservedPerItem * items), to: .unservedCost, member)
            add(weight * max(0, money.complaintUnserved), to: .complaints, member)
            return false
        }
        let lane = visits.firstLanes[visit] + choices[member]
        let node = network.lanes.nodes[lane]
        let place = node * width + member
        let nodes = network.nodes
        let start = max(time, earliest[place])
        let meanSeconds = nodes.meanSeconds(node, items: items)
        var seconds = meanSeconds * visits.serviceFactors[visit * visits.serviceNoiseCount + nodes.serviceNoises[node]]
        if network.hours.multiplierCount > 0 {
            seconds *= network.hours.multiplier(region: nodes.regions[node], at: start)
        }
        let pickEnd = start + seconds
        let factor = visits.transitFactors[visit * visits.transitNoiseCount + network.lanes.transitNoises[lane]]
        let work = visits.baseHours[visits.ownOffsets[visit] + choices[member]] * factor
        let arrived =
            pickEnd <= network.end
            ? network.hours.arrival(
                handedOver: pickEnd, work: work, region: nodes.regions[node], zoneRegion: visits.zoneRegions[visit])
            : .infinity
        count(
            member, lane: lane, start: start, serviceHours: seconds * hoursPerSecond, arrived: arrived, visits: visits,
            network: network)
        takeUnits(items, member: member, place: visits.products[visit] * nodeCount * width + place)
        if visits.dayFactors != nil { committed[place] += meanSeconds }
        earliest[place] = StationTrees.occupy(
            trees.from(nodes.tree(node, member: member)), levels: nodes.treeLevels[node], leaf: &leaves[place],
            earliest: earliest[place], until: pickEnd)
        if network.lanes.hasHistory != nil, weight > 0 {
            add(1, to: .lanesCounted, member)
            add(Double(network.lanes.hasHistory?[lane] ?? 0), to: .lanesWithHistory, member)
        }
        return start > time ? wait(place: place, member: member, start: start) : false
    }

    /// Takes units from stock.
    private func takeUnits(_ units: Double, member: Int, place: Int) {
        let left = (1 / inverseStock[place]).rounded(.toNearestOrEven) - units
        inverseStock[place] = left > 0 ? 1 / left : .infinity
    }

    /// An order waits for its start; true where the ring is full.
    private mutating func wait(place: Int, member: Int, start: Double) -> Bool {
        waiting[place] += 1
        peaks[member] = max(peaks[member], waiting[place])
        let ring = rings[place]
        starts[ring.offset + Int(ring.tail & ring.mask)] = start
        starts[ring.offset + Int((ring.tail &+ 1) & ring.mask)] = .infinity
        rings[place].tail &+= 1
        if ring.tail == ring.head { nextStarts[place] = start }
        return rings[place].tail &- ring.head >= ring.mask
    }

    /// Counts an order that was assigned to a lane.
    private func count(
        _ member: Int, lane: Int, start: Double, serviceHours: Double, arrived: Double, visits: FusedVisits,
        network: FusedNetwork
    ) {
        let weight = visits.weights[visit]
        let (time, items, mass) = (visits.times[visit], visits.units[visit], visits.masses[visit])
        let (node, nodes, money) = (network.lanes.nodes[lane], network.nodes, network.money)
        let kilometres = visits.kilometres[visits.ownOffsets[visit] + choices[member]]
        let isPicked = start <= network.end
        var handling = nodes.handling(node, items: items)
        if isPicked { handling += nodes.labourPerHour(node) * serviceHours }
        let freight = network.lanes.freight(lane, items: items, mass: mass, kilometres: kilometres)
        add(weight, to: .shipments, member)
        add(weight * freight, to: .freight, member)
        add(weight * handling, to: .handling, member)
        add(weight * kilometres, to: .kilometres, member)
        if network.lanes.emissionTerms != 0 {
            let carbon = network.lanes.emissions(lane, items: items, mass: mass, kilometres: kilometres)
            add(weight * carbon, to: .carbon, member)
        }
        if isPicked {
            add(weight, to: .picks, member)
            add(weight * ((start - time) * hoursPerSecond), to: .pickWaitHours, member)
            add(weight * serviceHours, to: .serviceHours, member)
            busyHours[node * width + member] += serviceHours
        }
        guard arrived <= network.end else {
            add(weight, to: .open, member)
            return
        }
        let deadline = visits.deadlines[visit]
        let lead = (arrived - time) * hoursPerSecond
        add(weight, to: .delivered, member)
        add(weight * items, to: .itemsDelivered, member)
        add(weight * lead, to: .leadTimeHours, member)
        add(weight * visits.values[visit], to: .deliveredValue, member)
        add(weight * visits.goodsCosts[visit], to: .goodsCost, member)
        bins[member * network.bins.count + network.bins.bin(of: lead)] += weight
        if network.isLateAtDeadline ? arrived >= deadline : arrived > deadline {
            let late = (arrived - deadline) * hoursPerSecond
            let compensation = min(money.compensationCap, money.latePerOrder + money.latePerHour * late)
            add(weight * late, to: .latenessHours, member)
            add(weight * compensation, to: .compensation, member)
            add(weight * min(1, money.complaintLate + money.complaintPerHourLate * late), to: .complaints, member)
        } else {
            add(weight, to: .onTime, member)
            add(weight * money.complaintOnTime, to: .complaints, member)
        }
    }
}

extension FusedNetwork.Hours {
    /// What a service time that begins at an instant is multiplied by.
    fileprivate func multiplier(region: Int, at time: Double) -> Double {
        let hour = (time / 3_600).rounded(.down)
        return hour >= 0 && hour < Double(multiplierCount) ? multipliers[region * multiplierCount + Int(hour)] : 1
    }

    /// When what is handed over arrives.
    fileprivate func arrival(handedOver time: Double, work: Double, region: Int, zoneRegion: Int) -> Double {
        guard isAlongTheWay else {
            let hour = (time / 3_600).rounded(.down)
            let isInside = hour >= 0 && hour < Double(slownessCount)
            return time + work * (isInside ? slowness[region * slownessCount + Int(hour)] : 1) * 3_600
        }
        let half = work / 2
        let middle = completion(of: half, from: time, region: region)
        return completion(of: half, from: middle, region: zoneRegion)
    }

    /// When work begun at an instant in a region is done.
    private func completion(of work: Double, from time: Double, region: Int) -> Double {
        if slownessCount == 0 || isNeutral[region] != 0 { return time + work * 3_600 }
        let progress = progress.from(region * (slownessCount + 1))
        let slowness = slowness.from(region * slownessCount)
        let now = time / 3_600
        let end = Double(slownessCount)
        var done = now
        if now >= end {
            done = progress[slownessCount] + (now - end)
        } else if now > 0 {
            done = progress[Int(now)] + (now - Double(Int(now))) / slowness[Int(now)]
        }
        let target = done + work
        if target <= 0 { return max(time, target * 3_600) }
        if target >= progress[slownessCount] { return max(time, (end + (target - progress[slownessCount])) * 3_600) }
        var low = Int(min(max(0, now + work), end - 1))
        while progress[low] > target { low -= 1 }
        while progress[low + 1] <= target { low += 1 }
        return max(time, (Double(low) + (target - progress[low]) * slowness[low]) * 3_600)
    }
}
