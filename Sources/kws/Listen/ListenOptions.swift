import ArgumentParser
import KeywordSpotting

/// The input.
struct ListenSourceOptions: ParsableArguments {
  @Option(help: ArgumentHelp("ALSA device (default: default).", valueName: "name"))
  var device: String?
  @Flag(help: "List the recording devices and exit.") var listDevices = false
  @Option(
    help: ArgumentHelp(
      "Pipes carry samples without a header: s16le:48000:2 (encoding, rate, channels).",
      discussion:
        "Encodings: \(SampleEncoding.allCases.map(\.rawValue).joined(separator: ", ")).",
      valueName: "format"))
  var raw: String?
  @Flag(help: "Pipes carry live sound: events have the time of day and a latency.")
  var live = false

  /// What a pipe brings, where it has no header.
  var rawFormat: RawFormat? { raw.flatMap(RawFormat.init) }

  func validate() throws {
    if let raw, rawFormat == nil {
      throw ValidationError(
        "--raw takes encoding:rate:channels such as s16le:48000:2, not \(raw)")
    }
  }
}

/// Another rule than the model's, to try.
struct ListenRuleOptions: ParsableArguments {
  @Option(help: "Time from window to window, in seconds (default: the model's).") var step: Double?
  @Option(help: "Threshold of all keywords (default: the model's).")
  var threshold: Float?
  @Option(help: "Time after an event in which no other begins, in seconds (default: the model's).")
  var refractory: Double?

  func validate() throws {
    if let threshold, !(0...1).contains(threshold) {
      throw ValidationError("--threshold must lie between 0 and 1, not at \(threshold)")
    }
  }

  /// Changes a model's rule.
  func apply(to model: inout KeywordModel) throws {
    if let step { model.window.hopSeconds = step }
    if let threshold { model.take(threshold: threshold) }
    if let refractory {
      model.rule.conditions.refractorySeconds = refractory
      for keyword in model.rule.keywords.keys {
        model.rule.keywords[keyword]!.refractorySeconds = refractory
      }
    }
    if let problem = model.listeningProblem { throw Failure.usage(problem) }
  }
}

/// What is made of events.
struct ListenOutputOptions: ParsableArguments {
  @Flag(help: "One JSON object a line.") var json = false
  @Option(
    help: ArgumentHelp(
      "Also print keywords that reached this probability without an event, and why.",
      valueName: "p"))
  var near: Float?
  @Option(help: ArgumentHelp("Write every window's probabilities as CSV.", valueName: "file"))
  var scores: String?
  @Option(
    help: ArgumentHelp("Save the sound of each event, a folder for each word.", valueName: "folder")
  )
  var save: String?
  @Option(help: "Sound to save before each event, in seconds.") var preroll = 0.0
  @Option(
    help: ArgumentHelp(
      "Run this program for each event, described by its environment: KWS_LABEL, KWS_PROBABILITY, "
        + "KWS_START, KWS_END, KWS_DECIDED, KWS_TIME, KWS_SOURCE and KWS_FILE.",
      valueName: "program"))
  var exec: String?

  func validate() throws {
    if let near, !(near > 0 && near <= 1) {
      throw ValidationError("--near must lie above 0 and at most at 1, not at \(near)")
    }
    if !(0...60).contains(preroll) {
      throw ValidationError("--preroll must lie between 0 and 60 s, not at \(preroll)")
    }
    if preroll > 0, save == nil {
      throw ValidationError("--preroll says what --save keeps: give --save too")
    }
  }
}

/// Serving others instead of hearing by itself.
struct ListenServerOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Serve clients of the Wyoming protocol, such as Home Assistant.",
      discussion: """
        tcp://127.0.0.1:10400 (port 0: any free one), unix:///run/kws.sock or stdio://. There is no \
        password: a host other than 127.0.0.1 opens the server to the network.
        """, valueName: "address"))
  var wyoming: String?
  @Option(help: "Most clients at once.") var maxClients = 16

  /// The address to serve at; nil serves no clients.
  var address: WyomingAddress? { wyoming.flatMap(WyomingAddress.init) }

  func validate() throws {
    if let wyoming, address == nil {
      throw ValidationError(
        "--wyoming takes an address such as tcp://127.0.0.1:10400, not \(wyoming)")
    }
    if !(1...1_000).contains(maxClients) {
      throw ValidationError("--max-clients must lie between 1 and 1,000, not at \(maxClients)")
    }
  }
}
