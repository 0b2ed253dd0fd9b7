import Foundation
import Glibc
import TestSupport
import Testing

/// A client of the Wyoming protocol, written from its description: sockets, lines of JSON, bytes.
final class WyomingPeer {
  private let descriptor: CInt
  private var buffer: [UInt8] = []

  /// Connects to a port of this machine.
  init(port: Int) throws {
    descriptor = socket(AF_INET, CInt(SOCK_STREAM.rawValue), 0)
    var place = sockaddr_in()
    place.sin_family = sa_family_t(AF_INET)
    place.sin_port = in_port_t(port).bigEndian
    place.sin_addr.s_addr = inet_addr("127.0.0.1")
    let connected = withUnsafePointer(to: &place) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
      }
    }
    try #require(connected == 0, "connect: \(errno)")
    var limit = timeval(tv_sec: 30, tv_usec: 0)
    setsockopt(
      descriptor, SOL_SOCKET, SO_RCVTIMEO, &limit, socklen_t(MemoryLayout<timeval>.size))
  }

  deinit { close(descriptor) }

  /// Sends bytes as they are; false if the server has closed the connection.
  @discardableResult func send(bytes: [UInt8]) -> Bool {
    var done = 0
    while done < bytes.count {
      let put = bytes.withUnsafeBytes {
        Glibc.send(descriptor, $0.baseAddress! + done, bytes.count - done, CInt(MSG_NOSIGNAL))
      }
      guard put > 0 else { return false }
      done += put
    }
    return true
  }

  /// Sends a message whose data stand in its line, or behind it where they are `apart`.
  @discardableResult func send(
    _ type: String, _ data: [String: Any] = [:], payload: [UInt8] = [], apart: Bool = false
  ) throws -> Bool {
    var header: [String: Any] = ["type": type]
    let body = try JSONSerialization.data(withJSONObject: data)
    if apart { header["data_length"] = body.count } else { header["data"] = data }
    if !payload.isEmpty { header["payload_length"] = payload.count }
    let line = try JSONSerialization.data(withJSONObject: header)
    return send(bytes: Array(line) + [10] + (apart ? Array(body) : []) + payload)
  }

  /// The next message; nil at the end of the connection.
  func next() throws -> (type: String, data: [String: Any])? {
    while !buffer.contains(10) { guard receive() else { return nil } }
    let end = buffer.firstIndex(of: 10)!
    let header = try #require(
      try JSONSerialization.jsonObject(with: Data(buffer[..<end])) as? [String: Any])
    buffer.removeFirst(end + 1)
    let length = header["data_length"] as? Int ?? 0
    while buffer.count < length { guard receive() else { return nil } }
    let body = Data(buffer.prefix(length))
    buffer.removeFirst(length)
    let data = length == 0 ? [:] : try JSONSerialization.jsonObject(with: body) as! [String: Any]
    return (header["type"] as! String, data)
  }

  /// Sends samples as chunks of a twentieth of a second.
  func send(_ samples: [Float], rate: Int = 8_000, channels: Int = 1) throws {
    let bytes = ListenFixture.s16le(samples, channels: channels)
    let size = rate / 20 * 2 * channels
    for (index, start) in stride(from: 0, to: bytes.count, by: size).enumerated() {
      try send(
        "audio-chunk",
        ["rate": rate, "width": 2, "channels": channels, "timestamp": index * 50],
        payload: Array(bytes[start..<min(bytes.count, start + size)]), apart: index % 2 == 0)
    }
  }

  private func receive() -> Bool {
    var block = [UInt8](repeating: 0, count: 4_096)
    let got = recv(descriptor, &block, block.count, 0)
    guard got > 0 else { return false }
    buffer += block[..<got]
    return true
  }
}

/// The real program as a server on a free port.
struct WyomingProgram {
  let running: Program.Running
  let port: Int

  init(_ arguments: [String] = []) throws {
    let all = ["listen", "--wyoming", "tcp://127.0.0.1:0"] + arguments
    running = CommandFixture.program.start(arguments: all.map { Array($0.utf8) })
    try #require(running.waits(for: "serving tcp://127.0.0.1:"))
    let line = running.errors.split(separator: "\n").first { $0.contains("serving") }!
    port = try #require(Int(line.split(separator: ":").last!))
  }

  /// Ends the server by SIGTERM.
  func end() -> Program.Output {
    running.send(SIGTERM)
    return running.wait()
  }
}
