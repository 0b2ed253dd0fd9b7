import Glibc
import Testing

@testable import Basics

/// Moving bytes goes on after a signal and after a part, and ends at the end or at an error.
@Suite struct TransferTests {
  /// Plays `results` of system calls; a negative one is an error number.
  private func moved(_ count: Int, _ results: [Int]) -> (count: Int, error: CInt?, calls: [Int]) {
    var (waiting, lefts) = (results[...], [Int]())
    let (done, error) = Transfer.all(count) { done, left in
      #expect(done + left == count)
      lefts.append(left)
      let result = waiting.popFirst() ?? 0
      guard result < 0 else { return result }
      errno = CInt(-result)
      return -1
    }
    return (done, error, lefts)
  }

  @Test func partsAndSignalsAreNoEnd() {
    let whole = moved(10, [4, -Int(EINTR), 5, 1])
    #expect(whole.count == 10 && whole.error == nil && whole.calls == [10, 6, 6, 1])
    #expect(moved(0, []).calls.isEmpty)
  }

  @Test func anEndAndAnErrorAre() {
    #expect(moved(10, [4, 0, 6]) == (4, nil, [10, 6]))
    #expect(moved(10, [4, -Int(EIO), 6]) == (4, EIO, [10, 6]))
  }

  /// Through a pipe, whose buffer is smaller than what is written, and from a place of a file.
  @Test func bytesArriveWhole() {
    var ends: [CInt] = [0, 0]
    #expect(pipe(&ends) == 0)
    let (source, sink) = (ends[0], ends[1])
    let sent = (0..<300_000).map { UInt8(truncatingIfNeeded: $0 &* 31) }
    let writer = BackgroundWrite(sent, to: sink)
    var received = [UInt8](repeating: 0, count: sent.count + 1)
    let (count, error) = received.withUnsafeMutableBytes { Transfer.read($0, from: source) }
    #expect(writer.error() == nil)
    #expect(count == sent.count && error == nil && received.dropLast() == sent[...])
    close(source)
    #expect(sent.withUnsafeBytes { Transfer.write($0, to: -1) } == EBADF)
  }
}

/// Writes on another thread and closes the descriptor.
private final class BackgroundWrite: @unchecked Sendable {
  private var failure: CInt?
  private var thread = pthread_t()
  private let bytes: [UInt8]
  private let descriptor: CInt

  init(_ bytes: [UInt8], to descriptor: CInt) {
    (self.bytes, self.descriptor) = (bytes, descriptor)
    let own = Unmanaged.passRetained(self).toOpaque()
    pthread_create(
      &thread, nil,
      { pointer in
        let write = Unmanaged<BackgroundWrite>.fromOpaque(pointer!).takeRetainedValue()
        write.failure = write.bytes.withUnsafeBytes { Transfer.write($0, to: write.descriptor) }
        close(write.descriptor)
        return nil
      }, own)
  }

  /// The error of the write, once it is over.
  func error() -> CInt? {
    pthread_join(thread, nil)
    return failure
  }
}
