import Domain
import History
import Replay
import TestKit
import Testing

@Suite struct MemberParametersTests {
    /// Parameters of every kind.
    private static let declared = [
        ParameterDeclaration("share", .number(.share), default: 0.5, summary: "a share"),
        ParameterDeclaration("count", .integer(.nonNegative), default: 2, summary: "a count"),
        ParameterDeclaration("mode", .word(["fast", "slow"]), default: "slow", summary: "a word"),
        ParameterDeclaration("label", .text, isOptional: true, summary: "a text"),
        ParameterDeclaration("on", .flag, default: true, summary: "a flag"),
        ParameterDeclaration("since", .instant, default: 0, summary: "an instant"),
        ParameterDeclaration("nodes", .list(.reference(.node)), isOptional: true, summary: "nodes"),
        ParameterDeclaration("tag", .reference(.tag), summary: "a tag"),
        ParameterDeclaration("parts", .list(.record(fields)), isOptional: true, summary: "records"),
    ]
    private static let fields = [ParameterDeclaration("size", .number(.positive), summary: "a size")]

    /// The parameters under their checks; `tag` is given unless said otherwise.
    private func parameters(
        _ given: [ParameterField], tag: ParameterValue? = "remote"
    ) throws -> MemberParameters {
        let tags = tag.map { [ParameterField("tag", $0)] } ?? []
        return try MemberParameters(
            of: "thing 'x'", given: given + tags, declared: Self.declared, dataset: SmallNetwork().dataset,
            at: SourceLocation(file: "s.yaml", line: 3, column: 5))
    }

    @Test("What is not given has its default, and what is optional is not there")
    func defaults() throws {
        let found = try parameters([])
        #expect(try found.number("share") == 0.5)
        #expect(try found.integer("count") == 2)
        #expect(try found.text("mode") == "slow")
        #expect(try found.optionalText("label") == nil)
        #expect(try found.flag("on"))
        #expect(found.indices("nodes") == nil)
        #expect(try found.records("parts", declared: Self.fields, dataset: SmallNetwork().dataset).isEmpty)
    }

    @Test("What is given is found as its kind, references as indices in the order given")
    func given() throws {
        let dataset = try SmallNetwork().dataset
        let found = try parameters([
            ParameterField("share", 0.25), ParameterField("count", 7), ParameterField("mode", "fast"),
            ParameterField("label", "L"), ParameterField("on", false), ParameterField("since", 60),
            ParameterField("nodes", ["n3", "n1"]), ParameterField("parts", [["size": 2], ["size": 3]]),
        ])
        #expect(try found.number("share") == 0.25 && found.integer("count") == 7 && found.number("since") == 60)
        #expect(try found.text("mode") == "fast" && found.text("label") == "L" && !found.flag("on"))
        #expect(found.indices("nodes") == [2, 0])
        #expect(try found.texts("nodes") == ["n3", "n1"])
        #expect(try dataset.tags[found.index("tag")] == "remote")
        let sizes = try found.records("parts", declared: Self.fields, dataset: dataset).map { try $0.number("size") }
        #expect(sizes == [2, 3])
    }

    @Test(
        "What is wrong is said with its place, what was found, what is right and what was probably meant",
        arguments: [
            (ParameterField("share", 1.5), "found 1.5 for 'share' of thing 'x', expected a number from 0 to 1"),
            (ParameterField("count", 1.5), "found 1.5 for 'count' of thing 'x', expected a whole number at least 0"),
            (
                ParameterField("count", "many"),
                "found 'many' for 'count' of thing 'x', expected a whole number at least 0"
            ),
            (ParameterField("on", 1), "found 1 for 'on' of thing 'x', expected true or false"),
            (
                ParameterField("mode", "fats"),
                "found unknown 'mode' of thing 'x' 'fats', expected one of fast, slow; did you mean 'fast'?"
            ),
            (
                ParameterField("nodes", ["n1", "m2"]),
                "found unknown node 'm2' for 'nodes' of thing 'x', expected one of the dataset's 3; did you mean 'n2'?"
            ),
            (
                ParameterField("parts", [["size": 0]]),
                "found 0 for 'size' of 'parts' of thing 'x', expected a number above 0"
            ),
            (ParameterField("nodes", "n1"), "found 'n1' for 'nodes' of thing 'x', expected a list, each a node"),
        ] as [(ParameterField, String)])
    func wrong(field: ParameterField, message: String) throws {
        let error = #expect(throws: InputError.self) { try parameters([field]) }
        let text = try #require(error).description
        #expect(text == message || text == "s.yaml:3:5: " + message)
    }

    @Test("An unknown, repeated or missing parameter is an error")
    func names() throws {
        let unknown = #expect(throws: InputError.self) { try parameters([ParameterField("shar", 1)]) }
        #expect(unknown?.suggestion == "share")
        #expect(throws: InputError.self) { try parameters([ParameterField("share", 1), ParameterField("share", 1)]) }
        let missing = #expect(throws: InputError.self) { try parameters([], tag: nil) }
        #expect(missing?.description == "s.yaml:3:5: found thing 'x' without 'tag', expected a tag (a tag)")
    }

    @Test("An error stands where its value stands")
    func positions() throws {
        let place = SourceLocation(file: "s.yaml", line: 9, column: 2)
        let error = #expect(throws: InputError.self) {
            try parameters([ParameterField("share", ParameterValue(.number(2), at: place))])
        }
        #expect(error?.location == place)
    }

    @Test("Keys are equal for equal values, wherever they stand, and differ otherwise")
    func keys() throws {
        let place = SourceLocation(file: "s.yaml", line: 9)
        let plain = try parameters([ParameterField("share", 0.25)])
        let placed = try parameters([ParameterField("share", ParameterValue(.number(0.25), at: place))])
        #expect(plain.key == placed.key)
        #expect(try plain.key != parameters([]).key)
        #expect(try plain.key != parameters([ParameterField("share", 0.25), ParameterField("label", "x")]).key)
    }
}
