import Domain
import Storage

/// Reads the instants of the dataset format: local time, time with an offset, or seconds from the start.
///
/// A value type that remembers the dates of the last instants, so that the time zone is asked once a date; use one a
/// table or column.
public struct InstantParser: Sendable {
    /// What an instant may look like, for messages.
    public static let expectation =
        "an instant (2026-01-12T08:30:00, 2026-01-12T08:30:00+08:00 or seconds from the start)"

    /// A date on which the local time has one offset.
    private struct CalmDay: Sendable {
        /// The ten characters: eight, then two; no text's where the slot is free.
        var start: UInt64 = 0
        var end = UInt64.max
        /// Midnight in seconds from the dataset's start.
        var midnight = 0.0
    }
    /// Two months: the days of the last two characters, in every other month elsewhere.
    private static let slotCount = 64

    private let localTime: LocalTime
    private let start: Double
    private var calmDays = [CalmDay](repeating: CalmDay(), count: slotCount)

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
    @inline(__always)
    public mutating func seconds(_ bytes: Span<UInt8>) -> Double? {
        secondsOfCalmDay(bytes) ?? secondsOfAny(bytes)
    }

    @inline(never)
    private mutating func secondsOfAny(_ bytes: Span<UInt8>) -> Double? {
        var position = 0
        guard let civil = civilTime(bytes, &position) else { return NumberParsing.double(bytes) }
        let wallClock = civil.secondsSince1970
        if position == bytes.count {
            return instant(wallClock: wallClock, of: bytes) - start
        }
        guard let offset = zoneOffset(bytes, &position), position == bytes.count else { return nil }
        return wallClock - offset - start
    }

    /// The instant of `YYYY-MM-DDThh:mm:ss` on a date remembered, where no change of the clocks is near; nil for
    /// anything else. Whole seconds, so all sums are exact.
    @inline(__always)
    private func secondsOfCalmDay(_ bytes: Span<UInt8>) -> Double? {
        guard bytes.count == 19 else { return nil }
        let (start, end, slot) = Self.date(bytes)
        let separator = bytes[10]
        guard separator == 0x54 || separator == 0x20 else { return nil }
        let date = calmDays[slot]
        guard date.start == start, date.end == end, let second = Self.secondOfDay(bytes.word(at: 11)) else {
            return nil
        }
        return date.midnight + Double(second)
    }

    /// The first ten characters as numbers, and the slot they are remembered in.
    @inline(__always)
    private static func date(_ bytes: Span<UInt8>) -> (start: UInt64, end: UInt64, slot: Int) {
        let start = bytes.word(at: 0)
        let end = bytes.word(at: 8) & 0xFFFF
        // The day and the last digit of the month.
        let day = 10 &* (end & 3) &+ (end &>> 8 & 15)
        return (start, end, Int(truncatingIfNeeded: (day &+ 31 &* (start &>> 48 & 15)) % UInt64(slotCount)))
    }

    /// Seconds after midnight of the eight characters `hh:mm:ss`, the first the lowest; nil for anything else.
    @inline(__always)
    static func secondOfDay(_ word: UInt64) -> Int? {
        // Digits become 0 ... 9, both colons 0.
        let values = word ^ 0x3030_3A30_303A_3030
        let isDigits = ((values & 0x7F7F_7F7F_7F7F_7F7F) &+ 0x7676_7676_7676_7676 | values) & 0x8080_8080_8080_8080 == 0
        guard isDigits, values & 0x0000_FF00_00FF_0000 == 0 else { return nil }
        let hour = 10 * Int(values & 0xFF) + Int(values >> 8 & 0xFF)
        let minuteTens = Int(values >> 24 & 0xFF)
        let secondTens = Int(values >> 48 & 0xFF)
        guard hour < 24, minuteTens < 6, secondTens < 6 else { return nil }
        return 3600 * hour + 60 * (10 * minuteTens + Int(values >> 32 & 0xFF)) + 10 * secondTens + Int(values >> 56)
    }

    /// The instant of a wall clock, which the bytes begin with; dates without a change of the clocks are remembered.
    private mutating func instant(wallClock: Double, of bytes: Span<UInt8>) -> Double {
        let day = (wallClock / 86_400).rounded(.down) * 86_400
        let offset = localTime.offset(at: day - 86_400)
        // Offsets are at most 15 hours from UTC: two days on either side cover the local day and its neighbours.
        let isCalm = stride(from: day - 172_800, through: day + 259_200, by: 86_400).allSatisfy {
            localTime.offset(at: $0) == offset
        }
        guard isCalm else { return localTime.instant(wallClock: wallClock) }
        let (start, end, slot) = Self.date(bytes)
        calmDays[slot] = CalmDay(start: start, end: end, midnight: day - offset - self.start)
        return wallClock - offset
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
