/// How often something is, and how it comes and goes: of hours that are known. Pairs and spells that a gap cuts do not count;
/// NaN where nothing does.
struct SpellFacts {
    /// Share of known hours in which it is.
    let share: Double
    /// P(it is after it was not).
    let comes: Double
    /// P(it is after it was).
    let stays: Double
    /// Lengths of whole spells.
    let spells: [Int]

    /// Facts of a state by hour; nil = missing.
    init(_ states: [Bool?]) {
        var (known, held) = (0, 0)
        var pairs = (absent: 0, comes: 0, present: 0, stays: 0)
        var spells: [Int] = []
        // Length of the spell under way; nil after a gap, in which it may have begun.
        var length: Int? = 0
        var before: Bool?
        for (position, state) in states.enumerated() {
            if let state {
                known += 1
                held += state ? 1 : 0
                if let before {
                    if before {
                        pairs.present += 1
                        pairs.stays += state ? 1 : 0
                    } else {
                        pairs.absent += 1
                        pairs.comes += state ? 1 : 0
                    }
                }
                if state {
                    length = length.map { $0 + 1 }
                } else {
                    if let length, length > 0 { spells.append(length) }
                    length = 0
                }
            } else {
                length = nil
            }
            if position == states.count - 1, state == true, let length { spells.append(length) }
            before = state
        }
        func ratio(_ count: Int, _ all: Int) -> Double { all == 0 ? .nan : Double(count) / Double(all) }
        share = ratio(held, known)
        comes = ratio(pairs.comes, pairs.absent)
        stays = ratio(pairs.stays, pairs.present)
        self.spells = spells
    }

    /// The share of spells of some lengths.
    func share(ofSpells isCounted: (Int) -> Bool) -> Double {
        spells.isEmpty ? .nan : Double(spells.count(where: isCounted)) / Double(spells.count)
    }
}
