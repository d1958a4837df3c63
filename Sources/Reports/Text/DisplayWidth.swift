/// Columns a text takes on a terminal with a fixed-width font.
///
/// Wide and fullwidth characters (Unicode Standard Annex #11, classes W and F: Chinese, Japanese, Korean, emoji) take
/// two columns, combining marks and other zero-width characters none, all else one. A character of several scalars
/// takes the width of its widest scalar.
public enum DisplayWidth {
    /// Columns of a text; line breaks count nothing.
    public static func of(_ text: some StringProtocol) -> Int {
        var width = 0
        for character in text {
            width += character.unicodeScalars.reduce(0) { max($0, columns($1)) }
        }
        return width
    }

    /// The text with blanks up to a width, at its right or at its left.
    public static func padded(_ text: String, to width: Int, alignsRight: Bool = false) -> String {
        let blanks = String(repeating: " ", count: max(0, width - of(text)))
        return alignsRight ? blanks + text : text + blanks
    }

    /// The text cut to a width, with `…` for what is left out.
    public static func shortened(_ text: String, to width: Int) -> String {
        if of(text) <= width { return text }
        var kept = ""
        var used = 0
        for character in text {
            let columns = of(String(character))
            if used + columns > width - 1 { break }
            kept.append(character)
            used += columns
        }
        return kept + "…"
    }

    /// Columns of one scalar.
    private static func columns(_ scalar: Unicode.Scalar) -> Int {
        let value = scalar.value
        if value < 0x20 || (0x7F..<0xA0).contains(value) { return 0 }
        if value < 0x300 { return value == 0xAD ? 0 : 1 }
        switch scalar.properties.generalCategory {
        case .nonspacingMark, .enclosingMark, .format: return 0
        default: return wide.contains { $0.contains(value) } ? 2 : 1
        }
    }

    /// Blocks of wide and fullwidth scalars, as far as text in an order book has them.
    private static let wide: [ClosedRange<UInt32>] = [
        0x1100...0x115F,  // Hangul initial consonants
        0x231A...0x231B, 0x23E9...0x23EC, 0x2614...0x2615, 0x26A1...0x26A1, 0x2705...0x2705, 0x274C...0x274C,
        0x2E80...0x303E,  // CJK radicals, Kangxi, CJK symbols
        0x3041...0x33FF,  // kana, bopomofo, Hangul compatibility, CJK squared
        0x3400...0x4DBF,  // CJK extension A
        0x4E00...0x9FFF,  // CJK
        0xA000...0xA4CF,  // Yi
        0xA960...0xA97F,  // Hangul initial consonants, extended
        0xAC00...0xD7A3,  // Hangul syllables
        0xF900...0xFAFF,  // CJK compatibility
        0xFE10...0xFE19, 0xFE30...0xFE6F,  // vertical and small forms
        0xFF00...0xFF60, 0xFFE0...0xFFE6,  // fullwidth forms
        0x1F300...0x1F64F, 0x1F680...0x1F6FF, 0x1F900...0x1F9FF,  // pictographs
        0x20000...0x3FFFD,  // CJK extensions B and on
    ]
}
