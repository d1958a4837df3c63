import Documents
import Domain

extension DatasetDescription {
    /// The text of `dataset.yaml`, with start and end as local times; the same description gives the same bytes.
    ///
    /// - Throws: `InputError` when the time zone is not known.
    public func yaml() throws(InputError) -> String {
        let local = try LocalTime(timeZone: timeZone)
        var lines = [
            "sandtable: 1",
            "name: \(DocumentText.scalar(name))",
            "origin: \(DocumentText.scalar(origin))",
            "licence: \(DocumentText.scalar(licence))",
            "currency: \(DocumentText.scalar(currency))",
            "time_zone: \(DocumentText.scalar(timeZone))",
            "start: \(local.text(of: start))",
            "end: \(local.text(of: start + end))",
            "promise_by: \(promiseBy.rawValue)",
            "coordinates: \(coordinates.rawValue)",
        ]
        if !files.isEmpty {
            lines.append("files:")
            for (file, facts) in files.sorted(by: { $0.key < $1.key }) {
                lines.append("  \(DocumentText.scalar(file)): {rows: \(facts.rows), sha256: \(facts.sha256)}")
            }
        }
        return lines.joined(separator: "\n") + "\n"
    }
}
