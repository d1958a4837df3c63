import Documents

/// Where the paths that a scenario names lead to: one in the file starts from the file's folder, one given on the
/// command line from the working directory.
struct RelativePaths: Sendable {
    /// The file's folder; blank for the working directory.
    let folder: String

    /// A path as seen from the working directory.
    func path(of value: DocumentValue, written: String) -> String {
        if value.isFromCommandLine || written.hasPrefix("/") { return written }
        return Self.simplified(folder.isEmpty || folder == "." ? written : folder + "/" + written)
    }

    /// A path without `.` and without `name/..`.
    private static func simplified(_ path: String) -> String {
        var parts: [Substring] = []
        for part in path.split(separator: "/") where part != "." {
            if part == "..", let last = parts.last, last != ".." { parts.removeLast() } else { parts.append(part) }
        }
        let joined = parts.joined(separator: "/")
        return path.hasPrefix("/") ? "/" + joined : joined.isEmpty ? "." : joined
    }
}
