import Domain
import Foundation
import Testing

@testable import ScenarioFiles

/// The paths of a world's files start from the scenario's folder, or from the original's if the scenario is a copy; from
/// the working directory on the command line. What counts is their content.
@Test func worldFilesLieBesideTheScenario() throws {
    let root = FileManager.default.temporaryDirectory.appending(path: "sandtable-\(UUID().uuidString)").path()
    defer { try? FileManager.default.removeItem(atPath: root) }
    for (name, text) in [
        ("a/stormy", "order,service_factor\no1,2\n"), ("b/stormy", "order,service_factor\no1,2\n"),
        ("c/stormy", "order,service_factor\no1,3\n"),
    ] {
        try FileManager.default.createDirectory(atPath: root + "/" + name, withIntermediateDirectories: true)
        try text.write(toFile: root + "/" + name + "/noise.csv", atomically: true, encoding: .utf8)
    }
    func scenario(path: String, original: String? = nil, set: [String] = []) throws -> Scenario {
        try ScenarioDocument(text: TwoCities.minimal + "world: {file: ./stormy}\n", path: path, original: original)
            .applying(ScenarioOptions(overrides: set)).resolve(dataset: TwoCities.dataset())
    }
    let first = try scenario(path: root + "/a/s.yaml")
    #expect(first.canonicalText.contains("world file(content: '"))
    #expect(!first.canonicalText.contains("stormy"))
    #expect(try scenario(path: root + "/b/s.yaml").canonicalText == first.canonicalText)
    #expect(try scenario(path: root + "/c/s.yaml").canonicalText != first.canonicalText)
    #expect(try scenario(path: root + "/x.yaml", original: root + "/a/s.yaml").canonicalText == first.canonicalText)
    #expect(
        try scenario(path: root + "/c/s.yaml", set: ["world.file=\(root)/a/stormy"]).canonicalText
            == first.canonicalText)
    let missing = #expect(throws: InputErrors.self) { try scenario(path: root + "/s.yaml") }
    #expect(
        missing?.errors.first?.description.contains("/s.yaml:6:15: found cannot read the folder") == true,
        "\(missing?.description ?? "")")
}

/// What a file takes the place of is an error beside it, where it is named; a record that is switched off is none.
@Test func aFileAndWhatItTakesThePlaceOf() throws {
    let root = FileManager.default.temporaryDirectory.appending(path: "sandtable-\(UUID().uuidString)").path()
    defer { try? FileManager.default.removeItem(atPath: root) }
    for (name, text) in [
        ("part/traffic.csv", "region,at,congestion\neast,0,2\n"),
        ("part/world.yaml", "sandtable_world: 1\nservice_noise: on\n"),
        ("whole/world.yaml", "sandtable_world: 1\ncomplete: on\n"),
        ("several/0/world.yaml", "sandtable_world: 1\ncomplete: on\n"),
        ("several/1/world.yaml", "sandtable_world: 1\ncomplete: on\n"),
    ] {
        let path = root + "/" + name
        let folder = String(path[..<(path.lastIndex(of: "/") ?? path.endIndex)])
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        try text.write(toFile: path, atomically: true, encoding: .utf8)
    }
    func resolve(_ world: String, _ more: String = "") throws -> Scenario {
        try ScenarioDocument(text: TwoCities.minimal + "world: {\(world)}\n" + more, path: root + "/s.yaml")
            .resolve(dataset: TwoCities.dataset())
    }
    func message(_ world: String, _ more: String = "") -> String {
        do {
            _ = try resolve(world, more)
            return "no error"
        } catch { return "\(error)" }
    }
    for (world, error) in [
        (
            "file: part, generated_traffic: on",
            ":6:21: found 'generated_traffic' beside a file traffic.csv, expected one of them"
        ),
        ("file: part, recorded_traffic: on", ":6:21: found 'recorded_traffic' beside a file traffic.csv"),
        ("file: part, service_noise: off", ":6:21: found 'service_noise' beside what world.yaml says of it"),
        ("file: whole, transit_noise: on", ":6:22: found 'transit_noise' beside a world from files that is complete"),
        ("file: part, recorded_traffic: off, transit_noise: on, generated_weather: on", "no error"),
        ("file: whole, recorded_weather: off", "no error"),
    ] {
        #expect(message(world).contains(error), "\(world): \(message(world))")
    }
    // As many worlds as there are, no more.
    #expect(try resolve("file: several").replications == 2)
    #expect(try resolve("file: several", "replications: 1\n").replications == 1)
    #expect(
        message("file: several", "replications: 3\n").contains(":7:15: found '3' for replications, expected at most 2"))
    // What is recorded happens beside parts, and beside a complete world it does not.
    #expect(
        try resolve("file: part").perturbations.map(\.declaration.name) == [
            "recorded_weather", "file", "weather_effects",
        ])
    #expect(try resolve("file: whole").perturbations.map(\.declaration.name) == ["file"])
}
