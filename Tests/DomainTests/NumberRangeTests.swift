import Domain
import Testing

/// A range says in words exactly what it contains.
@Test func rangesContainWhatTheyDescribe() {
    #expect(NumberRange.share.contains(0) && NumberRange.share.contains(1) && !NumberRange.share.contains(1.0001))
    #expect(NumberRange.share.description == "from 0 to 1")
    #expect(!NumberRange.positive.contains(0) && NumberRange.positive.contains(.leastNonzeroMagnitude))
    #expect(NumberRange.positive.description == "above 0")
    #expect(NumberRange.atLeast(2.5).description == "at least 2.5")
    #expect(NumberRange(upper: 3).description == "at most 3")
    #expect(NumberRange(lower: 0, upper: 5, excludesLower: true).description == "above 0, at most 5")
    #expect(NumberRange.any.description.isEmpty)
}

/// No range contains a number that is not finite.
@Test(arguments: [Double.infinity, -.infinity, .nan])
func rangesHoldFiniteNumbersOnly(_ value: Double) {
    for range in [NumberRange.any, .nonNegative, .positive, .share] { #expect(!range.contains(value)) }
}

/// Numbers are written as a person would, and read back as the same number.
@Test func plainNumbersAreShortAndExact() {
    #expect(plainNumber(400) == "400")
    #expect(plainNumber(-0.0) == "0")
    #expect(plainNumber(0.1) == "0.1")
    #expect(plainNumber(-2.5) == "-2.5")
    for value in [1.0 / 3, 1e300, .leastNonzeroMagnitude, 123_456_789_012] {
        #expect(Double(plainNumber(value)) == value)
    }
}
