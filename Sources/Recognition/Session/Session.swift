import Sound

/// Recognises one stream of sound: samples in, posteriors out, window by window.
///
///     let session = recogniser.session()
///     while let block = try source.next() {
///       for window in try session.push(block) { print(window.range, window.posteriors) }
///     }
///     for window in try session.finish() { ... }
///
/// A clip is a stream that ends; a clip that fits into the model's window gives one window. The
/// posteriors do not depend on the pieces. Use a session from one thread at a time.
public final class Session {
  /// One window.
  public struct Window: Equatable, Sendable {
    /// The range of its samples at the model's rate, counted from the start of the stream.
    public var range: Range<Int>
    /// (C), the posteriors in the order of the model's labels.
    public var posteriors: [Float]
    /// Whether the gate left the window out.
    public var isQuiet = false
  }

  private let recogniser: Recogniser
  private let window: ClipWindow
  private let gate: EnergyGate?
  private let frontEnd: FrontEndPool.Loan
  private var stream: WindowStream

  /// Number of samples pushed.
  public var sampleCount: Int { stream.sampleCount }

  init(_ recogniser: Recogniser, window: ClipWindow, gate: EnergyGate?) {
    self.recogniser = recogniser
    self.window = window
    self.gate = gate
    frontEnd = recogniser.frontEnds.loan()
    stream = WindowStream(window, frontEnd.frontEnd, gate: gate)
  }

  /// Adds the next samples.
  ///
  /// - Parameter samples: Any number, at the model's rate; +-1 is full scale.
  /// - Returns: The windows that are complete now, in order.
  /// - Throws: `FrontEndError` for a sample that is no number.
  public func push(_ samples: [Float]) throws(FrontEndError) -> [Window] {
    var found: [WindowStream.Window] = []
    try stream.push(samples) { found.append($0) }
    return recogniser.recognised(found, gate)
  }

  /// Ends the stream.
  ///
  /// - Returns: The remaining windows: a recording that is shorter than a window, or the last
  ///   window of a longer one.
  /// - Throws: `FrontEndError` for a sample that is no number.
  public func finish() throws(FrontEndError) -> [Window] {
    var found: [WindowStream.Window] = []
    try stream.finish { found.append($0) }
    return recogniser.recognised(found, gate)
  }

  /// Starts again, at sample 0 of another recording.
  public func reset() { stream = WindowStream(window, frontEnd.frontEnd, gate: gate) }
}
