import Sound

/// Recognises keywords in sound that comes in pieces of any length, from a file, a pipe or a
/// microphone.
///
///     let listener = Listener(model, Recogniser(model), StreamFormat(sampleRate: 48_000, channels: 2))
///     while let piece = nextPiece() {
///       for finding in try listener.push(piece) { print(finding) }
///     }
///     for finding in try listener.finish() { print(finding) }
///
/// Neither the windows nor the findings depend on the pieces. Memory does not grow with the length
/// of the stream. Use a listener from one thread at a time; several listeners can share one
/// recogniser.
public final class Listener {
  /// One window of the stream.
  public struct Window: Equatable, Sendable {
    /// Its start and end, in seconds of the stream.
    public var seconds: ClosedRange<Double>
    /// (C), in the order of the model's labels, at the decision's prior.
    public var posteriors: [Float]
    /// (C), averaged over the last windows by the model's rule, at its prior.
    public var averaged: [Float]
    /// Whether the gate left it out.
    public var isQuiet = false
  }

  /// Number of samples, at the model's rate, that are processed at once.
  private static let pieceLength = 1 << 14

  private let model: KeywordModel
  private let format: StreamFormat
  private let channel: Int?
  private let near: Float?
  private let session: Session
  private var converter: StreamConverter
  private var detector: EventDetector
  private let historySeconds: Double
  private var history: SampleHistory
  /// Where the session's first sample lies in the stream, in seconds.
  private var origin: Double

  /// A listener at the start of a stream.
  ///
  /// - Parameters:
  ///   - model: The model, with its labels, rule and channel.
  ///   - recogniser: The model's.
  ///   - format: The format of the stream.
  ///   - channel: The channel to read, from 1, one of the stream's; nil reads the model's own, or
  ///     the mean of all. Ignored if the stream has one channel.
  ///   - near: The averaged posterior from which a keyword without an event is a near miss; nil
  ///     finds no near misses.
  ///   - gate: Leaves the network out in quiet windows; nil recognises all.
  ///   - origin: Time of the first sample in the stream, in seconds.
  ///   - historySeconds: How long `samples(in:)` keeps past samples, in seconds.
  public init(
    _ model: KeywordModel, _ recogniser: Recogniser, _ format: StreamFormat, channel: Int? = nil,
    near: Float? = nil, gate: EnergyGate? = nil, origin: Double = 0, historySeconds: Double = 0
  ) {
    (self.model, self.format, self.near) = (model, format, near)
    (self.origin, self.historySeconds) = (origin, historySeconds)
    history = Self.history(historySeconds, model)
    self.channel = format.channels == 1 ? nil : channel ?? model.channel
    session = recogniser.session(stepSeconds: model.window.hopSeconds, gate: gate)
    converter = StreamConverter(format, to: model.frontEnd.sampleRate, channel: self.channel)
    detector = EventDetector(model, near: near)
  }

  /// The time recognised so far, in seconds of the stream.
  public var seconds: Double { time(session.sampleCount) }

  /// Adds the next samples.
  ///
  /// - Parameters:
  ///   - samples: Any number, interleaved; +-1 is full scale.
  ///   - window: Called with each window that is complete now, in order.
  /// - Returns: The findings of these windows.
  /// - Throws: `FrontEndError` for a sample that is not finite.
  public func push(
    _ samples: [Float], window: (Window) -> Void = { _ in }
  ) throws(FrontEndError) -> [Finding] {
    try recognise(converter.push(samples), window)
  }

  /// Ends the stream.
  ///
  /// - Parameter window: Called with the remaining window: a stream that is shorter than a window,
  ///   or the last window of a longer one.
  /// - Returns: The findings of the last windows, and an event that was not decided yet.
  /// - Throws: `FrontEndError` for a sample that is not finite.
  public func finish(window: (Window) -> Void = { _ in }) throws(FrontEndError) -> [Finding] {
    var found = try recognise(converter.finish(), window)
    // An empty stream has no window.
    if session.sampleCount > 0 { found += take(try session.finish(), window) }
    return found + detector.finish()
  }

  /// Continues after lost sound: the next samples are at `seconds` of the stream, and no window
  /// spans the gap.
  ///
  /// - Returns: An event that was not decided yet, and the last near misses.
  public func resume(at seconds: Double) -> [Finding] {
    let found = detector.finish()
    converter = StreamConverter(format, to: model.frontEnd.sampleRate, channel: channel)
    session.reset()
    history = Self.history(historySeconds, model)
    detector = EventDetector(model, near: near)
    origin = seconds
    return found
  }

  /// The sound between two times of the stream, one channel at the model's rate, as far as it is
  /// kept and nothing was lost since.
  public func samples(in seconds: ClosedRange<Double>) -> [Float] {
    func sample(_ time: Double) -> Int {
      Int(((time - origin) * Double(model.frontEnd.sampleRate)).rounded())
    }
    let start = sample(seconds.lowerBound)
    return history[start..<max(start, sample(seconds.upperBound))]
  }

  private static func history(_ seconds: Double, _ model: KeywordModel) -> SampleHistory {
    SampleHistory(Int(seconds * Double(model.frontEnd.sampleRate)))
  }

  private func recognise(
    _ samples: [Float], _ window: (Window) -> Void
  ) throws(FrontEndError) -> [Finding] {
    var found: [Finding] = []
    // A long piece is divided, to hold only a few of its windows at once.
    for start in stride(from: 0, to: samples.count, by: Self.pieceLength) {
      let piece = Array(samples[start..<min(samples.count, start + Self.pieceLength)])
      history.push(piece)
      found += take(try session.push(piece), window)
    }
    return found
  }

  private func take(_ windows: [Session.Window], _ window: (Window) -> Void) -> [Finding] {
    windows.flatMap { recognised in
      let seconds = time(recognised.range.lowerBound)...time(recognised.range.upperBound)
      let found = detector.push(recognised.posteriors, seconds)
      window(
        Window(
          seconds: seconds, posteriors: recognised.posteriors, averaged: detector.averaged,
          isQuiet: recognised.isQuiet))
      return found
    }
  }

  /// The time of a sample of the session, in seconds of the stream.
  private func time(_ sample: Int) -> Double {
    origin + Double(sample) / Double(model.frontEnd.sampleRate)
  }
}
