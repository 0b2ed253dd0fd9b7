import Basics
import Recognition

/// What all clients of a Wyoming server share.
public struct WyomingService: Sendable {
  /// Something that was found in a client's sound.
  public struct Told {
    /// The client's address.
    public let client: String
    /// What was found.
    public let finding: Finding
    /// The client's listener, for the sound of the event.
    public let listener: Listener
    /// When the sound that decided it arrived.
    public let arrived: ContinuousClock.Instant
  }

  let model: KeywordModel
  let recogniser: Recogniser
  let near: Float?
  let gate: EnergyGate?
  let historySeconds: Double
  let tell: @Sendable (Told) -> Void

  /// A service.
  ///
  /// - Parameters:
  ///   - model: Gives labels and rule.
  ///   - recogniser: The model's, which all clients share.
  ///   - near: The averaged posterior from which on near misses are told; nil tells of none. Clients
  ///     are not told of them.
  ///   - gate: Leaves the network out in quiet windows; nil recognises all.
  ///   - historySeconds: Length of the sound that listeners keep, in seconds.
  ///   - tell: Called with what is found, on the threads of the clients.
  public init(
    _ model: KeywordModel, _ recogniser: Recogniser, near: Float? = nil, gate: EnergyGate? = nil,
    historySeconds: Double = 0, tell: @escaping @Sendable (Told) -> Void
  ) {
    (self.model, self.recogniser, self.near, self.gate) = (model, recogniser, near, gate)
    (self.historySeconds, self.tell) = (historySeconds, tell)
  }

  /// The answer to `describe`: each keyword is a wake word.
  var info: WyomingMessage {
    func artifact(
      _ name: String, _ description: String, _ more: [(key: String, value: JSONValue)]
    ) -> JSONValue {
      .object(
        [
          ("name", .string(name)),
          ("attribution", .object([("name", .string("kws")), ("url", .string(""))])),
          ("installed", .bool(true)), ("description", .string(description)),
          ("version", .string(Version.current)),
        ] + more)
    }
    let models = model.keywords.map { keyword in
      artifact(keyword, keyword, [("languages", .array([])), ("phrase", .string(keyword))])
    }
    let program = artifact("kws", "Keywords of the user's own", [("models", .array(models))])
    let empty = ["asr", "tts", "handle", "intent", "mic", "snd"].map { ($0, JSONValue.array([])) }
    return WyomingMessage(type: "info", data: .object(empty + [("wake", .array([program]))]))
  }
}
