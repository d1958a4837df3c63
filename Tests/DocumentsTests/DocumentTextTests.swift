import Documents
import Testing

/// Any text comes back as it was, as text: quoted where YAML would read something else into it.
@Test(arguments: [
    "plain", "two words", "../Datasets/x", "/abs/y.csv", "", " ", "a: b", "#no", "'", "\"", "\\", "on", "No", "null",
    "~",
    "12", "1e3", "-", "- a", "[a]", "{a}", "&a", "*a", "!a", "%", "@", "`", "a\nb", "tab\there", "上海", "é", "\u{1}",
    "\u{85}",
    "a ", " a", "true", "x: {y}",
])
func textsComeBackAsTheyWere(_ text: String) throws {
    let document = try DocumentValue(parsing: "key: \(DocumentText.scalar(text))", file: "s")
    guard case .scalar(let read, let isQuoted) = document["key"]?.content else {
        Issue.record("'\(text)' came back as \(String(describing: document["key"]?.content))")
        return
    }
    #expect(read == text)
    #expect(isQuoted || Double(read) == nil)
}

/// A list in a path's place comes from the command line as a whole.
@Test func listsFromTheCommandLineKeepTheirOrder() throws {
    let document = try DocumentValue(parsing: "report: {by: [a]}", file: "s")
    let override = try DocumentOverride(path: "report.by", list: ["region", "hour"], option: "--by")
    let by = try document.applying([override])["report"]?["by"]
    #expect(try by?.elements.map { try $0.text() } == ["region", "hour"])
    #expect(by?.elements.map(\.path) == ["report.by[0]", "report.by[1]"])
    #expect(by?.elements.first?.isFromCommandLine == true)
}
