import Foundation
import Testing

@testable import Experiments
@testable import Reports

#if canImport(FoundationXML)
    import FoundationXML
#endif

/// The elements of a picture, as a parser of XML reads them.
private final class PictureElements: NSObject, XMLParserDelegate {
    struct Element {
        let name: String
        let attributes: [String: String]
        /// Attributes of the innermost group around it.
        let group: [String: String]
        var text = ""

        /// An attribute that is a number.
        func number(_ name: String) throws -> Double {
            let text = try #require(attributes[name])
            return try #require(Double(text))
        }
    }
    private(set) var elements: [Element] = []
    private var groups: [[String: String]] = []
    private var open: [Int] = []

    /// Reads a picture; a text that is no well-formed XML fails the test.
    init(_ svg: String) throws {
        super.init()
        let parser = XMLParser(data: Data(svg.utf8))
        parser.delegate = self
        try #require(parser.parse(), "\(String(describing: parser.parserError)) in line \(parser.lineNumber)")
    }

    func parser(
        _ parser: XMLParser, didStartElement name: String, namespaceURI: String?, qualifiedName: String?,
        attributes: [String: String] = [:]
    ) {
        open.append(elements.count)
        elements.append(Element(name: name, attributes: attributes, group: groups.last ?? [:]))
        if name == "g" { groups.append(attributes) }
    }

    func parser(_ parser: XMLParser, foundCharacters string: String) {
        if let index = open.last { elements[index].text += string }
    }

    func parser(_ parser: XMLParser, didEndElement name: String, namespaceURI: String?, qualifiedName: String?) {
        open.removeLast()
        if name == "g" { groups.removeLast() }
    }

    func named(_ name: String) -> [Element] { elements.filter { $0.name == name } }

    /// The texts in a class.
    func texts(_ name: String) -> [Element] {
        named("text").filter { $0.attributes["class"]?.split(separator: " ").contains(Substring(name)) ?? false }
    }
}

struct RankingPictureTests {
    private let three = ranking([
        ("start", [0.75, 0.5, 0.625]), ("quick", [0.875, 0.625, 0.75]), ("other", [0.5, 0.75, 0.8]),
    ])

    @Test("The same ranking gives the same bytes, without a time in them, and every strategy is named in a row")
    func bytes() throws {
        let svg = RankingPicture(three).svg
        #expect(svg == RankingPicture(three).svg)
        #expect(!svg.contains(/20[0-9][0-9]-/))
        let elements = try PictureElements(svg)
        for (row, strategy) in three.strategies.enumerated() {
            let name = try #require(elements.named("text").first { $0.text == strategy.name })
            let verdict = try #require(
                elements.named("text").filter { $0.attributes["y"] == name.attributes["y"] }.last)
            #expect(verdict.text == strategy.verdict?.rawValue ?? "baseline")
            #expect(try name.number("y") == PictureLayout(three, panelCount: 2).middle(ofRow: row) + 4.5)
        }
        #expect(elements.named("text")[0].text == "test: quick is recommended")
        #expect(svg.contains("prefers-color-scheme: dark"))
    }

    @Test("Dots, bars and the baseline's line lie where their numbers say, by the texts of the axis")
    func positions() throws {
        let elements = try PictureElements(RankingPicture(three).svg)
        for key in ["composite", "on_time_rate"] {
            let ticks = elements.named("text").filter { $0.attributes["data-axis"] == key }
            let first = try #require(ticks.first)
            let last = try #require(ticks.last)
            let left = try #require(Double(first.text))
            let right = try #require(Double(last.text))
            #expect(ticks.count >= 2 && left < right)
            func position(_ value: Double?) throws -> Double {
                let share = (try #require(value) - left) / (right - left)
                return try first.number("x") + share * (last.number("x") - first.number("x"))
            }
            for strategy in three.strategies {
                let metric = try #require(strategy.metrics["on_time_rate"])
                let (mean, low, high) =
                    key == "composite"
                    ? (strategy.composite, strategy.compositeInterval.low, strategy.compositeInterval.high)
                    : (metric.mean, metric.low, metric.high)
                let own = elements.elements.filter {
                    $0.group["data-strategy"] == strategy.name && $0.group["data-key"] == key
                }
                let dot = try #require(own.first { $0.name == "circle" })
                let bar = try #require(own.first { $0.attributes["class"] == "bar" })
                // Pixels are rounded to hundredths, those of the ticks too.
                #expect(try abs(dot.number("cx") - position(mean)) < 0.03)
                #expect(try abs(bar.number("x1") - position(low)) < 0.03)
                #expect(try abs(bar.number("x2") - position(high)) < 0.03)
                #expect(own.first { $0.name == "title" }?.text.contains(" ± ") == true)
            }
        }
        let lines = elements.named("line").filter { $0.attributes["class"] == "baseline" }
        let dots = elements.named("circle").filter { $0.group["data-strategy"] == "start" }
        #expect(lines.count == 2)
        for (line, dot) in zip(lines, dots) { #expect(try line.number("x1") == dot.number("cx")) }
    }

    @Test("Names of any characters are escaped, and long ones are cut where the picture would be")
    func names() throws {
        let long = String(repeating: "<a&b>\"", count: 10)
        let elements = try PictureElements(
            RankingPicture(ranking([("杭州 & \u{7}", [0.5, 0.75]), (long, [0.25, 0.5])])).svg)
        #expect(elements.named("text").contains { $0.text == "杭州 & \u{FFFD}" })
        #expect(elements.named("text").contains { $0.text.hasPrefix("<a&b>\"<a&b>") && $0.text.hasSuffix("…") })
        #expect(elements.named("title").contains { $0.text.hasPrefix(long + ", composite: ") })
        try checkFit(elements)
    }

    @Test("Text stays in the picture, and no two texts of a line touch")
    func fit() throws {
        let rail = GuardrailStatement(metric: "on_time_rate", atMost: 0.8)
        for size in [1, 2, 12] {
            let strategies = (0..<size).map { index in
                (name: "strategy_number_\(index)", rates: [0.5, 0.625 + 0.01 * Double(index), 0.7])
            }
            for factor in [1e-7, 1, -123_456_789] {
                let scaled = strategies.map { (name: $0.name, rates: $0.rates.map { $0 * factor }) }
                try checkFit(try PictureElements(RankingPicture(ranking(scaled, guardrails: [rail])).svg))
            }
        }
    }

    @Test("What is undefined has no dot, one world has no bars, and equal values still have an axis")
    func undefined() throws {
        let one = try PictureElements(RankingPicture(ranking([("start", [0.5]), ("other", [0.5])])).svg)
        #expect(one.named("circle").count == 4)
        #expect(!one.named("line").contains { $0.attributes["class"] == "bar" })
        #expect(Set(one.named("text").filter { $0.attributes["data-axis"] == "composite" }.map(\.text)).count >= 2)
        let none = try PictureElements(RankingPicture(ranking([("start", [.nan, .nan]), ("other", [0.5, 0.5])])).svg)
        #expect(none.named("circle").allSatisfy { $0.group["data-strategy"] == "other" })
        #expect(none.texts("value").contains { $0.text == "–" })
    }

    @Test("The report shows the picture")
    func reference() throws {
        #expect(RunFolder.Name.picture == "ranking.svg")
        #expect(RankingSection.picture.contains("](ranking.svg)"))
    }

    /// No text leaves the picture or runs into the next of its line, by the widths that the layout takes texts for.
    private func checkFit(_ elements: PictureElements) throws {
        let width = try #require(elements.elements.first).number("width")
        var spans: [String: [(from: Double, to: Double, text: String)]] = [:]
        for text in elements.named("text") {
            let classes = text.attributes["class"] ?? ""
            let size = classes.contains("title") ? 17 : classes.contains("note") ? 10.5 : 12.0
            let long = PictureLayout.textWidth(text.text, size: size)
            let x = try text.number("x")
            let from = classes.hasSuffix("end") ? x - long : classes.hasSuffix("middle") ? x - long / 2 : x
            #expect(from >= 0 && from + long <= width, "\(text.text) at \(from) to \(from + long) of \(width)")
            // Values stand half a pixel above the words of their row.
            spans[String(try text.number("y").rounded()), default: []].append((from, from + long, text.text))
        }
        for line in spans.values {
            let sorted = line.sorted { $0.from < $1.from }
            for (left, right) in zip(sorted, sorted.dropFirst()) {
                #expect(left.to <= right.from, "\(left.text) runs into \(right.text)")
            }
        }
    }
}
