import Explanations

/// The pictures of an explained decision, as files or as parts of a page.
public enum DecisionPictures {
    /// One picture.
    public struct Picture: Sendable {
        /// Name of the file.
        public var name: String
        /// What it shows.
        public var title: String
        /// The file's text; it stands in a page as it is.
        public var svg: String
    }

    /// Of each comparison that chose somebody: the contributions of every candidate, and, where another node competed,
    /// the way from its score to that of the chosen one.
    public static func all(of explanation: DecisionExplanation) -> [Picture] {
        explanation.contributions.flatMap { part in
            let suffix = part.shipment.map { "-\($0 + 1)" } ?? ""
            var pictures: [Picture] = []
            let map = ContributionPicture(part, of: explanation)
            pictures.append(Picture(name: "contributions\(suffix).svg", title: map.title, svg: map.svg))
            if let waterfall = WaterfallPicture(part, of: explanation) {
                pictures.append(Picture(name: "waterfall\(suffix).svg", title: waterfall.title, svg: waterfall.svg))
            }
            return pictures
        }
    }
}
