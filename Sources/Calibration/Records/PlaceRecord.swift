import Domain
import History

/// What was measured at one place (a weather station, a road), hour by hour or day by day, without a step left out: what is
/// missing is NaN.
public struct PlaceRecord: Sendable {
    /// How far two values are apart.
    public enum Step: String, Sendable, Hashable {
        /// Hourly values.
        case hour
        /// Daily values.
        case day

        /// Seconds of a step.
        var seconds: Double { self == .hour ? 3_600 : 86_400 }
        /// Steps of a year without a leap day.
        var countAYear: Int { self == .hour ? 8_760 : 365 }
    }
    /// What the place is called; blank where the file names none.
    public var place: String
    /// How far two values are apart.
    public var step: Step
    /// Steps from 1970-01-01T00:00 to the first value, by the clock of the record.
    public var first: Int
    /// Values of each quantity, equally many.
    public private(set) var values: [SeriesQuantity: [Double]]
    /// Values that cannot be: they count as missing.
    public private(set) var setAside: [SeriesQuantity: Int] = [:]
    /// Number of steps.
    public let count: Int

    /// A record from its values; impossible ones are set aside.
    public init(place: String = "", step: Step = .hour, first: Int = 0, values: [SeriesQuantity: [Double]]) {
        count = values.values.map(\.count).max() ?? 0
        precondition(values.values.allSatisfy { [count] in $0.count == count }, "a value a step of each quantity")
        self.place = place
        self.step = step
        self.first = first
        self.values = values
        for quantity in SeriesQuantity.allCases {
            guard let given = values[quantity] else { continue }
            let kept = given.map { $0.isNaN || quantity.isPossible($0, step: step) ? $0 : .nan }
            setAside[quantity] = zip(given, kept).count { !$0.isNaN && $1.isNaN }
            self.values[quantity] = kept
        }
    }

    /// The values of a quantity; nil where it was not measured at all.
    public subscript(_ quantity: SeriesQuantity) -> [Double]? {
        guard let values = values[quantity], values.contains(where: { !$0.isNaN }) else { return nil }
        return values
    }

    /// What calendar and clock show at the beginning of a step.
    public func clock(_ position: Int) -> CalendarTime {
        CalendarTime(wallClock: step.seconds * Double(first + position))
    }

    /// Months of the steps, January = 0.
    var months: [Int] { (0..<count).map { clock($0).month - 1 } }
    /// Years of the steps.
    var years: [Int] { (0..<count).map { clock($0).year } }

    /// A sentence about values set aside; nil where there is none.
    func setAsideNote(_ quantity: SeriesQuantity) -> String? {
        guard let count = setAside[quantity], count > 0 else { return nil }
        return "Impossible values of \(quantity.rawValue), which count as missing: \(count)."
    }
}

/// Gathers the rows of a file, in any order, into records.
struct RecordBuilder {
    /// How far two values are apart.
    let step: PlaceRecord.Step
    /// What several rows of a step come to.
    private var sums: [String: [SeriesQuantity: [Int: (sum: Double, count: Int)]]] = [:]

    init(step: PlaceRecord.Step) {
        self.step = step
    }

    /// Whether a value of that step is there already.
    func holds(_ quantity: SeriesQuantity, place: String, at step: Int) -> Bool {
        sums[place]?[quantity]?[step] != nil
    }

    /// Adds a value; NaN says that the step is there and its value missing.
    mutating func add(_ value: Double, _ quantity: SeriesQuantity, place: String, at step: Int) {
        let known = sums[place]?[quantity]?[step] ?? (0, 0)
        sums[place, default: [:]][quantity, default: [:]][step] =
            value.isNaN ? known : (known.sum + value, known.count + 1)
    }

    /// The places by name, each from its first to its last step; several rows of a step are averaged.
    func records() -> [PlaceRecord] {
        sums.keys.sorted().compactMap { place in
            let columns = sums[place] ?? [:]
            let steps = columns.values.flatMap(\.keys)
            guard let first = steps.min(), let last = steps.max() else { return nil }
            return PlaceRecord(
                place: place, step: step, first: first,
                values: columns.mapValues { known in
                    (first...last).map { known[$0].flatMap { $0.count == 0 ? nil : $0.sum / Double($0.count) } ?? .nan }
                })
        }
    }
}
