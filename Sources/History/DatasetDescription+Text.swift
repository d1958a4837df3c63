import Domain

extension DatasetDescription {
    /// The text of `dataset.yaml`, with start and end as local times; the same description gives the same bytes.
    ///
    /// - Throws: `InputError` when the time zone is not known.
    public func yaml() throws(InputError) -> String {
        let local = try LocalTime(timeZone: timeZone)
        var lines = [
            "sandtable: 1",
            "name: \(quoted(name))",
            "origin: \(quoted(origin))",
            "licence: \(quoted(licence))",
            "currency: \(quoted(currency))",
            "time_zone: \(quoted(timeZone))",
            "start: \(local.text(of: start))",
            "end: \(local.text(of: start + end))",
            "promise_by: \(promiseBy.rawValue)",
            "coordinates: \(coordinates.rawValue)",
        ]
        if !files.isEmpty {
            lines.append("files:")
            for (file, facts) in files.sorted(by: { $0.key < $1.key }) {
                lines.append("  \(quoted(file)): {rows: \(facts.rows), sha256: \(facts.sha256)}")
            }
        }
        return lines.joined(separator: "\n") + "\n"
    }

    /// A text as a YAML scalar: plain where nothing in it has a meaning in YAML, else in double quotes.
    private func quoted(_ text: String) -> String {
        let harmless = text.unicodeScalars.allSatisfy {
            ("a"..."z").contains($0) || ("A"..."Z").contains($0) || ("0"..."9").contains($0)
                || " ._/-".unicodeScalars.contains($0)
        }
        let words = ["true", "false", "yes", "no", "on", "off", "null", "y", "n"]
        if harmless, let first = text.unicodeScalars.first, first.properties.isAlphabetic, text.last != " ",
            !words.contains(text.lowercased())
        {
            return text
        }
        var result = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": result += "\\\""
            case "\\": result += "\\\\"
            case "\n": result += "\\n"
            case "\r": result += "\\r"
            case "\t": result += "\\t"
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result + "\""
    }
}
