import Foundation

/// Numbers for people: few digits, thousands separated, the same in every locale.
public enum NumberText {
    /// What stands for a value that is not defined.
    public static let undefined = "–"

    /// A value with about four significant digits: `0.9312`, `12.35`, `1,235`, `1,234,568`.
    public static func value(_ value: Double?) -> String {
        guard let value, value.isFinite else { return undefined }
        return fixed(value, decimals: decimals(for: value))
    }

    /// A number that somebody stated, as short as it reads: `0.5`, `60`, `1,234.5`; at most six decimals.
    public static func stated(_ value: Double?) -> String {
        guard let value, value.isFinite else { return undefined }
        let text = fixed(value, decimals: 6)
        guard text.contains(".") else { return text }
        let whole = text.reversed().drop { $0 == "0" }
        return String((whole.first == "." ? whole.dropFirst() : whole).reversed())
    }

    /// A value with the half-width of its interval, in the same digits: `0.9312 ± 0.0021`.
    public static func interval(mean: Double?, low: Double?, high: Double?) -> String {
        guard let mean, mean.isFinite else { return undefined }
        guard let low, let high, low.isFinite, high.isFinite else { return value(mean) }
        let places = max(decimals(for: mean), min(6, decimalsToShow(half: (high - low) / 2)))
        return fixed(mean, decimals: places) + " ± " + fixed((high - low) / 2, decimals: places)
    }

    /// Bounds: `[-0.012, 0.034]`.
    public static func bounds(low: Double?, high: Double?) -> String {
        guard let low, let high, low.isFinite, high.isFinite else { return undefined }
        let places = max(decimals(for: max(abs(low), abs(high))), min(6, decimalsToShow(half: (high - low) / 2)))
        return "[\(fixed(low, decimals: places)), \(fixed(high, decimals: places))]"
    }

    /// A share as a percentage with one decimal: `93.1 %`.
    public static func percent(_ share: Double?) -> String {
        guard let share, share.isFinite else { return undefined }
        return fixed(share * 100, decimals: 1) + " %"
    }

    /// A whole number with separated thousands.
    public static func count(_ count: Int) -> String { grouped(String(count)) }

    /// A number with a fixed number of decimals and separated thousands.
    public static func fixed(_ value: Double, decimals: Int) -> String {
        let text = String(format: "%.\(max(0, decimals))f", value)
        let parts = text.split(separator: ".", maxSplits: 1)
        let whole = grouped(String(parts[0]))
        let result = parts.count > 1 ? whole + "." + parts[1] : whole
        // -0.00 reads as a sign of something.
        return result.contains(where: { ("1"..."9").contains($0) }) ? result : result.replacing("-", with: "")
    }

    /// Seconds as `4.2 s`, `3 min 20 s` or `2 h 5 min`.
    public static func duration(seconds: Double) -> String {
        if seconds < 60 { return fixed(seconds, decimals: seconds < 10 ? 1 : 0) + " s" }
        let whole = Int(seconds.rounded())
        if whole < 3_600 { return "\(whole / 60) min \(whole % 60) s" }
        return "\(whole / 3_600) h \(whole % 3_600 / 60) min"
    }

    /// Decimals that leave about four significant digits.
    private static func decimals(for value: Double) -> Int {
        switch abs(value) {
        case 0: 0
        case ..<0.0001: 6
        case ..<10: 4
        case ..<100: 2
        case ..<1_000: 1
        default: 0
        }
    }

    /// Decimals that show two digits of a half-width.
    private static func decimalsToShow(half: Double) -> Int {
        guard half > 0 else { return 0 }
        var places = 0
        var scaled = half
        while scaled < 10, places < 6 {
            scaled *= 10
            places += 1
        }
        return places
    }

    private static func grouped(_ digits: String) -> String {
        let isNegative = digits.hasPrefix("-")
        let plain = isNegative ? String(digits.dropFirst()) : digits
        var result = ""
        for (index, digit) in plain.enumerated() {
            if index > 0, (plain.count - index).isMultiple(of: 3) { result.append(",") }
            result.append(digit)
        }
        return isNegative ? "-" + result : result
    }
}
