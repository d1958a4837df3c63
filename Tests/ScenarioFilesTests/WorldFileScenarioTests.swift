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
        missing?.errors.first?.description.contains("/s.yaml:6:15: found no noise.csv") == true,
        "\(missing?.description ?? "")")
}
