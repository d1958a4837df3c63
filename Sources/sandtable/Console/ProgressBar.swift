import Experiments
import Reports
import Storage
import Synchronization

/// How far a run is, on stderr: a line drawn over on a terminal, now and then a line elsewhere.
final class ProgressBar: Sendable {
    private struct State {
        var lastDrawn: ContinuousClock.Instant?
        var hasLine = false
    }
    private let state = Mutex(State())
    private let start = ContinuousClock.now
    private let isQuiet: Bool
    private let animates: Bool
    private let style: TextStyle

    /// A bar; a quiet one draws nothing.
    init(isQuiet: Bool) {
        self.isQuiet = isQuiet
        animates = Console.canAnimate
        style = Console.noteStyle
    }

    /// Draws, unless it has just been drawn.
    func show(_ progress: TrialGrid.Progress) {
        guard !isQuiet else { return }
        state.withLock { state in
            let now = ContinuousClock.now
            let pause: Duration = animates ? .milliseconds(100) : .seconds(10)
            let isDue = state.lastDrawn.map { now - $0 > pause } ?? animates
            guard isDue || (progress.done == progress.total && animates) else {
                if state.lastDrawn == nil { state.lastDrawn = start }
                return
            }
            state.lastDrawn = now
            let text = Self.line(progress, seconds: (now - start).seconds)
            if animates {
                StandardOutput.note("\r\u{1B}[K" + Self.bar(progress, style: style) + text)
                state.hasLine = true
            } else {
                StandardOutput.note(text + "\n")
            }
        }
    }

    /// Takes the bar away, so that what follows has a line of its own.
    func clear() {
        state.withLock { state in
            if state.hasLine { StandardOutput.note("\r\u{1B}[K") }
            state.hasLine = false
        }
    }

    /// `132 of 550 trials  1,203,000 decisions/s  12 s left`.
    static func line(_ progress: TrialGrid.Progress, seconds: Double) -> String {
        var text = "\(NumberText.count(progress.done)) of \(NumberText.count(progress.total)) trials"
        guard progress.doneNow > 0, seconds > 0 else { return text }
        let rate = Double(progress.decisionsNow) / seconds
        text += "  \(NumberText.count(Int((rate / 1_000).rounded()) * 1_000)) decisions/s"
        let left = seconds / Double(progress.doneNow) * Double(progress.total - progress.done)
        return text + (progress.done < progress.total ? "  \(NumberText.duration(seconds: left)) left" : "")
    }

    private static func bar(_ progress: TrialGrid.Progress, style: TextStyle) -> String {
        let width = 24
        let filled = progress.total == 0 ? width : width * progress.done / progress.total
        return style.apply(.good, to: String(repeating: "█", count: filled))
            + style.apply(.faint, to: String(repeating: "░", count: width - filled)) + "  "
    }
}

extension Duration {
    /// The duration in seconds.
    var seconds: Double {
        let (whole, attoseconds) = components
        return Double(whole) + Double(attoseconds) * 1e-18
    }
}
