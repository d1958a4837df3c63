/// The lowest point of a function of few numbers, without derivatives (Nelder and Mead 1965, DOI 10.1093/comjnl/7.4.308).
///
/// A simplex of corners crawls down: the worst corner is reflected through the mean of the others, further out where that is the
/// best of all, less far where it is the worst still, and if nothing helps all corners draw near the best. The usual coefficients
/// 1, 2, 1/2, 1/2. Unlike a search along the axes it follows a narrow valley.
struct SimplexSearch {
    /// The best point found.
    private(set) var best: [Double]
    /// The function there.
    private(set) var least: Double
    /// How often the function was asked.
    private(set) var trials = 0

    /// Searches from a start.
    ///
    /// - Parameters:
    ///   - start: the first corner.
    ///   - step: how far the other corners are from it, along one axis each.
    ///   - trialsMax: after so many trials no further step is begun.
    ///   - isGoodEnough: ends the search early.
    ///   - function: what is to be low.
    init(
        from start: [Double], step: Double, trialsMax: Int, isGoodEnough: (Double) -> Bool,
        _ function: ([Double]) -> Double
    ) {
        var asked = 0
        func corner(_ point: [Double]) -> (point: [Double], value: Double) {
            asked += 1
            return (point, function(point))
        }
        var corners = [corner(start)]
        for axis in start.indices {
            var point = start
            point[axis] += step
            corners.append(corner(point))
        }
        // Stable, so that equal corners keep their order.
        func sort() { corners = corners.enumerated().sorted { ($0.1.value, $0.0) < ($1.1.value, $1.0) }.map(\.1) }
        sort()
        while asked < trialsMax, !isGoodEnough(corners[0].value) {
            let worst = corners[start.count]
            let centre = start.indices.map { axis in
                corners.dropLast().reduce(0) { $0 + $1.point[axis] } / Double(start.count)
            }
            func beyond(_ factor: Double) -> (point: [Double], value: Double) {
                corner(zip(centre, worst.point).map { $0 + factor * ($0 - $1) })
            }
            let reflected = beyond(1)
            if reflected.value < corners[0].value {
                let further = beyond(2)
                corners[start.count] = further.value < reflected.value ? further : reflected
            } else if reflected.value < corners[start.count - 1].value {
                corners[start.count] = reflected
            } else {
                let nearer = reflected.value < worst.value ? beyond(0.5) : beyond(-0.5)
                if nearer.value < min(worst.value, reflected.value) {
                    corners[start.count] = nearer
                } else {
                    let best = corners[0].point
                    for index in corners.indices.dropFirst() {
                        corners[index] = corner(zip(best, corners[index].point).map { ($0 + $1) / 2 })
                    }
                }
            }
            sort()
        }
        best = corners[0].point
        least = corners[0].value
        trials = asked
    }
}
