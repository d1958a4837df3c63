import Domain
import Testing

@testable import Importers

@Suite struct CatalogueTests {
    @Test("Every importer has a name of its own and a summary of one line; unknown names suggest the nearest")
    func membersAreListed() throws {
        let names = ImporterCatalogue.members.map(\.name)
        #expect(Set(names).count == names.count)
        #expect(names.contains("olist") && names.contains("table"))
        for member in ImporterCatalogue.members {
            #expect(!member.summary.isEmpty && !member.summary.contains("\n"))
            #expect(!member.settings.isEmpty)
        }
        #expect(try ImporterCatalogue.importer(named: "olist").name == "olist")
        #expect(throws: InputError(unknown: "importer", word: "olits", among: names)) {
            try ImporterCatalogue.importer(named: "olits")
        }
    }

    @Test("Every setting of every importer can be set to its stated default, and no other name can")
    func settingsHaveDefaults() throws {
        var olist = OlistOptions()
        olist.hubs = 3
        for setting in OlistOptions.settings { try olist.set(setting.name, to: setting.standard) }
        #expect(olist.hubs == OlistOptions().hubs)
        #expect(throws: InputError.self) { try olist.set("hub", to: "3") }
        for (name, value) in [
            ("hubs", "0"), ("stock_factor", "0.5"), ("fit_share", "0"), ("zone_digits", "6"), ("seed", "-1"),
        ] {
            #expect(throws: InputError.self, "\(name)") { try olist.set(name, to: value) }
        }
    }
}
