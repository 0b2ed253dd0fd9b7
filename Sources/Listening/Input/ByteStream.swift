import Basics
import Glibc
import Sound

/// The bytes of a pipe, in order.
final class ByteStream {
  private let descriptor: CInt
  private let name: String
  private let closes: Bool

  /// Reads `descriptor`, which is closed with this value where it `closes`.
  init(_ descriptor: CInt, name: String, closes: Bool) {
    (self.descriptor, self.name, self.closes) = (descriptor, name, closes)
  }

  deinit { if closes { close(descriptor) } }

  /// Waits for bytes and gives those that are there, up to `count`; none at the end.
  func some(_ count: Int) throws(AudioError) -> [UInt8] {
    var failure: CInt = 0
    let bytes = [UInt8](unsafeUninitializedCapacity: count) { buffer, initialized in
      var got = Glibc.read(descriptor, buffer.baseAddress, count)
      while got < 0 {
        if errno == EAGAIN {
          // Another process that shares this pipe made it non-blocking.
          var wanted = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
          poll(&wanted, 1, -1)
        } else if errno != EINTR {
          failure = errno
          break
        }
        got = Glibc.read(descriptor, buffer.baseAddress, count)
      }
      initialized = max(0, got)
    }
    if failure != 0 { throw .unreadable(name: name, reason: systemMessage(failure)) }
    return bytes
  }

  /// So many bytes, fewer only at the end.
  func read(_ count: Int) throws(AudioError) -> [UInt8] {
    var bytes: [UInt8] = []
    while bytes.count < count {
      let more = try some(count - bytes.count)
      if more.isEmpty { break }
      bytes += more
    }
    return bytes
  }
}
