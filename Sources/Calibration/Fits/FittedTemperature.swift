import DeterministicMath
import Domain
import LinearAlgebra

/// Means by month, daily amplitude and spread of a temperature.
struct FittedTemperature {
    /// Mean by month, degrees Celsius, as the model is to have it.
    var means: [Double]
    /// Mean of wet steps by month as measured; NaN in months with too few of them.
    let measured: [Double]
    /// Half the difference of a day's warmest and coldest hour.
    var amplitude: Double
    /// Standard deviation around both.
    var spread: Double
    /// What to know of it.
    var notes: [String] = []

    /// The fit to the wet steps of a record; see ``TemperatureFit``.
    init(_ record: PlaceRecord, celsius: [Double], wet: [Bool]) throws(InputError) {
        let months = record.months
        let least = record.step == .hour ? 30 : 10
        let enough = (0..<12).map { month in months.indices.count { months[$0] == month && wet[$0] } >= least }
        // Where no month has enough, all wet steps are better than none.
        let used = months.indices.filter { wet[$0] && (enough[months[$0]] || !enough.contains(true)) }
        let present = (0..<12).filter { month in used.contains { months[$0] == month } }
        let isHourly = record.step == .hour
        var design: [Double] = []
        for position in used {
            design += present.map { months[position] == $0 ? 1 : 0 }
            if isHourly {
                let hour = record.clock(position).secondOfDay / 3_600 + 0.5
                design.append(DeterministicMath.cosine(2 * Double.pi * (hour - 15) / 24))
            }
        }
        let columns = present.count + (isHourly ? 1 : 0)
        let fit: LeastSquaresFit
        do {
            fit = try leastSquares(
                design: design, rows: used.count, columns: columns, target: used.map { celsius[$0] })
        } catch {
            throw InputError(
                found: "wet \(record.step.rawValue)s that give no temperature (\(error))", expected: "more of them")
        }
        func rounded(_ value: Double) -> Double { DeterministicMath.rounded(value, significantDigits: 3) }
        let all = (0..<12).map { month -> Double in
            let known = months.indices.filter { months[$0] == month && !celsius[$0].isNaN }
            return known.isEmpty ? .nan : known.reduce(0) { $0 + celsius[$1] } / Double(known.count)
        }
        let means = (0..<12).map { month in
            present.firstIndex(of: month).map { fit.coefficients[$0] } ?? all[month]
        }
        let known = means.filter { !$0.isNaN }
        let mean = known.isEmpty ? 0 : known.reduce(0, +) / Double(known.count)
        measured = means.indices.map { present.contains($0) ? means[$0] : .nan }
        self.means = means.map { rounded($0.isNaN ? mean : $0) }
        spread = fit.residualDeviation.isNaN ? 0 : rounded(fit.residualDeviation)
        amplitude = rounded(isHourly ? max(0, fit.coefficients[present.count]) : Self.amplitude(record, wet: wet))
        for month in present {
            let all = used.filter { months[$0] == month }
            let snow = Double(all.count { celsius[$0] <= TemperatureFit.snowBelowCelsius }) / Double(all.count)
            if snow > 0, snow < 1, spread > 0 { self.means[month] = rounded(self.mean(withSnow: snow)) }
        }
        let dry = (0..<12).filter { !present.contains($0) }.map { MonthlyShares.names[$0] }
        if !dry.isEmpty {
            notes.append(
                "\(dry.joined(separator: ", ")): too rarely wet for a mean of their own wet \(record.step.rawValue)s; that of all."
            )
        }
        let errors = present.indices.map { fit.standardErrors[$0] }.filter { !$0.isNaN }
        if let largest = errors.max() {
            notes.append(
                "Means by month have standard errors of at most \(plainNumber(rounded(largest))) degrees, as if "
                    + "\(record.step.rawValue)s were independent.")
        }
    }

    /// The mean at which a share of wet hours is snow, by bisection.
    private func mean(withSnow share: Double) -> Double {
        func snow(_ mean: Double) -> Double {
            let hours = (0..<24).map { hour -> Double in
                let day = amplitude * DeterministicMath.cosine(2 * Double.pi * (Double(hour) + 0.5 - 15) / 24)
                return DeterministicMath.normalCumulative((TemperatureFit.snowBelowCelsius - mean - day) / spread)
            }
            return hours.reduce(0, +) / 24
        }
        var (low, high) = (-90.0, 60.0)
        for _ in 0..<40 {
            let middle = (low + high) / 2
            if snow(middle) > share { low = middle } else { high = middle }
        }
        return (low + high) / 2
    }

    /// Half the mean difference of highest and lowest of wet days; 0 where they are not known.
    private static func amplitude(_ record: PlaceRecord, wet: [Bool]) -> Double {
        guard let highest = record[.highest], let lowest = record[.lowest] else { return 0 }
        let known = wet.indices.filter { wet[$0] && !highest[$0].isNaN && !lowest[$0].isNaN }
        guard !known.isEmpty else { return 0 }
        return max(0, known.reduce(0) { $0 + highest[$1] - lowest[$1] } / Double(2 * known.count))
    }
}
