import Domain

/// What a column expression gives for a row.
enum CellValue: Sendable, Hashable {
    case blank
    case text(String)
    case number(Double)
    case instant(CivilTime)
    case boolean(Bool)

    /// As the dataset format writes it.
    ///
    /// A number that was reckoned is rounded to 15 significant digits, so that 14,300 g become 14.3 kg.
    var text: String {
        switch self {
        case .blank: ""
        case .text(let text): text
        case .number(let number): number.rounded(toSignificantDigits: 15).shortText
        case .instant(let time): time.text
        case .boolean(let value): value ? "true" : "false"
        }
    }
}

/// A cell that cannot be read as what its column holds.
struct CellProblem: Error, Sendable {
    /// What stands there.
    let found: String
    /// What the column holds.
    let expected: String
}
