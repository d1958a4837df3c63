import Domain

/// Every importer of the product, one line each.
public enum ImporterCatalogue {
    /// The members, in the order in which they are listed.
    public static let members: [any Importer] = [
        OlistImporter(),
        TableImporter(),
    ]

    /// The importer of a name.
    ///
    /// - Throws: `InputError` for an unknown name, with the nearest.
    public static func importer(named name: String) throws(InputError) -> any Importer {
        guard let member = members.first(where: { $0.name == name }) else {
            throw InputError(unknown: "importer", word: name, among: members.map(\.name))
        }
        return member
    }
}
