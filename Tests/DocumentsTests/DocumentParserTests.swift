import Documents
import Domain
import Testing

/// The message of the error a closure throws; "no error" where it throws none.
func message(_ body: () throws -> Void) -> String {
    do {
        try body()
        return "no error"
    } catch {
        return "\(error)"
    }
}

/// Every value knows its line, column and path.
@Test func valuesKnowWhereTheyStand() throws {
    let document = try DocumentValue(
        parsing: """
            # a head
            name: first
            strategies:
              - nearest
              - cheapest: {splits: {max: 2}}
            """, file: "s.yaml")
    let maximum = try #require(document["strategies"]?.elements[1]["cheapest"]?["splits"]?["max"])
    #expect(maximum.location == SourceLocation(file: "s.yaml", line: 5, column: 30))
    #expect(maximum.path == "strategies[1].cheapest.splits.max")
    #expect(try maximum.integer(in: 0...9) == 2)
    #expect(document.entries.map(\.key) == ["name", "strategies"])
    #expect(document.entries[1].location == SourceLocation(file: "s.yaml", line: 3, column: 1))
}

/// Plain words are numbers, truth values or texts by what is asked for; quoted ones are texts only.
@Test func scalarsAreReadAsAskedFor() throws {
    let document = try DocumentValue(
        parsing: "{a: 12, b: '12', c: off, d: 'off', e: -1.5e3, f: ~, g: , h: \"x y\", i: -0}", file: "s")
    #expect(try document["a"]?.number() == 12)
    #expect(try document["a"]?.text() == "12")
    #expect(try document["b"]?.text() == "12")
    #expect(message { _ = try document["b"]?.number() } == "s:1:12: found '12' for b, expected a number")
    #expect(try document["c"]?.truth() == false)
    #expect(message { _ = try document["d"]?.truth() } == "s:1:29: found 'off' for d, expected 'on' or 'off'")
    #expect(try document["e"]?.number() == -1_500)
    #expect(document["f"]?.isNothing == true && document["g"]?.isNothing == true)
    #expect(try document["h"]?.text() == "x y")
    #expect(try document["i"]?.number().sign == .plus)
}

/// Neither `nan`, `inf`, hexadecimal, digits with underscores nor a blank is a number.
@Test(arguments: ["nan", ".nan", "inf", ".inf", "0x10", "1_000", "e5", "1e999", "--1", "1,5", "5 km"])
func numbersAreDecimalAndFinite(_ text: String) throws {
    let document = try DocumentValue(parsing: "a: \(text)", file: "s")
    #expect(message { _ = try document["a"]?.number() } == "s:1:4: found '\(text)' for a, expected a number")
}

/// A value out of range, or of the wrong type, says what was found and what would be right.
@Test func wrongValuesSayWhatWouldBeRight() throws {
    let document = try DocumentValue(parsing: "a: 2.5\nb: [1]\nc: {d: 1}\ne: 7\n", file: "s")
    #expect(
        message { _ = try document["a"]?.integer(in: 1...9) }
            == "s:1:4: found '2.5' for a, expected a whole number from 1 to 9")
    #expect(
        message { _ = try document["e"]?.number(in: .share) } == "s:4:4: found '7' for e, expected a number from 0 to 1"
    )
    #expect(message { _ = try document["b"]?.text() } == "s:2:4: found a list for b, expected a text")
    #expect(message { _ = try document["c"]?.list() } == "s:3:4: found keys and values for c, expected a list")
    #expect(
        message { _ = try document["a"]?.unsignedInteger() }
            == "s:1:4: found '2.5' for a, expected a whole number from 0 to 18446744073709551615")
}

/// What is no YAML is an error with its position, never a crash.
@Test(arguments: [
    (
        "a: [1, 2",
        "s:2:1: found broken YAML (while parsing a flow sequence did not find expected ',' or ']'), expected valid YAML"
    ),
    ("a: 1\n b: 2", "s:2:3: found broken YAML (mapping values are not allowed in this context), expected valid YAML"),
    ("a: 1\na: 2", "s:1:1: found the key 'a' more than once, expected each key once"),
    ("1: a\n'1': b", "s:2:1: found the key '1' more than once, expected each key once"),
    ("a: *b", "s:1:4: found broken YAML (found undefined alias), expected valid YAML"),
    ("a: !!str 5", "s:1:4: found the YAML tag of '5', expected a value without a tag"),
    ("[a]: 1", "s:1:1: found a key that is no word, expected 'key: value'"),
    (
        "a: 1\n---\nb: 2",
        "s:2:1: found broken YAML (expected a single document in the stream but found another document), expected valid YAML"
    ),
    (
        "a: \"\\xZZ\"",
        "s:1:7: found broken YAML (while parsing a quoted scalar did not find expected hexdecimal number), expected valid YAML"
    ),
    ("a: \u{7}", "s:1:4: found broken YAML (control characters are not allowed), expected valid YAML"),
])
func brokenTextIsAnError(_ text: String, _ expected: String) {
    #expect(message { _ = try DocumentValue(parsing: text, file: "s") } == expected)
}

/// Nesting without end and aliases that multiply are errors, not a stack overflow and not a full memory.
@Test func hostileDocumentsAreErrors() {
    let deep = String(repeating: "[", count: 900) + String(repeating: "]", count: 900)
    #expect(
        message { _ = try DocumentValue(parsing: deep, file: "s") }
            == "s:1:102: found nesting or aliases without end, expected a document written by a person")
    let deeper = String(repeating: "[", count: 100_000)
    #expect(message { _ = try DocumentValue(parsing: deeper, file: "s") }.hasSuffix("expected valid YAML"))
    var laughs = "a0: &a0 [x, x]\n"
    for level in 1...40 { laughs += "a\(level): &a\(level) [*a\(level - 1), *a\(level - 1)]\n" }
    #expect(message { _ = try DocumentValue(parsing: laughs, file: "s") }.contains("nesting or aliases without end"))
}

/// A text of comments and blanks is nothing.
@Test(arguments: ["", "\n\n", "# only a head\n", "---\n"]) func emptyDocumentsAreNothing(_ text: String) throws {
    #expect(try DocumentValue(parsing: text, file: "s").isNothing)
}
