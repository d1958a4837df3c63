/// The text of an SVG picture: elements, escaped text, numbers to a hundredth of a pixel.
struct VectorPicture {
    private var body = ""

    /// An attribute of an element.
    typealias Attribute = (name: String, value: String)

    /// Adds an element; `content` stands in it as text.
    mutating func add(_ element: String, _ attributes: [Attribute], content: String? = nil) {
        body += "<\(element)\(Self.text(of: attributes))"
        body += content.map { ">\(Self.escaped($0))</\(element)>\n" } ?? "/>\n"
    }

    /// Adds a group with what `build` adds to it.
    mutating func group(_ attributes: [Attribute], _ build: (inout VectorPicture) -> Void) {
        body += "<g\(Self.text(of: attributes))>\n"
        build(&self)
        body += "</g>\n"
    }

    /// Adds a line of text at a place.
    mutating func text(_ content: String, x: Double, y: Double, class name: String, _ more: [Attribute] = []) {
        add("text", [("class", name), ("x", Self.number(x)), ("y", Self.number(y))] + more, content: content)
    }

    /// Adds a straight line.
    mutating func line(from: (x: Double, y: Double), to: (x: Double, y: Double), class name: String) {
        add(
            "line",
            [
                ("class", name), ("x1", Self.number(from.x)), ("y1", Self.number(from.y)), ("x2", Self.number(to.x)),
                ("y2", Self.number(to.y)),
            ])
    }

    /// The whole file.
    func document(width: Double, height: Double, title: String, style: String) -> String {
        let size = "\(Self.number(width)) \(Self.number(height))"
        return """
            <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 \(size)" width="\(Self.number(width))" \
            height="\(Self.number(height))" role="img">
            <title>\(Self.escaped(title))</title>
            <style>
            \(style)
            </style>
            \(body)</svg>

            """
    }

    /// A length in pixels with at most two decimals.
    static func number(_ value: Double) -> String {
        NumberText.stated((value * 100).rounded() / 100).replacing(",", with: "")
    }

    /// Text as it may stand in an element or between quotes; what XML 1.0 has no place for becomes `\u{FFFD}`.
    static func escaped(_ text: String) -> String {
        var result = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "&": result += "&amp;"
            case "<": result += "&lt;"
            case ">": result += "&gt;"
            case "\"": result += "&quot;"
            case "\t", "\n", "\r": result += " "
            case "\u{0}"..."\u{1F}", "\u{FFFE}", "\u{FFFF}": result += "\u{FFFD}"
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result
    }

    private static func text(of attributes: [Attribute]) -> String {
        attributes.map { " \($0.name)=\"\(escaped($0.value))\"" }.joined()
    }
}
