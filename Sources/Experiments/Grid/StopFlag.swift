import Synchronization

/// A wish to stop, from a signal or another thread, that the grid looks at between its units.
public final class StopFlag: Sendable {
    private let flag = Atomic<Bool>(false)

    /// A flag that is not raised.
    public init() {}

    /// Whether to stop.
    public var isRaised: Bool { flag.load(ordering: .relaxed) }

    /// Asks to stop.
    public func raise() { flag.store(true, ordering: .relaxed) }
}
