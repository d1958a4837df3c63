import Domain
import Statistics

/// At which value of a numeric input another strategy comes first by the mean composite, with confidence intervals, or
/// that none does. Knows nothing of replays: it asks for composites by value, strategy and world.
///
/// **Detection.** At values spread evenly over the range, a strategy is the *sure winner* where its paired differences to
/// all k - 1 others are above t(1 - alpha / ((k - 1) L), n - 1) standard errors, L being the number of looks: the values,
/// and a few for checks between them. A sure winner that is not the best needs a false rejection against the true best,
/// one of k - 1 one-sided tests at each look, so that with probability at least 1 - alpha all sure winners are right
/// (Bonferroni; normal differences, else many worlds). A switch is claimed where neighbouring sure winners differ: a
/// false one, where curves only touch, has probability below alpha.
///
/// **Power.** A gap of (t(1 - alpha / ((k - 1) L)) + t(1 - alpha / (2 (k - 1)))) standard errors on either side is found
/// with probability 1 - alpha; ``SwitchReport/detectableGap`` says how large that is. With a wanted `effect`, worlds are
/// added in stages by the variance seen so far (Stein 1945, doi:10.1214/aoms/1177731088, with as many stages as it
/// takes) until that gap is as small, or `worldsMax` is reached. Excursions between two of the values, with the same winner
/// at both, are not seen.
///
/// **Place.** ``RootInterval`` between the two strategies. Where a third is surely the best at the root, the switch is
/// told as two.
public struct SwitchSearch: Sendable {
    /// Composites of some strategies at a value of the input: [position in `strategies`][position in `worlds`].
    public typealias Response = (_ value: Double, _ strategies: [Int], _ worlds: Range<Int>) throws -> [[Double]]

    /// Names of the strategies, at least two.
    public var strategies: [String]
    /// Least and largest value.
    public var range: ClosedRange<Double>
    /// Values looked at, both ends among them; at least two.
    public var valueCount = 9
    /// Worlds at each value, at least two.
    public var worldCount: Int
    /// 1 - alpha: of detection, of power and of each interval.
    public var level = 0.95
    /// The gap to be found with probability `level`; nil = whatever the given worlds find.
    public var effect: Double?
    /// The most worlds an `effect` may take.
    public var worldsMax: Int
    /// The input takes only multiples of this from the range's start; nil = any value.
    public var step: Double?

    /// Checks between values that detection allows for, where there is a third strategy.
    static let checkCount = 4
    /// Values nearer than this share of the range are not told apart.
    static let resolutionShare = 1e-5

    /// A search with the usual settings.
    public init(strategies: [String], range: ClosedRange<Double>, worldCount: Int) {
        precondition(
            strategies.count > 1 && worldCount > 1 && range.lowerBound < range.upperBound, "something to compare")
        self.strategies = strategies
        self.range = range
        self.worldCount = worldCount
        worldsMax = worldCount
    }

    /// Searches.
    ///
    /// - Throws: what `response` throws; ``InputError`` where a composite is undefined.
    public func report(_ response: Response) throws -> SwitchReport {
        var looks = try values().map { value in try look(at: value, worlds: 0..<worldCount, response) }
        while let effect, let wanted = wantedWorlds(looks, effect: effect) {
            looks = try looks.map { earlier in
                let added = try look(at: earlier.value, worlds: earlier.worldCount..<wanted, response)
                return SwitchLook(
                    value: earlier.value, composites: zip(earlier.composites, added.composites).map { $0 + $1 })
            }
        }
        let worlds = 0..<looks[0].worldCount
        var checksLeft = strategies.count > 2 ? Self.checkCount : 0
        var switches: [SwitchReport.Switch] = []
        let critical = criticalValue(worlds: worlds.count)
        let sure = looks.indices.filter { looks[$0].sureWinner(criticalValue: critical) != nil }
        for (left, right) in zip(sure, sure.dropFirst()) {
            switches += try between(Array(looks[left...right]), worlds: worlds, checksLeft: &checksLeft, response)
        }
        return SwitchReport(
            level: level, worlds: worlds.count, detectableGap: detectableGap(looks),
            values: looks.map { look in
                SwitchReport.Value(
                    look, names: strategies, criticalValue: critical,
                    sureWinner: look.sureWinner(criticalValue: critical))
            }, switches: switches)
    }

    /// The values looked at.
    func values() -> [Double] {
        let width = range.upperBound - range.lowerBound
        var values: [Double] = []
        for position in 0..<max(2, valueCount) {
            let isLast = position == max(2, valueCount) - 1
            var value = isLast ? range.upperBound : range.lowerBound + width * Double(position) / Double(valueCount - 1)
            if let step { value = range.lowerBound + step * ((value - range.lowerBound) / step).rounded(.down) }
            if value != values.last { values.append(value) }
        }
        return values
    }

    private func look(at value: Double, worlds: Range<Int>, _ response: Response) throws -> SwitchLook {
        let composites = try response(value, Array(strategies.indices), worlds)
        for (strategy, series) in composites.enumerated() where !series.allSatisfy(\.isFinite) {
            throw undefined(strategy, at: value)
        }
        return SwitchLook(value: value, composites: composites)
    }

    private func undefined(_ strategy: Int, at value: Double) -> InputError {
        InputError(
            at: SourceLocation(file: "--range"),
            found: "no composite of strategy '\(strategies[strategy])' in some world at \(value)",
            expected: "a range, or --strategies, with composites everywhere")
    }

    /// One-sided, for all rivals at all looks.
    private func criticalValue(worlds: Int) -> Double {
        let looks = values().count + (strategies.count > 2 ? Self.checkCount : 0)
        let tests = Double((strategies.count - 1) * looks)
        return StudentT.quantile(1 - (1 - level) / tests, degreesOfFreedom: Double(worlds - 1))
    }

    /// Standard errors that a gap must measure to be found on either side against all rivals with probability `level`.
    private func gapInStandardErrors(worlds: Int) -> Double {
        let misses = Double(2 * (strategies.count - 1))
        return criticalValue(worlds: worlds)
            + StudentT.quantile(1 - (1 - level) / misses, degreesOfFreedom: Double(worlds - 1))
    }

    /// The gap that is found wherever it is, by the least precise of the values.
    private func detectableGap(_ looks: [SwitchLook]) -> Double {
        let errors = looks.map(\.leadPoint.standardError)
        return gapInStandardErrors(worlds: looks[0].worldCount) * (errors.max() ?? 0)
    }

    /// More worlds, which bring the detectable gap down to the effect by the variance seen so far; nil where it is there
    /// or no more are allowed.
    private func wantedWorlds(_ looks: [SwitchLook], effect: Double) -> Int? {
        let count = looks[0].worldCount
        let ratio = detectableGap(looks) / effect
        guard ratio > 1, count < worldsMax else { return nil }
        let wanted = (Double(count) * ratio * ratio).rounded(.up)
        return wanted < Double(worldsMax) ? max(count + 1, Int(wanted)) : worldsMax
    }

    /// The switches between the first and the last of some looks, both with sure winners.
    private func between(
        _ looks: [SwitchLook], worlds: Range<Int>, checksLeft: inout Int, _ response: Response
    ) throws -> [SwitchReport.Switch] {
        let critical = criticalValue(worlds: worlds.count)
        guard let start = looks.first, let end = looks.last, let first = start.sureWinner(criticalValue: critical),
            let second = end.sureWinner(criticalValue: critical), first != second
        else { return [] }
        let single = StudentT.quantile(0.5 + 0.5 * level, degreesOfFreedom: Double(worlds.count - 1))
        let root = try RootInterval(
            points: looks.map { $0.point(first, second) }, criticalValue: single,
            resolution: RootInterval.Resolution(
                least: Self.resolutionShare * (range.upperBound - range.lowerBound), step: step,
                origin: range.lowerBound)
        ) { value in
            let pair = try response(value, [first, second], worlds)
            for (strategy, series) in zip([first, second], pair) where !series.allSatisfy(\.isFinite) {
                throw undefined(strategy, at: value)
            }
            return PairedPoint(value: value, first: pair[0], second: pair[1])
        }
        var rivals: [Int] = []
        if strategies.count > 2, let value = place(of: root, between: start.value, and: end.value) {
            let check = try look(at: value, worlds: worlds, response)
            if checksLeft > 0 {
                checksLeft -= 1
                if let third = check.sureWinner(criticalValue: critical), third != first, third != second {
                    let left = looks.filter { $0.value < value } + [check]
                    let right = [check] + looks.filter { $0.value > value }
                    return try between(left, worlds: worlds, checksLeft: &checksLeft, response)
                        + between(right, worlds: worlds, checksLeft: &checksLeft, response)
                }
            }
            let best = max(check.means[first], check.means[second])
            rivals = strategies.indices.filter { $0 != first && $0 != second && check.means[$0] > best }
        }
        return [
            SwitchReport.Switch(
                from: strategies[first], to: strategies[second], value: root.estimate, low: root.interval.low,
                high: root.interval.high, rivals: rivals.map { strategies[$0] })
        ]
    }

    /// The root as a value the input can take, strictly between two others.
    private func place(of root: RootInterval, between low: Double, and high: Double) -> Double? {
        var value = root.estimate
        if let step { value = range.lowerBound + step * ((value - range.lowerBound) / step).rounded() }
        return value > low && value < high ? value : nil
    }
}

/// All strategies at one value.
struct SwitchLook: Sendable {
    /// The input's value.
    let value: Double
    /// Composites by strategy and world.
    let composites: [[Double]]
    /// Means over worlds.
    let means: [Double]

    /// Worlds.
    var worldCount: Int { composites[0].count }

    /// A look at defined composites.
    init(value: Double, composites: [[Double]]) {
        self.value = value
        self.composites = composites
        means = composites.map { Moments($0).mean }
    }

    /// Strategies by mean, the first of equals first.
    var order: [Int] { means.indices.sorted { (-means[$0], $0) < (-means[$1], $1) } }

    /// Two strategies at this value.
    func point(_ first: Int, _ second: Int) -> PairedPoint {
        PairedPoint(value: value, first: composites[first], second: composites[second])
    }

    /// The best mean less the second best.
    var leadPoint: PairedPoint { point(order[0], order[1]) }

    /// The strategy that is better than every other by the critical value; nil where none is.
    func sureWinner(criticalValue: Double) -> Int? {
        let first = order[0]
        let isSure = means.indices.allSatisfy { other in
            other == first || point(first, other).side(criticalValue: criticalValue) == .first
        }
        return isSure ? first : nil
    }
}
