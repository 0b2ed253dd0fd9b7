import Basics

/// The rule by which false alarms are counted.
public struct AlarmRule: Codable, Equatable, Sendable {
  /// Length of the windows of a long recording, in seconds.
  public var windowSeconds: Double
  /// The hop, from the start of one window to the start of the next, in seconds.
  public var hopSeconds: Double
  /// The refractory time of the rule for listening, in seconds.
  public var mergeSeconds: Double
  /// The rule for events; nil in older files.
  public var listening: ListeningRule?

  /// An alarm is an event by a model's rule for listening, in the model's windows.
  public init(_ window: ClipWindow, _ listening: ListeningRule) {
    windowSeconds = window.maximumSeconds
    hopSeconds = window.hopSeconds
    mergeSeconds = listening.conditions.refractorySeconds
    self.listening = listening
  }

  /// The rule as a sentence.
  package var text: String {
    let rule = listening ?? .runsOfAnswers
    return "An alarm is an event in windows (\(TextCell.fixed(windowSeconds, 2)) s, one every "
      + "\(TextCell.fixed(hopSeconds, 2)) s): \(rule.text); \(rule.conditions.text)."
  }
}
