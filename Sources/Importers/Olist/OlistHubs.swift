import Domain

/// The fulfilment nodes: groups of sellers that lie near each other.
struct OlistHubs {
    /// A node.
    struct Hub {
        let id: String
        let name: String
        let place: Place
        let state: String
        let sellerCount: Int
        let itemCount: Int
    }

    /// Nodes, those with the most items first.
    let hubs: [Hub]
    /// The node of each seller.
    let hubOfSeller: [Int]
    /// The place of each seller.
    let placeOfSeller: [Place]
    /// Weighted mean squared distance of the items to their node, km^2.
    let meanSquaredKilometres: Double

    /// Groups the sellers by k-means, each weighing the items it sold.
    ///
    /// Places are projected about the middle parallel of the sellers. A node lies at the weighted mean of its sellers,
    /// belongs to the state and is named after the city with most of its items.
    /// - Throws: `InputError` where there are fewer seller places than nodes wanted.
    init(
        book: OlistBook, geography: OlistGeography, options: OlistOptions, file: SourceTable, log: inout FindingLog
    ) throws(InputError) {
        var places: [Place] = []
        for seller in book.sellers {
            places.append(
                try OlistHubs.place(ofZip: seller.zip, geography, at: file.location(seller.row), log: &log))
        }
        let latitudes = places.map(\.y)
        let projection = PlaneProjection(parallel: ((latitudes.min() ?? 0) + (latitudes.max() ?? 0)) / 2)
        let weights = book.sellers.map { Double($0.itemCount) }
        guard
            let clustering = WeightedClustering(
                points: places.map(projection.project), weights: weights, count: options.hubs, seed: options.seed)
        else {
            throw InputError(
                found: "\(options.hubs) for 'hubs'", expected: "no more than there are different places of sellers")
        }
        var groups: [(sellers: [Int], items: Int, centre: Place)] = clustering.centres.map { ([], 0, $0) }
        for (seller, group) in clustering.membership.enumerated() {
            groups[group].sellers.append(seller)
            groups[group].items += book.sellers[seller].itemCount
        }
        let order = groups.indices.sorted {
            groups[$0].items != groups[$1].items ? groups[$0].items > groups[$1].items : $0 < $1
        }
        var hubs: [Hub] = []
        var hubOfSeller = [Int](repeating: 0, count: book.sellers.count)
        for (position, group) in order.enumerated() {
            let sellers = groups[group].sellers
            for seller in sellers { hubOfSeller[seller] = position }
            let name = OlistHubs.mostItems(sellers, book) { CityName.plain($0.city) }
            let slug = CityName.slug(name)
            let repeats = hubs.count { $0.id == slug || $0.id.hasPrefix(slug + "-") }
            let centre = projection.unproject(groups[group].centre)
            hubs.append(
                Hub(
                    id: repeats == 0 ? slug : "\(slug)-\(repeats + 1)", name: CityName.title(name),
                    // Metres are enough, and keep rounding in the projection out of the dataset.
                    place: Place(x: (centre.x * 1e5).rounded() / 1e5, y: (centre.y * 1e5).rounded() / 1e5),
                    state: OlistHubs.mostItems(sellers, book) { $0.state }, sellerCount: sellers.count,
                    itemCount: groups[group].items))
        }
        self.hubs = hubs
        self.hubOfSeller = hubOfSeller
        placeOfSeller = places
        meanSquaredKilometres = clustering.inertia / weights.reduce(0, +)
    }

    /// The place of a zip prefix; a shorter prefix stands in for one without a position, and is reported.
    static func place(
        ofZip zip: String, _ geography: OlistGeography, at location: SourceLocation, log: inout FindingLog
    ) throws(InputError) -> Place {
        guard let (place, isExact) = geography.place(ofZip: zip) else {
            throw InputError(
                at: location, found: "zip prefix '\(zip)'", expected: "five digits of a Brazilian zip code")
        }
        if !isExact {
            log.add(
                "zip_unmatched", .repaired,
                "zip prefix without a position: the median of the longest prefix that has one",
                at: location, detail: zip)
        }
        return place
    }

    /// The word that most items go with; the first in byte order of equal ones.
    private static func mostItems(
        _ sellers: [Int], _ book: OlistBook, _ word: (OlistBook.Seller) -> String
    ) -> String {
        var counts: [String: Int] = [:]
        for seller in sellers { counts[word(book.sellers[seller]), default: 0] += book.sellers[seller].itemCount }
        return mostFrequent(counts)
    }
}

/// The word with the highest count; the first in byte order of equal ones.
func mostFrequent(_ counts: [String: Int]) -> String {
    // The order of the dictionary does not matter: the comparison is total.
    counts.max { $0.value != $1.value ? $0.value < $1.value : identifierPrecedes($1.key, $0.key) }?.key ?? ""
}
