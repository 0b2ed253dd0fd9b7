import Basics
import Glibc
import Synchronization

/// The bytes from and to one client, with limits of time.
final class WyomingConnection {
  /// Limits of time, in seconds.
  struct Patience: Sendable {
    /// Without a message.
    var idle = 600.0
    /// From the first byte of a message to its last, and for a client that does not read.
    var message = 10.0
  }

  private let input: CInt
  private let output: CInt
  private let isSocket: Bool
  private let patience: Patience
  private let stops: () -> Bool
  private var buffer: [UInt8] = []
  /// Bytes of `buffer` that were taken.
  private var taken = 0

  /// A connection over two descriptors, which stay the caller's.
  ///
  /// - Parameters:
  ///   - input: Is read.
  ///   - output: Is written.
  ///   - isSocket: Whether they are a socket.
  ///   - patience: Limits of time.
  ///   - stops: Whether the server stops; asked several times a second.
  init(
    input: CInt, output: CInt, isSocket: Bool, patience: Patience, stops: @escaping () -> Bool
  ) {
    (self.input, self.output, self.isSocket) = (input, output, isSocket)
    (self.patience, self.stops) = (patience, stops)
  }

  /// The next message; nil if the client has closed the connection or the server stops.
  ///
  /// - Throws: `WyomingFault`.
  func next() throws(WyomingFault) -> WyomingMessage? {
    guard try fill(within: patience.idle, or: "was idle for") else { return nil }
    let start = ContinuousClock.now
    func rest() -> Double { patience.message - (ContinuousClock.now - start).seconds }
    var searched = 0
    var end: Int?
    while true {
      end = buffer[(taken + searched)...].firstIndex(of: UInt8(ascii: "\n"))
      if end != nil { break }
      searched = buffer.count - taken
      guard searched <= WyomingHeader.mostLine else {
        throw WyomingFault("a line has more than \(WyomingHeader.mostLine) bytes")
      }
      guard try more(within: rest()) else { return nil }
    }
    let header = try WyomingHeader(buffer[taken..<end!])
    taken = end! + 1
    guard let data = try bytes(header.dataLength, within: rest),
      let payload = try bytes(header.payloadLength, within: rest)
    else { return nil }
    return try header.message(data: data, payload: payload)
  }

  /// Sends a message; false if the client does not take it.
  func send(_ message: WyomingMessage) -> Bool {
    let bytes = message.bytes
    let start = ContinuousClock.now
    var done = 0
    while done < bytes.count {
      let left = patience.message - (ContinuousClock.now - start).seconds
      guard left > 0, !stops() else { return false }
      guard wait(for: POLLOUT, output, min(left, 0.1)) else { continue }
      let put = bytes.withUnsafeBytes { buffer in
        let (rest, count) = (buffer.baseAddress! + done, buffer.count - done)
        // A client that has gone is an answer, not a signal.
        return isSocket
          ? Glibc.send(output, rest, count, CInt(MSG_NOSIGNAL) | CInt(MSG_DONTWAIT))
          : write(output, rest, count)
      }
      if put < 0, errno != EINTR, errno != EAGAIN { return false }
      done += max(0, put)
    }
    return true
  }

  /// So many bytes; nil at the end of the connection.
  private func bytes(
    _ count: Int, within rest: () -> Double
  ) throws(WyomingFault) -> [UInt8]? {
    while buffer.count - taken < count {
      guard try more(within: rest()) else { return nil }
    }
    defer { taken += count }
    return Array(buffer[taken..<taken + count])
  }

  /// Makes sure that there is at least one byte; false at the end of the connection.
  private func fill(within seconds: Double, or words: String) throws(WyomingFault) -> Bool {
    if taken < buffer.count { return true }
    return try more(within: seconds, or: words)
  }

  /// Waits for more bytes; false at the end of the connection, or if the server stops.
  private func more(
    within seconds: Double, or words: String = "took for a message more than"
  ) throws(WyomingFault) -> Bool {
    buffer.removeFirst(taken)
    taken = 0
    let start = ContinuousClock.now
    while true {
      let left = seconds - (ContinuousClock.now - start).seconds
      guard left > 0 else {
        throw WyomingFault("the client \(words) \(TextCell.fixed(patience(words), 0)) s")
      }
      if stops() { return false }
      guard wait(for: POLLIN, input, min(left, 0.1)) else { continue }
      var block = [UInt8](repeating: 0, count: 1 << 15)
      let got = read(input, &block, block.count)
      if got < 0, errno == EINTR || errno == EAGAIN { continue }
      guard got > 0 else { return false }
      buffer += block[..<got]
      return true
    }
  }

  private func patience(_ words: String) -> Double {
    words.hasPrefix("was") ? patience.idle : patience.message
  }

  /// Whether a descriptor becomes ready within so many seconds.
  private func wait(for events: Int32, _ descriptor: CInt, _ seconds: Double) -> Bool {
    var wanted = pollfd(fd: descriptor, events: Int16(events), revents: 0)
    return poll(&wanted, 1, CInt(max(1, seconds * 1_000))) > 0
  }
}
