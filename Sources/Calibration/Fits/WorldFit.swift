import Domain

/// What is calibrated: which fits are asked.
public enum CalibrationKind: String, Sendable, Hashable, CaseIterable {
    /// Generated weather.
    case weather
    /// Generated traffic.
    case traffic
    /// What weather does to transit.
    case effects
}

/// How a fit goes about it.
public struct FitOptions: Sendable, Hashable {
    /// Which constants of time generated weather gets.
    public enum Constants: String, Sendable, Hashable, CaseIterable {
        /// The standard ones.
        case standard
        /// Sought where the standard ones miss the record by more than twice its standard error.
        case sought
    }
    /// Constants of time.
    public var constants = Constants.sought

    /// The usual way.
    public init() {}
}

/// Fits some parameters of a perturbation to series.
///
/// Extension point: one file a member, one line in ``WorldFitCatalogue``; the recipe is in <doc:Calibrating>.
public protocol WorldFit: Sendable {
    /// Its name, for results.
    var name: String { get }

    /// What it fits, in one line.
    var summary: String { get }

    /// When it is asked.
    var kind: CalibrationKind { get }

    /// What series need to hold for it, for messages.
    var needs: String { get }

    /// The part of a world; nil where the series hold nothing that it could be fitted to.
    ///
    /// - Throws: ``InputError`` where they hold something, and too little.
    func fit(_ series: SeriesContent, options: FitOptions) throws(InputError) -> FittedPart?
}

/// Every fit, one line each.
public enum WorldFitCatalogue {
    /// The members, in the order in which they are shown.
    public static let members: [any WorldFit] = [
        RainFit(),
        DailyRainFit(),
        TemperatureFit(),
        WindFit(),
        TrafficFit(),
        DelayFit(),
    ]

    /// The world of some series.
    ///
    /// - Throws: ``InputError`` where no fit of that kind finds what it needs.
    public static func fit(
        _ series: SeriesContent, kind: CalibrationKind, options: FitOptions = FitOptions()
    ) throws(InputError) -> FittedWorld {
        let asked = members.filter { $0.kind == kind }
        var parts: [FittedPart] = []
        for member in asked {
            if let part = try member.fit(series, options: options) { parts.append(part) }
        }
        guard !parts.isEmpty else {
            throw InputError(
                found: "series without what \(kind.rawValue) is fitted to",
                expected: asked.map(\.needs).joined(separator: "; or "))
        }
        return FittedWorld(parts: parts, notes: series.notes)
    }
}
