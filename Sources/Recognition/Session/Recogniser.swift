import Neural
import Sound

/// A network with packed weights, ready to recognise; shared by all threads and sessions.
public final class Recogniser: Sendable {
  /// The rule that cuts recordings into windows.
  public let window: ClipWindow
  private let scale: PosteriorScale
  let frontEnds: FrontEndPool
  private let inference: Inference<Float>

  /// Number of windows in one batch of the network.
  private static let batch = 256
  /// Most windows of one recording that are recognised together, to limit memory.
  private static let mostWindows = 32
  /// Memory for windows in the network, in bytes.
  package static let memory = 256 << 20
  /// Number of windows of one recording that are recognised together; fewer if they are large.
  let windowsAtOnce: Int

  /// Packs the weights of a model.
  public convenience init(_ model: KeywordModel) {
    self.init(model, memory: Self.memory)
  }

  /// Packs the weights of a model; windows use at most `memory` bytes at once, or the memory of one
  /// window.
  convenience init(_ model: KeywordModel, memory: Int) {
    self.init(
      model.network, window: model.window,
      frontEnds: FrontEndPool(model.frontEnd, model.normalization),
      scale: PosteriorScale(model.decision, labels: model.labels), memory: memory)
  }

  /// Packs the weights of a network for the features of `frontEnds`.
  package init(
    _ network: Network<Float>, window: ClipWindow, frontEnds: FrontEndPool,
    scale: PosteriorScale = PosteriorScale(), memory: Int = Recogniser.memory
  ) {
    // The options were checked when the model was made or read.
    let work = frontEnds.lend { ModelWork(window, $0, network.shape) }
    windowsAtOnce = max(1, min(Self.mostWindows, memory / max(1, work.bytes)))
    inference = Inference(network, threads: 1)
    self.window = window
    self.frontEnds = frontEnds
    self.scale = scale
  }

  /// Starts a session for a stream.
  ///
  /// - Parameters:
  ///   - stepSeconds: The hop, from the start of one window to the start of the next, rounded to whole
  ///     frames; nil uses the model's own.
  ///   - gate: Leaves the network out in quiet windows; nil recognises all.
  /// - Returns: A session without samples.
  public func session(stepSeconds: Double? = nil, gate: EnergyGate? = nil) -> Session {
    var window = window
    if let stepSeconds { window.hopSeconds = stepSeconds }
    return Session(self, window: window, gate: gate)
  }

  /// The windows of a whole recording with their features, in order; one window if the clip fits.
  ///
  /// - Throws: `FrontEndError` for a sample that is not finite.
  package func windows(of samples: [Float]) throws(FrontEndError) -> [WindowStream.Window] {
    let loan = frontEnds.loan()
    var stream = WindowStream(window, loan.frontEnd)
    var windows: [WindowStream.Window] = []
    try stream.push(samples) { windows.append($0) }
    try stream.finish { windows.append($0) }
    return windows
  }

  /// Computes the posteriors of windows; those that the gate leaves out have the gate's.
  func recognised(
    _ windows: [WindowStream.Window], _ gate: EnergyGate? = nil
  ) -> [Session.Window] {
    var rows = posteriors(of: windows.filter { !$0.isQuiet }.map(\.features))[...]
    return windows.map { window in
      Session.Window(
        range: window.range, posteriors: window.isQuiet ? gate!.posteriors : rows.removeFirst(),
        isQuiet: window.isQuiet)
    }
  }

  /// (windows, C): the posteriors of windows, each of which has (T, F) features.
  package func posteriors(of windows: [Features], threads: Int = 1) -> [[Float]] {
    logits(of: windows, threads: threads).map(scale.posteriors)
  }

  /// (windows, C): the logits of windows, before the temperature and the prior.
  package func logits(of windows: [Features], threads: Int = 1) -> [[Float]] {
    stride(from: 0, to: windows.count, by: Self.batch).flatMap { start in
      inference.logits(
        SequenceBatch(
          featureCount: inference.network.shape.features,
          sequences: windows[start..<min(windows.count, start + Self.batch)].map(\.values)),
        threads: threads)
    }
  }
}
