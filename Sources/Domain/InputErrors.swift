/// Everything found wrong in one reading of what the user gave, in order of position. Exit code 2.
public struct InputErrors: Error, Sendable, Hashable, CustomStringConvertible {
    /// The errors, at least one.
    public let errors: [InputError]

    /// Errors sorted by line, then column; those without a position come last, in the order given.
    public init(_ errors: [InputError]) {
        precondition(!errors.isEmpty, "there is at least one error")
        self.errors = errors.enumerated()
            .sorted { left, right in
                let leftKey = Self.position(left.element) + [left.offset]
                let rightKey = Self.position(right.element) + [right.offset]
                return leftKey.lexicographicallyPrecedes(rightKey)
            }
            .map(\.element)
    }

    /// A single error.
    public init(_ error: InputError) {
        self.init([error])
    }

    /// What `body` gives; its error counts as the only one.
    public static func wrapping<Value>(_ body: () throws(InputError) -> Value) throws(InputErrors) -> Value {
        do {
            return try body()
        } catch {
            throw InputErrors(error)
        }
    }

    /// One line an error.
    public var description: String {
        errors.map(\.description).joined(separator: "\n")
    }

    /// Line and column for sorting.
    private static func position(_ error: InputError) -> [Int] {
        [error.location?.line ?? .max, error.location?.column ?? 0]
    }
}
