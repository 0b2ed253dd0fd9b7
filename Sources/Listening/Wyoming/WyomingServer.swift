import Basics
import Glibc
import Synchronization
import SystemPackage

/// Serves clients of the Wyoming protocol, each on a thread of its own, with one model for all.
public final class WyomingServer: Sendable {
  /// What a person may want to know.
  public enum Remark: Equatable, Sendable {
    case connected(String)
    case left(String)
    /// A client that sent something wrong, or was too slow, and what.
    case dismissed(String, reason: String)
    /// A client that came when there were as many as may be.
    case refused(String)
  }

  private let service: WyomingService
  private let mostClients: Int
  private let patience: WyomingConnection.Patience
  private let remark: @Sendable (Remark) -> Void
  private let clientCount = Atomic(0)
  private let isStopped = Atomic(false)

  /// A server.
  ///
  /// - Parameters:
  ///   - service: What the clients get.
  ///   - mostClients: How many may be there at once.
  ///   - remark: Called on any thread.
  public convenience init(
    _ service: WyomingService, mostClients: Int, remark: @escaping @Sendable (Remark) -> Void
  ) {
    self.init(service, mostClients: mostClients, patience: .init(), remark: remark)
  }

  init(
    _ service: WyomingService, mostClients: Int, patience: WyomingConnection.Patience,
    remark: @escaping @Sendable (Remark) -> Void
  ) {
    (self.service, self.mostClients) = (service, mostClients)
    (self.patience, self.remark) = (patience, remark)
  }

  /// Clients that are there.
  public var clients: Int { clientCount.load(ordering: .relaxed) }

  /// Lets clients go, and those who wait for them.
  public func stop() { isStopped.store(true, ordering: .relaxed) }

  /// Serves the one client on standard input and output until it leaves, or until `isCancelled`, which
  /// is asked often.
  public func serveStandardStreams(isCancelled: @escaping () -> Bool = { false }) {
    serve(
      "stdio", input: STDIN_FILENO, output: STDOUT_FILENO, isSocket: false,
      isCancelled: isCancelled)
  }

  /// Serves all clients, until `stop` or until `isCancelled`, which is called often.
  public func serve(_ socket: WyomingSocket, isCancelled: () -> Bool = { false }) {
    while !isStopped.load(ordering: .relaxed), !isCancelled() {
      guard let (client, name) = socket.accept(within: 0.03) else { continue }
      guard clients < mostClients else {
        remark(.refused(name))
        close(client)
        continue
      }
      clientCount.wrappingAdd(1, ordering: .relaxed)
      let isStarted = BackgroundThread.start { [self] in
        serve(name, input: client, output: client, isSocket: true)
        close(client)
        clientCount.wrappingSubtract(1, ordering: .relaxed)
      }
      guard isStarted else {
        remark(.refused(name))
        close(client)
        clientCount.wrappingSubtract(1, ordering: .relaxed)
        continue
      }
    }
    stop()
  }

  private func serve(
    _ name: String, input: CInt, output: CInt, isSocket: Bool,
    isCancelled: @escaping () -> Bool = { false }
  ) {
    remark(.connected(name))
    let connection = WyomingConnection(
      input: input, output: output, isSocket: isSocket, patience: patience
    ) { [self] in isStopped.load(ordering: .relaxed) || isCancelled() }
    do {
      try WyomingClient(service, name: name, connection).serve()
      remark(.left(name))
    } catch { remark(.dismissed(name, reason: error.description)) }
  }
}
