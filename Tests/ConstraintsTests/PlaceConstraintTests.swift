import Constraints
import Domain
import Replay
import TestKit
import Testing

@Suite struct PlaceConstraintTests {
    @Test("Lists of nodes allow those listed or all others")
    func listedNodes() throws {
        let network = try SmallNetwork()
        let list = [ParameterField("nodes", ["n3", "n1"])]
        #expect(try nodesAllowed("allowed_nodes", list, in: network) == ["n1", "n3"])
        #expect(try nodesAllowed("excluded_nodes", list, in: network) == ["n2"])
    }

    @Test("Tags, groups and kinds of nodes bind as stated, and forbid turns a tag round")
    func nodeAttributes() throws {
        let network = try SmallNetwork()
        let tag = ParameterField("tag", "pharmacist")
        #expect(try nodesAllowed("node_tag", [tag], in: network) == ["n1", "n3"])
        #expect(try nodesAllowed("node_tag", [tag, ParameterField("forbid", true)], in: network) == ["n2"])
        #expect(try nodesAllowed("node_group", [ParameterField("groups", ["edge"])], in: network) == ["n2"])
        #expect(try nodesAllowed("node_kind", [ParameterField("kinds", ["store"])], in: network) == ["n2", "n3"])
    }

    @Test("Lists and tags of services bind as stated")
    func services() throws {
        let network = try SmallNetwork()
        let list = [ParameterField("services", ["express"])]
        #expect(try allows("allowed_services", list, in: network, service: "express"))
        #expect(try !allows("allowed_services", list, in: network, service: "van"))
        let tag = ParameterField("tag", "morning")
        #expect(try allows("service_tag", [tag], in: network, service: "express"))
        #expect(try !allows("service_tag", [tag], in: network, service: "van"))
        #expect(try allows("service_tag", [tag, ParameterField("forbid", true)], in: network, service: "van"))
    }

    @Test("The longest lane allowed includes its bound")
    func distance() throws {
        let network = try SmallNetwork()
        #expect(try nodesAllowed("maximum_distance", [ParameterField("kilometres", 40)], in: network) == ["n1", "n2"])
        #expect(try nodesAllowed("maximum_distance", [ParameterField("kilometres", 39.9)], in: network) == ["n1"])
    }

    @Test("Regions bind node and customer, for all nodes or those listed")
    func regions() throws {
        let network = try SmallNetwork()
        #expect(try nodesAllowed("same_region", in: network) == ["n1"])
        #expect(try nodesAllowed("same_region", in: network, order: 1) == ["n2", "n3"])
        let rule = [ParameterField("nodes", ["n2"]), ParameterField("regions", ["west"])]
        #expect(try nodesAllowed("served_regions", rule, in: network) == ["n1", "n3"])
        #expect(try nodesAllowed("served_regions", rule, in: network, order: 1) == ["n1", "n2", "n3"])
    }

    @Test("Orders that match need the tag: by product, by customer, by zone, by segment, by value; others are free")
    func tagMatch() throws {
        let network = try SmallNetwork()
        func rule(_ fields: (String, ParameterValue)...) -> [ParameterField] {
            fields.map { ParameterField($0.0, $0.1) }
        }
        // Product a is a prescription; only n1 and n3 have a pharmacist.
        let pharmacy = rule(("when_tag", "prescription"), ("require", "pharmacist"))
        #expect(try nodesAllowed("tag_match", pharmacy, in: network) == ["n1", "n3"])
        // Line 1 of the first order is product b, which anyone may hand out.
        #expect(try allows("tag_match", pharmacy, in: network, lines: [1], node: "n2"))
        let byOrder = rule(("when_tag", "prescription"), ("of", "order"), ("require", "pharmacist"))
        #expect(try nodesAllowed("tag_match", byOrder, in: network) == ["n1", "n2", "n3"])
        // The first order's customer prefers the morning.
        let morning = rule(("when_tag", "morning"), ("of", "order"), ("require", "morning"), ("on", "service"))
        #expect(try !allows("tag_match", morning, in: network, service: "van"))
        #expect(try allows("tag_match", morning, in: network, service: "express"))
        #expect(try allows("tag_match", morning, in: network, order: 1, service: "van"))
        // Zone z2 is remote.
        let remote = rule(("when_tag", "remote"), ("of", "zone"), ("require", "remote"), ("on", "service"))
        #expect(try !allows("tag_match", remote, in: network, order: 1, service: "van"))
        #expect(try allows("tag_match", remote, in: network, service: "van"))
        let vip = rule(("when_segment", "vip"), ("require", "pharmacist"), ("forbid", true))
        #expect(try nodesAllowed("tag_match", vip, in: network) == ["n2"])
        #expect(try nodesAllowed("tag_match", vip, in: network, order: 1) == ["n1", "n2", "n3"])
        let dear = rule(("when_value_above", 119), ("require", "pharmacist"))
        #expect(try nodesAllowed("tag_match", dear, in: network) == ["n1", "n3"])
        let dearer = rule(("when_value_above", 120), ("require", "pharmacist"))
        #expect(try nodesAllowed("tag_match", dearer, in: network) == ["n1", "n2", "n3"])
    }
}
