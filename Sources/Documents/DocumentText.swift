/// Writes text so that YAML reads it back as the same text.
public enum DocumentText {
    /// A scalar: plain where nothing in it has a meaning in YAML, else in double quotes.
    public static func scalar(_ text: String) -> String {
        isPlain(text) ? text : quoted(text)
    }

    /// Letters, digits and ` ._/-`, beginning with a letter or `.` or `/`, no word of YAML's own.
    private static func isPlain(_ text: String) -> Bool {
        let letters = text.unicodeScalars.allSatisfy { scalar in
            ("a"..."z").contains(scalar) || ("A"..."Z").contains(scalar) || ("0"..."9").contains(scalar)
                || " ._/-".unicodeScalars.contains(scalar)
        }
        guard letters, let first = text.unicodeScalars.first, text.last != " " else { return false }
        let words = ["true", "false", "yes", "no", "on", "off", "null", "y", "n"]
        let begins = first.properties.isAlphabetic || first == "/" || text.hasPrefix("./") || text.hasPrefix("../")
        return begins && !words.contains(text.lowercased())
    }

    /// The text in double quotes, with what needs it escaped.
    private static func quoted(_ text: String) -> String {
        var result = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": result += "\\\""
            case "\\": result += "\\\\"
            case "\n": result += "\\n"
            case "\r": result += "\\r"
            case "\t": result += "\\t"
            default:
                if scalar.value < 32 || (127..<160).contains(scalar.value) {
                    let digits = String(scalar.value, radix: 16)
                    result += "\\x" + String(repeating: "0", count: 2 - digits.count) + digits
                } else {
                    result.unicodeScalars.append(scalar)
                }
            }
        }
        return result + "\""
    }
}
