import Domain
import History
import Storage
import Testing

/// A description of a week in the plane.
func description(timeZone: String = "UTC", start: Double = 1_768_176_000, days: Double = 7) -> DatasetDescription {
    DatasetDescription(
        name: "test", origin: "drawn by hand", licence: "CC0-1.0", currency: "EUR", timeZone: timeZone, start: start,
        end: days * 86_400, promiseBy: .instant, coordinates: .plane)
}
