import DeterministicMath

extension Service {
    /// Base transit hours over a distance: fixedHours + km^distanceExponent / kilometresPerHour.
    ///
    /// Exponent 1 divides exactly; any other goes through `DeterministicMath.power`.
    public func baseHours(kilometres: Double) -> Double {
        let effective =
            distanceExponent == 1 ? kilometres : DeterministicMath.power(kilometres, distanceExponent)
        return fixedHours + effective / kilometresPerHour
    }
}
