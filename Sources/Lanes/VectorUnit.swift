import CLanes
import Domain
import Foundation

/// The vector instructions that the loops over candidates are run with. Results do not depend on it.
public enum VectorUnit: String, Sendable, CaseIterable {
    /// What every processor of the architecture has.
    case portable
    /// Four float64 an instruction.
    case avx2
    /// Eight float64 an instruction.
    case avx512

    /// Whether this processor and the system know it.
    public var isSupported: Bool {
        switch self {
        case .portable: true
        case .avx2: clanes_has_avx2() != 0
        case .avx512: clanes_has_avx512() != 0
        }
    }

    /// The widest that is supported.
    public static let widest = allCases.last { $0.isSupported } ?? .portable

    /// The environment variable that asks for another than the widest.
    public static let variable = "SANDTABLE_VECTOR_UNIT"

    /// What the environment asks for; the widest where it asks for nothing.
    ///
    /// - Throws: ``InputError`` for a word that names none, or one that is not supported here.
    public static func requested(
        in environment: [String: String] = ProcessInfo.processInfo.environment
    ) throws(InputError) -> VectorUnit {
        guard let word = environment[variable], !word.isEmpty else { return widest }
        let supported = allCases.filter(\.isSupported).map(\.rawValue)
        guard let unit = VectorUnit(rawValue: word), unit.isSupported else {
            throw InputError(
                found: "'\(word)' in the environment variable \(variable)",
                expected: "one of \(supported.joined(separator: ", ")) on this processor")
        }
        return unit
    }
}
