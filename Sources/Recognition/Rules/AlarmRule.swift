import Basics

/// What counts as one false alarm.
public struct AlarmRule: Codable, Equatable, Sendable {
  /// Length of the windows in which a long recording is heard, in seconds.
  public var windowSeconds: Double
  /// From the start of one window to the start of the next, in seconds.
  public var hopSeconds: Double
  /// The refractory time of the rule for listening, in seconds.
  public var mergeSeconds: Double
  /// When a keyword makes an event; nil where it was not stored yet.
  public var listening: ListeningRule?

  /// An alarm is an event by a model's rule for listening, in the model's windows.
  public init(_ window: ClipWindow, _ listening: ListeningRule) {
    windowSeconds = window.maximumSeconds
    hopSeconds = window.hopSeconds
    mergeSeconds = listening.conditions.refractorySeconds
    self.listening = listening
  }

  /// In a sentence.
  package var text: String {
    let rule = listening ?? .runsOfAnswers
    return "An alarm is an event in windows (\(TextCell.fixed(windowSeconds, 2)) s, one every "
      + "\(TextCell.fixed(hopSeconds, 2)) s): \(rule.text); \(rule.conditions.text)."
  }
}
