import Explanations

/// One explained decision as a piece of a page: what it comes to in words, and its pictures in line.
public enum DecisionFragment {
    /// The piece: a `section` that stands by itself in the body of an HTML page.
    ///
    /// The pictures carry their own colours for light and dark ground.
    public static func html(_ explanation: DecisionExplanation) -> String {
        let text = DecisionText(explanation)
        var html = "<section class=\"decision\">\n<h3>\(VectorPicture.escaped(text.title))</h3>\n"
        for sentence in text.sentences { html += "<p>\(VectorPicture.escaped(sentence))</p>\n" }
        for picture in DecisionPictures.all(of: explanation) {
            html +=
                "<figure>\n\(picture.svg)<figcaption>\(VectorPicture.escaped(picture.title))</figcaption>\n</figure>\n"
        }
        return html + "</section>\n"
    }
}
