import Dispatch
import Domain
import Synchronization

/// Decompresses on a thread of its own, some blocks ahead of who reads: parsing need not wait for it.
final class ReadAhead: ByteInput {
    private let work: ReadAheadWork
    /// The block being read, and how much of it has been.
    private var current: Int?
    private var position = 0
    private var next = 0

    /// Starts to read.
    init(_ input: any ByteInput) {
        let work = ReadAheadWork(input)
        self.work = work
        DispatchQueue.global().async { work.run() }
    }

    deinit { work.stop() }

    func read(into buffer: UnsafeMutableRawBufferPointer) throws(InputError) -> Int {
        if current == nil {
            work.waitForBlock()
            current = next
            next = (next + 1) % ReadAheadWork.blockCount
            position = 0
        }
        guard let block = current else { return 0 }
        let filled = try work.count(ofBlock: block)
        // An empty block is the end; it stays.
        guard filled > 0 else { return 0 }
        let count = min(buffer.count, filled - position)
        buffer.copyMemory(from: work.bytes(ofBlock: block, from: position, count: count))
        position += count
        if position == filled {
            current = nil
            work.giveBack()
        }
        return count
    }
}

/// What reader and decompressing thread share: a ring of blocks, each held by one of them at a time.
private final class ReadAheadWork: @unchecked Sendable {
    static let blockCount = 4
    private static let blockSize = 1 << 20

    private let input: any ByteInput
    private let memory = UnsafeMutableRawBufferPointer.allocate(byteCount: blockCount * blockSize, alignment: 64)
    private let results = UnsafeMutablePointer<Result<Int, InputError>>.allocate(capacity: blockCount)
    private let freeBlocks = DispatchSemaphore(value: 0)
    private let fullBlocks = DispatchSemaphore(value: 0)
    private let isStopped = Atomic<Bool>(false)

    init(_ input: any ByteInput) {
        self.input = input
        results.initialize(repeating: .success(0), count: Self.blockCount)
        for _ in 0..<Self.blockCount { freeBlocks.signal() }
    }

    deinit {
        memory.deallocate()
        results.deinitialize(count: Self.blockCount)
        results.deallocate()
    }

    /// Fills blocks until the end, an error or ``stop()``.
    func run() {
        var block = 0
        // What stands before an error is read first.
        var failure: InputError?
        while true {
            freeBlocks.wait()
            if isStopped.load(ordering: .relaxed) { return }
            let count = failure == nil ? fill(block, &failure) : 0
            if count == 0, let failure { results[block] = .failure(failure) } else { results[block] = .success(count) }
            fullBlocks.signal()
            if count == 0 { return }
            block = (block + 1) % Self.blockCount
        }
    }

    /// Reads until a block is full or the input ends or fails; how many bytes it holds then.
    private func fill(_ block: Int, _ failure: inout InputError?) -> Int {
        var count = 0
        do throws(InputError) {
            while count < Self.blockSize {
                let start = block * Self.blockSize + count
                let rest = memory[start..<((block + 1) * Self.blockSize)]
                let read = try input.read(into: UnsafeMutableRawBufferPointer(rebasing: rest))
                if read == 0 { break }
                count += read
            }
        } catch {
            failure = error
        }
        return count
    }

    func waitForBlock() { fullBlocks.wait() }
    func giveBack() { freeBlocks.signal() }

    /// Lets ``run()`` end.
    func stop() {
        isStopped.store(true, ordering: .relaxed)
        freeBlocks.signal()
    }

    /// How many bytes a full block holds.
    func count(ofBlock block: Int) throws(InputError) -> Int { try results[block].get() }

    func bytes(ofBlock block: Int, from position: Int, count: Int) -> UnsafeRawBufferPointer {
        let start = block * Self.blockSize + position
        return UnsafeRawBufferPointer(rebasing: memory[start..<(start + count)])
    }
}
