import Foundation
import Testing

@testable import Explanations

/// The linear programs behind joint changes, against scipy's numbers and the closed form.
struct SmallLinearProgramTests {
    /// The programs of `Scripts/reference/linear-programs.py` with their optimal costs.
    private func stored() throws -> [(program: SmallLinearProgram, cost: Double)] {
        let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
            .appendingPathComponent("Reference/linearPrograms.csv")
        return try String(contentsOf: file, encoding: .utf8).split(separator: "\n").filter { !$0.hasPrefix("#") }.map {
            let numbers = $0.split(separator: ",").compactMap { Double($0) }
            let (count, rowCount) = (Int(numbers[0]), Int(numbers[1]))
            try #require(numbers.count == 2 + 2 * count + rowCount * (count + 1) + 1)
            let rows = 2 + 2 * count
            let sides = rows + rowCount * count
            let program = SmallLinearProgram(
                costs: Array(numbers[2..<(2 + count)]), upperBounds: Array(numbers[(2 + count)..<rows]),
                rows: (0..<rowCount).map { Array(numbers[(rows + $0 * count)..<(rows + ($0 + 1) * count)]) },
                rightSides: Array(numbers[sides..<(sides + rowCount)]))
            return (program, numbers[numbers.count - 1])
        }
    }

    /// Whether values meet the inequalities and bounds.
    private func isFeasible(_ values: [Double], _ program: SmallLinearProgram) -> Bool {
        zip(values, program.upperBounds).allSatisfy { $0 >= 0 && $0 <= $1 + 1e-9 }
            && zip(program.rows, program.rightSides).allSatisfy { row, side in
                zip(row, values).reduce(0) { $0 + $1.0 * $1.1 } >= side - 1e-9
            }
    }

    @Test("The cost is scipy.optimize.linprog's, the values meet every inequality, and what cannot be met is known")
    func againstScipy() throws {
        let stored = try stored()
        #expect(stored.count == 400)
        var impossible = 0
        for (number, (program, cost)) in stored.enumerated() {
            guard let solution = program.solution() else {
                #expect(cost.isNaN, "program \(number): scipy has \(cost)")
                impossible += 1
                continue
            }
            #expect(abs(solution.cost - cost) <= 1e-9 * max(1, cost), "program \(number): \(solution.cost), \(cost)")
            #expect(isFeasible(solution.values, program), "program \(number)")
        }
        #expect(impossible > 20 && impossible < 200)
    }

    @Test("With one inequality and no bound the best single variable alone is the optimum: b x the least cost per gain")
    func closedForm() throws {
        var count = 0
        for (program, _) in try stored() where program.rows.count == 1 && program.rightSides[0] > 0 {
            var free = program
            free.upperBounds = program.upperBounds.map { _ in .infinity }
            let prices = zip(program.costs, program.rows[0]).compactMap { cost, gain in gain > 0 ? cost / gain : nil }
            let expected = prices.min().map { $0 * program.rightSides[0] }
            let found = free.solution()
            #expect((found == nil) == (expected == nil))
            if let found, let expected {
                #expect(abs(found.cost - expected) <= 1e-12 * max(1, expected))
                #expect(found.values.count { $0 > 0 } == 1)
                count += 1
            }
        }
        #expect(count > 50)
    }
}
