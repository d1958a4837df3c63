import Domain
import History
import Storage
import TestKit
import Testing

@Suite("Writing a dataset folder")
struct DatasetWriterTests {
    private func write(to folder: String, replacing: Bool = false) throws {
        let writer = try DatasetWriter(
            folder: folder, description: description(), compression: .plain, replacing: replacing)
        let nodes = try writer.table(.nodes, columns: ["id", "x", "y", "region", "stations", "tags"])
        let zones = try writer.table(.zones, columns: ["id", "x", "y", "region"])
        try nodes.row(["n,1", 1.5, 2, "north", 3, .list(["chilled", "big"])])
        try zones.row(["z1", .number(0.1), .init(Double?.none), "north"])
        try nodes.row(["n2", 0.0, -1, "south", nil, nil])
        try writer.finish()
    }

    @Test("The folder appears whole, with the facts of each file, and the same rows give the same bytes")
    func whole() throws {
        try withTemporaryFolder { temporary in
            let folder = temporary + "/deep/mine"
            try write(to: folder)
            #expect(try FileSystem.names(in: folder) == ["dataset.yaml", "nodes.csv", "zones.csv"])
            #expect(try FileSystem.names(in: temporary + "/deep") == ["mine"])
            let nodes = "id,x,y,region,stations,tags\n\"n,1\",1.5,2,north,3,chilled;big\nn2,0,-1,south,,\n"
            #expect(String(decoding: try FileSystem.read(folder + "/nodes.csv"), as: UTF8.self) == nodes)
            let yaml = String(decoding: try FileSystem.read(folder + "/dataset.yaml"), as: UTF8.self)
            #expect(
                yaml == """
                    sandtable: 1
                    name: test
                    origin: drawn by hand
                    licence: CC0-1.0
                    currency: EUR
                    time_zone: UTC
                    start: 2026-01-12T00:00:00
                    end: 2026-01-19T00:00:00
                    promise_by: instant
                    coordinates: plane
                    files:
                      nodes.csv: {rows: 2, sha256: \(SHA256.hash(of: Array(nodes.utf8)))}
                      zones.csv: {rows: 1, sha256: \(try SHA256.hash(ofFile: folder + "/zones.csv"))}

                    """)
        }
    }

    @Test("A writer that is given up leaves nothing; one that replaces leaves files that are no tables")
    func replacing() throws {
        try withTemporaryFolder { temporary in
            let folder = temporary + "/mine"
            do {
                let writer = try DatasetWriter(folder: folder, description: description())
                try writer.table(.zones, columns: ["id", "x", "y", "region"]).row(["z", 0, 0, "r"])
            }
            #expect(try FileSystem.names(in: temporary) == [])
            try write(to: folder)
            #expect(throws: OperationError("cannot write the dataset '\(folder)': it exists already")) {
                try write(to: folder)
            }
            try AtomicFile.write("note", to: folder + "/NOTES.md")
            try AtomicFile.write("id\n", to: folder + "/orders.csv.gz")
            try write(to: folder, replacing: true)
            #expect(try FileSystem.names(in: folder) == ["NOTES.md", "dataset.yaml", "nodes.csv", "zones.csv"])
            #expect(try FileSystem.names(in: temporary) == ["mine"])
            #expect(throws: OperationError("cannot write the dataset '\(temporary)': the folder holds other files")) {
                try write(to: temporary, replacing: true)
            }
        }
    }
}
