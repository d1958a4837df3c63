/// Opening hours that repeat every week, local time.
///
/// Text form: `always`, or spans such as `Mo-Fr 08:00-20:00; Sa 09:00-12:00; Sa 13:00-17:00`. A span ends after it
/// begins and no later than `24:00`; spans may touch or overlap.
public struct WeeklyHours: Sendable, Hashable {
    /// One span of one weekday.
    public struct Span: Sendable, Hashable {
        /// 0 = Monday ... 6 = Sunday.
        public var weekday: Int
        /// Minutes after local midnight, 0 ..< 1440.
        public var fromMinute: Int
        /// Minutes after local midnight, above `fromMinute`, at most 1440.
        public var toMinute: Int

        /// A span.
        public init(weekday: Int, fromMinute: Int, toMinute: Int) {
            self.weekday = weekday
            self.fromMinute = fromMinute
            self.toMinute = toMinute
        }
    }
    /// The spans, sorted by weekday, then start, overlaps merged; nil = always open.
    public let spans: [Span]?

    /// Open at any time.
    public static let always = WeeklyHours(spans: nil)

    /// Hours from spans in any order; overlapping and touching spans of a day are merged.
    public init(spans: [Span]?) {
        guard let spans else {
            self.spans = nil
            return
        }
        var merged: [Span] = []
        for span in spans.sorted(by: { ($0.weekday, $0.fromMinute) < ($1.weekday, $1.fromMinute) }) {
            if let last = merged.last, last.weekday == span.weekday, span.fromMinute <= last.toMinute {
                merged[merged.count - 1].toMinute = max(last.toMinute, span.toMinute)
            } else {
                merged.append(span)
            }
        }
        self.spans = merged
    }
}
