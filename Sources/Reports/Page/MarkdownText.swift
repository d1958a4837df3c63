/// HTML of the Markdown that the report's sections write: headings, paragraphs, lists, tables, fenced code, and in a line
/// emphasis, code, links and pictures.
///
/// Not a reader of anybody's Markdown: what sections do not write (nested lists, raw HTML) stays text. Everything is
/// escaped.
struct MarkdownText {
    private let lines: [Substring]

    /// The HTML of a text.
    static func html(_ text: String) -> String {
        MarkdownText(lines: text.split(separator: "\n", omittingEmptySubsequences: false)).html()
    }

    private func html() -> String {
        var html = ""
        var index = 0
        while index < lines.count {
            let line = lines[index]
            if line.isEmpty {
                index += 1
            } else if line.hasPrefix("```") {
                let end = lines[(index + 1)...].firstIndex { $0.hasPrefix("```") } ?? lines.count
                html += "<pre>\(VectorPicture.escapedLines(lines[(index + 1)..<end].joined(separator: "\n")))</pre>\n"
                index = end + 1
            } else if line.hasPrefix("#") {
                let level = min(6, line.prefix { $0 == "#" }.count)
                html += "<h\(level)>\(Self.inline(line.dropFirst(level + 1)))</h\(level)>\n"
                index += 1
            } else if line.hasPrefix("|") {
                let end = lines[index...].firstIndex { !$0.hasPrefix("|") } ?? lines.count
                html += Self.table(lines[index..<end])
                index = end
            } else if line.hasPrefix("- ") {
                let end = lines[index...].firstIndex { !$0.hasPrefix("- ") && !$0.hasPrefix("  ") } ?? lines.count
                html += Self.list(lines[index..<end])
                index = end
            } else {
                let end =
                    lines[index...].firstIndex {
                        $0.isEmpty || $0.hasPrefix("|") || $0.hasPrefix("- ") || $0.hasPrefix("```")
                    }
                    ?? lines.count
                html += "<p>\(Self.inline(Substring(lines[index..<end].joined(separator: "\n"))))</p>\n"
                index = end
            }
        }
        return html
    }

    private static func list(_ lines: ArraySlice<Substring>) -> String {
        var items: [String] = []
        for line in lines {
            if line.hasPrefix("- ") {
                items.append(String(line.dropFirst(2)))
            } else if !items.isEmpty {
                items[items.count - 1] += " " + line.drop { $0 == " " }
            }
        }
        return "<ul>\n" + items.map { "<li>\(inline(Substring($0)))</li>\n" }.joined() + "</ul>\n"
    }

    /// A table whose second row states the alignment of its columns.
    private static func table(_ lines: ArraySlice<Substring>) -> String {
        let rows = lines.map { cells(of: $0) }
        guard rows.count >= 2 else { return "" }
        let isRight = rows[1].map { $0.hasSuffix(":") && !$0.hasPrefix(":") }
        func row(_ cells: [Substring], _ tag: String) -> String {
            let texts = cells.enumerated().map { column, cell in
                let place = column < isRight.count && isRight[column] ? " class=\"number\"" : ""
                return "<\(tag)\(place)>\(inline(cell))</\(tag)>"
            }
            return "<tr>\(texts.joined())</tr>\n"
        }
        let body = rows.dropFirst(2).map { row($0, "td") }.joined()
        return
            "<div class=\"wide\"><table>\n<thead>\(row(rows[0], "th"))</thead>\n<tbody>\n\(body)</tbody></table></div>\n"
    }

    private static func cells(of line: Substring) -> [Substring] {
        line.split(separator: "|", omittingEmptySubsequences: false).dropFirst().dropLast().map { cell in
            let start = cell.drop { $0 == " " }
            return start.lastIndex { $0 != " " }.map { start[...$0] } ?? ""
        }
    }

    /// The HTML of a piece of a line.
    static func inline(_ text: Substring) -> String {
        var html = ""
        var rest = text
        while let character = rest.first {
            if character == "`", let code = between(rest, "`", "`") {
                html += "<code>\(VectorPicture.escaped(String(code.inner)))</code>"
                rest = code.rest
            } else if rest.hasPrefix("**"), let strong = between(rest, "**", "**") {
                html += "<strong>\(inline(strong.inner))</strong>"
                rest = strong.rest
            } else if character == "*", let emphasis = between(rest, "*", "*") {
                html += "<em>\(inline(emphasis.inner))</em>"
                rest = emphasis.rest
            } else if rest.hasPrefix("!["), let words = between(rest, "![", "]("),
                let place = between(words.rest, "", ")")
            {
                html +=
                    "<img alt=\"\(VectorPicture.escaped(String(words.inner)))\" src=\"\(VectorPicture.escaped(String(place.inner)))\">"
                rest = place.rest
            } else if character == "[", let words = between(rest, "[", "]("), let place = between(words.rest, "", ")") {
                html += "<a href=\"\(VectorPicture.escaped(String(place.inner)))\">\(inline(words.inner))</a>"
                rest = place.rest
            } else {
                html += character == "\n" ? "\n" : VectorPicture.escaped(String(character))
                rest = rest.dropFirst()
            }
        }
        return html
    }

    /// What lies between two marks at the beginning of a text, and what follows; nil where the second is missing.
    private static func between(
        _ text: Substring, _ open: String, _ close: String
    ) -> (inner: Substring, rest: Substring)? {
        let inside = text.dropFirst(open.count)
        guard let range = inside.firstRange(of: close), range.lowerBound > inside.startIndex || open.isEmpty else {
            return nil
        }
        return (inside[..<range.lowerBound], inside[range.upperBound...])
    }
}

extension VectorPicture {
    /// Text of several lines as it may stand in an element.
    static func escapedLines(_ text: String) -> String {
        text.split(separator: "\n", omittingEmptySubsequences: false).map { escaped(String($0)) }.joined(
            separator: "\n")
    }
}
