import Glibc
import Recognition
import Synchronization
import TestSupport
import Testing

@testable import Basics
@testable import Listening

/// A client that is too slow, or does not read, is dismissed.
@Suite struct WyomingLimitTests {
  /// A server whose remarks are kept, on a Unix socket.
  private final class Server: Sendable {
    let folder = TemporaryFolder()
    let remarks = Mutex<[WyomingServer.Remark]>([])
    private let server: WyomingServer

    init(_ patience: WyomingConnection.Patience) throws {
      let model = try KeywordModel.builtIn()
      let box = Box()
      server = WyomingServer(
        WyomingService(model, Recogniser(model)) { _ in }, mostClients: 4, patience: patience
      ) { box.server?.note($0) }
      box.server = self
      let address = WyomingAddress.unix(folder["s"])
      let started = BackgroundThread.start { [server] in
        guard let socket = try? WyomingSocket(address) else { return }
        server.serve(socket)
      }
      #expect(started)
      for _ in 0..<500 where TemporaryFolder.names(in: folder.path).isEmpty { usleep(2_000) }
    }

    deinit { server.stop() }

    private final class Box: @unchecked Sendable { weak var server: Server? }

    func note(_ remark: WyomingServer.Remark) { remarks.withLock { $0.append(remark) } }

    /// A client's descriptor.
    func connect() throws -> CInt {
      let descriptor = socket(AF_UNIX, CInt(SOCK_STREAM.rawValue), 0)
      var place = sockaddr_un()
      place.sun_family = sa_family_t(AF_UNIX)
      withUnsafeMutableBytes(of: &place.sun_path) { $0.copyBytes(from: folder["s"].bytes) }
      let result = withUnsafePointer(to: &place) { pointer in
        pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
          Glibc.connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
        }
      }
      try #require(result == 0)
      return descriptor
    }

    /// Waits for a client to be dismissed.
    func dismissal() -> String? {
      for _ in 0..<2_000 {
        let found = remarks.withLock { remarks in
          remarks.lazy.compactMap { remark in
            if case .dismissed(_, let reason) = remark { reason } else { nil }
          }.first
        }
        if let found { return found }
        usleep(5_000)
      }
      return nil
    }
  }

  private func put(_ text: String, _ descriptor: CInt) {
    let bytes = Array(text.utf8)
    let put = bytes.withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
    #expect(put == bytes.count)
  }

  /// The text that the client gets until the connection ends.
  private func rest(_ descriptor: CInt) -> String {
    var bytes: [UInt8] = []
    var block = [UInt8](repeating: 0, count: 4_096)
    while case let got = read(descriptor, &block, block.count), got > 0 { bytes += block[..<got] }
    return String(decoding: bytes, as: UTF8.self)
  }

  @Test func anIdleClientLeaves() throws {
    let server = try Server(.init(idle: 0.3, message: 5))
    let client = try server.connect()
    defer { close(client) }
    #expect(rest(client).contains("the client was idle for 0 s"))
    #expect(server.dismissal()?.contains("idle") == true)
  }

  /// Byte after byte, so that it is never idle, and never done.
  @Test func aMessageThatDoesNotEndIsNotWaitedFor() throws {
    let server = try Server(.init(idle: 60, message: 0.5))
    let client = try server.connect()
    defer { close(client) }
    put("{\"type\":\"audio-chunk\",\"payload_length\":1000}\n", client)
    let start = ContinuousClock.now
    signal(SIGPIPE, SIG_IGN)
    for _ in 0..<30 where server.remarks.withLock({ $0.count }) < 2 {
      _ = "x".withCString { write(client, $0, 1) }
      usleep(50_000)
    }
    #expect(server.dismissal()?.contains("took for a message more than") == true)
    #expect(ContinuousClock.now - start < .seconds(5))
  }

  /// Answers that nobody reads fill the socket; the server goes on without the client.
  @Test func aClientThatDoesNotReadIsLeft() throws {
    let server = try Server(.init(idle: 60, message: 0.5))
    let client = try server.connect()
    defer { close(client) }
    signal(SIGPIPE, SIG_IGN)
    _ = fcntl(client, F_SETFL, O_NONBLOCK)
    let bytes = Array("{\"type\":\"describe\"}\n".utf8)
    let start = ContinuousClock.now
    while ContinuousClock.now - start < .seconds(20) {
      _ = bytes.withUnsafeBytes { write(client, $0.baseAddress, $0.count) }
      if server.remarks.withLock({ $0.contains { if case .left = $0 { true } else { false } } }) {
        break
      }
    }
    #expect(ContinuousClock.now - start < .seconds(20))
    // Others are served.
    let other = try server.connect()
    put("{\"type\":\"ping\"}\n", other)
    shutdown(other, CInt(SHUT_WR))
    #expect(rest(other).contains("\"type\":\"pong\""))
    close(other)
  }
}
