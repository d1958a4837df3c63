import Domain
import Storage

/// Reads the instants of the dataset format: local time, time with an offset, or seconds from the start.
///
/// A value type with a small memory of the last day's offset; use one a table.
public struct InstantParser: Sendable {
    /// What an instant may look like, for messages.
    public static let expectation =
        "an instant (2026-01-12T08:30:00, 2026-01-12T08:30:00+08:00 or seconds from the start)"

    private let localTime: LocalTime
    private let start: Double
    /// The span of wall clocks around the last one that has a single offset, and that offset.
    private var calm: (from: Double, to: Double, offset: Double)?
    /// The ten characters of the last date that lay in ``calm``, and its midnight in seconds from the start.
    private var calmDate: [UInt8] = []
    private var calmMidnight = 0.0

    /// A parser for a time zone; `start` is time 0 in seconds since 1970.
    public init(localTime: LocalTime, start: Double) {
        self.localTime = localTime
        self.start = start
    }

    /// Seconds from the start, or nil if the text is no instant.
    public mutating func seconds(_ text: String) -> Double? {
        let bytes = Array(text.utf8)
        return seconds(bytes.span)
    }

    /// Seconds from the start, or nil if the bytes are no instant.
    public mutating func seconds(_ bytes: Span<UInt8>) -> Double? {
        if let seconds = secondsOfCalmDate(bytes) { return seconds }
        var position = 0
        guard let civil = civilTime(bytes, &position) else { return NumberParsing.double(bytes) }
        let wallClock = civil.secondsSince1970
        if position == bytes.count {
            let seconds = instant(wallClock: wallClock) - start
            rememberDate(bytes, wallClock: wallClock)
            return seconds
        }
        guard let offset = zoneOffset(bytes, &position), position == bytes.count else { return nil }
        return wallClock - offset - start
    }

    /// The instant of `YYYY-MM-DDThh:mm:ss` on the date of the last one, where no change of the clocks is near; nil for
    /// anything else. Whole seconds, so all sums are exact.
    @inline(__always)
    private func secondsOfCalmDate(_ bytes: Span<UInt8>) -> Double? {
        guard bytes.count == 19, calmDate.count == 10, bytes[10] == 0x54 || bytes[10] == 0x20, bytes[13] == 0x3A,
            bytes[16] == 0x3A
        else { return nil }
        let date = calmDate.span
        // From the end, where dates differ.
        for index in 0..<10 where bytes[9 - index] != date[9 - index] { return nil }
        let digits = (
            bytes[11] &- 0x30, bytes[12] &- 0x30, bytes[14] &- 0x30, bytes[15] &- 0x30, bytes[17] &- 0x30,
            bytes[18] &- 0x30
        )
        guard digits.0 <= 2, digits.1 <= 9, digits.2 <= 5, digits.3 <= 9, digits.4 <= 5, digits.5 <= 9 else {
            return nil
        }
        let hour = 10 * Int(digits.0) + Int(digits.1)
        guard hour < 24 else { return nil }
        let minute = 10 * Int(digits.2) + Int(digits.3)
        return calmMidnight + Double(3600 * hour + 60 * minute + 10 * Int(digits.4) + Int(digits.5))
    }

    /// Remembers the date of an instant in ``calm``.
    private mutating func rememberDate(_ bytes: Span<UInt8>, wallClock: Double) {
        guard let calm, wallClock >= calm.from, wallClock < calm.to, bytes.count >= 10 else { return }
        let midnight = (wallClock / 86_400).rounded(.down) * 86_400
        calmMidnight = midnight - calm.offset - start
        calmDate = (0..<10).map { bytes[$0] }
    }

    /// The instant of a wall clock; days without a change of the clocks cost one comparison.
    private mutating func instant(wallClock: Double) -> Double {
        if let calm, wallClock >= calm.from, wallClock < calm.to { return wallClock - calm.offset }
        let day = (wallClock / 86_400).rounded(.down) * 86_400
        let offset = localTime.offset(at: day - 86_400)
        // Offsets are at most 15 hours from UTC: two days on either side cover the local day and its neighbours.
        let isCalm = stride(from: day - 172_800, through: day + 259_200, by: 86_400).allSatisfy {
            localTime.offset(at: $0) == offset
        }
        if isCalm { calm = (day, day + 86_400, offset) }
        return isCalm ? wallClock - offset : localTime.instant(wallClock: wallClock)
    }
}

/// Takes `2026-01-12T08:30:00.5` (`T` or a blank; seconds and fraction optional), or nothing.
private func civilTime(_ bytes: Span<UInt8>, _ position: inout Int) -> CivilTime? {
    guard let year = digits(4, bytes, &position), take("-", bytes, &position),
        let month = digits(2, bytes, &position), take("-", bytes, &position),
        let day = digits(2, bytes, &position), take("T", bytes, &position) || take(" ", bytes, &position),
        let hour = digits(2, bytes, &position), hour < 24, take(":", bytes, &position),
        let minute = digits(2, bytes, &position), minute < 60
    else { return nil }
    var seconds = 0.0
    if take(":", bytes, &position) {
        guard let whole = digits(2, bytes, &position), whole < 60 else { return nil }
        seconds = Double(whole)
        if take(".", bytes, &position) {
            guard let fraction = fraction(bytes, &position) else { return nil }
            seconds += fraction
        }
    }
    let civil = CivilTime(
        year: year, month: month, day: day, secondOfDay: Double(3600 * hour + 60 * minute) + seconds)
    return civil.isDate ? civil : nil
}

/// Takes `Z`, `+08:00` or `+0800`, or nothing; seconds ahead of UTC.
private func zoneOffset(_ bytes: Span<UInt8>, _ position: inout Int) -> Double? {
    if take("Z", bytes, &position) { return 0 }
    let sign: Double
    if take("+", bytes, &position) {
        sign = 1
    } else if take("-", bytes, &position) {
        sign = -1
    } else {
        return nil
    }
    guard let hours = digits(2, bytes, &position), hours < 24 else { return nil }
    _ = take(":", bytes, &position)
    guard let minutes = digits(2, bytes, &position), minutes < 60 else { return nil }
    return sign * Double(3600 * hours + 60 * minutes)
}

/// Takes exactly this many digits as a number, or nothing.
private func digits(_ count: Int, _ bytes: Span<UInt8>, _ position: inout Int) -> Int? {
    guard position + count <= bytes.count else { return nil }
    var value = 0
    for index in position..<(position + count) {
        let digit = bytes[index] &- 0x30
        guard digit <= 9 else { return nil }
        value = 10 * value + Int(digit)
    }
    position += count
    return value
}

/// Takes one to nine digits as a fraction, or nothing.
private func fraction(_ bytes: Span<UInt8>, _ position: inout Int) -> Double? {
    let start = position
    var value = 0
    var scale = 1
    while position < bytes.count, position - start < 9 {
        let digit = bytes[position] &- 0x30
        guard digit <= 9 else { break }
        value = 10 * value + Int(digit)
        scale *= 10
        position += 1
    }
    return position == start ? nil : Double(value) / Double(scale)
}

/// Takes one character if it comes next.
private func take(_ character: Unicode.Scalar, _ bytes: Span<UInt8>, _ position: inout Int) -> Bool {
    guard position < bytes.count, bytes[position] == UInt8(ascii: character) else { return false }
    position += 1
    return true
}
