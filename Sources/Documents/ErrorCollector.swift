import Domain

/// Gathers input errors while a document is read, so that its author sees them together and not one a run.
public final class ErrorCollector {
    /// The errors so far, in the order met.
    public private(set) var errors: [InputError] = []

    /// A collector without errors.
    public init() {}

    /// Notes an error.
    public func add(_ error: InputError) {
        if !errors.contains(error) { errors.append(error) }
    }

    /// The value of `body`; nil where it throws, with its error noted.
    public func collect<Value>(_ body: () throws(InputError) -> Value) -> Value? {
        do {
            return try body()
        } catch {
            add(error)
            return nil
        }
    }

    /// Throws what was noted, if anything was.
    public func throwIfAny() throws(InputErrors) {
        if !errors.isEmpty { throw InputErrors(errors) }
    }
}
