/// The word of `known` nearest to `word` by optimal-string-alignment distance, or nil when none is near.
///
/// Distance counts insertions, deletions, substitutions and swaps of neighbours (Damerau 1964). A word is near
/// when the distance is at most a third of its length (at least 1). Ties go to the first in `known`'s order.
/// O(|word| x |candidate|) per candidate.
public func nearestWord(to word: String, among known: [String]) -> String? {
    let source = Array(word.lowercased().unicodeScalars)
    var best: (distance: Int, word: String)?
    for candidate in known {
        let target = Array(candidate.lowercased().unicodeScalars)
        let distance = alignmentDistance(source, target)
        let limit = max(1, max(source.count, target.count) / 3)
        if distance <= limit, distance < (best?.distance ?? Int.max) {
            best = (distance, candidate)
        }
    }
    return best?.word
}

/// The optimal-string-alignment distance of two strings.
private func alignmentDistance(_ source: [Unicode.Scalar], _ target: [Unicode.Scalar]) -> Int {
    var beforeLast = [Int](repeating: 0, count: target.count + 1)
    var last = Array(0...target.count)
    for i in source.indices {
        var row = [i + 1] + [Int](repeating: 0, count: target.count)
        for j in target.indices {
            let cost = source[i] == target[j] ? 0 : 1
            row[j + 1] = min(last[j + 1] + 1, row[j] + 1, last[j] + cost)
            if i > 0, j > 0, source[i] == target[j - 1], source[i - 1] == target[j] {
                row[j + 1] = min(row[j + 1], beforeLast[j - 1] + 1)
            }
        }
        beforeLast = last
        last = row
    }
    return last[target.count]
}
