import Replay

/// An input in which the scores of a comparison are linear, and what a unit of it adds to each candidate's score.
struct InputLine {
    let input: ChangeableInput
    /// Score per unit, by candidate.
    let slopes: [Double]

    /// A line from its parts.
    init(input: ChangeableInput, slopes: [Double]) {
        self.input = input
        self.slopes = slopes
    }

    /// The line of a weight: a unit of it adds the scaled value of its rating. Nil where no such rating is weighed.
    init?(input: ChangeableInput, attempt: DecisionAttempt) {
        guard let term = attempt.ratings.firstIndex(where: { $0.position == input.index }) else { return nil }
        let rating = attempt.ratings[term]
        self.init(
            input: input,
            slopes: attempt.candidates.map { ($0.terms[term].value - rating.offset) / rating.scale })
    }

    /// Positions of the candidates of the chosen nodes, and of those of others, whose scores competed.
    private static func sides(
        _ attempt: DecisionAttempt, chosenNodes: Set<Int>
    ) -> (own: [Int], rivals: [Int]) {
        let scored = attempt.candidates.indices.filter { attempt.candidates[$0].isScored }
        return (
            scored.filter { chosenNodes.contains(attempt.candidates[$0].lane.node) },
            scored.filter { !chosenNodes.contains(attempt.candidates[$0].lane.node) }
        )
    }

    /// How much worse a score is than a rival's, less a hair: equal scores are decided by id, and that is no reason.
    private static func lead(of mine: Int, over rival: Int, in attempt: DecisionAttempt) -> Double {
        let (own, other) = (attempt.candidates[mine].score, attempt.candidates[rival].score)
        return own - other - 1e-12 * max(1, abs(own), abs(other))
    }

    /// The least change down and the least change up at which a candidate of another node is no worse than all of the
    /// chosen node, within the plausible range: in closed form, rival by rival.
    func crossings(attempt: DecisionAttempt?, chosenNodes: Set<Int>) -> [Double] {
        guard let attempt else { return [] }
        let (own, rivals) = Self.sides(attempt, chosenNodes: chosenNodes)
        return [-1.0, 1].compactMap { sign in
            let room = sign < 0 ? input.value - input.low : input.high - input.value
            let nearest = rivals.compactMap { rival -> Double? in
                var from = 0.0
                var to = room
                for mine in own {
                    // (own score - rival's) + gain x change >= 0.
                    let lead = Self.lead(of: mine, over: rival, in: attempt)
                    let gain = sign * (slopes[mine] - slopes[rival])
                    if gain > 0 {
                        from = max(from, -lead / gain)
                    } else if gain < 0 {
                        to = min(to, lead / -gain)
                    } else if lead < 0 {
                        return nil
                    }
                }
                return from <= to ? from : nil
            }
            return nearest.min().map { sign * $0 }
        }
    }

    /// One program a rival, in changes up and down of each input in units of its spread.
    static func programs(
        of lines: [InputLine], attempt: DecisionAttempt, chosenNodes: Set<Int>
    ) -> [SmallLinearProgram] {
        let (own, rivals) = sides(attempt, chosenNodes: chosenNodes)
        let bounds = lines.flatMap { line in
            [
                (line.input.high - line.input.value) / line.input.spread,
                (line.input.value - line.input.low) / line.input.spread,
            ]
        }
        return rivals.map { rival in
            let rows = own.map { mine in
                lines.flatMap { line in
                    let gain = (line.slopes[mine] - line.slopes[rival]) * line.input.spread
                    return [gain, -gain]
                }
            }
            let sides = own.map { -lead(of: $0, over: rival, in: attempt) }
            return SmallLinearProgram(
                costs: [Double](repeating: 1, count: 2 * lines.count), upperBounds: bounds, rows: rows,
                rightSides: sides)
        }
    }
}
