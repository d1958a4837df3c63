import ArgumentParser
import Domain
import Foundation
import Reports
import Storage

/// What the command says to the person who typed it, and with which exit code it leaves.
enum Console {
    /// The look of what goes to stdout: colours only for a person, and only if wanted (https://no-color.org).
    static var outputStyle: TextStyle { style(isTerminal: StandardOutput.isTerminal) }

    /// The look of what goes to stderr.
    static var noteStyle: TextStyle { style(isTerminal: StandardOutput.notesGoToTerminal) }

    /// Whether a line on stderr may be drawn over.
    static var canAnimate: Bool {
        StandardOutput.notesGoToTerminal && environment("TERM") != "dumb"
    }

    private static func style(isTerminal: Bool) -> TextStyle {
        let isWanted = environment("NO_COLOR").isEmpty && environment("TERM") != "dumb"
        return isTerminal && isWanted ? .colour : .plain
    }

    private static func environment(_ name: String) -> String {
        ProcessInfo.processInfo.environment[name] ?? ""
    }

    /// Says something on stderr.
    static func note(_ text: String) {
        StandardOutput.note(text + "\n")
    }

    /// Ends the process with the exit code and message of an error.
    static func leave(because error: any Error) -> Never {
        switch error {
        case let error as InputErrors: leave(2, error.errors.map(\.description))
        case let error as InputError: leave(2, [error.description])
        case let error as OperationError: leave(1, [error.description])
        default: break
        }
        let code = Sandtable.exitCode(for: error).rawValue
        let message = Sandtable.fullMessage(for: error)
        if code == ExitCode.success.rawValue {
            // Help and version are what was asked for.
            if !message.isEmpty { _ = try? StandardOutput.write(message + "\n") }
            exit(0)
        }
        if !message.isEmpty { note(message) }
        exit(code == ExitCode.validationFailure.rawValue ? 2 : code)
    }

    private static func leave(_ code: Int32, _ messages: [String]) -> Never {
        for message in messages { note(noteStyle.apply(.bad, to: "error:") + " " + message) }
        exit(code)
    }
}
