/// How much the large tests do: all in an optimised build, a tenth in a debug build, which is some ten times slower.
enum TestScale {
    #if DEBUG
        /// Whether the code under test is optimised.
        static let isOptimised = false
    #else
        /// Whether the code under test is optimised.
        static let isOptimised = true
    #endif

    /// A count of cases, or a tenth of it in a debug build.
    static func cases(_ count: Int) -> Int { isOptimised ? count : count / 10 }
}
