import Testing

@testable import Reports

struct DisplayWidthTests {
    @Test(
        "Chinese, Japanese and Korean characters take two columns, marks that combine none",
        arguments: [
            ("abc", 3), ("杭州", 4), ("ｆｕｌｌ", 8), ("가나", 4), ("カナ", 4), ("ｶﾅ", 2), ("e\u{301}", 1), ("é", 1), ("±", 1),
            ("→", 1),
            ("…", 1), ("🚚", 2), ("a\u{200B}b", 2), ("", 0), ("–", 1), ("ß", 1),
        ])
    func widths(text: String, width: Int) {
        #expect(DisplayWidth.of(text) == width)
    }

    @Test("Padding fills up to a width on either side, and leaves longer text alone")
    func padding() {
        #expect(DisplayWidth.padded("杭州", to: 6) == "杭州  ")
        #expect(DisplayWidth.padded("杭州", to: 6, alignsRight: true) == "  杭州")
        #expect(DisplayWidth.padded("abcdef", to: 3) == "abcdef")
    }

    @Test("Text is cut so that it and the mark for the rest fit")
    func cutting() {
        #expect(DisplayWidth.shortened("abcdef", to: 4) == "abc…")
        #expect(DisplayWidth.shortened("杭州宁波", to: 6) == "杭州…")
        #expect(DisplayWidth.shortened("abc", to: 3) == "abc")
    }
}

struct TextTableTests {
    private var table: TextTable {
        var table = TextTable(columns: [TextTable.Column("node"), TextTable.Column("n", alignsRight: true)])
        table.add([TextTable.Cell("杭州"), TextTable.Cell("1")])
        table.add([TextTable.Cell("Ningbo|A", look: .good), TextTable.Cell("1,234")])
        return table
    }

    @Test("Columns line up whatever the characters, and no line ends in blanks")
    func lines() {
        #expect(table.text() == "node          n\n杭州          1\nNingbo|A  1,234\n")
    }

    @Test("Colours change no column: without them the same text is left")
    func colours() {
        let plain = table.text(style: .colour).replacing(/\u{1B}\[[0-9]+m/, with: "")
        #expect(plain == table.text())
        #expect(table.text(style: .colour) != table.text())
    }

    @Test("Markdown escapes the bars inside cells")
    func markdown() {
        #expect(table.markdown() == "| node | n |\n| --- | ---: |\n| 杭州 | 1 |\n| Ningbo\\|A | 1,234 |\n")
    }
}

struct NumberTextTests {
    @Test(
        "Numbers have about four significant digits and separated thousands",
        arguments: [
            (0.93121, "0.9312"), (12.345, "12.35"), (1234.6, "1,235"), (-1234567, "-1,234,567"), (0, "0"),
            (123.44, "123.4"), (-0.00000001, "0.000000"), (1e6, "1,000,000"), (9.99, "9.9900"),
        ] as [(Double, String)])
    func values(value: Double, text: String) {
        #expect(NumberText.value(value) == text)
    }

    @Test(
        "A number that was stated is as short as it reads",
        arguments: [(0.5, "0.5"), (60, "60"), (1234.5, "1,234.5"), (-0.25, "-0.25"), (100, "100"), (0, "0")]
            as [(Double, String)])
    func statedValues(value: Double, text: String) {
        #expect(NumberText.stated(value) == text)
    }

    @Test("An interval shows its half-width to two digits, and the mean to the same place")
    func intervals() {
        #expect(NumberText.interval(mean: 12.34567, low: 12.34367, high: 12.34767) == "12.3457 ± 0.0020")
        #expect(NumberText.interval(mean: 0.9, low: 0.8, high: 1) == "0.9000 ± 0.1000")
        #expect(NumberText.interval(mean: 0.9, low: nil, high: nil) == "0.9000")
        #expect(NumberText.interval(mean: nil, low: nil, high: nil) == "–")
        #expect(NumberText.bounds(low: -0.0125, high: 0.5) == "[-0.0125, 0.5000]")
    }

    @Test("Durations read as people say them")
    func durations() {
        #expect(NumberText.duration(seconds: 4.23) == "4.2 s")
        #expect(NumberText.duration(seconds: 45.4) == "45 s")
        #expect(NumberText.duration(seconds: 200) == "3 min 20 s")
        #expect(NumberText.duration(seconds: 7_500) == "2 h 5 min")
        #expect(NumberText.percent(0.9312) == "93.1 %")
        #expect(NumberText.percent(nil) == "–")
    }
}
