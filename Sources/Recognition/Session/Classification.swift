import Basics
import Sound

/// The result of recognising one clip.
public struct Classification: Sendable {
  /// One window of a clip.
  public struct Window: Sendable {
    /// Start of the window, in seconds.
    public var start: Double
    /// End of the window, in seconds.
    public var end: Double
    /// (C), in the order of the model's labels.
    public var probabilities: [Float]
  }

  /// The answer, after thresholds.
  public var label: String
  /// The posterior of the answer; nil if the answer is unknown and the model has no such class.
  public var probability: Float?
  /// The likeliest keyword, if it is below its threshold and the answer is therefore unknown.
  public var rejected: Rejection?
  /// (C), the posteriors of the window that gives the answer, in the order of the model's labels.
  public var probabilities: [Float]
  /// Start and end of the window that gives the answer, in seconds.
  public var window: ClosedRange<Double>
  /// Number of windows of the clip.
  public var windowCount: Int { windows.count }
  /// All windows of the clip, in order.
  public var windows: [Window]
  /// The events that the model's rule for listening finds in a clip of several windows, in order.
  public var events: [Event]
  /// Length of the clip, in seconds.
  public var seconds: Double
  /// The format of the clip's file.
  public var source: AudioFormat

  /// The answer as text for people: `no  97.1%`, or `_unknown_  20.3%  (no 67.2%, below its
  /// threshold of 80%)`.
  public var text: String {
    var text = TextCell.visible(label)
    if let probability { text += "  \(TextCell.percent(Double(probability)))" }
    if let rejected { text += "  (\(TextCell.visible(rejected.label)) \(rejected.reason))" }
    return text
  }
}

extension Classification {
  /// Makes the answer from a recording's windows, by a model's decision: the window with the
  /// highest posterior of a keyword decides.
  init(
    _ found: [Session.Window], model: KeywordModel, source: AudioFormat, sampleCount: Int
  ) {
    let rate = Double(model.frontEnd.sampleRate)
    let best = found[
      BestWindow.index(
        found.map(\.posteriors), isKeyword: model.labels.map(ClassLabel.isKeyword))]
    (label, rejected) = model.decision.decide(best.posteriors, labels: model.labels)
    probability = model.labels.firstIndex(of: label).map { best.posteriors[$0] }
    probabilities = best.posteriors
    window = Double(best.range.lowerBound) / rate...Double(best.range.upperBound) / rate
    windows = found.map {
      Window(
        start: Double($0.range.lowerBound) / rate, end: Double($0.range.upperBound) / rate,
        probabilities: $0.posteriors)
    }
    events =
      windows.count > 1
      ? EventDetector.events(in: windows, model.rule, model.decision, labels: model.labels) : []
    seconds = Double(sampleCount) / rate
    self.source = source
  }
}
