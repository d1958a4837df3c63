/// A table of text, for a terminal or as Markdown.
public struct TextTable: Sendable {
    /// A column.
    public struct Column: Sendable {
        /// Its heading.
        public var heading: String
        /// Whether its cells end at the right: numbers do.
        public var alignsRight: Bool

        /// A column.
        public init(_ heading: String, alignsRight: Bool = false) {
            self.heading = heading
            self.alignsRight = alignsRight
        }
    }
    /// A cell and how it looks.
    public struct Cell: Sendable, ExpressibleByStringLiteral {
        /// Its text, on one line.
        public var text: String
        /// Its look on a terminal with colours.
        public var look: TextStyle.Look

        /// A cell.
        public init(_ text: String, look: TextStyle.Look = .plain) {
            self.text = text
            self.look = look
        }

        /// A plain cell.
        public init(stringLiteral value: String) { self.init(value) }
    }

    /// The columns.
    public var columns: [Column]
    /// The rows, each with a cell a column.
    public var rows: [[Cell]] = []

    /// A table without rows.
    public init(columns: [Column]) {
        self.columns = columns
    }

    /// Adds a row.
    public mutating func add(_ cells: [Cell]) {
        precondition(cells.count == columns.count, "a row has a cell a column")
        rows.append(cells)
    }

    /// Lines for a terminal: two blanks between columns, no blanks at the ends of lines.
    public func text(style: TextStyle = .plain) -> String {
        let widths = columns.indices.map { column in
            rows.reduce(DisplayWidth.of(columns[column].heading)) { max($0, DisplayWidth.of($1[column].text)) }
        }
        func line(_ cells: [Cell]) -> String {
            var text = ""
            for (column, cell) in cells.enumerated() {
                if column > 0 { text += "  " }
                let isLast = column == cells.count - 1 && !columns[column].alignsRight
                let padded = DisplayWidth.padded(
                    cell.text, to: isLast ? 0 : widths[column], alignsRight: columns[column].alignsRight)
                text += style.apply(cell.look, to: padded)
            }
            while text.last == " " { text.removeLast() }
            return text + "\n"
        }
        let heading = columns.map { Cell($0.heading, look: .strong) }
        return line(heading) + rows.map(line).joined()
    }

    /// A Markdown table (GitHub Flavored Markdown).
    public func markdown() -> String {
        func line(_ cells: [String]) -> String {
            "| " + cells.map { $0.replacing("|", with: "\\|").replacing("\n", with: " ") }.joined(separator: " | ")
                + " |\n"
        }
        return line(columns.map(\.heading)) + line(columns.map { $0.alignsRight ? "---:" : "---" })
            + rows.map { line($0.map(\.text)) }.joined()
    }
}
