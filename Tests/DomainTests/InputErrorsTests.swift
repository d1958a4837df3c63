import Domain
import Testing

/// Errors come in the order a reader meets them in the file.
@Test func errorsAreSortedByPositionAndKeepTheirOrderOtherwise() {
    let first = InputError(at: SourceLocation(file: "a", line: 2, column: 9), found: "x", expected: "y")
    let second = InputError(at: SourceLocation(file: "a", line: 10, column: 1), found: "x", expected: "y")
    let unplaced = InputError(found: "p", expected: "q")
    let other = InputError(found: "r", expected: "s")
    let errors = InputErrors([unplaced, second, other, first])
    #expect(errors.errors == [first, second, unplaced, other])
    #expect(
        errors.description == """
            a:2:9: found x, expected y
            a:10:1: found x, expected y
            found p, expected q
            found r, expected s
            """)
}
