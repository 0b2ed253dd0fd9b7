import Glibc
import KeywordSpotting
import Synchronization

/// Serves clients of the Wyoming protocol, and tells of their events as for other inputs.
struct WyomingRun {
  /// What the threads of the clients share.
  private final class Shared: @unchecked Sendable {
    private let lock = Mutex(())
    private let sinks: EventSinks
    private var counts = ListeningCounts()
    private var failure: (any Error)?
    /// When the program began, for names of files.
    private let date = Machine.compactDate

    init(_ sinks: EventSinks) { self.sinks = sinks }

    func tell(_ told: WyomingService.Told) {
      lock.withLock { _ in
        counts.add(told.finding)
        let name = told.client.map { $0 == ":" || $0 == "/" ? "-" : $0 }
        let source = EventSource(
          name: told.client, bytes: Array(told.client.utf8),
          recording: Array("\(String(name))-\(date)".utf8), isLive: true, isAlone: false)
        do {
          try sinks.tell(told.finding, from: source, told.listener, arrived: told.arrived)
        } catch { failure = failure ?? error }
      }
    }

    /// What went wrong with the output, or nil.
    var error: (any Error)? { lock.withLock { _ in failure } }

    /// The events by word, and how many could not be kept.
    var end: (words: String, failures: Int) {
      lock.withLock { _ in (counts.words, sinks.failures) }
    }
  }

  private let shared: Shared
  private let server: WyomingServer
  private let quiet: Bool

  init(
    _ model: KeywordModel, _ gate: EnergyGate?, _ output: ListenOutputOptions,
    _ options: ListenServerOptions,
    quiet: Bool
  ) throws {
    let prints = options.address != .standardStreams
    let sinks = try EventSinks(output, model, isLive: true, prints: prints)
    let shared = Shared(sinks)
    let service = WyomingService(
      model, Recogniser(model), near: output.near, gate: gate,
      historySeconds: sinks.historySeconds
    ) { shared.tell($0) }
    server = WyomingServer(service, mostClients: options.maxClients) { [quiet] remark in
      if !quiet { StandardError.line("kws: " + Self.text(remark)) }
    }
    (self.shared, self.quiet) = (shared, quiet)
  }

  /// Serves until a signal comes; on standard streams, until the client leaves.
  func serve(_ address: WyomingAddress) throws {
    Interruption.heed()
    if address == .standardStreams {
      server.serveStandardStreams { Interruption.isRequested }
    } else {
      let socket = try WyomingSocket(address)
      if !address.isLocal, !quiet {
        StandardError.line("kws: warning: anyone on the network can connect to \(socket.address)")
      }
      if !quiet { StandardError.line("kws: serving \(socket.address)") }
      server.serve(socket) { [shared] in Interruption.isRequested || shared.error != nil }
    }
    if let error = shared.error { throw error }
    let (words, failures) = shared.end
    if let signal = Interruption.signal {
      throw Failure.interrupted("stopped by signal \(signal); \(words)")
    }
    if !quiet { StandardError.line("kws: \(words)") }
    if failures > 0 { throw Failure.badData("not kept or run: \(counted(failures, "event"))") }
  }

  private static func text(_ remark: WyomingServer.Remark) -> String {
    switch remark {
    case .connected(let name): "\(name): connected"
    case .left(let name): "\(name): left"
    case .dismissed(let name, let reason): "\(name): dismissed: \(reason)"
    case .refused(let name): "\(name): refused: too many clients (--max-clients)"
    }
  }
}
