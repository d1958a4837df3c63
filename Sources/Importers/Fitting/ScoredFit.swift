import Domain
import LinearAlgebra

/// Observations for a linear fit: one column a term, one target, and which of them may be fitted.
struct Observations {
    /// Names of the terms.
    let terms: [String]
    private(set) var rows: [[Double]] = []
    private(set) var target: [Double] = []
    /// Whether the observation belongs to the fitted part and not to the held-out one.
    private(set) var isFitted: [Bool] = []

    init(terms: [String]) {
        self.terms = terms
    }

    /// Adds an observation.
    mutating func append(_ row: [Double], target value: Double, isFitted fitted: Bool) {
        precondition(row.count == terms.count, "one value a term")
        rows.append(row)
        target.append(value)
        isFitted.append(fitted)
    }

    /// Number of observations.
    var count: Int { target.count }
}

/// How well a fit does on some observations.
public struct FitScore: Sendable, Hashable, Codable {
    /// Number of observations.
    public let observations: Int
    /// 1 - squared residuals / squared deviations from these observations' own mean; nil where that is 0 / 0.
    public let rSquared: Double?
    /// Root of the mean squared residual.
    public let residualDeviation: Double
    /// Mean of observed - fitted: the bias, 0 on the fitted part of a fit with a constant.
    public let meanResidual: Double

    /// The score in words.
    var text: String {
        "n \(observations), R2 \(short(rSquared)), residual sd \(short(residualDeviation)), mean residual "
            + short(meanResidual)
    }

    /// Scores coefficients on the observations of one part, in their order.
    init(_ observations: Observations, coefficients: [Double], fittedPart: Bool) {
        var count = 0.0
        var sum = 0.0
        for (index, value) in observations.target.enumerated() where observations.isFitted[index] == fittedPart {
            count += 1
            sum += value
        }
        var residualSum = 0.0
        var residualSquares = 0.0
        var totalSquares = 0.0
        for (index, value) in observations.target.enumerated() where observations.isFitted[index] == fittedPart {
            var fitted = 0.0
            for (term, coefficient) in coefficients.enumerated() {
                fitted += observations.rows[index][term] * coefficient
            }
            residualSum += value - fitted
            residualSquares += (value - fitted) * (value - fitted)
            totalSquares += (value - sum / count) * (value - sum / count)
        }
        self.observations = Int(count)
        rSquared = totalSquares > 0 ? (1 - residualSquares / totalSquares).rounded(toSignificantDigits: 9) : nil
        residualDeviation = count > 0 ? (residualSquares / count).squareRoot().rounded(toSignificantDigits: 9) : 0
        // What is left of a mean residual that is 0 by construction depends on rounding: 0 it is.
        let mean = count > 0 ? residualSum / count : 0
        meanResidual = mean.magnitude > 1e-6 * residualDeviation ? mean.rounded(toSignificantDigits: 9) : 0
    }
}

/// Four significant digits for people, a dash for none.
private func short(_ value: Double?) -> String { value.map { $0.rounded(toSignificantDigits: 4).shortText } ?? "-" }

/// A linear fit on one part of the observations, scored on it and on the part held out.
public struct ScoredFit: Sendable, Hashable, Codable {
    /// A coefficient.
    public struct Coefficient: Sendable, Hashable, Codable {
        /// The term.
        public let term: String
        /// The estimate, rounded to nine significant digits; 0 for a term left out.
        public let value: Double
        /// Its standard error, rounded likewise; nil for a term left out.
        public let standardError: Double?
    }

    /// What is fitted, with its unit.
    public let target: String
    /// The coefficients, in the order of the terms.
    public let coefficients: [Coefficient]
    /// Residual standard deviation with its degrees of freedom, rounded likewise.
    public let residualDeviation: Double
    /// On the fitted part.
    public let fitted: FitScore
    /// On the part held out.
    public let heldOut: FitScore

    /// The values of the coefficients.
    public var values: [Double] { coefficients.map(\.value) }

    /// Fits by ordinary least squares (LAPACK `dgels`), without observations of the held-out part.
    ///
    /// With `isNonNegative`, the non-negative least squares problem is solved: of all sets of terms whose own fit has
    /// no negative coefficient the one with the smallest residual, which is its solution (Lawson & Hanson 1974, chapter
    /// 23). All 2^terms - 1 sets are tried: tariffs have six terms.
    /// - Throws: `InputError` where the observations do not determine the coefficients.
    init(_ observations: Observations, target: String, isNonNegative: Bool = false) throws(InputError) {
        let used = observations.rows.indices.filter { observations.isFitted[$0] }
        let values = used.map { observations.target[$0] }
        let terms = observations.terms
        let whole = Array(terms.indices)
        var best: (terms: [Int], fit: LeastSquaresFit)?
        let sets = isNonNegative ? (1..<(1 << terms.count)).map { set in whole.filter { set >> $0 & 1 == 1 } } : [whole]
        for set in sets {
            let design = used.flatMap { row in set.map { observations.rows[row][$0] } }
            // A set whose terms depend on each other has the same span as a smaller one, which is tried too.
            guard
                let fit = try? leastSquares(design: design, rows: used.count, columns: set.count, target: values),
                !isNonNegative || fit.coefficients.allSatisfy({ $0 >= 0 }),
                fit.residualSumOfSquares < best?.fit.residualSumOfSquares ?? .infinity
            else { continue }
            best = (set, fit)
        }
        guard let best else {
            throw InputError(
                found: "\(used.count) observations of \(target)",
                expected: "enough different ones to fit \(terms.joined(separator: ", "))")
        }
        self.target = target
        coefficients = terms.indices.map { term in
            guard let position = best.terms.firstIndex(of: term) else {
                return Coefficient(term: terms[term], value: 0, standardError: nil)
            }
            let error = best.fit.standardErrors[position]
            return Coefficient(
                term: terms[term], value: best.fit.coefficients[position].rounded(toSignificantDigits: 9),
                standardError: error.isFinite ? error.rounded(toSignificantDigits: 6) : nil)
        }
        let deviation = best.fit.residualDeviation
        residualDeviation = deviation.isFinite ? deviation.rounded(toSignificantDigits: 9) : 0
        let rounded = coefficients.map(\.value)
        fitted = FitScore(observations, coefficients: rounded, fittedPart: true)
        heldOut = FitScore(observations, coefficients: rounded, fittedPart: false)
    }

    /// The fit in a few lines for people.
    public var text: String {
        var lines = [target]
        for coefficient in coefficients {
            lines.append(
                "    \(coefficient.term): \(short(coefficient.value)), standard error "
                    + short(coefficient.standardError)
            )
        }
        for (name, score) in [("fitted", fitted), ("held out", heldOut)] {
            lines.append("    \(name): \(score.text)")
        }
        return lines.joined(separator: "\n")
    }
}
