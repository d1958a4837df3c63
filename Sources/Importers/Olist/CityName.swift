/// City names as people typed them, made comparable.
enum CityName {
    /// Letters of Portuguese with a mark, and their plain ones.
    private static let plainLetters: [Character: Character] = [
        "á": "a", "à": "a", "â": "a", "ã": "a", "ä": "a", "ç": "c", "é": "e", "ê": "e", "è": "e", "í": "i",
        "ì": "i", "ó": "o", "ô": "o", "õ": "o", "ò": "o", "ö": "o", "ú": "u", "ù": "u", "ü": "u", "ñ": "n",
    ]

    /// Words that stay small in a title.
    private static let smallWords: Set<String> = ["da", "das", "de", "do", "dos", "e"]

    /// Lower case without marks, state or second name: `São Paulo - SP` and `sao paulo / sp` are `sao paulo`.
    static func plain(_ name: String) -> String {
        var text = String(name.lowercased().map { plainLetters[$0] ?? $0 })
        for separator in ["/", "\\", ",", " - "] {
            if let range = text.firstRange(of: separator) { text = String(text[..<range.lowerBound]) }
        }
        return text.split(separator: " ").joined(separator: " ")
    }

    /// An id: letters and digits of the plain name, hyphens between words.
    static func slug(_ plain: String) -> String {
        let words = plain.split { !($0.isASCII && ($0.isLetter || $0.isNumber)) }
        return words.isEmpty ? "hub" : words.joined(separator: "-")
    }

    /// A title: `sao jose do rio preto` is `Sao Jose do Rio Preto`.
    static func title(_ plain: String) -> String {
        plain.split(separator: " ").enumerated().map { index, word in
            index > 0 && smallWords.contains(String(word))
                ? String(word) : word.prefix(1).uppercased() + word.dropFirst()
        }.joined(separator: " ")
    }
}
