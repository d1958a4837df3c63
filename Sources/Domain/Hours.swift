/// What a second is of an hour. Seconds become hours by a product everywhere, so that they are the same bits wherever they do: a
/// division takes five times as long.
public let hoursPerSecond = 1.0 / 3_600
