import Documents
import Domain
import Testing

/// A scenario-like document.
private func document() throws -> DocumentValue {
    try DocumentValue(
        parsing: """
            replications: 50
            world: {cancellation: off, outages: [{node: N1}]}
            strategies:
              - nearest
              - cheapest: {splits: {max: 1}}
              - fastest:
              - name: balanced
                weights: {freight: 1}
            objectives: [{metric: on_time_rate, weight: 3}]
            """, file: "s.yaml")
}

/// The document with one override.
private func overridden(_ text: String) throws -> DocumentValue {
    try document().applying([DocumentOverride(parsing: text)])
}

/// A path reaches keys, list entries by number and by name, and the inside of a named entry.
@Test func pathsReachEveryValue() throws {
    #expect(try overridden("replications=10")["replications"]?.integer(in: 1...99) == 10)
    for path in [
        "strategies[1].splits.max", "strategies[cheapest].splits.max", "strategies.cheapest.splits.max",
        "strategies[1].cheapest.splits.max",
    ] {
        let changed = try overridden("\(path)=2")
        #expect(try changed["strategies"]?.elements[1]["cheapest"]?["splits"]?["max"]?.integer(in: 0...9) == 2)
    }
    let balanced = try overridden("strategies[balanced].weights.freight=7")["strategies"]?.elements[3]
    #expect(try balanced?["weights"]?["freight"]?.number() == 7)
    let objective = try overridden("objectives[on_time_rate].weight=5")["objectives"]?.elements[0]
    #expect(try objective?["weight"]?.number() == 5)
    let list = try overridden("strategies=[nearest, random]")["strategies"]
    #expect(list?.elements.map(\.entryName) == ["nearest", "random"])
    #expect(list?.elements[1].path == "strategies[1]")
}

/// Words on the way give way to keys, and a plain name becomes an entry with parameters.
@Test func missingMappingsAreMade() throws {
    let hazard = try overridden("world.cancellation.hazard_per_hour=0.01")["world"]?["cancellation"]
    #expect(try hazard?["hazard_per_hour"]?.number() == 0.01)
    for index in [0, 2] {
        let entry = try overridden("strategies[\(index)].unmet.wait_hours=24")["strategies"]?.elements[index]
        #expect(try entry?.entries.first?.value["unmet"]?["wait_hours"]?.number() == 24)
        #expect(entry?.entryName == ["nearest", "cheapest", "fastest"][index])
    }
    #expect(try overridden("costs.late_per_hour=3")["costs"]?["late_per_hour"]?.path == "costs.late_per_hour")
}

/// An overridden value is wrong at `--set`, by its path.
@Test func errorsOfOverridesNameTheOption() throws {
    let changed = try overridden("world.cancelation.hazard=oops")
    let world = try #require(changed["world"])
    let errors = ErrorCollector()
    _ = MappingReader(world, keys: ["cancellation", "outages"], errors: errors)
    #expect(
        errors.errors.map(\.description) == [
            "--set world.cancelation.hazard=oops: found unknown key 'world.cancelation', expected one of cancellation, "
                + "outages; did you mean 'world.cancellation'?"
        ])
    #expect(
        message { _ = try world["cancelation"]?["hazard"]?.number() }
            == "--set world.cancelation.hazard=oops: found 'oops' for world.cancelation.hazard, expected a number")
}

/// An override that cannot be applied says which part is wrong and names the nearest right one.
@Test(arguments: [
    ("replications", "--set: found 'replications', expected path=value, as in replications=10"),
    ("seed=", "--set seed=: found no value, expected path=value, as in replications=10"),
    (
        "a..b=1",
        "--set a..b=1: found the path 'a..b', expected keys joined by points, list entries as [number] or [name]"
    ),
    ("a[1=2", "--set a[1=2: found the path 'a[1', expected keys joined by points, list entries as [number] or [name]"),
    (
        "seed=[1",
        "--set seed=[1: found broken YAML (while parsing a flow sequence did not find expected ',' or ']'), expected valid YAML"
    ),
    ("strategies[9].splits=1", "--set strategies[9].splits=1: found strategies[9], expected 0 to 3"),
    (
        "strategies[cheapst].splits=1",
        "--set strategies[cheapst].splits=1: found unknown entry 'strategies[cheapst]', expected one of balanced, cheapest, "
            + "fastest, nearest; did you mean 'strategies[cheapest]'?"
    ),
    (
        "replications[0]=1",
        "--set replications[0]=1: found '50' for replications, expected a list, to have an entry [0]"
    ),
])
func impossibleOverridesAreErrors(_ text: String, _ expected: String) {
    #expect(message { _ = try overridden(text) } == expected)
}

/// Overrides apply in the order given, and the document they are applied to stays as it is.
@Test func laterOverridesWin() throws {
    let original = try document()
    let overrides = [try DocumentOverride(parsing: "replications=1"), try DocumentOverride(parsing: "replications=2")]
    #expect(try original.applying(overrides)["replications"]?.integer(in: 0...9) == 2)
    #expect(try original["replications"]?.integer(in: 0...99) == 50)
}
