import Foundation

@testable import Calibration

/// A file with some text, removed with the value.
final class TextFile {
    let path: String

    init(_ text: String, named ending: String = "csv") throws {
        path = FileManager.default.temporaryDirectory.appending(path: "series-\(UUID().uuidString).\(ending)").path
        try Data(text.utf8).write(to: URL(filePath: path))
    }
    deinit { try? FileManager.default.removeItem(atPath: path) }

    /// What it holds, as the first reader that recognises it says.
    func content(_ options: ReadingOptions = ReadingOptions()) throws -> SeriesContent {
        try SeriesReaderCatalogue.read([path], options: options)
    }

    /// The message of the error that reading it ends with, without the folder; nil where it ends well.
    func message(_ options: ReadingOptions = ReadingOptions()) -> String? {
        do {
            _ = try content(options)
            return nil
        } catch {
            return "\(error)".replacing(path, with: "file")
        }
    }
}

/// Recorded series beside the checkout; nil, with a message, where there are none.
func sharedSeries(_ name: String) -> String? {
    guard let shared = ProcessInfo.processInfo.environment["SANDTABLE_SHARED"] else {
        print("skipped: the recorded series are not beside the checkout (SANDTABLE_SHARED)")
        return nil
    }
    let path = shared + "/datasets/" + name
    guard FileManager.default.fileExists(atPath: path) else {
        print("skipped: no \(name)")
        return nil
    }
    return path
}
