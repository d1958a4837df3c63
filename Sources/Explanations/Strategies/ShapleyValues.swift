/// Shapley values of a game of a few players (Shapley 1953, in Contributions to the Theory of Games II, 307-317).
///
/// ```
/// value_i = sum over coalitions S without i of |S|! (n - |S| - 1)! / n! x (worth(S and i) - worth(S))
/// ```
/// The mean of what i adds over all orders in which the players can come. They add up to worth(all) - worth(none)
/// (efficiency), a player that adds nothing to any coalition gets 0 (dummy), two that add the same to every coalition get
/// the same (symmetry).
enum ShapleyValues {
    /// The values of `playerCount` players, at most 20, from the worth of each of the 2^n coalitions; bit i of a
    /// coalition's index says whether player i is in it.
    static func of(_ worths: [Double], playerCount: Int) -> [Double] {
        precondition(playerCount <= 20 && worths.count == 1 << playerCount, "a worth for every coalition")
        let shares = shares(playerCount: playerCount)
        return (0..<playerCount).map { player in
            var value = 0.0
            for coalition in worths.indices where coalition & (1 << player) == 0 {
                let added = worths[coalition | (1 << player)] - worths[coalition]
                value += shares[coalition.nonzeroBitCount] * added
            }
            return value
        }
    }

    /// |S|! (n - |S| - 1)! / n! by |S|, as 1 / (n x binomial(n - 1, |S|)).
    private static func shares(playerCount: Int) -> [Double] {
        var binomial = 1.0
        return (0..<playerCount).map { size in
            defer { binomial = binomial * Double(playerCount - 1 - size) / Double(size + 1) }
            return 1 / (Double(playerCount) * binomial)
        }
    }
}
