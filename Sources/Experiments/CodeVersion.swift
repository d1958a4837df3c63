/// Which code made a result.
public enum CodeVersion {
    /// The product's version (Semantic Versioning 2.0.0).
    public static let version = "0.1.0"

    /// Goes up by one with every change that can change a number of a result; part of every run's hash, so that an
    /// old result is not taken for a new one.
    ///
    /// The test of the golden scenario stores it beside the bytes it expects: bytes that change without it fail the
    /// test, and are not recorded.
    public static let resultRevision = 6
}
