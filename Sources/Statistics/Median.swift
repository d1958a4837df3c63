/// The middle value, or the mean of the two in the middle; of something.
public func median(_ values: [Double]) -> Double {
    precondition(!values.isEmpty, "a median of something")
    let sorted = values.sorted()
    return (sorted[(sorted.count - 1) / 2] + sorted[sorted.count / 2]) / 2
}
