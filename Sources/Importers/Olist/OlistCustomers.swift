import Domain

/// The customers of the Olist tables: one row an order, with the person behind it.
struct OlistCustomers {
    /// The person, who may have several rows.
    let person: OlistColumn
    /// First digits of the zip code.
    let zip: OlistColumn
    /// City as written.
    let city: OlistColumn
    /// State, two letters.
    let state: OlistColumn
    private let table: SourceTable
    private var rows: [String: Int] = [:]
    private var repeatedRows: [Int] = []

    /// Indexes the table.
    ///
    /// - Throws: `InputError` for a missing column.
    init(_ table: SourceTable) throws(InputError) {
        self.table = table
        person = try OlistColumn(table, "customer_unique_id")
        zip = try OlistColumn(table, "customer_zip_code_prefix")
        city = try OlistColumn(table, "customer_city")
        state = try OlistColumn(table, "customer_state")
        let id = try OlistColumn(table, "customer_id")
        for row in 0..<table.count {
            if rows[id[row]] == nil { rows[id[row]] = row } else { repeatedRows.append(row) }
        }
    }

    /// The row of a customer id.
    func row(of id: String) -> Int? { rows[id] }

    /// Reports people with several ids, and the account of the table.
    func report(keptRows: [Int], log: inout FindingLog) {
        var account = FindingLog.Account(file: table.file, use: "customers")
        account.read = table.count
        account.setAside("repeated id", count: repeatedRows.count)
        var idCounts: [String: Int] = [:]
        for row in 0..<table.count {
            let count = (idCounts[person[row]] ?? 0) + 1
            idCounts[person[row]] = count
            if count == 2 {
                log.add(
                    "person_with_several_ids", .kept, "person with several customer ids; one customer",
                    at: table.location(row), detail: person[row])
            }
        }
        let kept = Set(keptRows)
        let repeated = Set(repeatedRows)
        var people: Set<String> = []
        for row in 0..<table.count where !repeated.contains(row) {
            if !kept.contains(row) {
                account.setAside("no order of it is kept")
            } else if people.insert(person[row]).inserted {
                account.kept += 1
            } else {
                account.setAside("merged into the same person")
            }
        }
        log.add(account)
    }
}
