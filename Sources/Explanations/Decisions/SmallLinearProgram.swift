/// The smallest cost that meets some linear inequalities, a few dozen variables at most.
///
/// Minimise c . x subject to A x >= b and 0 <= x <= u, with c >= 0. Solved by the dual simplex method on a dense tableau
/// (Lemke 1954, doi:10.1002/nav.3800010107): since no cost is negative, doing nothing is dual feasible, and each pivot
/// mends a broken inequality at the least cost. Ties go to the lowest index, so that the same program has the same
/// solution. O(pivots x (rows + variables) x variables).
public struct SmallLinearProgram: Sendable {
    /// Cost of a unit of each variable, not negative.
    public var costs: [Double]
    /// Upper bound of each variable; +infinity = none.
    public var upperBounds: [Double]
    /// Left sides, inequality x variable.
    public var rows: [[Double]]
    /// Right sides.
    public var rightSides: [Double]

    /// A program from its parts.
    public init(costs: [Double], upperBounds: [Double], rows: [[Double]], rightSides: [Double]) {
        precondition(costs.allSatisfy { $0 >= 0 }, "no cost is negative")
        precondition(rows.count == rightSides.count && upperBounds.count == costs.count, "parts of one size")
        precondition(rows.allSatisfy { $0.count == costs.count }, "a coefficient a variable")
        self.costs = costs
        self.upperBounds = upperBounds
        self.rows = rows
        self.rightSides = rightSides
    }

    /// A solution.
    public struct Solution: Sendable, Hashable {
        /// The values.
        public var values: [Double]
        /// c . x.
        public var cost: Double
    }

    /// The best solution; nil where no values meet the inequalities.
    public func solution() -> Solution? {
        var tableau = Tableau(self)
        // Far more pivots than a program of this size takes: a guard against rounding that goes round in circles.
        for _ in 0..<(50 * (tableau.rowCount + costs.count + 10)) {
            guard let row = tableau.brokenRow() else {
                let values = tableau.values(count: costs.count)
                return Solution(values: values, cost: zip(costs, values).reduce(0) { $0 + $1.0 * $1.1 })
            }
            guard let column = tableau.enteringColumn(row: row) else { return nil }
            tableau.pivot(row: row, column: column)
        }
        return nil
    }
}

/// Inequalities as equations with slack variables, in terms of the variables that are 0.
private struct Tableau {
    /// Left sides, row x column; the last column is the right side.
    private var table: [[Double]] = []
    /// Reduced costs.
    private var costs: [Double]
    /// The variable that each row gives: below the count of variables a variable, else a slack.
    private var basis: [Int] = []
    /// The variable of each column.
    private var columns: [Int]
    /// The largest coefficient, against which rounding is told from a breach.
    private let scale: Double
    var rowCount: Int { table.count }

    init(_ program: SmallLinearProgram) {
        let count = program.costs.count
        costs = program.costs
        columns = Array(0..<count)
        // A x >= b as slack = A x - b >= 0; x <= u likewise.
        for (row, bound) in zip(program.rows, program.rightSides) { table.append(row.map { -$0 } + [-bound]) }
        for (variable, bound) in program.upperBounds.enumerated() where bound < .infinity {
            table.append((0..<count).map { $0 == variable ? 1 : 0 } + [bound])
        }
        basis = table.indices.map { count + $0 }
        scale = program.rightSides.reduce(0) { max($0, abs($1)) }
    }

    /// The row whose variable is the most negative.
    func brokenRow() -> Int? {
        var worst: Int?
        var smallest = -1e-13 * scale
        for row in table.indices where (table[row].last ?? 0) < smallest {
            smallest = table[row].last ?? 0
            worst = row
        }
        return worst
    }

    /// The column that mends a row at the least cost.
    func enteringColumn(row: Int) -> Int? {
        var best: Int?
        var least = Double.infinity
        let largest = table[row].dropLast().reduce(0) { max($0, abs($1)) }
        for column in columns.indices where table[row][column] < -1e-12 * largest {
            let ratio = costs[column] / -table[row][column]
            if ratio < least || (ratio == least && columns[column] < columns[best ?? column]) {
                least = ratio
                best = column
            }
        }
        return best
    }

    /// Lets a column's variable take the place of a row's.
    mutating func pivot(row: Int, column: Int) {
        let pivot = table[row][column]
        let width = table[row].count
        for position in 0..<width where position != column { table[row][position] /= pivot }
        table[row][column] = 1 / pivot
        for other in table.indices where other != row {
            let factor = table[other][column]
            guard factor != 0 else { continue }
            for position in 0..<width where position != column {
                table[other][position] -= factor * table[row][position]
            }
            table[other][column] = -factor / pivot
        }
        let factor = costs[column]
        for position in 0..<(width - 1) where position != column { costs[position] -= factor * table[row][position] }
        costs[column] = -factor / pivot
        (basis[row], columns[column]) = (columns[column], basis[row])
    }

    /// The values of the first variables.
    func values(count: Int) -> [Double] {
        var values = [Double](repeating: 0, count: count)
        for (row, variable) in basis.enumerated() where variable < count {
            values[variable] = max(0, table[row].last ?? 0)
        }
        return values
    }
}
