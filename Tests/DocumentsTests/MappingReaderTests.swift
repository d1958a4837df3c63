import Documents
import Domain
import Testing

/// One reading finds all errors of a mapping, in the order of the file.
@Test func allErrorsOfAMappingAreFoundAtOnce() throws {
    let document = try DocumentValue(
        parsing: "seed: minus\nreplicatoins: 5\nshare: 2\nname:\ntruth: perhaps\n", file: "s.yaml")
    let errors = ErrorCollector()
    let reader = MappingReader(
        document, keys: ["seed", "replications", "share", "name", "truth", "dataset"], errors: errors)
    _ = reader.required("dataset", expected: "the dataset's folder")
    #expect(reader.integer("replications", in: 1...9, default: 3) == 3)
    #expect(reader.number("share", in: .share, default: 0.5) == 0.5)
    _ = reader.text("name")
    _ = reader.read("seed") { value throws(InputError) in try value.unsignedInteger() }
    #expect(reader.truth("truth", default: true))
    #expect(throws: InputErrors.self) { try errors.throwIfAny() }
    #expect(
        InputErrors(errors.errors).description == """
            s.yaml:1:1: found no 'dataset', expected the dataset's folder
            s.yaml:1:7: found 'minus' for seed, expected a whole number from 0 to 18446744073709551615
            s.yaml:2:1: found unknown key 'replicatoins', expected one of dataset, name, replications, seed, share, truth; \
            did you mean 'replications'?
            s.yaml:3:8: found '2' for share, expected a number from 0 to 1
            s.yaml:4:6: found nothing for name, expected a value, or no such key
            s.yaml:5:8: found 'perhaps' for truth, expected 'on' or 'off'
            """)
}

/// A value that should be a mapping and is none is one error, and everything in it has its default.
@Test func aListInPlaceOfAMappingIsOneError() throws {
    let document = try DocumentValue(parsing: "world: [a]", file: "s")
    let errors = ErrorCollector()
    let world = try #require(document["world"])
    let reader = MappingReader(world, keys: ["x"], errors: errors)
    #expect(reader.number("x", default: 4) == 4)
    #expect(errors.errors.map(\.description) == ["s:1:8: found a list for world, expected keys and values"])
}
