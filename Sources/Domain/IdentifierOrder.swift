/// The order of ids everywhere in the product: runs of digits compare as numbers, all else byte by byte.
///
/// So `node-9` precedes `node-10`, and plain row numbers keep their numeric order. Numbers equal in value but not
/// in spelling (`07`, `7`) fall back to the byte order, so that the order is total.
public func identifierPrecedes(_ left: String, _ right: String) -> Bool {
    var left = left
    var right = right
    return left.withUTF8 { a in
        right.withUTF8 { b in
            precedes(a.span, b.span)
        }
    }
}

/// The order of ids, given as their UTF-8 bytes.
public func identifierPrecedes(_ left: Span<UInt8>, _ right: Span<UInt8>) -> Bool { precedes(left, right) }

/// Natural comparison of two UTF-8 spans.
private func precedes(_ a: Span<UInt8>, _ b: Span<UInt8>) -> Bool {
    var i = 0
    var j = 0
    while i < a.count, j < b.count {
        if isDigit(a[i]), isDigit(b[j]) {
            let (startA, endA) = digitRun(a, from: i)
            let (startB, endB) = digitRun(b, from: j)
            if endA - startA != endB - startB { return endA - startA < endB - startB }
            for offset in 0..<(endA - startA) where a[startA + offset] != b[startB + offset] {
                return a[startA + offset] < b[startB + offset]
            }
            i = endA
            j = endB
        } else {
            if a[i] != b[j] { return a[i] < b[j] }
            i += 1
            j += 1
        }
    }
    if i < a.count || j < b.count { return j < b.count }
    return plainPrecedes(a, b)
}

/// Whether a byte is an ASCII digit.
private func isDigit(_ byte: UInt8) -> Bool { byte >= 48 && byte <= 57 }

/// The significant part of the digit run at `start`: leading zeros skipped, end exclusive.
private func digitRun(_ bytes: Span<UInt8>, from start: Int) -> (Int, Int) {
    var begin = start
    while begin < bytes.count, bytes[begin] == 48 { begin += 1 }
    var end = begin
    while end < bytes.count, isDigit(bytes[end]) { end += 1 }
    return (begin, end)
}

/// Plain byte order, the last resort for ids such as `07` and `7`.
private func plainPrecedes(_ a: Span<UInt8>, _ b: Span<UInt8>) -> Bool {
    for k in 0..<min(a.count, b.count) where a[k] != b[k] { return a[k] < b[k] }
    return a.count < b.count
}
