#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif
import Glibc
import SystemPackage

/// What goes between the program and a decoding process.
///
/// A request is a length and JSON. What comes back are blocks of samples, each with its count before
/// it, a count of zero, and a length and JSON. Both ends are the same program on the same machine, so
/// samples go as they are in memory.
enum DecodingMessage {
  /// A file to decode.
  struct Request: Codable {
    /// The path's bytes.
    var path: Data
    var sampleRate: Int?
    var channel: Int?
    var maximumSeconds: Double
    /// Whether the samples are to become a whole clip, which has a limit.
    var isWhole: Bool
  }

  /// What became of it, behind the samples.
  struct Reply: Codable {
    var format: AudioFormat?
    var sampleRate = 0
    var error: AudioError?
  }

  /// Sends a value; false where nobody reads any more.
  static func send(_ value: some Encodable, to socket: CInt) -> Bool {
    let text = try! JSONEncoder().encode(value)
    var bytes = withUnsafeBytes(of: UInt32(text.count)) { Array($0) }
    bytes += text
    return bytes.withUnsafeBytes { sendAll($0, to: socket) }
  }

  /// Sends a block of samples, of which an empty one is the last; false where nobody reads any more.
  static func send(samples: [Float], to socket: CInt) -> Bool {
    let count = UInt32(samples.count)
    return withUnsafeBytes(of: count) { sendAll($0, to: socket) }
      && samples.withUnsafeBytes { sendAll($0, to: socket) }
  }

  /// Receives a value; nil at the end of the stream, after an error or a time-out.
  static func receive<Value: Decodable>(_ type: Value.Type, from socket: CInt) -> Value? {
    var length: UInt32 = 0
    guard withUnsafeMutableBytes(of: &length, { receiveAll($0, from: socket) }), length < 1 << 20
    else { return nil }
    var text = [UInt8](repeating: 0, count: Int(length))
    guard text.withUnsafeMutableBytes({ receiveAll($0, from: socket) }) else { return nil }
    return try? JSONDecoder().decode(type, from: Data(text))
  }

  /// Receives a block of samples, an empty one at their end; nil where it does not come whole.
  static func receiveSamples(from socket: CInt) -> [Float]? {
    var length: UInt32 = 0
    guard withUnsafeMutableBytes(of: &length, { receiveAll($0, from: socket) }), length < 1 << 20
    else { return nil }
    let count = Int(length)
    // All empty arrays are one, and making one this way would write to it.
    guard count > 0 else { return [] }
    var isWhole = false
    let samples = [Float](unsafeUninitializedCapacity: count) { buffer, initialized in
      let bytes = UnsafeMutableRawBufferPointer(
        start: buffer.baseAddress, count: count * MemoryLayout<Float>.stride)
      isWhole = receiveAll(bytes, from: socket)
      initialized = isWhole ? count : 0
    }
    return isWhole ? samples : nil
  }

  private static func sendAll(_ bytes: UnsafeRawBufferPointer, to socket: CInt) -> Bool {
    var done = 0
    while done < bytes.count {
      // No SIGPIPE: that the other side has died is an answer as well.
      let put = Glibc.send(
        socket, bytes.baseAddress! + done, bytes.count - done, Int32(MSG_NOSIGNAL))
      if put < 0 && errno == EINTR { continue }
      guard put > 0 else { return false }
      done += put
    }
    return true
  }

  private static func receiveAll(_ bytes: UnsafeMutableRawBufferPointer, from socket: CInt) -> Bool
  {
    var done = 0
    while done < bytes.count {
      let got = recv(socket, bytes.baseAddress! + done, bytes.count - done, 0)
      if got < 0 && errno == EINTR { continue }
      guard got > 0 else { return false }
      done += got
    }
    return true
  }
}
