import Domain
import History
import Storage

extension StrategyReplay {
    /// The smallest set of nodes that can carry all lines, the smallest sum of scores among those of its size; false if
    /// no set of at most `splits + 1` nodes can.
    ///
    /// O(C(n, splits + 1)) sets, n the nodes that can carry at least one remaining line; only those whose stock covers every
    /// line between them are tried.
    mutating func planFewestShipments(_ facts: inout OrderFacts, _ search: SplitSearch) -> Bool {
        var union: UInt64 = 0
        for index in 0..<scratch.nodeCount { union |= scratch.nodes[index].mask }
        guard union == search.wanted else { return false }
        var search = search
        search.mustBeAll = true
        for size in stride(from: 1, through: min(search.splits + 1, scratch.nodeCount), by: 1) {
            let isFound =
                size == 2 && canPair(search)
                ? planBestPair(&facts, search) : planBestSet(&facts, search, size: size)
            if isFound { return true }
        }
        return false
    }

    /// Plans by the best set of a number of nodes, each tried out; false if none can carry all lines.
    private mutating func planBestSet(_ facts: inout OrderFacts, _ search: SplitSearch, size: Int) -> Bool {
        var sets = NodeSetSearch(
            nodes: scratch.nodes, nodeCount: scratch.nodeCount, wanted: search.wanted, size: size,
            set: scratch.members, covered: scratch.memberMasks)
        var best: Double?
        scratch.memberCount = size
        while sets.next() {
            guard let sum = trial(&facts, search), sum < (best ?? .infinity) else { continue }
            best = sum
            for position in 0..<size { scratch.bestMembers[position] = scratch.members[position] }
        }
        guard best != nil else { return false }
        for position in 0..<size { scratch.members[position] = scratch.bestMembers[position] }
        _ = planMostLines(&facts, search)
        return true
    }

    /// The sum of scores if candidates of the members can carry all that remains, else nil; leaves nothing reserved.
    private mutating func trial(_ facts: inout OrderFacts, _ search: SplitSearch) -> Double? {
        let sum = planMostLines(&facts, search)
        let isComplete = isPlaced
        dropPlan()
        scratch.parts.removeAll()
        return isComplete ? sum : nil
    }

    /// Whether two nodes carry all lines only if the one that chooses first leaves to the other just what it cannot carry:
    /// in two shipments at most, or where all lanes of a node carry the same lines.
    private mutating func canPair(_ search: SplitSearch) -> Bool {
        guard search.isPlain, !search.hasTwins else { return false }
        if search.splits == 1 { return true }
        for index in 0..<scratch.nodeCount where scratch.nodes[index].groups.count != 1 { return false }
        return true
    }

    /// Plans by the best pair of nodes; false if none can carry all lines.
    ///
    /// In every pair a node that chooses first makes the same choice, and so finds the other nodes as in any other pair: the
    /// answers of all its partners are scored together, and where nothing that was done before counts, those to all first
    /// choices that leave the same lines. No node could carry all by itself, or it would have been found before.
    private mutating func planBestPair(_ facts: inout OrderFacts, _ search: SplitSearch) -> Bool {
        makeFirstChoices(&facts, search)
        let isShared = search.rules.endogenous.isEmpty
        var best = (sum: Double.infinity, low: 0, high: 0, first: SetChoice(), second: SetChoice())
        for index in 0..<scratch.nodeCount where scratch.isPending[index] != 0 {
            let left = search.wanted & ~scratch.firstChoices[index].set
            let range = isShared ? index..<scratch.nodeCount : index..<(index + 1)
            makeAnswers(&facts, search, left: left, to: index)
            for first in range where scratch.isPending[first] != 0 {
                let choice = scratch.firstChoices[first]
                guard search.wanted & ~choice.set == left else { continue }
                scratch.isPending[first] = 0
                for second in 0..<scratch.nodeCount where choosesFirst(first, before: second, search) {
                    let answer = scratch.answers[second]
                    guard answer.row >= 0 else { continue }
                    let sum = 0 + choice.score + answer.score
                    let (low, high) = (min(first, second), max(first, second))
                    if sum < best.sum || (sum == best.sum && (low, high) < (best.low, best.high)) {
                        best = (sum, low, high, choice, answer)
                    }
                }
            }
        }
        guard best.sum < .infinity else { return false }
        takeSet(best.first, facts: &facts)
        takeSet(best.second, facts: &facts)
        return true
    }

    /// Sets `scratch.firstChoices` to what each node that could be of a pair would choose first, and marks those that choose
    /// at all.
    private mutating func makeFirstChoices(_ facts: inout OrderFacts, _ search: SplitSearch) {
        let count = scratch.nodeCount
        for index in 0..<count {
            scratch.firstChoices[index] = SetChoice()
            scratch.isPending[index] = 0
        }
        for index in 0..<count {
            for other in (index + 1)..<count where canCarryAll(index, other, search) {
                scratch.isPending[index] = 1
                scratch.isPending[other] = 1
            }
        }
        for index in 0..<count {
            let groups = scratch.nodes[index].groups
            var most = 0
            for group in groups { most = max(most, scratch.groups[group].set.nonzeroBitCount) }
            scratch.covered[index] = Int32(most)
            for group in groups {
                let set = scratch.groups[group].set
                scratch.groups[group].covered =
                    scratch.isPending[index] != 0 && set.nonzeroBitCount == most ? set : 0
            }
        }
        let end = count == 0 ? 0 : scratch.nodes[count - 1].endGroup
        for start in 0..<end where scratch.groups[start].covered != 0 {
            let set = scratch.groups[start].covered
            scoreGroups(
                from: start, upTo: end, set: set, facts: &facts, rules: search.rules, into: scratch.firstChoices)
        }
        for index in 0..<count where scratch.firstChoices[index].row < 0 { scratch.isPending[index] = 0 }
    }

    /// Sets `scratch.answers` to what each node would choose of the lines left after a first choice, if it can carry all of
    /// them.
    private mutating func makeAnswers(
        _ facts: inout OrderFacts, _ search: SplitSearch, left: UInt64, to first: Int
    ) {
        let isShared = search.rules.endogenous.isEmpty
        let end = scratch.nodes[scratch.nodeCount - 1].endGroup
        var start = end
        for index in 0..<scratch.nodeCount {
            scratch.answers[index] = SetChoice()
            let isAsked = isShared || choosesFirst(first, before: index, search)
            for group in scratch.nodes[index].groups {
                let carriesAll = isAsked && scratch.groups[group].set & left == left
                scratch.groups[group].covered = carriesAll ? left : 0
                if carriesAll, start == end { start = group }
            }
        }
        guard start < end else { return }
        if !isShared { takeSet(scratch.firstChoices[first], facts: &facts) }
        scoreGroups(from: start, upTo: end, set: left, facts: &facts, rules: search.rules, into: scratch.answers)
        if !isShared {
            dropPlan()
            scratch.parts.removeAll()
        }
    }

    /// Scores the lanes of all groups that cover a set of lines together, and improves their nodes' choices.
    private mutating func scoreGroups(
        from start: Int, upTo end: Int, set: UInt64, facts: inout OrderFacts, rules: CompiledRuleSet,
        into choices: Buffer<SetChoice>
    ) {
        var count = 0
        var scored = 0
        for group in start..<end where scratch.groups[group].covered == set {
            count = addExactRows(of: scratch.groups[group], at: count)
            scratch.groups[group].covered = 0
            scratch.scored[scored] = Int32(group)
            scored += 1
        }
        setParcel(ofSet: set, facts: &facts)
        setExactScores(count: count, facts: facts, rules: rules)
        var index = 0
        for position in 0..<scored {
            let group = scratch.groups[Int(scratch.scored[position])]
            for _ in group.rows {
                choices[group.position].improve(
                    row: scratch.exactRows[index], score: scratch.exact[index], set: set)
                index += 1
            }
        }
    }

    /// Whether the stock of two nodes covers all lines.
    @inline(__always)
    private func canCarryAll(_ index: Int, _ other: Int, _ search: SplitSearch) -> Bool {
        scratch.nodes[index].mask | scratch.nodes[other].mask == search.wanted
    }

    /// Whether two nodes are a pair in which the first makes the first choice: it covers more lines, or as many with the
    /// better score.
    private mutating func choosesFirst(_ first: Int, before second: Int, _ search: SplitSearch) -> Bool {
        guard first != second, canCarryAll(first, second, search) else { return false }
        let (lines, others) = (scratch.covered[first], scratch.covered[second])
        if lines != others { return lines > others }
        let choice = scratch.firstChoices[first]
        return scratch.firstChoices[second].isWorse(than: choice.score, choice.row)
    }

    /// Lets a candidate take the lines of its set.
    private mutating func takeSet(_ choice: SetChoice, facts: inout OrderFacts) {
        let run = appendSet(choice.set)
        setParcel(of: run, facts: &facts)
        take(context.lane(Int(choice.row), for: facts), run: run, parcel: facts.parcel)
    }
}

/// The sets of a number of nodes that have the stock of all lines between them, in lexicographic order.
private struct NodeSetSearch {
    private let nodes: Buffer<NodeLanes>
    private let nodeCount: Int
    private let wanted: UInt64
    private let size: Int
    /// The set: positions in `nodes`.
    private let set: Buffer<Int32>
    /// What the members before each position cover.
    private let covered: Buffer<UInt64>
    private var isDone: Bool
    private var isFirst = true

    init(
        nodes: Buffer<NodeLanes>, nodeCount: Int, wanted: UInt64, size: Int, set: Buffer<Int32>,
        covered: Buffer<UInt64>
    ) {
        self.nodes = nodes
        self.nodeCount = nodeCount
        self.wanted = wanted
        self.size = size
        self.set = set
        self.covered = covered
        isDone = size == 0 || size > nodeCount
        guard !isDone else { return }
        set[0] = 0
        covered[0] = 0
        for position in 1..<size { place(Int32(position), at: position) }
    }

    /// Makes a node the member at a position after the first.
    private func place(_ member: Int32, at position: Int) {
        set[position] = member
        covered[position] = covered[position - 1] | nodes[Int(set[position - 1])].mask
    }

    /// Goes to the next set; false after the last.
    mutating func next() -> Bool {
        let last = size - 1
        while !isDone {
            // The last member runs through all nodes after its predecessor; most sets are passed over here.
            var member = Int(set[last]) + (isFirst ? 0 : 1)
            isFirst = false
            let base = covered[last]
            while member < nodeCount, base | nodes[member].mask != wanted { member += 1 }
            if member < nodeCount {
                set[last] = Int32(member)
                return true
            }
            advance()
        }
        return false
    }

    /// Moves the members before the last to their next combination.
    private mutating func advance() {
        var position = size - 2
        while position >= 0, Int(set[position]) == nodeCount - size + position { position -= 1 }
        guard position >= 0 else {
            isDone = true
            return
        }
        set[position] += 1
        for later in (position + 1)..<size { place(set[later - 1] + 1, at: later) }
        isFirst = true
    }
}
