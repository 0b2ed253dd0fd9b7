#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif
import Basics
import Glibc
import SystemPackage

/// The messages between the program and a decoding process.
///
/// A request is a length and JSON. The answer is blocks of samples, each after its count, then a
/// count of zero, then a length and JSON. Both ends are the same program on the same machine, so
/// samples are sent as they are in memory.
enum DecodingMessage {
  /// A file to decode.
  struct Request: Codable {
    /// The path's bytes.
    var path: Data
    var sampleRate: Int?
    var channel: Int?
    var maximumSeconds: Double
    /// Whether the samples become a whole clip, whose length is limited.
    var isWhole: Bool
  }

  /// The result, sent after the samples.
  struct Reply: Codable {
    var format: AudioFormat?
    var sampleRate = 0
    var error: AudioError?
  }

  /// Sends a value; false if the other side has closed.
  static func send(_ value: some Encodable, to socket: CInt) -> Bool {
    let text = try! jsonEncoder().encode(value)
    var bytes = withUnsafeBytes(of: UInt32(text.count)) { Array($0) }
    bytes += text
    return bytes.withUnsafeBytes { sendAll($0, to: socket) }
  }

  /// Sends a block of samples; an empty one is the last.
  ///
  /// False if the other side has closed.
  static func send(samples: [Float], to socket: CInt) -> Bool {
    let count = UInt32(samples.count)
    return withUnsafeBytes(of: count) { sendAll($0, to: socket) }
      && samples.withUnsafeBytes { sendAll($0, to: socket) }
  }

  /// Receives a value; nil at the end of the stream, or after an error or a timeout.
  static func receive<Value: Decodable>(_ type: Value.Type, from socket: CInt) -> Value? {
    var length: UInt32 = 0
    guard withUnsafeMutableBytes(of: &length, { receiveAll($0, from: socket) }), length < 1 << 20
    else { return nil }
    var text = [UInt8](repeating: 0, count: Int(length))
    guard text.withUnsafeMutableBytes({ receiveAll($0, from: socket) }) else { return nil }
    return try? JSONDecoder().decode(type, from: Data(text))
  }

  /// Receives a block of samples, empty at their end; nil if it is incomplete.
  static func receiveSamples(from socket: CInt) -> [Float]? {
    var length: UInt32 = 0
    guard withUnsafeMutableBytes(of: &length, { receiveAll($0, from: socket) }), length < 1 << 20
    else { return nil }
    let count = Int(length)
    // All empty arrays share their storage, and the code below would write to it.
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
    Transfer.all(bytes.count) { done, left in
      // No SIGPIPE: the end of the other side is reported by the result.
      Glibc.send(socket, bytes.baseAddress! + done, left, Int32(MSG_NOSIGNAL))
    }.count == bytes.count
  }

  private static func receiveAll(_ bytes: UnsafeMutableRawBufferPointer, from socket: CInt) -> Bool
  {
    Transfer.all(bytes.count) { done, left in
      recv(socket, bytes.baseAddress! + done, left, 0)
    }.count == bytes.count
  }
}
