import Storage

/// Units of one line of an order.
struct LinePart: BitwiseCopyable {
    /// Position in the order's lines.
    var line: Int32
    var quantity: Int32
}

/// A run of parts in the scratch, by position of their lines.
struct PartRun: BitwiseCopyable {
    var first: Int
    var count: Int

    /// Positions in the scratch's parts.
    var indices: Range<Int> { first..<(first + count) }
}

/// A shipment of a plan that is not committed yet; its stock is reserved.
struct PlannedShipment: BitwiseCopyable {
    var lane: LaneFacts
    var parts: PartRun
    var parcel: Parcel
}

/// A step of a plan: a lane takes parts.
struct PlanStep: BitwiseCopyable {
    /// Row of the lane table.
    var lane: Int
    var node: Int
    var parts: PartRun
    /// The node's committed seconds before it.
    var committedSeconds: Double
}

/// A node that could carry a line, and its lanes to the zone at hand: rows of the lane table in a run.
struct NodeLanes: BitwiseCopyable {
    var node: Int
    var firstRow: Int
    var endRow: Int
    /// Bit i = the node could carry the line at position i by itself (bit 63: any from there on).
    var mask: UInt64
    /// Its run of groups.
    var firstGroup = 0
    var endGroup = 0

    init(node: Int, rows: Range<Int>, mask: UInt64) {
        self.node = node
        firstRow = rows.lowerBound
        endRow = rows.upperBound
        self.mask = mask
    }

    var rows: Range<Int> { firstRow..<endRow }
    var groups: Range<Int> { firstGroup..<endGroup }
}

/// Lanes of a node that could carry the same lines: rows of the lane table in a run.
struct LaneGroup: BitwiseCopyable {
    /// Position of the node among the useful ones.
    var position: Int
    var node: Int
    var firstRow: Int
    var endRow: Int
    /// Lines they could carry at the start, where that is known.
    var set: UInt64
    /// Remaining lines they would take now; none once they have been scored.
    var covered: UInt64 = 0

    init(position: Int, node: Int, rows: Range<Int>, set: UInt64) {
        self.position = position
        self.node = node
        firstRow = rows.lowerBound
        endRow = rows.upperBound
        self.set = set
    }

    var rows: Range<Int> { firstRow..<endRow }
}

/// A candidate with the parts it would take.
struct Cover: BitwiseCopyable {
    var row: Int
    var parts: PartRun
    var score: Double
}

/// The best candidate so far and the set of lines it would take.
struct SetChoice: BitwiseCopyable {
    /// Row of the lane table, -1 = none yet.
    var row: Int32 = -1
    var score = Double.infinity
    var set: UInt64 = 0

    /// Takes over a candidate with a smaller score, or the same and a lower row.
    mutating func improve(row: Int32, score: Double, set: UInt64) {
        guard isWorse(than: score, row) else { return }
        self = SetChoice(row: row, score: score, set: set)
    }

    /// Whether a candidate with this score and row is better.
    func isWorse(than score: Double, _ row: Int32) -> Bool {
        score < self.score || (score == self.score && row < self.row)
    }
}

/// What a search for a split keeps to.
struct SplitSearch {
    let rules: CompiledRuleSet
    let splits: Int
    /// The lines that are to be placed.
    let wanted: UInt64
    /// Whether stock and tags alone decide what a candidate can carry: no rule binds, no line may be divided.
    let isPlain: Bool
    /// Whether lines ask for the same product, so that what one of them takes is missing for the next.
    let hasTwins: Bool
    /// Whether a plan that leaves something is none.
    var mustBeAll: Bool
}

/// Memory that every decision uses anew, so that none of them asks for any.
struct DecisionScratch {
    /// Units per line still to place, by position in the order's lines.
    var remaining: GrowingBuffer<Int32>
    /// Lanes of nodes that could ship what is asked for.
    let rows: Buffer<Int32>
    /// Their scores from the block.
    let scores: Buffer<Double>
    /// The smallest of each eight of them.
    let minima: Buffer<Double>
    /// Lanes whose exact scores are asked for, and these.
    let exactRows: Buffer<Int32>
    let exact: Buffer<Double>
    /// 1 for nodes that could ship what is asked for.
    let isPossible: Buffer<Int32>
    /// The lines that each node could carry, as ``NodeLanes/mask``.
    let lineMasks: Buffer<UInt64>
    /// Nodes that could carry a line, in order.
    let nodes: Buffer<NodeLanes>
    /// How many there are.
    var nodeCount = 0
    /// The nodes a plan is confined to: positions in `nodes`, rising.
    let members: Buffer<Int32>
    /// The best such choice so far.
    let bestMembers: Buffer<Int32>
    /// What the members before each position cover.
    let memberMasks: Buffer<UInt64>
    /// How many there are.
    var memberCount = 0
    /// Their lanes, in groups.
    let groups: Buffer<LaneGroup>
    /// Groups whose lanes are being scored.
    let scored: Buffer<Int32>
    /// How many remaining lines each of `nodes` may cover.
    let covered: Buffer<Int32>
    /// 1 for those of `nodes` that still have to be looked at.
    let isPending: Buffer<Int32>
    /// The first choice of each of `nodes`, and its best answer to the first choice of another.
    let firstChoices: Buffer<SetChoice>
    let answers: Buffer<SetChoice>
    /// What plans and covers carry.
    var parts: GrowingBuffer<LinePart>
    /// The plan so far.
    var plan: GrowingBuffer<PlannedShipment>
    /// The steps that made it, mergers too.
    var steps: GrowingBuffer<PlanStep>
    /// What ``StrategyReplay/fetchStock(of:)`` has read: kept, so that it is read.
    var touched: Int32 = 0
    /// Hand-overs being settled.
    var handOvers: [(shipment: Int32, at: Double)] = []

    init(context: ReplayContext, arena: Arena) {
        let lanes = context.tables.largestZone
        let nodeCount = context.dataset.nodes.count
        remaining = GrowingBuffer(in: arena)
        scores = arena.buffer(repeating: .infinity, count: lanes)
        rows = arena.buffer(repeating: 0, count: lanes)
        minima = arena.buffer(repeating: .infinity, count: lanes / 8 + 1)
        exactRows = arena.buffer(repeating: 0, count: lanes)
        exact = arena.buffer(repeating: 0, count: lanes)
        isPossible = arena.buffer(repeating: 0, count: nodeCount)
        lineMasks = arena.buffer(repeating: 0, count: nodeCount)
        nodes = arena.buffer(repeating: NodeLanes(node: 0, rows: 0..<0, mask: 0), count: nodeCount)
        members = arena.buffer(repeating: 0, count: nodeCount)
        bestMembers = arena.buffer(repeating: 0, count: nodeCount)
        memberMasks = arena.buffer(repeating: 0, count: nodeCount)
        groups = arena.buffer(repeating: LaneGroup(position: 0, node: 0, rows: 0..<0, set: 0), count: lanes)
        scored = arena.buffer(repeating: 0, count: lanes)
        isPending = arena.buffer(repeating: 0, count: nodeCount)
        covered = arena.buffer(repeating: 0, count: nodeCount)
        firstChoices = arena.buffer(repeating: SetChoice(), count: nodeCount)
        answers = arena.buffer(repeating: SetChoice(), count: nodeCount)
        parts = GrowingBuffer(in: arena, capacity: 64)
        plan = GrowingBuffer(in: arena)
        steps = GrowingBuffer(in: arena)
    }
}
