import Dispatch
import Experiments
import Foundation

/// Turns Ctrl-C and a request to terminate into the wish to stop; a second one ends the process at once.
final class Interrupts {
    private let sources: [any DispatchSourceSignal]

    /// Listens until it goes out of scope.
    init(raising flag: StopFlag, note: @escaping @Sendable () -> Void) {
        // A serial queue of its own has a thread even while all others run trials.
        let queue = DispatchQueue(label: "interrupts", qos: .userInteractive)
        sources = [SIGINT, SIGTERM].map { number in
            signal(number, SIG_IGN)
            let source = DispatchSource.makeSignalSource(signal: number, queue: queue)
            source.setEventHandler {
                signal(number, SIG_DFL)
                flag.raise()
                note()
            }
            source.resume()
            return source
        }
    }

    deinit {
        for source in sources { source.cancel() }
        for number in [SIGINT, SIGTERM] { signal(number, SIG_DFL) }
    }
}
