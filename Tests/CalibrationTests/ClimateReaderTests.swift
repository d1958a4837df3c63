import Testing

@testable import Calibration

@Suite struct ClimateReaderTests {
    private static let rows = """
        USW00094789,20200101,PRCP,13,,,W,2400
        USW00094789,20200101,TMAX,56,,,W,2400
        USW00094789,20200101,TMIN,-11,,,W,2400
        USW00094789,20200103,PRCP,0,T,,W,2400
        USW00094789,20200103,SNOW,5,,,W,
        CH000054511,20200101,PRCP,7,,,S,
        CH000054511,20200102,PRCP,9999,,D,S,
        """

    @Test("Rows without names are known by their shape, tenths become whole units, flagged values are left out")
    func byYear() throws {
        let content = try TextFile(Self.rows).content()
        #expect(content.places.map(\.place) == ["CH000054511", "USW00094789"])
        let airport = content.places[1]
        #expect(airport.step == .day && airport.count == 3)
        let rain = try #require(airport[.precipitation])
        #expect(rain[0] == 1.3 && rain[1].isNaN && rain[2] == 0)
        #expect(airport[.highest]?[0] == 5.6 && airport[.lowest]?[0] == -1.1)
        #expect(content.places[0][.precipitation] == [0.7])
        #expect(
            content.notes.count == 1
                && content.notes[0].hasSuffix("values left out, for they failed a quality check: 1."))
    }

    @Test("Rows with names are read as well, and of many stations the one that is wanted alone")
    func byStation() throws {
        let file = try TextFile("ID,DATE,ELEMENT,DATA_VALUE,M_FLAG,Q_FLAG,S_FLAG,OBS_TIME\n" + Self.rows)
        #expect(try file.content().places.count == 2)
        var options = ReadingOptions()
        options.place = "USW00094789"
        #expect(try file.content(options).places.map(\.place) == ["USW00094789"])
    }

    @Test("An unknown element, a bad number or date and a day that comes twice are told with line and column")
    func malformedRows() throws {
        func message(_ old: String, _ new: String) throws -> String {
            #expect(Self.rows.contains(old))
            return try TextFile(Self.rows.replacing(old, with: new)).message() ?? "read"
        }
        #expect(
            try message("20200103,PRCP", "20200103,PCRP")
                == "file:4:22: found 'PCRP', expected an element of GHCN-Daily in column 'ELEMENT'; did you mean 'PRCP'?"
        )
        #expect(
            try message("TMAX,56", "TMAX,5.6").hasPrefix("file:2:27: found '5.6', expected a whole number of tenths"))
        #expect(
            try message("20200103,PRCP", "20201303,PRCP").hasPrefix(
                "file:4:13: found '20201303', expected a date such as 20260112"))
        #expect(
            try message("20200103,PRCP", "20200101,PRCP")
                == "file:4:13: found '20200101', expected each day of USW00094789 and PRCP once in column 'DATE'")
        #expect(try message(",T,,W,2400", ",T,,W") == "file:4: found 7 fields, expected 8 fields")
    }

    private static let columns = """
        "STATION","DATE","LATITUDE","NAME","PRCP","PRCP_ATTRIBUTES","TMAX","TMAX_ATTRIBUTES","TMIN","TMIN_ATTRIBUTES"
        "USW00094789","2020-01-01","40.6","JFK, NY US","   13",",,W,2400","   56",",,W","  -11",",,W"
        "USW00094789","2020-01-02","40.6","JFK, NY US","    0","T,,W,2400","  999",",I,W","",""
        """

    @Test("A day's columns are read in tenths with the flags beside them")
    func access() throws {
        let content = try TextFile(Self.columns).content()
        let place = try #require(content.places.first)
        #expect(place.place == "USW00094789" && place.step == .day)
        #expect(place[.precipitation] == [1.3, 0])
        #expect(place[.highest]?[0] == 5.6 && place[.highest]?[1].isNaN == true && place[.lowest]?[0] == -1.1)
        #expect(content.notes.count == 1)
    }

    @Test("Values with decimal points are no tenths and refused; a day that comes twice and a bad date as well")
    func malformedColumns() throws {
        func message(_ old: String, _ new: String) throws -> String {
            #expect(Self.columns.contains(old))
            return try TextFile(Self.columns.replacing(old, with: new)).message() ?? "read"
        }
        #expect(
            try message("\"   13\"", "\"1.3\"").hasPrefix("file:2:49: found '1.3', expected a whole number of tenths"))
        #expect(
            try message("2020-01-02", "2020-01-01").hasPrefix(
                "file:3:16: found '2020-01-01', expected each day of USW00094789 once"))
        #expect(
            try message("2020-01-02", "2 January").hasPrefix(
                "file:3:16: found '2 January', expected a date such as 2026-01-12"))
    }
}
