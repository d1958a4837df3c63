import Domain
import Sampling

/// Throws for one part of a random case, keyed by the case's number and the part's name, so that leaving a part out
/// changes no other.
struct CaseDice {
    private let draws: Draws
    private let entity: UInt64
    private var next = 0

    /// Dice for a part such as `order-7` of a case.
    init(caseNumber: Int, part: String) {
        draws = Draws(seed: UInt64(bitPattern: Int64(caseNumber)), replication: 0)
        entity = StableHash.of(part)
    }

    /// A number in (0, 1).
    mutating func uniform() -> Double {
        next += 1
        return draws.uniform(.test, entity: entity, draw: next - 1)
    }

    /// True with a probability.
    mutating func chance(_ probability: Double) -> Bool { uniform() < probability }

    /// An integer of a range, each as likely.
    mutating func integer(_ range: ClosedRange<Int>) -> Int {
        min(range.upperBound, range.lowerBound + Int(uniform() * Double(range.count)))
    }

    /// One of several, each as likely.
    mutating func one<Element>(of elements: [Element]) -> Element {
        elements[integer(0...(elements.count - 1))]
    }

    /// A number between bounds: a multiple of `grid` where one is given.
    mutating func number(_ range: ClosedRange<Double>, grid: Double? = nil) -> Double {
        let value = range.lowerBound + uniform() * (range.upperBound - range.lowerBound)
        guard let grid else { return value }
        return (value / grid).rounded(.down) * grid
    }

    /// Each of several with a probability, in their order.
    mutating func some<Element>(of elements: [Element], probability: Double) -> [Element] {
        var chosen: [Element] = []
        for element in elements where chance(probability) { chosen.append(element) }
        return chosen
    }
}
