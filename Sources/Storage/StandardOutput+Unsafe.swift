import Domain
import Glibc

/// The process's own output: data on stdout, all else on stderr.
public enum StandardOutput {
    /// Writes text to stdout at once.
    ///
    /// A reader that has gone away (`| head`) has seen what it wanted: false then, and the rest may be left out.
    /// - Throws: ``OperationError`` when it cannot be written, such as to a full disk.
    @discardableResult
    public static func write(_ text: String) throws(OperationError) -> Bool {
        if put(text, to: STDOUT_FILENO) == 0 { return true }
        let number = errno
        if number == EPIPE { return false }
        throw OperationError("cannot write to the standard output: \(PosixFile.reason(number))")
    }

    /// Writes text to stderr at once; where that fails there is nobody to tell.
    public static func note(_ text: String) {
        _ = put(text, to: STDERR_FILENO)
    }

    /// Lets a write to a reader that has gone away fail with an error rather than end the process.
    public static func ignoreBrokenPipes() {
        Glibc.signal(SIGPIPE, SIG_IGN)
    }

    /// Whether stdout shows to a person at a terminal.
    public static var isTerminal: Bool { Glibc.isatty(STDOUT_FILENO) == 1 }

    /// Whether stderr shows to a person at a terminal.
    public static var notesGoToTerminal: Bool { Glibc.isatty(STDERR_FILENO) == 1 }

    /// Columns of the terminal that stdout shows at; nil where it is none, or one that does not tell.
    public static var terminalColumns: Int? {
        var size = winsize()
        guard isTerminal, Glibc.ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return nil }
        return Int(size.ws_col)
    }

    /// Writes all bytes; -1 with `errno` where that fails.
    private static func put(_ text: String, to descriptor: Int32) -> Int32 {
        var text = text
        return text.withUTF8 { bytes in
            var rest = UnsafeRawBufferPointer(bytes)
            while !rest.isEmpty {
                let count = Glibc.write(descriptor, rest.baseAddress, rest.count)
                if count < 0 {
                    if errno == EINTR { continue }
                    return -1
                }
                rest = UnsafeRawBufferPointer(rebasing: rest.dropFirst(count))
            }
            return 0
        }
    }
}
