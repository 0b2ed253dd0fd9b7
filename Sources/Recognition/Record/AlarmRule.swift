import Basics

/// The rule by which false alarms are counted.
public struct AlarmRule: Codable, Equatable, Sendable {
  /// Length of the windows of a long recording, in seconds.
  public var windowSeconds: Double
  /// The hop, from the start of one window to the start of the next, in seconds.
  public var hopSeconds: Double
  /// A run that begins at most this long after the start of the last window of the run before it
  /// belongs to the same alarm, in seconds.
  public var mergeSeconds = Self.standardMergeSeconds

  package static let standardMergeSeconds = 1.0

  /// The rule for a model's windows.
  public init(_ window: ClipWindow) {
    windowSeconds = window.maximumSeconds
    hopSeconds = window.hopSeconds
  }

  /// The rule as a sentence.
  package var text: String {
    "An alarm is a run of windows (\(TextCell.fixed(windowSeconds, 2)) s, one every "
      + "\(TextCell.fixed(hopSeconds, 2)) s) that answer with a keyword; runs within "
      + "\(TextCell.fixed(mergeSeconds, 0)) s are one."
  }
}
