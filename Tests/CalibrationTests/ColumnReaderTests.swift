import Foundation
import Testing

@testable import Calibration

@Suite struct ColumnReaderTests {
    @Test("Hours are found by date columns or a timestamp, gaps stay gaps, and rows of one hour are averaged")
    func reading() throws {
        let parts = try TextFile(
            "year,month,day,hour,RAIN,station\n2013,3,1,0,1.5,A\n2013,3,1,2,NA,A\n2013,3,1,3,0,A\n2013,3,1,0,2,B\n")
        let places = try parts.content().places
        #expect(places.map(\.place) == ["A", "B"])
        let first = try #require(places[0][.precipitation])
        #expect(first.count == 4 && first[0] == 1.5 && first[1].isNaN && first[2].isNaN && first[3] == 0)
        // 1 March 2013 was a Friday.
        let clock = places[0].clock(3)
        #expect(clock.year == 2_013 && clock.month == 3 && clock.weekday == 4 && clock.secondOfDay == 10_800)
        let stamped = try TextFile("timestamp,travel_time,id\n2022-09-02 06:00:00,20,7\n2022-09-02 06:15:00,30,7\n")
        let road = try stamped.content().places
        #expect(road.map(\.place) == ["7"] && road[0][.travelTime] == [25])
    }

    @Test("A date alone is a day, a trace of rain is none, and units of the United States become ours")
    func days() throws {
        let file = try TextFile(
            "city,date,high_temp,low_temp,avg_wind,precip\nX,2016-01-01,68,50,10,T\nX,2016/01/03,32,32,0,1\n")
        var options = ReadingOptions()
        options.units = .us
        let place = try #require(try file.content(options).places.first)
        #expect(place.step == .day && place.count == 3)
        let rain = try #require(place[.precipitation])
        #expect(rain[0] == 0 && rain[1].isNaN && rain[2] == 25.4)
        #expect(place[.highest]?[0] == 20 && place[.lowest]?[2] == 0 && place[.wind]?[0] == 4.4704)
    }

    @Test("A table of degrees Fahrenheit or kelvin is not taken for one of degrees Celsius")
    func otherUnits() throws {
        let american = try TextFile("date,high_temp,precip\n2016-07-01,88.5,0.2\n2016-07-02,59,0\n")
        #expect(
            american.message()?.contains(
                "file:2: found 1 of 2 temperatures that cannot be degrees Celsius, expected degrees Celsius, with rain in mm "
                    + "and wind in m/s; if these are Fahrenheit, --units us") == true)
        let absolute = try TextFile("timestamp,temp\n2022-09-02 06:00,291.3\n")
        #expect(absolute.message()?.contains("if these are kelvin, --units kelvin") == true)
        // A mark of missing values is no unit.
        let marked = try TextFile("timestamp,temp\n2022-09-02 06:00,999.9\n2022-09-02 07:00,21\n")
        #expect(try marked.content().places[0].setAside[.temperature] == 1)
    }

    @Test("A column of speed is turned over: half the speed is twice the time")
    func speed() throws {
        let road = try TextFile("timestamp,speed\n2022-09-02 06:00,60\n2022-09-02 07:00,30\n").content().places[0]
        let times = try #require(road[.travelTime])
        #expect(times[1] == 2 * times[0])
    }

    @Test("Impossible values count as missing, and how many there were is told")
    func impossible() throws {
        let file = try TextFile("timestamp,rain,wind\n2022-09-02 06:00,999990,1048\n2022-09-02 07:00,1,3\n")
        let place = try file.content().places[0]
        #expect(place.setAside[.precipitation] == 1 && place.setAside[.wind] == 1)
        #expect(place[.precipitation]?[0].isNaN == true && place[.wind]?[1] == 3)
    }

    @Test("Columns with names of their own are read when named, and only the named place is kept")
    func namedColumns() throws {
        let file = try TextFile("time,RR_1\n2022-09-02 06:00,2\n")
        #expect(file.message()?.contains("file:1: found the columns time, rr_1, expected one of precipitation") == true)
        var options = ReadingOptions()
        options.columns = [.precipitation: "RR_1"]
        #expect(try file.content(options).places[0][.precipitation] == [2])
    }

    @Test("What is wrong in a table is told with its line and column")
    func refused() throws {
        func message(_ text: String) throws -> String { try TextFile(text).message() ?? "read" }
        #expect(
            try message("year,month,day,hour,rain\n2013,3,1,0,wet\n").contains(
                "file:2:12: found 'wet', expected a number"))
        #expect(try message("year,month,day,hour,rain\n2013,2,30,0,1\n").contains("file:2:8: found '30'"))
        #expect(try message("time,rain\nyesterday,1\n").contains("file:2:1: found 'yesterday', expected a date"))
        #expect(try message("time,rain\n2013-01-01 00:00,1\n2013-01-02,1\n").contains("file:3: found days among hours"))
        #expect(try message("rain,x\n1,2\n").contains("expected year, month, day and hour"))
    }

    @Test("Delays are read with the hour in which they should have left; what never left has none")
    func delays() throws {
        let file = try TextFile(
            "year,month,day,dep_delay,origin,air_time,hour\n2013,1,1,12,JFK,100,5\n2013,1,1,NA,JFK,NA,6\n")
        let record = try #require(try file.content().delays.first)
        #expect(record.place == "JFK" && record.hours[1] - record.hours[0] == 1)
        #expect(record.minutes[0] == 12 && record.minutes[1].isNaN && record.underWay[0] == 100)
        let lacking = try TextFile("timestamp,delay\n2013-01-01 05:00,3\n")
        #expect(lacking.message()?.contains("expected one of under_way, minutes_under_way") == true)
    }
}
