import Sound

/// Hears keywords in sound that comes in pieces of any length, from a file, a pipe or a microphone.
///
///     let listener = Listener(model, Recogniser(model), StreamFormat(sampleRate: 48_000, channels: 2))
///     while let piece = heardNow() {
///       for finding in try listener.push(piece) { print(finding) }
///     }
///     for finding in try listener.finish() { print(finding) }
///
/// Neither the windows nor the findings depend on how the sound was cut. Memory is the same after a
/// second and after a day. One thread at a time; any number of listeners share one recogniser.
public final class Listener {
  /// One window as it was heard.
  public struct Window: Equatable, Sendable {
    /// Its start and end, in seconds of the stream.
    public var seconds: ClosedRange<Double>
    /// (C), in the order of the model's labels.
    public var posteriors: [Float]
    /// (C), averaged over the last windows by the model's rule.
    public var averaged: [Float]
  }

  /// The samples at the model's rate that are worked on at once.
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
  ///   - model: Gives the labels, the rule and the channel.
  ///   - recogniser: The model's.
  ///   - format: What comes in.
  ///   - channel: The channel to hear, from 1, one of those that come in; nil hears the model's own,
  ///     or the mean of all. Of one channel there is nothing to choose.
  ///   - near: The averaged posterior from which on a keyword without an event is told as a near miss;
  ///     nil tells of none.
  ///   - origin: Where the first sample lies in the stream, in seconds.
  ///   - historySeconds: How long `samples(in:)` has what was heard, in seconds.
  public init(
    _ model: KeywordModel, _ recogniser: Recogniser, _ format: StreamFormat, channel: Int? = nil,
    near: Float? = nil, origin: Double = 0, historySeconds: Double = 0
  ) {
    (self.model, self.format, self.near) = (model, format, near)
    (self.origin, self.historySeconds) = (origin, historySeconds)
    history = Self.history(historySeconds, model)
    self.channel = format.channels == 1 ? nil : channel ?? model.channel
    session = recogniser.session(stepSeconds: model.window.hopSeconds)
    converter = StreamConverter(format, to: model.frontEnd.sampleRate, channel: self.channel)
    detector = EventDetector(model, near: near)
  }

  /// What has been heard so far, in seconds of the stream.
  public var seconds: Double { time(session.sampleCount) }

  /// Takes in the next samples.
  ///
  /// - Parameters:
  ///   - samples: Any number, interleaved; +-1 is full scale.
  ///   - window: Called with each window that is complete now, in order.
  /// - Returns: What these windows brought.
  /// - Throws: `FrontEndError` for a sample that is no number.
  public func push(
    _ samples: [Float], window: (Window) -> Void = { _ in }
  ) throws(FrontEndError) -> [Finding] {
    try hear(converter.push(samples), window)
  }

  /// Ends the stream.
  ///
  /// - Parameter window: Called with what is left: a stream that is shorter than a window, or the last
  ///   window of a longer one.
  /// - Returns: What the last windows brought, and an event that was not decided yet.
  /// - Throws: `FrontEndError` for a sample that is no number.
  public func finish(window: (Window) -> Void = { _ in }) throws(FrontEndError) -> [Finding] {
    var found = try hear(converter.finish(), window)
    // An empty stream has no window.
    if session.sampleCount > 0 { found += take(try session.finish(), window) }
    return found + detector.finish()
  }

  /// Goes on after sound that was lost: what is pushed next lies at `seconds` of the stream, and no
  /// window spans the gap.
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

  /// What was heard between two times of the stream, one channel at the model's rate, as far as it is
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

  private func hear(
    _ samples: [Float], _ window: (Window) -> Void
  ) throws(FrontEndError) -> [Finding] {
    var found: [Finding] = []
    // However long a piece is, only so many of its windows are held at once.
    for start in stride(from: 0, to: samples.count, by: Self.pieceLength) {
      let piece = Array(samples[start..<min(samples.count, start + Self.pieceLength)])
      history.push(piece)
      found += take(try session.push(piece), window)
    }
    return found
  }

  private func take(_ windows: [Session.Window], _ window: (Window) -> Void) -> [Finding] {
    windows.flatMap { heard in
      let seconds = time(heard.range.lowerBound)...time(heard.range.upperBound)
      let found = detector.push(heard.posteriors, seconds)
      window(
        Window(seconds: seconds, posteriors: heard.posteriors, averaged: detector.averaged))
      return found
    }
  }

  /// The time of a sample of the session, in seconds of the stream.
  private func time(_ sample: Int) -> Double {
    origin + Double(sample) / Double(model.frontEnd.sampleRate)
  }
}
