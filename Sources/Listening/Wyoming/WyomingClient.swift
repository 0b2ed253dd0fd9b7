import Basics
import Recognition
import Sound

/// What one client of a Wyoming server asks and gets: the wake-word part of the protocol.
///
/// `describe` is answered with `info`, `ping` with `pong`. After `detect` (or without it, for all
/// keywords) come `audio-start`, `audio-chunk` and `audio-stop`; each event is a `detection`, and a
/// stream that ends without any is `not-detected`. Other messages are ignored.
final class WyomingClient {
  private let service: WyomingService
  private let name: String
  private let connection: WyomingConnection
  /// The keywords that the client wants; nil wants all.
  private var wanted: Set<String>?
  /// What the client wants to have back with the answer.
  private var context: JSONValue?

  private var encoding = SampleEncoding.s16le
  private var listener: Listener?
  private var format: StreamFormat?
  /// Bytes of a sample that is not complete.
  private var rest: [UInt8] = []
  private var hasDetected = false
  /// When the client says that the last chunk begins, in milliseconds of its own.
  private var timestamp: JSONValue = .null
  /// When the last message arrived.
  private var arrived = ContinuousClock.now

  /// A client called `name`.
  init(_ service: WyomingService, name: String, _ connection: WyomingConnection) {
    (self.service, self.name, self.connection) = (service, name, connection)
  }

  /// Serves the client until it leaves.
  ///
  /// - Throws: `WyomingFault` if it is dismissed; it was told why.
  func serve() throws(WyomingFault) {
    do {
      while let message = try connection.next() {
        arrived = .now
        guard try answer(message) else { return }
      }
    } catch {
      _ = connection.send(
        WyomingMessage(type: "error", data: .object([("text", .string(error.description))])))
      throw error
    }
  }

  /// Answers a message; false if the client does not read.
  private func answer(_ message: WyomingMessage) throws(WyomingFault) -> Bool {
    switch message.type {
    case "describe": return connection.send(service.info)
    case "ping":
      let text = message.data["text"] ?? .null
      return connection.send(WyomingMessage(type: "pong", data: .object([("text", text)])))
    case "detect": try detect(message.data)
    case "audio-start":
      listener = nil
      try begin(message.data)
    case "audio-chunk":
      timestamp = message.data["timestamp"] ?? .null
      try begin(message.data)
      return try send(recognise(message.payload))
    case "audio-stop": return try stop()
    default: break
    }
    return true
  }

  private func detect(_ data: JSONValue) throws(WyomingFault) {
    context = data["context"].flatMap { $0 == .null ? nil : $0 }
    guard let names = data["names"], names != .null else { return wanted = nil }
    guard case .array(let values) = names else { throw WyomingFault("names are not a list") }
    var wanted: Set<String> = []
    for value in values {
      guard case .string(let name) = value else { throw WyomingFault("a name is not a text") }
      guard service.model.keywords.contains(name) else {
        throw WyomingFault("there is no keyword \(name)")
      }
      wanted.insert(name)
    }
    // Satellites send an empty list for whatever there is.
    self.wanted = wanted.isEmpty ? nil : wanted
  }

  /// Begins a stream in the format that the message names, unless one is under way in it.
  private func begin(_ data: JSONValue) throws(WyomingFault) {
    guard let rate = data["rate"]?.count, let width = data["width"]?.count,
      let channels = data["channels"]?.count
    else { throw WyomingFault("sound needs rate, width and channels") }
    let encodings: [Int: SampleEncoding] = [1: .u8, 2: .s16le, 3: .s24le, 4: .s32le]
    guard let encoding = encodings[width], AudioLimits.sampleRates.contains(rate),
      AudioLimits.channelCounts.contains(channels)
    else {
      throw WyomingFault("\(rate) Hz, \(width) bytes and \(channels) channels are not supported")
    }
    let format = StreamFormat(sampleRate: rate, channels: channels)
    if listener != nil, format == self.format, encoding == self.encoding { return }
    if let channel = service.model.channel, channels > 1, channel > channels {
      throw WyomingFault("the model reads channel \(channel), but the sound has \(channels)")
    }
    (self.format, self.encoding) = (format, encoding)
    (rest, hasDetected) = ([], false)
    listener = Listener(
      service.model, service.recogniser, format, near: service.near, gate: service.gate,
      historySeconds: service.historySeconds)
  }

  private func recognise(_ bytes: [UInt8]) throws(WyomingFault) -> [Finding] {
    let whole = rest + bytes
    let samples = encoding.samples(in: whole)
    rest = Array(whole[(samples.count * encoding.byteCount)...])
    return try take { (listener) throws(FrontEndError) in try listener.push(samples) }
  }

  private func stop() throws(WyomingFault) -> Bool {
    defer { listener = nil }
    if listener != nil {
      let found = try take { (listener) throws(FrontEndError) in try listener.finish() }
      guard send(found) else { return false }
    }
    if hasDetected { return true }
    return connection.send(WyomingMessage(type: "not-detected", data: withContext([])))
  }

  private func take(
    _ body: (Listener) throws(FrontEndError) -> [Finding]
  ) throws(WyomingFault) -> [Finding] {
    // Whole numbers are numbers, so that nothing is thrown.
    do { return try body(listener!) } catch { throw WyomingFault("\(error)") }
  }

  private func send(_ findings: [Finding]) -> Bool {
    for finding in findings {
      if case .event(let event) = finding {
        if let wanted, !wanted.contains(event.label) { continue }
        hasDetected = true
        let members: [(key: String, value: JSONValue)] = [
          ("name", .string(event.label)), ("timestamp", timestamp), ("speaker", .null),
        ]
        guard connection.send(WyomingMessage(type: "detection", data: withContext(members))) else {
          return false
        }
      }
      service.tell(
        WyomingService.Told(client: name, finding: finding, listener: listener!, arrived: arrived))
    }
    return true
  }

  private func withContext(_ members: [(key: String, value: JSONValue)]) -> JSONValue {
    .object(members + (context.map { [("context", $0)] } ?? []))
  }
}
