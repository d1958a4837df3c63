import Domain
import Storage

/// Tells a table of degrees Fahrenheit or kelvin that is read as degrees Celsius: the rain beside it would be in inches, and the
/// fit wrong without a word.
struct TemperatureSuspicion {
    /// No air was ever hotter than 56.7 degrees Celsius; 60 to 140 is a mild to a hot day in degrees Fahrenheit.
    private static let fahrenheit = 60.0...140.0
    /// Below -93 degrees Celsius to above 62 in kelvin.
    private static let kelvin = 180.0...335.0

    private var known = 0
    private var inFahrenheit = 0
    private var inKelvin = 0
    private var firstLine = 0

    /// Looks at a value of a row, as the file has it.
    mutating func look(at value: Double, _ quantity: SeriesQuantity, line: Int) {
        guard [.temperature, .highest, .lowest].contains(quantity), !value.isNaN else { return }
        known += 1
        let isHot = Self.fahrenheit.contains(value)
        let isAbsolute = Self.kelvin.contains(value)
        if isHot { inFahrenheit += 1 }
        if isAbsolute { inKelvin += 1 }
        if firstLine == 0, isHot || isAbsolute { firstLine = line }
    }

    /// Throws where more than one value in a hundred cannot be degrees Celsius, but could well be another unit's.
    func check(path: String) throws(InputError) {
        guard 100 * max(inFahrenheit, inKelvin) > known else { return }
        let unit = inFahrenheit >= inKelvin ? ("Fahrenheit", "us") : ("kelvin", "kelvin")
        throw InputError(
            at: SourceLocation(file: path, line: firstLine),
            found: "\(max(inFahrenheit, inKelvin)) of \(known) temperatures that cannot be degrees Celsius",
            expected: "degrees Celsius, with rain in mm and wind in m/s; if these are \(unit.0), --units \(unit.1)")
    }
}
