import Explanations
import Reports
import Storage
import Synchronization

/// What an explanation is at, on stderr: a line drawn over on a terminal; nothing elsewhere.
final class WorldProgress: Sendable {
    private struct State {
        var title = ""
        var worlds = 0
        var lastDrawn: ContinuousClock.Instant?
    }
    private let state = Mutex(State())
    private let draws: Bool

    /// A quiet one draws nothing.
    init(isQuiet: Bool) {
        draws = !isQuiet && Console.canAnimate
    }

    /// What begins now, and in how many worlds.
    func begin(_ title: String, worlds: Int) {
        state.withLock { state in
            state.title = title
            state.worlds = worlds
        }
        show(done: 0)
    }

    /// Work that is shown here.
    func work(jobs: Int) -> WorldWork {
        WorldWork(jobs: jobs) { self.show(done: $0) }
    }

    /// Draws, unless it has just been drawn.
    private func show(done: Int) {
        guard draws else { return }
        state.withLock { state in
            let now = ContinuousClock.now
            if let last = state.lastDrawn, now - last < .milliseconds(100) { return }
            state.lastDrawn = now
            let text = "\(state.title): \(NumberText.count(done)) of \(NumberText.count(state.worlds)) worlds"
            StandardOutput.note("\r\u{1B}[K" + text)
        }
    }

    /// Takes the line away.
    func clear() {
        if draws { StandardOutput.note("\r\u{1B}[K") }
    }
}
