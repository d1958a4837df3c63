import Domain
import Storage
import TestKit
import Testing

@Suite("Files, hashes and journals")
struct FileTests {
    @Test("SHA-256 equals the FIPS 180-4 examples, whole and in pieces")
    func sha256() throws {
        let expected = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
        #expect(SHA256.hash(of: Array("abc".utf8)) == expected)
        let hash = SHA256()
        hash.update(Array("a".utf8))
        hash.update(Array("bc".utf8))
        #expect(hash.finish() == expected)
        #expect(SHA256.hash(of: []) == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")
        try withTemporaryFolder { folder in
            try AtomicFile.write("abc", to: folder + "/a")
            #expect(try SHA256.hash(ofFile: folder + "/a") == expected)
        }
    }

    @Test("A missing folder is an error with path and reason, and so is a full device")
    func failures() throws {
        try withTemporaryFolder { folder in
            #expect(throws: OperationError("cannot write '\(folder)/none/a': No such file or directory")) {
                try AtomicFile.write("x", to: folder + "/none/a")
            }
            try AtomicFile.write("x", to: folder + "/file")
            #expect(throws: OperationError("cannot create the folder '\(folder)/file/b': '\(folder)/file' is a file")) {
                try FileSystem.createFolder(folder + "/file/b")
            }
            let journal = try JournalWriter(path: "/dev/full")
            #expect(throws: OperationError("cannot write '/dev/full': No space left on device")) {
                try journal.append(line: "x")
            }
        }
    }

    @Test("A written file replaces the old one whole; an abandoned one leaves it alone")
    func atomicWrite() throws {
        try withTemporaryFolder { folder in
            let path = folder + "/a"
            try AtomicFile.write("old", to: path)
            do {
                let output = try AtomicFile(path: path)
                try output.write(Array("half".utf8))
            }
            #expect(try FileSystem.read(path) == Array("old".utf8))
            try AtomicFile.write("new", to: path)
            #expect(try FileSystem.read(path) == Array("new".utf8))
            #expect(try FileSystem.names(in: folder) == ["a"])
        }
    }

    @Test("A journal continues where it ended")
    func journal() throws {
        try withTemporaryFolder { folder in
            try JournalWriter(path: folder + "/j").append(line: "one")
            try JournalWriter(path: folder + "/j").append(line: "two")
            #expect(try FileSystem.read(folder + "/j") == Array("one\ntwo\n".utf8))
        }
    }

    @Test("Folders are made with their parents and removed with their content")
    func folders() throws {
        try withTemporaryFolder { folder in
            try FileSystem.createFolder(folder + "/a/b/c")
            try AtomicFile.write("x", to: folder + "/a/b/c/d")
            #expect(try FileSystem.names(in: folder + "/a/b") == ["c"])
            try FileSystem.remove(folder + "/a")
            #expect(!FileSystem.exists(folder + "/a"))
        }
    }
}
